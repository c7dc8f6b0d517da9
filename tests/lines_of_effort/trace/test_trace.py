"""The trace: what it reaches, what it says of each link, what it refuses, and that every form of it holds the same."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from lines_of_effort.trace import reader
from lines_of_effort.trace.graph import Link, Trace
from strategy.core.models import Basis
from strategy.fixtures_io import load
from tests.support import factories as make
from tests.support.downloads import download_rows
from tests.support.html import links_of, main_of, text_of

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
FOCI = ["", "IPS-G2", "IPS-L2", "IPS-S6", "IPS-A06", "STARCOM", "IPS-M3", "IPS-R1", "IPS-X1", "DOD", "SW2025"]
Triple = tuple[str, str, str]


def traced(code: str = "", notional: str = "exclude") -> Trace:
    return reader.read_trace(notional, reader.find_start(code, notional) if code else None)


def sentences(trace: Trace) -> set[str]:
    return {edge.sentence for edge in trace.links}


def codes(trace: Trace) -> set[str]:
    return {node.code for node in trace.reached}


def rows_of(page: Any) -> list[Triple]:
    """The links in the page's table."""
    return [(row["data-from"], row["data-link"], row["data-to"]) for row in main_of(page).all("tr[data-link]")]


def drawn_of(page: Any, *, lit: bool) -> list[Triple]:
    """The links in the page's picture; only those that are lit, if asked for."""
    paths = main_of(page).all("path.edge-line[data-edge]")
    shown = [path for path in paths if not lit or "edge-line--dim" not in path.classes]
    return [(path["data-edge"].split()[0], path["data-link"], path["data-edge"].split()[1]) for path in shown]


@pytest.fixture
def training(db: None) -> None:
    load(notional=True)


# ---- What it says --------------------------------------------------------------------------------------------------


def test_starcom_coordinates_and_leads_nothing(client: Client) -> None:
    trace = traced("STARCOM")
    assert "STARCOM coordinates IPS-A06" in sentences(trace)
    assert not any(" leads " in sentence for sentence in sentences(trace))
    assert codes(trace) == {"STARCOM", "IPS-A06", "IPS-L2", "IPS-G1", "IPS-G2", "IPS-G3"}
    page = client.get("/trace/", {"focus": "STARCOM"})
    assert "STARCOM coordinates IPS-A06" in main_of(page).texts("svg title")
    assert "STARCOM Space Training and Readiness Command coordinates IPS-A06" in text_of(page)
    assert main_of(page).one("h1").text == "Trace from STARCOM"


def test_a_trace_goes_up_and_down_and_not_aside() -> None:
    assert codes(traced("IPS-A06")) == {"IPS-A06", "STARCOM", "IPS-L2", "IPS-G1", "IPS-G2", "IPS-G3"}
    assert codes(traced("IPS-R1")) == {"IPS-R1", "IPS-M3", "IPS-M4", "IPS-M5", "IPS-X1"}
    assert codes(traced("IPS-X2")) == {"IPS-X2", "IPS-R2"}
    goal = codes(traced("IPS-G2"))
    assert {"IPS-L1", "IPS-L2", "IPS-L3", "IPS-A06", "STARCOM"} <= goal
    assert goal.isdisjoint({"IPS-G1", "IPS-G3", "IPS-A16", "IPS-M1", "IPS-R2"})
    assert codes(traced("IPS-L1")).isdisjoint({"IPS-L2", "IPS-A06", "STARCOM"})
    stage = traced("IPS-S6")
    assert "IPS-S6 stands under IPS-L3" in sentences(stage)
    assert "IPS-A12 belongs to the stage IPS-S6" in sentences(stage)


def test_every_link_has_a_basis_and_what_the_content_says_of_it() -> None:
    for code in FOCI:
        assert all(edge.basis in Basis.values for edge in traced(code).edges)
    by_sentence = {edge.sentence: edge for edge in traced().links}
    stated = by_sentence["STARCOM coordinates IPS-A06"]
    assert (stated.basis, [source.code for source in stated.cited]) == ("summary", ["SRC-SEED"])
    placed = by_sentence["IPS-A06 stands under IPS-L2"]
    assert (placed.basis, placed.cited) == ("inferred", ())
    assert placed.reason.startswith("SFDD-1 lists education")
    assert by_sentence["IPS-L2 serves by itself IPS-G2"].basis == "inferred"
    assert by_sentence["IPS-L2 serves, together with the other lines, IPS-G2"].basis == "summary"


