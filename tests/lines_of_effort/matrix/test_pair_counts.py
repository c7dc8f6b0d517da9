"""The general matrix: each number is the length of the list behind it, and silence is said in words."""

from typing import Any

import pytest
from django.test import Client

from lines_of_effort.matrix.axes import MatrixAxes
from tests.support import factories as make
from tests.support.downloads import as_text, download_rows
from tests.support.html import links_of, main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
URL = "/matrix/"
PAIRS = [(rows.key, columns.key) for rows, columns in MatrixAxes.pairs()]
HALF = [pair for n, pair in enumerate(PAIRS) if pair[::-1] not in PAIRS[:n]]


def get(client: Client, status: int = 200, **params: Any) -> Any:
    # A wide matrix is turned.
    page = client.get(URL, params, follow=True)
    assert page.status_code == status, page.content
    return page


def numbers_of(page: Any) -> list[tuple[int, str]]:
    """Every number in the table that is a link, and where it leads."""
    return [(int(link.text), link["href"]) for link in main_of(page).all("td > a") if link.text.isdigit()]


def length(client: Client, url: str) -> int:
    """How many rows the list has; the API has the same filters and draws no page."""
    answer = client.get(f"/api/v1{url}{'&' if '?' in url else '?'}page_size=1&fields=code")
    assert answer.status_code == 200, url
    return answer.json()["count"]


def checked(client: Client, **params: str) -> int:
    numbers = numbers_of(get(client, **params))
    known: dict[str, int] = {}
    for number, url in numbers:
        if url not in known:
            known[url] = length(client, url)
        assert number == known[url], url
    return len(numbers)


@pytest.mark.parametrize(("rows", "columns"), HALF, ids=[f"{r}-{c}" for r, c in HALF])
def test_every_number_is_the_length_of_its_list(client: Client, rows: str, columns: str) -> None:
    assert checked(client, rows=rows, columns=columns) > 3


def test_frameworks_are_counted_as_well(client: Client) -> None:
    assert checked(client, rows="line_of_effort", columns="partner", count="frameworks") > 20


def test_numbers_follow_the_filters(client: Client) -> None:
    params = {"rows": "goal", "columns": "line_of_effort", "has_lead": "true"}
    assert checked(client, **params) > 3
    page = get(client, **params)
    assert all("has_lead=true" in url for _, url in numbers_of(page))
    assert "/matrix/?rows=goal&columns=line_of_effort" in links_of(page)


@pytest.mark.parametrize(("rows", "columns"), PAIRS, ids=[f"{r}-{c}" for r, c in PAIRS])
def test_turned_round_it_says_the_same(client: Client, rows: str, columns: str) -> None:
    there = download_rows(client, URL, "json", rows=rows, columns=columns)
    back = download_rows(client, URL, "json", rows=columns, columns=rows)
    assert {(row["row"], row["column"], row["count"]) for row in there} == {
        (row["column"], row["row"], row["count"]) for row in back
    }
    assert len(there) == len(back)
    assert "Each number counts" in text_of(get(client, rows=rows, columns=columns))


def test_a_wide_matrix_is_turned_and_cannot_be_turned_back(client: Client) -> None:
    assert client.get("/matrix/?rows=goal&columns=stage&has_lead=true")["Location"] == (
        "/matrix/?rows=stage&columns=goal&has_lead=true"
    )
    assert "Goals down" not in text_of(client.get("/matrix/?rows=stage&columns=goal"))
    assert "Lines of effort down" in text_of(client.get("/matrix/?rows=goal&columns=line_of_effort"))


def test_files_have_the_table(client: Client) -> None:
    params = {"rows": "goal", "columns": "line_of_effort"}
    rows = download_rows(client, URL, "json", **params)
    assert (
        as_text(download_rows(client, URL, "csv", **params))
        == as_text(rows)
        == as_text(download_rows(client, URL, "xlsx", **params))
    )
    shown = [number for number, url in numbers_of(get(client, **params)) if "goal=" in url and "line_of" in url]
    assert [row["count"] for row in rows if row["count"]] == shown
    wide = download_rows(client, URL, "json", shape="wide", **params)
    assert [row["code"] for row in wide] == ["IPS-G1", "IPS-G2", "IPS-G3", "none", ""]
    assert wide[0]["IPS-L3"] == 3
    assert wide[-1]["total"] == 18


def test_zero_is_written_and_what_has_none_is_counted(client: Client) -> None:
    page = get(client, rows="goal", columns="line_of_effort")
    assert "0" in main_of(page).texts("td")
    assert "Not linked to a goal" in text_of(page)
    assert "One activity may stand in several cells" in text_of(page)


