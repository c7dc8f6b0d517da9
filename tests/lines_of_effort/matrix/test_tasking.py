"""The tasking matrix: every mark is an assignment, every count is true, and what is not understood is refused."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity, Assignment, LineOfEffort
from strategy.models import Office
from tests.contracts.test_downloads import taken, words
from tests.contracts.test_queries import CEILING, queries
from tests.support import factories as make
from tests.support.subjects import links_of, main_of, text_of

pytestmark = pytest.mark.django_db
URL = "/matrix/"
Mark = tuple[str, str, str]
LETTERS = {"lead": "L", "coordinating": "C", "supporting": "S"}


def get(client: Client, url: str = URL, status: int = 200, **asked: str) -> Any:
    page = client.get(url, asked)
    assert page.status_code == status, page.content
    return page


def stored(**conditions: Any) -> set[Mark]:
    rows = Assignment.objects.visible().filter(**conditions)
    return set(rows.values_list("activity__code", "office__code", "role"))


def table_of(page: Any) -> tuple[list[str], dict[str, list[str]]]:
    """The codes of the columns' records, and the cells of each row by its record's code."""
    html = main_of(page)
    table = re.search(r'<table class="matrix\b.*?</table>', html, re.S)
    assert table, "there is no grid"
    heads = re.findall(r'class="matrix__offices".*?</tr>', table.group(), re.S)[0]
    columns = re.findall(r'href="/\w+/([^/"]+)/"', heads)
    rows = {}
    for head, cells in re.findall(r'<th scope="row"[^>]*>(.*?)</th>((?:<td.*?</td>)+)', table.group(), re.S):
        code = re.findall(r'href="/\w+/([^/"]+)/"', head)
        rows[code[0] if code else head] = re.findall(r"<td[^>]*>(.*?)</td>", cells, re.S)
    return columns, rows


def marks_of(page: Any) -> set[Mark]:
    columns, rows = table_of(page)
    return {
        (row, column, role)
        for row, cells in rows.items()
        if not row.endswith("by office")
        for column, cell in zip(columns, cells, strict=True)
        for role in re.findall(r'role--(\w+)" href', cell)
    }


def activities_of(page: Any) -> list[str]:
    if '<table class="matrix' not in main_of(page):
        return re.findall(r'<h3><a class="record" href="/activities/([^/"]+)/"', main_of(page))
    return [code for code in table_of(page)[1] if not code.endswith("by office")]


def test_every_mark_is_an_assignment_and_every_assignment_a_mark(client: Client) -> None:
    page = get(client)
    assert marks_of(page) == stored()
    assert len(marks_of(page)) == 4
    assert sorted(activities_of(page)) == sorted(Activity.objects.visible().values_list("code", flat=True))
    assert marks_of(get(client, offices="all")) == stored()
    turned = {(column, row, role) for row, column, role in marks_of(get(client, view="offices"))}
    assert {mark for mark in turned if not mark[1].endswith("by activity")} == stored()


def test_who_coordinates_is_not_shown_to_lead(client: Client) -> None:
    page = get(client)
    columns, rows = table_of(page)
    cell = rows["IPS-A06"][columns.index("STARCOM")]
    assert 'class="role role--coordinating"' in cell
    assert "<b>C</b>" in cell
    assert "Coordinates: Space Training and Readiness Command" in cell
    assert len([mark for mark in marks_of(page) if mark[0] == "IPS-A01" and mark[2] == "lead"]) == 2
    row = re.search(r'<th scope="row"[^>]*>(?:(?!</th>).)*IPS-A06.*?</th>', main_of(page), re.S)
    assert row
    assert "No lead named" in row.group()


def test_a_reading_of_ours_is_drawn_dashed(client: Client) -> None:
    office = make.office(notional=True)
    mark = make.assignment(office=office, activity=make.activity(notional=True), role="supporting", basis="inferred")
    page = get(client, notional="only")
    assert f'role--supporting role--inferred" href="{mark.activity.get_absolute_url()}"' in main_of(page)


def test_rows_stand_in_bands_and_columns_in_groups(client: Client) -> None:
    html = main_of(get(client))
    bands = re.findall(r'<tbody class="hue-(\w+)">.*?scope="rowgroup".*?</svg>\s*([^<]+)', html, re.S)
    assert [(hue, title.strip()) for hue, title in bands] == [
        ("create", "Create"),
        ("integrate", "Integrate"),
        ("operate", "Operate"),
        ("none", "Not assigned to a line of effort"),
    ]
    groups = re.findall(r'scope="colgroup" colspan="(\d+)"[^>]*><span>([^<]+)', html)
    assert groups == [("1", "Headquarters staff"), ("2", "Field command"), ("1", "Task force")]


def test_only_tasked_offices_stand_there_until_others_are_asked_for(client: Client) -> None:
    total = Office.objects.visible().count()
    page = get(client)
    assert set(table_of(page)[0]) == {"CSRO", "SFC", "STARCOM", "FTF"}
    assert f"Showing 18 of 18 activities and 4 of {total} offices." in text_of(page)
    assert "?offices=all" in "".join(links_of(page))
    assert len(table_of(get(client, offices="all"))[0]) == total
    some = set(Office.objects.visible().filter(echelon="field_command").values_list("code", flat=True))
    assert set(table_of(get(client, echelon="field_command"))[0]) == some
    assert "Its offices are not shown" in text_of(get(client, echelon="field_command"))


def test_totals_are_recounted_under_a_filter(client: Client) -> None:
    for asked in ({}, {"line_of_effort": "IPS-L1"}, {"offices": "all"}, {"echelon": "field_command"}):
        page = get(client, **asked)
        columns, rows = table_of(page)
        for title, role in (("Leads", "lead"), ("Coordinates", "coordinating"), ("Supports", "supporting")):
            shown = [sum(m[1:] == (column, role) for m in marks_of(page)) for column in columns]
            assert [int(cell) for cell in rows[f"{title}, by office"]] == shown


def facet_links(page: Any) -> list[tuple[str, str, int]]:
    """Name, address and number of every option of a facet that can be chosen."""
    found = []
    for name, options in re.findall(r'id="facet-(\w+)".*?<ul[^>]*>(.*?)</ul>', main_of(page), re.S):
        for url, chosen, count in re.findall(r'<a href="([^"]*)"([^>]*)>.*?<span>(\d+)</span></a>', options, re.S):
            if "aria-current" not in chosen:
                found.append((name, url.replace("&amp;", "&"), int(count)))
    return found


@pytest.mark.parametrize(
    "asked",
    [{}, {"has_lead": "false"}, {"line_of_effort": "IPS-L1", "view": "grid"}, {"goal": "IPS-G3", "echelon": "service"}],
    ids=str,
)
def test_every_facet_counts_what_it_leads_to(client: Client, asked: dict[str, str]) -> None:
    links = facet_links(get(client, **asked))
    assert {name for name, _, _ in links} >= {"kind", "goal", "stage", "echelon", "has_lead"} - asked.keys()
    for name, url, count in links:
        page = get(client, url)
        shown = table_of(page)[0] if name == "echelon" else activities_of(page)
        assert len(shown) == count, url
        assert "Showing" in text_of(page)


def test_a_chosen_option_is_marked_and_taken_away_again(client: Client) -> None:
    html = main_of(get(client, line_of_effort="IPS-L1", has_lead="false"))
    assert re.search(r'<a href="/matrix/\?has_lead=false" aria-current="true">(?:(?!</a>).)*Create', html, re.S)
    assert 'href="/matrix/?line_of_effort=IPS-L1" aria-current="true">No lead named' in html
    assert len(re.findall(r"\(take away\)", html)) == 2
    # What would show nothing is no link.
    assert re.search(r'<span class="facet__none">Cross-cutting <span>0</span></span>', html)


def test_nothing_found_is_said_with_a_way_out(client: Client) -> None:
    page = get(client, line_of_effort="none", goal="IPS-G1")
    assert "No activity matches." in text_of(page)
    assert {"/matrix/?line_of_effort=none", "/matrix/?goal=IPS-G1"} <= links_of(page)


def test_activities_without_any_office_are_shown_as_cards(client: Client) -> None:
    page = get(client, line_of_effort="IPS-L3")
    assert activities_of(page) == ["IPS-A12", "IPS-A13", "IPS-A14", "IPS-A15"]
    assert "No source names an office for any of them" in text_of(page)
    assert taken(client, URL, "csv", line_of_effort="IPS-L3") == []


def test_words_are_found_in_the_activity(client: Client) -> None:
    assert activities_of(get(client, search="wargaming")) == ["IPS-A01"]
    assert "<script>" not in main_of(get(client, search='"><script>'))


def test_the_list_gives_verb_basis_and_source(client: Client) -> None:
    text = text_of(get(client, view="list"))
    assert "Verb in the source: coordinates." in text
    assert "Handover with the other lead." in text
    assert "No source names an office for it." in text
    assert "SRC-SEED" in text


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"nonsense": "1"}, "nonsense : Unknown parameter."),
    ({"lin_of_effort": "IPS-L1"}, "Did you mean 'line_of_effort'?"),
    ({"line_of_effort": "IPS-L9"}, "There is no line of effort 'IPS-L9'."),
    ({"kind": "task"}, "kind : 'task' is not one of"),
    ({"echelon": "platoon"}, "echelon : 'platoon' is not one of"),
    ({"view": "cube"}, "view : 'cube' is not one of"),
    ({"offices": "some"}, "offices : 'some' is not one of"),
    ({"goal": ["IPS-G1", "IPS-G2"]}, "goal : Given more than once."),
    ({"notional": "all"}, "notional"),
    ({"search": "a\x00b"}, "search : Holds a NUL character."),
    ({"has_lead": "false", "role": "lead"}, "has_lead : An activity without a lead has no office that leads it"),
    ({"office": "none", "role": "lead"}, "role : Where no office is named, none has a role"),
    ({"line_of_effort": "none", "line_basis": "inferred"}, "line_basis : Where there is no line of effort"),
    ({"shape": "round"}, "shape"),
]


@pytest.mark.parametrize(("asked", "words"), REFUSED, ids=[str(case[0]) for case in REFUSED])
def test_what_is_not_understood_is_refused_by_name(client: Client, asked: dict[str, Any], words: str) -> None:
    page = get(client, status=400, **asked)
    assert words in text_of(page)
    assert URL in links_of(page)
    assert "matrix-box" not in main_of(page)
    assert get(client, "/matrix.csv", status=400, **asked)


@pytest.mark.parametrize("asked", [{}, {"line_of_effort": "IPS-L1"}, {"echelon": "field_command"}, {"goal": "IPS-G2"}])
def test_files_have_exactly_the_marks_of_the_screen(client: Client, asked: dict[str, str]) -> None:
    shown = marks_of(get(client, **asked))
    rows = taken(client, URL, "json", **asked)
    assert {(row["activity"], row["office"], row["role"]) for row in rows} == shown
    assert len(rows) == len(shown)
    assert words(taken(client, URL, "csv", **asked)) == words(rows) == words(taken(client, URL, "xlsx", **asked))
    wide = taken(client, URL, "csv", shape="wide", **asked)
    assert [row["code"] for row in wide] == activities_of(get(client, **asked))
    cells = {
        (row["code"], column, letter)
        for row in wide
        for column, cell in row.items()
        if column not in ("code", "name", "group")
        for letter in cell.split()
    }
    assert cells == {(activity, office, LETTERS[role]) for activity, office, role in shown}


def test_a_row_of_the_file_says_why(client: Client) -> None:
    (row,) = [row for row in taken(client, URL, "json") if row["office"] == "STARCOM"]
    expected = {"role": "coordinating", "verb": "coordinates", "basis": "summary", "line_of_effort": "IPS-L2"}
    assert row.items() >= expected.items()
    assert row["sources"]
    assert client.get(row["web_url"]).status_code == 200


def test_training_content_is_shown_only_when_asked_for(client: Client) -> None:
    mark = make.assignment(activity=make.activity(notional=True), office=make.office(notional=True))
    wanted = (mark.activity.code, mark.office.code, "lead")
    assert wanted not in marks_of(get(client))
    assert marks_of(get(client, notional="only")) == {wanted}
    assert marks_of(get(client, notional="include")) == {wanted, *stored()}
    assert {row["office"] for row in taken(client, URL, "csv", notional="only")} == {mark.office.code}


def plant(activities: int, offices: int, role: str = "supporting") -> None:
    columns = [make.office(notional=True) for _ in range(offices)]
    line = LineOfEffort.objects.filter(notional=True).first() or make.line_of_effort(notional=True)
    for _ in range(activities):
        activity = make.activity(notional=True, line_of_effort=line, line_basis="entered")
        for office in columns:
            make.assignment(activity=activity, office=office, role=role)


@pytest.mark.parametrize("asked", ["view=grid", "view=list", "view=offices", "offices=all", "echelon=hq_staff"])
def test_queries_do_not_grow(client: Client, asked: str) -> None:
    plant(1, 1)
    url = f"{URL}?notional=only&{asked}"
    few, _, before = queries(client, url)
    plant(4, 4)
    many, text, after = queries(client, url)
    assert len(after.content) > len(before.content)
    assert many == few, text
    assert many <= CEILING, text


def test_what_is_too_large_is_said_and_not_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lines_of_effort.matrix.grid.MAX_ACTIVITIES", 2)
    monkeypatch.setattr("lines_of_effort.matrix.tasking.MAX_ACTIVITIES", 2)
    plant(3, 2)
    page = get(client, notional="only")
    assert "Too many to draw." in text_of(page)
    assert "3 of 3 activities match." in text_of(page)
    assert "matrix-box" not in main_of(page)
    assert len(taken(client, URL, "csv", notional="only")) == 6
    assert "too many for one grid" in text_of(get(client, "/matrix.csv", 400, notional="only", shape="wide"))


def test_a_wide_file_is_plain_csv(client: Client) -> None:
    text = client.get("/matrix.csv", {"shape": "wide", "view": "offices"}).getvalue().decode()
    head, *rows = csv.reader(StringIO(text))
    assert head[:3] == ["code", "name", "group"]
    assert [row[0] for row in rows] == ["CSRO", "SFC", "STARCOM", "FTF"]
