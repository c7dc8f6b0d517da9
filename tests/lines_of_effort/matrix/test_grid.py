"""The tasking matrix: every mark is an assignment, every count is true, and what is not understood is refused."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity, Assignment, LineOfEffort
from strategy.models import Office
from tests.support import factories as make
from tests.support.downloads import as_text, download_rows
from tests.support.html import Element, links_of, main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
URL = "/matrix/"
Mark = tuple[str, str, str]
LETTERS = {"lead": "L", "coordinating": "C", "supporting": "S"}


def get(client: Client, url: str = URL, status: int = 200, **params: str) -> Any:
    page = client.get(url, params)
    assert page.status_code == status, page.content
    return page


def stored(**conditions: Any) -> set[Mark]:
    rows = Assignment.objects.visible().filter(**conditions)
    return set(rows.values_list("activity__code", "office__code", "role"))


def record_codes(element: Element) -> list[str]:
    """The codes of the records that are linked in it."""
    return [match[1] for href in element.hrefs if (match := re.fullmatch(r"/[\w-]+/([^/]+)/", href))]


def table_of(page: Any) -> tuple[list[str], dict[str, list[Element]]]:
    """The codes of the columns' records, and the cells of each row by its record's code, or else by its words."""
    table = main_of(page).one("table.matrix")
    rows = {}
    for row in table.all("tr"):
        head, cells = row.all("th[scope=row]"), row.all("td")
        if head and cells:
            rows[next(iter(record_codes(head[0])), head[0].text)] = cells
    return record_codes(table.one(".matrix__offices")), rows


def role_of(mark: Element) -> str:
    """The role that a mark of the grid stands for."""
    (role,) = {name for name in mark.classes if name.startswith("role--")} - {"role--inferred"}
    return role.removeprefix("role--")


def marks_of(page: Any) -> set[Mark]:
    columns, rows = table_of(page)
    return {
        (row, column, role)
        for row, cells in rows.items()
        if not row.endswith("by office")
        for column, cell in zip(columns, cells, strict=True)
        for role in map(role_of, cell.all("a.role"))
    }


def activities_of(page: Any) -> list[str]:
    if not main_of(page).has("table.matrix"):
        return [code for head in main_of(page).all("h3") for code in record_codes(head)]
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
    assert cell.one("a.role").classes == {"role", "role--coordinating"}
    assert cell.one("b").text == "C"
    assert "Coordinates: Space Training and Readiness Command" in cell.html
    assert len([mark for mark in marks_of(page) if mark[0] == "IPS-A01" and mark[2] == "lead"]) == 2
    (head,) = [head for head in main_of(page).all("th[scope=row]") if "IPS-A06" in record_codes(head)]
    assert "No lead named" in head.text


def test_a_reading_of_ours_is_drawn_dashed(client: Client) -> None:
    office = make.office(notional=True)
    mark = make.assignment(office=office, activity=make.activity(notional=True), role="supporting", basis="inferred")
    page = get(client, notional="only")
    drawn = main_of(page).one("a.role.role--supporting.role--inferred")
    assert drawn["href"] == mark.activity.get_absolute_url()


def test_rows_stand_in_bands_and_columns_in_groups(client: Client) -> None:
    body = main_of(get(client))
    bands = [(band["class"], band.one("[scope=rowgroup] > span").own_text) for band in body.all("tbody[class^=hue-]")]
    assert bands == [
        ("hue-create", "Create"),
        ("hue-integrate", "Integrate"),
        ("hue-operate", "Operate"),
        ("hue-none", "Not assigned to a line of effort"),
    ]
    groups = [(group["colspan"], group.one("span").text) for group in body.all("[scope=colgroup][colspan]")]
    assert groups == [("1", "Headquarters staff"), ("2", "Field command"), ("1", "Task force")]


def test_only_tasked_offices_stand_there_until_others_are_asked_for(client: Client) -> None:
    total = Office.objects.visible().count()
    page = get(client)
    assert set(table_of(page)[0]) == {"CSRO", "SFC", "STARCOM", "FTF"}
    assert f"Showing 18 of 18 activities and 4 of {total} offices." in text_of(page)
    assert "?offices=all" in "".join(links_of(page))
    every = get(client, offices="all")
    assert len(table_of(every)[0]) + len(main_of(every).one("dl.unmarked").all("a")) == total
    some = set(Office.objects.visible().filter(echelon="field_command").values_list("code", flat=True))
    assert set(table_of(get(client, echelon="field_command"))[0]) == some
    assert "Its offices are not shown" in text_of(get(client, echelon="field_command"))


def test_totals_are_recounted_under_a_filter(client: Client) -> None:
    for params in ({}, {"line_of_effort": "IPS-L1"}, {"offices": "all"}, {"echelon": "field_command"}):
        page = get(client, **params)
        columns, rows = table_of(page)
        for title, role in (("Leads", "lead"), ("Coordinates", "coordinating"), ("Supports", "supporting")):
            shown = [sum(m[1:] == (column, role) for m in marks_of(page)) for column in columns]
            assert [int(cell.text) for cell in rows[f"{title}, by office"]] == shown


def facet_links(page: Any) -> list[tuple[str, str, int]]:
    """Name, address and number of every option of a facet that can be chosen."""
    return [
        (head["id"].removeprefix("facet-"), link["href"], int(link.all("span")[-1].text))
        for head in main_of(page).all("[id^=facet-]")
        for link in head.parent.all("ul a")
        if "aria-current" not in link
    ]


@pytest.mark.parametrize(
    "params",
    [{}, {"has_lead": "false"}, {"line_of_effort": "IPS-L1", "view": "grid"}, {"goal": "IPS-G3", "echelon": "service"}],
    ids=str,
)
def test_every_facet_counts_what_it_leads_to(client: Client, params: dict[str, str]) -> None:
    links = facet_links(get(client, **params))
    assert {name for name, _, _ in links} >= {"kind", "goal", "stage", "echelon", "has_lead"} - params.keys()
    for name, url, count in links:
        page = get(client, url)
        shown = table_of(page)[0] if name == "echelon" else activities_of(page)
        assert len(shown) == count, url
        assert "Showing" in text_of(page)


def test_a_chosen_option_is_marked_and_taken_away_again(client: Client) -> None:
    body = main_of(get(client, line_of_effort="IPS-L1", has_lead="false"))
    chosen = {link["href"]: link.text for link in body.all("a[aria-current=true]")}
    assert chosen["/matrix/?has_lead=false"].startswith("Create")
    assert chosen["/matrix/?line_of_effort=IPS-L1"].startswith("No lead named")
    assert body.text.count("(take away)") == 2
    # What would show nothing is no link.
    assert "Cross-cutting 0" in body.texts(".facet__none")


def test_nothing_found_is_said_with_a_way_out(client: Client) -> None:
    page = get(client, line_of_effort="none", goal="IPS-G1")
    assert "No activity matches." in text_of(page)
    assert {"/matrix/?line_of_effort=none", "/matrix/?goal=IPS-G1"} <= links_of(page)


def test_activities_without_any_office_are_shown_as_cards(client: Client) -> None:
    page = get(client, line_of_effort="IPS-L3")
    assert activities_of(page) == ["IPS-A12", "IPS-A13", "IPS-A14", "IPS-A15"]
    assert "No source names an office for any of them" in text_of(page)
    assert download_rows(client, URL, "csv", line_of_effort="IPS-L3") == []


def test_words_are_found_in_the_activity(client: Client) -> None:
    assert activities_of(get(client, search="wargaming")) == ["IPS-A01"]
    assert not main_of(get(client, search='"><script>')).has("script")


def test_the_list_gives_verb_basis_and_source(client: Client) -> None:
    text = text_of(get(client, view="list"))
    assert "Verb in the source: coordinates." in text
    assert "Handover with the other lead." in text
    assert "No source names an office for it." in text
    assert "grayscaleinsight 2025" in text


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


@pytest.mark.parametrize(("params", "words"), REFUSED, ids=[str(case[0]) for case in REFUSED])
def test_what_is_not_understood_is_refused_by_name(client: Client, params: dict[str, Any], words: str) -> None:
    page = get(client, status=400, **params)
    assert words in text_of(page)
    assert URL in links_of(page)
    assert not main_of(page).has(".matrix-box")
    assert get(client, "/matrix.csv", status=400, **params)


@pytest.mark.parametrize("params", [{}, {"line_of_effort": "IPS-L1"}, {"echelon": "field_command"}, {"goal": "IPS-G2"}])
def test_files_have_exactly_the_marks_of_the_screen(client: Client, params: dict[str, str]) -> None:
    shown = marks_of(get(client, **params))
    rows = download_rows(client, URL, "json", **params)
    assert {(row["activity"], row["office"], row["role"]) for row in rows} == shown
    assert len(rows) == len(shown)
    assert (
        as_text(download_rows(client, URL, "csv", **params))
        == as_text(rows)
        == as_text(download_rows(client, URL, "xlsx", **params))
    )
    wide = download_rows(client, URL, "csv", shape="wide", **params)
    assert [row["code"] for row in wide] == activities_of(get(client, **params))
    cells = {
        (row["code"], column, letter)
        for row in wide
        for column, cell in row.items()
        if column not in ("code", "name", "group")
        for letter in cell.split()
    }
    assert cells == {(activity, office, LETTERS[role]) for activity, office, role in shown}


def test_a_row_of_the_file_says_why(client: Client) -> None:
    (row,) = [row for row in download_rows(client, URL, "json") if row["office"] == "STARCOM"]
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
    assert {row["office"] for row in download_rows(client, URL, "csv", notional="only")} == {mark.office.code}


def plant(activities: int, offices: int, role: str = "supporting") -> None:
    columns = [make.office(notional=True) for _ in range(offices)]
    line = LineOfEffort.objects.filter(notional=True).first() or make.line_of_effort(notional=True)
    for _ in range(activities):
        activity = make.activity(notional=True, line_of_effort=line, line_basis="entered")
        for office in columns:
            make.assignment(activity=activity, office=office, role=role)


@pytest.mark.parametrize("params", ["view=grid", "view=list", "view=offices", "offices=all", "echelon=hq_staff"])
def test_queries_do_not_grow(client: Client, params: str) -> None:
    plant(1, 1)
    url = f"{URL}?notional=only&{params}"
    assert_queries_do_not_grow(client, url, lambda page: len(page.content), lambda: plant(4, 4))


def test_what_is_too_large_is_said_and_not_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lines_of_effort.matrix.grid.MAX_ACTIVITIES", 2)
    monkeypatch.setattr("lines_of_effort.matrix.grid_reader.MAX_ACTIVITIES", 2)
    plant(3, 2)
    page = get(client, notional="only")
    assert "Too many to draw." in text_of(page)
    assert "3 of 3 activities match." in text_of(page)
    assert not main_of(page).has(".matrix-box")
    assert len(download_rows(client, URL, "csv", notional="only")) == 6
    assert "too many for one grid" in text_of(get(client, "/matrix.csv", 400, notional="only", shape="wide"))


def test_a_wide_file_is_plain_csv(client: Client) -> None:
    text = client.get("/matrix.csv", {"shape": "wide", "view": "offices"}).getvalue().decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text))
    assert head[:3] == ["code", "name", "group"]
    assert [row[0] for row in rows] == ["CSRO", "SFC", "STARCOM", "FTF"]