def test_offices_without_any_are_shown_when_asked_for(client: Client) -> None:
    page = get(client, rows="office", columns="line_of_effort")
    assert "Show 52 offices without any" in text_of(page)
    assert len(download_rows(client, URL, "csv", rows="office", columns="line_of_effort", empty="show")) == 57 * 4


def test_what_no_source_links_is_said(client: Client) -> None:
    text = text_of(get(client, rows="goal", columns="risk"))
    assert "No activity is linked to both a goal and a risk." in text
    text = text_of(get(client, rows="partner", columns="goal"))
    assert "no source links partners to goals" in text
    assert "these stand under lines of effort only" in text
    assert client.get("/matrix.csv", {"rows": "partner", "columns": "goal"}).status_code == 400


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"rows": "goal", "columns": "goal"}, "columns : Is 'goal', as the rows are"),
    ({"rows": "goals", "columns": "office"}, "rows : 'goals' is not one of"),
    ({"rows": "goals", "columns": "office"}, "Did you mean 'goal'?"),
    ({"rows": "goal"}, "columns : Is missing"),
    ({"columns": "goal"}, "rows : Is missing"),
    ({"rows": "goal", "columns": ""}, "columns : Is missing"),
    ({"rows": ["goal", "risk"], "columns": "office"}, "rows : Given more than once."),
    ({"rows": "goal", "columns": "office", "goal": "IPS-G1"}, "goal : Unknown parameter."),
    ({"rows": "goal", "columns": "office", "count": "frameworks"}, "count : 'frameworks' is not one of"),
    ({"rows": "goal", "columns": "office", "empty": "yes"}, "empty"),
    ({"rows": "goal", "columns": "office", "view": "list"}, "view : Unknown parameter."),
    ({"rows": "goal", "columns": "stage", "office": "NOPE"}, "There is no office 'NOPE'."),
    ({"rows": "partner", "columns": "goal", "kind": "nation"}, "kind : Unknown parameter."),
]


@pytest.mark.parametrize(("params", "expected"), REFUSED, ids=[str(case) for case in REFUSED])
def test_a_wrong_pair_is_refused_with_those_there_are(client: Client, params: dict[str, Any], expected: str) -> None:
    page = get(client, 400, **params)
    assert expected in text_of(page)
    assert "/matrix/?rows=goal&columns=line_of_effort" in links_of(page)
    assert client.get("/matrix.csv", params).status_code == 400


def test_training_content_is_counted_only_when_asked_for(client: Client) -> None:
    goal = make.goal(notional=True)
    make.activity_goal(activity=make.activity(notional=True), goal=goal)
    params = {"rows": "goal", "columns": "line_of_effort"}
    assert goal.code not in text_of(get(client, **params))
    page = get(client, notional="only", **params)
    assert goal.code in text_of(page)
    assert all("notional=only" in url for _, url in numbers_of(page))
    assert checked(client, notional="only", **params) > 1
    assert checked(client, notional="include", **params) > 8


@pytest.mark.parametrize(("rows", "columns"), [("goal", "office"), ("stage", "risk"), ("partner", "line_of_effort")])
def test_queries_do_not_grow(client: Client, rows: str, columns: str) -> None:
    def plant(count: int) -> None:
        for _ in range(count):
            activity = make.activity(notional=True)
            make.activity_goal(activity=activity, goal=make.goal(notional=True))
            make.activity_stage(activity=activity, stage=make.process_stage(notional=True))
            make.activity_risk(activity=activity, risk=make.risk(notional=True))
            make.assignment(activity=activity, office=make.office(notional=True))
            make.participation(engagement=make.engagement(notional=True), partner=make.partner(notional=True))

    plant(1)
    url = f"{URL}?notional=only&rows={rows}&columns={columns}"
    assert_queries_do_not_grow(client, url, lambda page: len(numbers_of(page)), lambda: plant(4))
    assert len(numbers_of(client.get(url))) > 5


def test_what_is_too_large_is_said_and_not_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lines_of_effort.matrix.pair_counts.MAX_OFFICES", 3)
    page = get(client, rows="goal", columns="line_of_effort")
    assert "Too many to draw." in text_of(page)
    assert numbers_of(page) == []
    assert len(download_rows(client, URL, "csv", rows="goal", columns="line_of_effort")) == 16


def test_a_pair_keeps_to_one_strategy(client: Client) -> None:
    make.goal(strategy=make.strategy(code="SEC"), title="A goal of the second")
    page = get(client, rows="goal", columns="line_of_effort", strategy="IPS")
    assert "A goal of the second" not in text_of(page)
    assert any("strategy=IPS" in link and "partner" in link for link in links_of(page))
    assert get(client, rows="partner", columns="line_of_effort", strategy="IPS").status_code == 200
