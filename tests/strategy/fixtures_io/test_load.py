"""Fixtures: all or nothing, nothing twice, the same bytes back, and a word on what is wrong and where."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from strategy.core.models import CodedModel, Part
from strategy.fixtures_io import content_files, dump, fixtures_folder, load
from strategy.models import Citation, Goal, OfficeName, SearchEntry, Source, Strategy, Subject
from tests.support import factories as make
from tests.support.fixture_folders import refused, state, write

pytestmark = pytest.mark.django_db

SOURCE = {"code": "GOOD", "publisher": "A publisher", "url": "https://example.org/good"}
NAME = {"office": ["STARCOM"], "value": "Another name", "kind": "former"}
GOAL: dict[str, Any] = {"code": "G", "strategy": ["IPS"], "order": 9, "title": "Goal", "statement": "What is to be."}
MEANS: dict[str, Any] = {"strategy": ["IPS"], "title": "Means", "description": "What it takes", "kind": "time"}


# ---- Loading -------------------------------------------------------------------------------------------------------


def test_a_second_load_changes_nothing():
    before = state()
    report = load()
    assert (report.created, report.changed) == (0, 0)
    assert report.unchanged == sum(map(len, before.values()))
    assert state() == before


def test_dumps_back_the_same_bytes(tmp_path):
    dump(tmp_path)
    shipped = fixtures_folder()
    folders = {file.app.label for file in content_files()}
    files = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert files == {path.relative_to(shipped): path.read_bytes() for f in folders for path in (shipped / f).iterdir()}


def test_a_changed_fixture_changes_its_row_only(tmp_path):
    other = SOURCE | {"code": "OTHER", "url": "https://example.org/other"}
    write(tmp_path, "01_sources", SOURCE, other)
    assert load(tmp_path).created == 2
    write(tmp_path, "01_sources", SOURCE | {"note": "New"}, other)
    report = load(tmp_path)
    assert (report.created, report.changed, report.unchanged) == (0, 1, 1)
    assert Source.objects.get(code="GOOD").note == "New"


def test_a_value_left_out_goes_back_to_its_default(tmp_path):
    write(tmp_path, "01_sources", SOURCE | {"note": "Old"})
    load(tmp_path)
    write(tmp_path, "01_sources", SOURCE)
    assert load(tmp_path).changed == 1
    assert Source.objects.get(code="GOOD").note == ""


def test_a_citation_may_move_to_another_record(tmp_path):
    citation = {"code": "MOVING", "source": ["SRC-SEED"], "basis": "summary"}
    for goal in ("IPS-G1", "IPS-G2"):
        write(tmp_path, "90_citations", citation | {"record": ["strategy.goal", goal]})
        load(tmp_path)
        assert Citation.objects.get(code="MOVING").record == Goal.objects.get(code=goal)


def test_many_to_many_follow_the_fixture(tmp_path):
    risk = {"code": "RISKY", "strategy": ["IPS"], "title": "Risky", "description": "It may go wrong"}
    for means in (["IPS-M1", "IPS-M2"], ["IPS-M2"], []):
        write(tmp_path, "16_risks", risk | {"means": [[code] for code in means]})
        load(tmp_path)
        row = Strategy.objects.get(code="IPS").risk_set.get(code="RISKY")
        assert list(row.means.values_list("code", flat=True)) == means


def test_a_row_may_stand_before_the_row_it_points_at(tmp_path):
    write(tmp_path, "10_means", MEANS | {"code": "PART", "part_of": ["WHOLE"]}, MEANS | {"code": "WHOLE"})
    assert load(tmp_path).created == 2


def test_what_is_loaded_is_found(tmp_path):
    write(tmp_path, "01_sources", SOURCE | {"title": "Quokkas in orbit"})
    load(tmp_path)
    assert SearchEntry.objects.hits("quokkas", limit=5)[0].code == "GOOD"


def test_dump_takes_files_without_rows_away(tmp_path):
    write(tmp_path, "01_sources", SOURCE)
    dump(tmp_path, notional=True)  # no training content is loaded
    assert not (tmp_path / "strategy" / "01_sources.json").exists()


def test_dump_leaves_training_content_out(tmp_path):
    make.goal(code="TRAINING", notional=True)
    dump(tmp_path)
    assert "TRAINING" not in (tmp_path / "strategy" / "09_goals.json").read_text()


# ---- Refusing ------------------------------------------------------------------------------------------------------


def case(name: str, rows: list[dict[str, Any]], record: str, field: str, message: str) -> Any:
    return pytest.param(name, rows, record, field, message, id=message)


MALFORMED = [
    case("01_sources", [SOURCE | {"publisherr": "X"}], "GOOD", "publisherr", "did you mean 'publisher'?"),
    case("01_sources", [SOURCE | {"tier": "best"}], "GOOD", "tier", "one of official, reported, low, unrated."),
    case("01_sources", [SOURCE | {"date": "June 2025"}], "GOOD", "date", "is not a date in EDTF form"),
    case("01_sources", [SOURCE | {"date": "2025/2024"}], "GOOD", "date", "'2025/2024' ends before it begins."),
    case("01_sources", [SOURCE | {"date": 2025}], "GOOD", "date", "must be text, not 2025."),
    case("01_sources", [SOURCE | {"title": None}], "GOOD", "title", "must be text, not null."),
    case("01_sources", [SOURCE | {"notional": 0}], "GOOD", "notional", "must be true or false, not 0."),
    case("01_sources", [SOURCE | {"title": "a\x00b"}], "GOOD", "title", "Character 2, U+0000, cannot be kept."),
    case("01_sources", [SOURCE | {"title": "a\ud800"}], "GOOD", "title", "Character 2, U+D800, cannot be kept."),
    case("01_sources", [SOURCE | {"title": "a\nb"}], "GOOD", "title", "Character 2, U+000A, cannot be kept."),
    case("01_sources", [SOURCE | {"note": "a\n\u202e"}], "GOOD", "note", "Character 3, U+202E, cannot be kept."),
    case("09_goals", [GOAL | {"order": True}], "G", "order", "must be a whole number, not true."),
    case("09_goals", [GOAL | {"order": 1.7}], "G", "order", "must be a whole number, not 1.7."),
    case("09_goals", [GOAL | {"order": "9"}], "G", "order", 'must be a whole number, not "9".'),
    case("09_goals", [GOAL | {"order": -1}], "G", "order", "greater than or equal to 0"),
    case("10_means", [MEANS | {"code": "IPS-M1", "part_of": ["IPS-M1"]}], "IPS-M1", "part_of", "to IPS-M1 itself."),
    case(
        "10_means",
        [MEANS | {"code": item, "part_of": [other]} for item, other in ("AB", "BC", "CB")],
        "B", "part_of", "leads back to itself: B > C > B.",
    ),
    case(
        "12_office_names",
        [NAME | {"valid_from": "2025-02", "valid_until": "2025-01"}],
        "row 1", "valid_until", "Ends before it begins.",
    ),
    case("01_sources", [SOURCE | {"code": "no good"}], "no good", "code", "A code has capital letters"),
    case("01_sources", [SOURCE, SOURCE], "GOOD", "", "stands twice in the file."),
    case("01_sources", [SOURCE, SOURCE | {"code": "SECOND"}], "SECOND", "url", "already exists"),
    case("12_office_names", [NAME | {"office": ["STARCO"]}], "row 1", "office", "did you mean 'STARCOM'?"),
    case("12_office_names", [NAME | {"office": "STARCOM"}], "row 1", "office", "refers by a list with one code"),
    case("12_office_names", [{"value": "Whose?", "kind": "former"}], "row 1", "office", "is needed."),
    case("15_mentions", [{"code": "M"}], "M", "offices", "needs at least one."),
    case("15_mentions", [{"code": "M", "offices": 5}], "M", "offices", "refers by a list of such lists."),
    case("15_mentions", [{"code": "M", "offices": [["DOD"], ["DOD"]]}], "M", "offices", "names 'DOD' twice."),
    case(
        "05_chapters",
        [{"code": "CH", "strategy": ["IPS"], "number": 1, "title": "Twice"}],
        "CH", "", "Strategy and Number already exists",
    ),
    case(
        "14_office_relations",
        [{"office": ["DOD"], "kind": "part_of", "other": ["USSF"]}],
        "row 1", "other", "DOD would be part of itself.",
    ),
    case("90_citations", [{"code": "C", "basis": "summary"}], "C", "record", "refers by a list of model and code."),
    case("90_citations", [{"code": "C", "record": ["auth.user", "x"]}], "C", "record", "no model 'auth.user'."),
    case("90_citations", [{"code": "C", "record": ["strategy.goal", "IPS-G"]}], "C", "record", "no goal 'IPS-G'; did"),
    case(
        "90_citations",
        [{"code": "C", "record": ["strategy.goal", "IPS-G1"], "basis": "summary"}],
        "C", "source", "A fact that is 'summary' needs its source.",
    ),
    case(
        "90_citations",
        [{"code": "C", "record": ["strategy.goal", "IPS-G1"], "source": ["SRC-SEED"], "field": "statment"}],
        "C", "field", "goal has no field 'statment'.",
    ),
    case("91_subjects", [{"record": ["strategy.goal", "IPS-G1"]}], "row 1", "conflict", "Name one conflict, one"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "record", "field", "message"), MALFORMED)
def test_names_file_record_and_field(tmp_path, name, rows, record, field, message):
    write(tmp_path, name, *rows)
    [problem] = [item for item in refused(tmp_path) if message in item.message]
    assert (problem.file, problem.record, problem.field) == (f"{tmp_path.name}/strategy/{name}.json", record, field)


def test_spells_out_what_a_terminal_would_act_on(tmp_path):
    write(tmp_path, "01_sources", SOURCE | {"code": "red \x1b[31m"})
    assert r"red \x1b[31m, code: A code has capital letters" in str(refused(tmp_path)[0])


def test_refuses_a_circle_within_one_file(tmp_path):
    pairs = [("FIRST", "SECOND"), ("SECOND", "THIRD"), ("THIRD", "FIRST")]
    write(
        tmp_path, "11_offices",
        *({"code": code, "name": code, "echelon": "service", "link": "candidate"} for code, _ in pairs),
    )  # fmt: skip
    write(
        tmp_path, "14_office_relations",
        *({"office": [item], "kind": "part_of", "other": [other]} for item, other in pairs),
    )  # fmt: skip
    [problem] = refused(tmp_path)
    assert (problem.record, problem.field) == ("row 3", "other")


def test_tells_of_every_row_that_is_wrong(tmp_path):
    write(tmp_path, "01_sources", SOURCE | {"tier": "best"}, SOURCE | {"code": "SECOND", "url": "nowhere"})
    assert {(item.record, item.field) for item in refused(tmp_path)} == {("GOOD", "tier"), ("SECOND", "url")}


def test_keeps_nothing_of_the_files_before_the_bad_one(tmp_path):
    write(tmp_path, "01_sources", SOURCE)
    write(tmp_path, "12_office_names", NAME, NAME | {"value": "Third", "kind": "nickname"})
    refused(tmp_path)
    assert not Source.objects.filter(code="GOOD").exists()
    assert not OfficeName.objects.filter(value="Another name").exists()
    assert not SearchEntry.objects.filter(code="GOOD").exists()


def test_refuses_to_mix_training_and_sourced_content(tmp_path):
    write(tmp_path, "12_office_names", NAME | {"office": [make.office(notional=True).code]})
    assert load(tmp_path).created == 1
    write(tmp_path, "09_goals", GOAL | {"notional": True})
    [problem] = refused(tmp_path)
    assert (problem.record, problem.field) == ("G", "strategy")


def test_the_command_says_what_is_wrong(tmp_path):
    write(tmp_path, "01_sources", SOURCE | {"tier": "best"})
    with pytest.raises(CommandError) as error:
        call_command("load_content", folder=tmp_path)
    assert f"{tmp_path.name}/strategy/01_sources.json, GOOD, tier: " in str(error.value)
    assert str(error.value).endswith("Nothing was written: 1 problem.")
    write(tmp_path, "01_sources", *(SOURCE | {"code": f"S{n}", "tier": "best"} for n in range(30)))
    with pytest.raises(CommandError) as error:
        call_command("load_content", folder=tmp_path)
    assert str(error.value).count("\n") == 20
    assert str(error.value).endswith("Nothing was written: 30 problems, the first 20 shown.")


def test_every_content_model_has_its_file():
    models = [model for model in apps.get_models() if issubclass(model, CodedModel | Part | Subject)]
    assert {file.model for file in content_files()} == set(models)
