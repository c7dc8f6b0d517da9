"""Addresses that last: by code alone, and from an earlier edition to the current one."""

import pytest
from django.test import Client

from strategy.models import SearchEntry, Strategy
from tests.support import factories as make
from tests.support.html import links_of, parse, text_of

pytestmark = pytest.mark.django_db


# ---- /id/ ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("IPS-A06", "/activities/IPS-A06/"),
        ("ips_a06", "/activities/IPS-A06/"),
        ("IPS", "/strategies/IPS/"),
        ("STARCOM", "/offices/STARCOM/"),
        ("starcom", "/offices/STARCOM/"),
        ("AUS", "/partners/AUS/"),
        ("T09", "/terms/T09/"),
        ("CIT-0001", "/citations/CIT-0001/"),
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_code_leads_to_its_record(client: Client, code: str, slash: str, address: str):
    response = client.get(f"/id/{code}{slash}")
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/partners/au_space_command/", "/partners/AU-SPACE-COMMAND/"),
        ("/offices/starcom/brief.pdf?paper=a4", "/offices/STARCOM/brief.pdf?paper=a4"),
    ],
)
def test_a_code_written_in_another_way_leads_to_its_page(client: Client, address: str, canonical: str):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, canonical)
    assert client.get("/partners/starcom/").status_code == 404


def test_every_code_leads_somewhere(client: Client):
    for entry in SearchEntry.objects.order_by("?")[:40]:
        response = client.get(f"/id/{entry.code}")
        if response.status_code == 300:
            assert entry.get_absolute_url() in links_of(response)
        else:
            assert response["Location"] == entry.get_absolute_url()


def test_a_code_that_several_kinds_use_gives_a_choice(client: Client):
    response = client.get("/id/NGA")
    assert response.status_code == 300
    assert {"/offices/NGA/", "/partners/NGA/"} <= links_of(response)
    assert "Several records have the code NGA" in text_of(response)


def test_an_unknown_code_suggests_the_nearest(client: Client):
    response = client.get("/id/IPS-A99")
    assert response.status_code == 404
    assert "There is no record with the code 'IPS-A99'" in text_of(response)
    assert any(link.startswith("/activities/IPS-A") for link in links_of(response))


@pytest.mark.parametrize("code", ["%00", "%3Cscript%3E", "%FF", "a" * 5000])
def test_nonsense_is_not_found(client: Client, code: str):
    response = client.get(f"/id/{code}")
    assert response.status_code == 404
    assert all("src" in script for script in parse(response).all("script"))


def test_parameters_are_refused(client: Client):
    response = client.get("/id/IPS-A06?x=1")
    assert response.status_code == 400
    assert "x : Unknown parameter" in text_of(response)
    assert client.post("/id/IPS-A06").status_code == 405


def test_training_content_has_an_address_too(client: Client):
    goal = make.goal(code="MADE-G1", notional=True)
    assert client.get("/id/MADE-G1")["Location"] == goal.get_absolute_url()


# ---- A code typed into search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "address"),
    [
        ("IPS-A06", "/activities/IPS-A06/"),
        (" ips-a06 ", "/activities/IPS-A06/"),
        ("STARCOM", "/offices/STARCOM/"),
        ("T09", "/terms/T09/"),
    ],
)
def test_a_code_typed_into_search_goes_straight_to_the_record(client: Client, q: str, address: str):
    response = client.get("/search/", {"q": q})
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get("/search/", {"q": q, "all": "1"}).status_code == 200


@pytest.mark.parametrize(
    "q", ["partner", "commercial", "starcom", "PARTNER", "NGA", "IPS-A99", "2025", "training", "IPS-A06 x"]
)
def test_a_word_is_searched_for_even_if_it_is_somebody_s_code(client: Client, q: str):
    assert client.get("/search/", {"q": q}).status_code == 200