def test_what_nobody_links_is_not_drawn_and_said_so(client: Client) -> None:
    assert not traced().has_link(Link.RISK, Link.MEANS, Link.OWNER)
    page = client.get("/trace/")
    for sentence in (
        "No source links a risk to an activity or a goal",
        "No source links means to an activity",
        "No source names an owner of a mitigation.",
        "For 16 of the 18 activities here no source names a lead.",
    ):
        assert sentence in text_of(page)
    alone = client.get("/trace/", {"focus": "DOD"})
    assert "Nothing is linked to it." in text_of(alone)
    assert rows_of(alone) == []


def test_an_activity_that_is_led_is_not_said_to_have_no_lead() -> None:
    assert {node.code for node in traced().leaderless}.isdisjoint({"IPS-A01", "IPS-A02"})
    assert "IPS-A06" in {node.code for node in traced().leaderless}


def test_the_training_strategy_is_traced_alone_and_in_full(client: Client, training: None) -> None:
    assert not any(node.notional for node in traced().nodes)
    trace = traced(notional="only")
    assert all(node.notional for node in trace.nodes)
    assert {edge.link for edge in trace.edges} == set(Link) - {Link.STAGE, Link.SUPPORTING}
    office = traced("TRN-OPS", "only")
    assert {edge.source.code for edge in office.links if edge.link in (Link.LEAD, Link.SUPPORTING)} == {"TRN-OPS"}
    assert "TRN-OPS supports TRN-A01" in sentences(office)
    assert "TRN-R6 threatens TRN-A13" in sentences(office)
    assert "links of supporting offices are left out" in text_of(client.get("/trace/", {"notional": "only"}))
    both = client.get("/trace/", {"notional": "include"})
    assert "Notional" in text_of(both)
    refused = client.get("/trace/", {"focus": "TRN-L1"})
    assert refused.status_code == 400
    assert "'TRN-L1' is training content: ask with notional=only." in text_of(refused)


def test_who_owns_a_mitigation_is_traced_to_what_it_reduces() -> None:
    risk, owner = make.risk(), make.office()
    mitigation = make.mitigation(risks=[risk], owner=owner)
    assert codes(traced(owner.code)) == {owner.code, mitigation.code, risk.code}
    assert owner.code in codes(traced(risk.code))


# ---- Every form of it holds the same -------------------------------------------------------------------------------


@pytest.mark.parametrize("focus", FOCI)
def test_the_picture_and_the_table_hold_the_same_links(client: Client, focus: str) -> None:
    page = client.get("/trace/", {"focus": focus})
    assert page.status_code == 200
    rows = rows_of(page)
    assert len(rows) == len(set(rows))
    assert sorted(drawn_of(page, lit=True)) == sorted(rows)
    whole = {(edge.source.code, edge.link.value, edge.target.code) for edge in traced(focus).edges}
    assert set(drawn_of(page, lit=False)) == whole
    assert f"{len(rows)} link" in text_of(page)


def test_the_training_picture_and_table_hold_the_same_links(client: Client, training: None) -> None:
    for focus in ("", "TRN-G2", "TRN-A13", "TRN-OPS", "TRN-M5", "TRN-R1", "TRN-X6"):
        page = client.get("/trace/", {"focus": focus, "notional": "only"})
        assert sorted(drawn_of(page, lit=True)) == sorted(rows_of(page)) != []


@pytest.mark.parametrize("focus", ["", "STARCOM", "DOD"])
def test_the_files_hold_the_rows_of_the_table(client: Client, focus: str) -> None:
    params = {"focus": focus} if focus else {}
    page = client.get("/trace/", params)
    rows = [(source, target) for source, _, target in rows_of(page)]
    links = download_rows(client, "/trace/", "json", **params)
    assert [(row["from_code"], row["to_code"]) for row in links] == rows
    for suffix in ("csv", "xlsx"):
        lines = download_rows(client, "/trace/", suffix, **params)
        assert [row["relation"] for row in lines] == [row["relation"] for row in links]
    assert all(row["basis"] for row in links)
    query = f"?focus={focus}" if focus else ""
    assert {f"/trace.{suffix}{query}" for suffix in ("csv", "xlsx", "json", "svg")} <= links_of(page)


# ---- The picture as a file -----------------------------------------------------------------------------------------


