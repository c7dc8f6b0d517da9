"""Loading again keeps what people edited here, and says so."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import CharField, TextField

from strategy.core.models import CodedModel
from strategy.fixtures_io import dump, load
from strategy.models import Citation, Goal, Mitigation, Office, OfficeName, Risk, ShippedRow, Source, Subject
from strategy.models import content_version as current_version
from tests.support.content import delete_all_content
from tests.support.fixture_folders import state, write
from tests.support.models import NOT_SHIPPED, each_model, shipped_file

pytestmark = pytest.mark.django_db
SOURCE = {"code": "GOOD", "publisher": "A publisher", "title": "As shipped", "url": "https://example.org/good"}


def said(**options: Any) -> str:
    output = StringIO()
    call_command("load_content", stdout=output, **options)
    return output.getvalue()


def kept(folder: Path | None = None) -> list[tuple[str, str]]:
    return [(edit.record, edit.field) for edit in load(folder).edits]


@each_model
def test_an_edit_of_any_record_is_kept_and_told_until_it_is_forced(model: type[CodedModel], tmp_path: Path) -> None:
    if model in NOT_SHIPPED:
        assert not shipped_file(model).exists()
        return
    shipped_path = shipped_file(model)
    (tmp_path / shipped_path.parent.name).mkdir()
    shutil.copy(shipped_path, tmp_path / shipped_path.parent.name)
    record = model._default_manager.get(code=json.loads(shipped_path.read_text())[0]["fields"]["code"])
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, CharField | TextField) and f.editable]
    name = next(name for name in (model.label_field, "note") if name in names and name != "role")
    shipped, title = getattr(record, name), "An edit; of ours"
    model._default_manager.filter(pk=record.pk).update(**{name: title})
    for _ in range(2):
        assert f"{record.code}, {name}: edited here" in said(folder=tmp_path)
        record.refresh_from_db()
        assert getattr(record, name) == title
    forced = said(folder=tmp_path, force=True)
    assert "1 changed" in forced
    assert f"{record.code}, {name}: edited here to 'An edit; of ours'; shipped " in forced
    assert "; put back\n1 edit overridden: the change log has what stood there." in forced
    record.refresh_from_db()
    assert getattr(record, name) == shipped
    assert kept(tmp_path) == []


def test_what_is_shipped_anew_is_taken_where_nobody_edited(tmp_path: Path) -> None:
    write(tmp_path, "01_sources", SOURCE)
    load(tmp_path)
    Source.objects.filter(code="GOOD").update(title="Ours")
    write(tmp_path, "01_sources", SOURCE | {"title": "Shipped anew", "publisher": "Another"})
    lines = said(folder=tmp_path).splitlines()
    difference = "edited here to 'Ours'; shipped 'Shipped anew', before 'As shipped'"
    assert lines[:2] == ["0 created, 1 changed, 0 unchanged", f"GOOD, title: {difference}"]
    source = Source.objects.get(code="GOOD")
    assert (source.title, source.publisher) == ("Ours", "Another")


def test_an_edit_that_is_shipped_in_the_end_is_none_any_more(tmp_path: Path) -> None:
    write(tmp_path, "01_sources", SOURCE)
    load(tmp_path)
    Source.objects.filter(code="GOOD").update(title="Better")
    write(tmp_path, "01_sources", SOURCE | {"title": "Better"})
    assert kept(tmp_path) == []
    write(tmp_path, "01_sources", SOURCE | {"title": "Better still"})
    assert kept(tmp_path) == []
    assert Source.objects.get(code="GOOD").title == "Better still"


def test_links_references_and_the_record_of_a_citation_are_kept() -> None:
    risk, mitigation = Risk.objects.filter(means__isnull=False)[0], Mitigation.objects.all()[0]
    risk.means.clear()
    mitigation.owner = Office.objects.get(code="STARCOM")
    mitigation.save()
    citation = Citation.objects.filter(field="", part="")[0]
    citation.record = Goal.objects.get(code="IPS-G1")
    citation.save()
    assert kept() == [(risk.code, "means"), (mitigation.code, "owner"), (citation.code, "record")]
    assert not risk.means.exists()
    assert Citation.objects.get(pk=citation.pk).record.code == "IPS-G1"


def test_what_was_deleted_here_stays_deleted() -> None:
    name = OfficeName.objects.exclude(pk__in=cited_names())[0]
    subject = Subject.objects.filter(silence__subjects__gt=0)[0]
    citation = Citation.objects.all()[0]
    for row in (name, subject, citation):
        row.delete()
    before = state()
    assert len(kept()) == 3
    assert state() == before
    assert "3 created" in said(force=True)
    assert kept() == []


def cited_names() -> list[int]:
    """Names that a citation or remark is about, and would take along."""
    parts = {*Citation.objects.values_list("part", flat=True), *Subject.objects.values_list("part", flat=True)}
    return [name.pk for name in OfficeName.objects.all() if name.key in parts]


def test_what_belongs_to_a_deleted_record_stays_deleted_with_it(tmp_path: Path) -> None:
    office = {"code": "NEW", "name": "New", "echelon": "service", "link": "candidate"}
    write(tmp_path, "11_offices", office)
    write(tmp_path, "12_office_names", {"office": ["NEW"], "value": "Other", "kind": "former"})
    assert load(tmp_path).created == 2
    Office.objects.get(code="NEW").delete()
    assert len(kept(tmp_path)) == 2
    assert not Office.objects.filter(code="NEW").exists()
    assert load(tmp_path, force=True).created == 2


def test_a_record_of_ours_under_a_code_that_is_shipped_later_is_kept(tmp_path: Path) -> None:
    Source.objects.create(code="GOOD", publisher="Ours", title="Ours", url="https://example.org/ours")
    write(tmp_path, "01_sources", SOURCE)
    assert kept(tmp_path) == [("GOOD", "publisher"), ("GOOD", "title"), ("GOOD", "url")]


def test_what_is_dumped_is_shipped(tmp_path: Path) -> None:
    Goal.objects.filter(code="IPS-G1").update(title="Ours")
    dump(tmp_path)
    assert kept(tmp_path) == []
    assert Goal.objects.get(code="IPS-G1").title == "Ours"


def test_a_load_that_changes_nothing_moves_no_version() -> None:
    before, shipped = current_version(), list(ShippedRow.objects.order_by("pk").values())
    load()
    assert current_version() == before
    assert list(ShippedRow.objects.order_by("pk").values()) == shipped


def test_a_database_that_was_emptied_is_filled_again() -> None:
    total = sum(map(len, state().values()))
    delete_all_content()
    report = load()
    assert (report.created, report.edits) == (total, [])


def test_many_edits_are_told_in_short() -> None:
    Source.objects.update(note="Ours")
    lines = said().splitlines()
    assert len(lines) == 22
    assert lines[-1].startswith(f"{Source.objects.visible().count()} edits kept, the first 20 shown: ")