def test_training_codes_are_found_only_where_training_content_is(client: Client):
    goal = make.goal(code="MADE-G1", notional=True)
    assert client.get("/search/", {"q": "MADE-G1"}).status_code == 200
    response = client.get("/search/", {"q": "MADE-G1", "notional": "only"})
    assert response["Location"] == goal.get_absolute_url()


# ---- An earlier edition --------------------------------------------------------------------------------------------

NOTICE = "This is an earlier edition."


@pytest.fixture
def editions() -> tuple[Strategy, Strategy]:
    old = make.strategy(code="ED", title="The document")
    return old, make.strategy(code="ED2", title="The document", supersedes=old)


def notice(client: Client, address: str) -> set[str]:
    """Where the notice on a page leads; nothing where there is no notice."""
    page = parse(client.get(address))
    assert page.has("div.edition") == (NOTICE in page.text)
    return {href for box in page.all("div.edition") for href in box.hrefs}


def test_the_notice_leads_to_the_same_record(client: Client, editions):
    old, new = editions
    same_name = (
        make.goal(strategy=old, code="ED-G1", title="One goal"),
        make.goal(strategy=new, code="ED2-G7", title="One goal"),
    )
    same_code = (
        make.risk(strategy=old, code="ED-R1", title="Old words"),
        make.risk(strategy=new, code="ED2-R1", title="New ones"),
    )
    for before, after in (same_name, same_code):
        assert after.get_absolute_url() in notice(client, before.get_absolute_url())
        assert notice(client, after.get_absolute_url()) == set()


def test_the_notice_leads_to_the_current_edition_where_no_record_is_known(client: Client, editions):
    old, new = editions
    gone = make.goal(strategy=old, title="Gone")
    make.goal(strategy=new, title="Gone but for a word")
    assert new.get_absolute_url() in notice(client, gone.get_absolute_url())
    assert "no record that is known to be this one" in client.get(gone.get_absolute_url()).content.decode()


def test_the_notice_stands_on_every_page_of_the_earlier_edition(client: Client, editions):
    old, new = editions
    chapter = make.chapter(strategy=old, title="A chapter", number=3)
    later = make.chapter(strategy=new, title="A chapter", number=4)
    task = make.assignment(activity=make.activity(strategy=old))
    for address in (
        old.get_absolute_url(),
        make.passage(strategy=old).get_absolute_url(),
        make.term(strategy=old).get_absolute_url(),
        make.line_of_effort(strategy=old).get_absolute_url(),
        task.get_absolute_url(),
        "/read/?strategy=ED",
    ):
        assert new.get_absolute_url() in notice(client, address), address
    assert later.reading_url in notice(client, chapter.reading_url)
    assert notice(client, task.office.get_absolute_url()) == set()


def test_the_notice_skips_to_the_newest_and_leaves_drafts_alone(client: Client, editions):
    old, new = editions
    newest = make.strategy(code="ED3", supersedes=new)
    draft = make.strategy(code="ED4", supersedes=newest, status="draft")
    links = notice(client, old.get_absolute_url())
    assert newest.get_absolute_url() in links
    assert new.get_absolute_url() not in links
    assert notice(client, newest.get_absolute_url()) == set()
    assert draft.get_absolute_url() not in links


def test_editions_that_supersede_each_other_do_not_hang_a_page(client: Client, editions):
    old, new = editions
    old.supersedes = new
    old.save()
    assert client.get(old.get_absolute_url()).status_code == 200


def test_the_shipped_strategy_has_no_notice(client: Client):
    assert notice(client, "/strategies/IPS/") == set()


def test_markup_in_the_notice_stays_text(client: Client):
    old = make.strategy(title="<b>Old</b>", edition="<i>1</i>")
    make.strategy(title="<script>alert(1)</script>", supersedes=old)
    body = client.get(old.get_absolute_url()).content.decode()
    assert NOTICE in body
    for raw in ("<b>Old", "<i>1", "<script>alert"):
        assert raw not in body