def test_the_picture_is_a_file_that_stands_alone(client: Client) -> None:
    response = client.get("/trace.svg", {"focus": "STARCOM"})
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert set(response["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "frame-ancestors 'none'"}
    root = ElementTree.fromstring(response.content)
    assert root.find(f"{SVG}title").text == "Trace from STARCOM"
    assert root.find(f"{SVG}desc") is not None
    hrefs = [link.get("href") for link in root.iter(f"{SVG}a")]
    assert "http://testserver/offices/STARCOM/" in hrefs
    assert all(href.startswith("http://testserver/") for href in hrefs)
    allowed = {"svg", "title", "desc", "g", "a", "rect", "path", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == allowed
    assert not any(name == "style" or name.startswith("on") for element in root.iter() for name in element.attrib)
    sizes = [float(text.get("font-size", root.get("font-size"))) for text in root.iter(f"{SVG}text")]
    assert min(sizes) >= 12


def test_words_of_records_stay_words(client: Client) -> None:
    title = "<script>alert('x')</script> & \"more\""
    activity = make.activity(title=title)
    goal = make.goal(title=title)
    make.Factory.of[type(activity.goal_links.model())](activity=activity, goal=goal, reason="<b>bold</b>")
    for url in ("/trace/", "/trace.svg"):
        drawn = client.get(url, {"focus": activity.code}).content.decode()
        assert "<script>alert" not in drawn
        assert "<b>bold" not in drawn
        assert "&lt;script&gt;" in drawn
    ElementTree.fromstring(client.get("/trace.svg").content)


# ---- Ways in and refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"focus": "STARCOMM"}, "There is nothing to trace with the code 'STARCOMM'. Did you mean 'STARCOM'?"),
        ({"focus": "AUS"}, "There is nothing to trace with the code 'AUS'."),
        ({"fokus": "STARCOM"}, "fokus : Unknown parameter. Did you mean 'focus'?"),
        ({"focus": ["STARCOM", "FTF"]}, "Given more than once."),
        ({"focus": "a\x00b"}, "Holds a NUL character."),
        ({"focus": "x" * 2000}, "Longer than 1000 characters."),
        ({"notional": "all"}, "'all' is not one of: exclude, include, only."),
    ],
)
def test_bad_input_is_refused_by_name(client: Client, parameters: dict[str, Any], message: str) -> None:
    page = client.get("/trace/", parameters)
    assert page.status_code == 400
    assert message in text_of(page)
    assert rows_of(page) == []
    assert "/trace/?focus=CSRO" in links_of(page), "places to start are offered"
    for suffix in ("csv", "json", "xlsx", "svg"):
        assert client.get(f"/trace.{suffix}", parameters).status_code == 400


def test_a_form_left_empty_traces_everything(client: Client) -> None:
    assert rows_of(client.get("/trace/?focus=&notional=")) == rows_of(client.get("/trace/"))


@pytest.mark.parametrize(
    "url",
    [
        "/goals/IPS-G2/",
        "/lines-of-effort/IPS-L2/",
        "/process-stages/IPS-S6/",
        "/activities/IPS-A06/",
        "/offices/STARCOM/",
        "/means/IPS-M3/",
        "/risks/IPS-R1/",
        "/mitigations/IPS-X1/",
        "/engagements/SW2025/",
        "/frameworks/CSPO/",
    ],
)
def test_a_records_page_leads_to_its_trace(client: Client, url: str) -> None:
    code = url.split("/")[2]
    assert f"/trace/?focus={code}" in links_of(client.get(url))
    assert client.get("/trace/", {"focus": code}).status_code == 200


def test_a_training_records_page_leads_to_its_trace(client: Client) -> None:
    goal = make.goal(notional=True)
    address = f"/trace/?focus={goal.code}&strategy={goal.strategy.code}&notional=only"
    assert address in links_of(client.get(goal.get_absolute_url()))
    assert client.get(address).status_code == 200


def test_a_trace_keeps_to_one_strategy(client: Client) -> None:
    other = make.goal(strategy=make.strategy(code="SEC"))
    assert other.get_absolute_url() not in links_of(client.get("/trace/?strategy=IPS"))
    links = links_of(client.get("/trace/?strategy=SEC"))
    assert other.get_absolute_url() in links
    assert "/goals/IPS-G1/" not in links
    assert client.get("/trace/?strategy=SEX").status_code == 400
