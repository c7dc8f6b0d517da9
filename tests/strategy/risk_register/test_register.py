"""The risk register and the pages of risks and mitigations: rated by staff or not at all, never by us."""

import json
from typing import Any

import pytest
from django.test import Client

from strategy.risk_register.heat_map import MAX_PINS
from tests.support import factories as make
from tests.support.html import links_of, main_of, row_links, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
TRAINING = {"notional": "only"}


def rated(likelihood: int | None, impact: int | None, **values: Any) -> Any:
    """A risk of the training strategy, apart from the shipped ones, as somebody judged it."""
    return make.risk(likelihood=likelihood, impact=impact, assessed_by="Risk board", notional=True, **values)


def cells(page: Any) -> dict[tuple[int, int], str]:
    """The text of each cell of the heat map, by likelihood and impact."""
    return {
        (int(level.one("b").text), impact): cell
        for level in main_of(page).one("table.heat").all("th.heat__level[scope=row]")
        for impact, cell in enumerate(level.parent.texts("td"), start=1)
    }


def row_of(page: Any, code: str) -> str:
    """The words of a risk's row in the register."""
    return main_of(page).one(f'tr[id="{code}"]').text


def test_the_shipped_risks_are_unrated_and_the_register_leads(client: Client) -> None:
    page = client.get("/risks/")
    assert not main_of(page).has("table.heat")
    assert main_of(page).texts("section > h2")[0].startswith("Register")
    assert "Unrated" in row_of(page, "IPS-R1")


def test_the_map_follows_the_register_once_a_risk_is_rated(client: Client) -> None:
    rated(3, 3)
    unrated = make.risk(notional=True)
    page = client.get("/risks/", TRAINING)
    assert len(cells(page)) == 25
    assert main_of(page).texts("section > h2")[1] == "Heat map"
    tray = main_of(page).one("section.tray")
    assert tray.values("[href^='#']", "href") == [f"#{unrated.code}"]
    assert "A rating is staff judgment" in tray.text


def test_a_rating_is_a_pin_in_its_cell_with_its_score_and_its_author(client: Client) -> None:
    risk = rated(4, 5, title="Storm")
    page = client.get("/risks/", TRAINING)
    assert cells(page)[4, 5] == f"Score 20 {risk.code} Storm"
    assert [place for place, words in cells(page).items() if risk.code in words] == [(4, 5)]
    assert not main_of(page).has(".tray")
    assert "20 Likelihood high, impact very high Rated by Risk board" in row_of(page, risk.code)


def test_half_a_rating_has_no_place(client: Client) -> None:
    risk, _ = rated(4, None), rated(1, 1)
    page = client.get("/risks/", TRAINING)
    assert not any(risk.code in words for words in cells(page).values())
    assert "Likelihood high, impact not rated" in row_of(page, risk.code)
    assert risk.get_absolute_url() not in row_links(client.get("/risks/", TRAINING | {"rated": "true"}))
    assert row_links(client.get("/risks/", TRAINING | {"rated": "false"})) == [risk.get_absolute_url()]


def test_a_full_cell_links_the_rest(client: Client) -> None:
    risks = [rated(2, 3) for _ in range(MAX_PINS + 2)]
    page = client.get("/risks/", TRAINING)
    assert cells(page)[2, 3].endswith("+2 more risks of this rating")
    (more,) = (link for link in links_of(page) if "likelihood=2&impact=3" in link)
    assert len(row_links(client.get(f"/risks/{more}"))) == len(risks)


def test_a_pin_of_a_risk_on_another_page_leads_to_its_own(client: Client) -> None:
    first, second = rated(1, 1), rated(1, 2)
    links = links_of(client.get("/risks/", TRAINING | {"page_size": "1"}))
    assert f"#{first.code}" in links
    assert f"#{second.code}" not in links
    assert second.get_absolute_url() in links


def test_each_number_leads_to_what_it_counts(client: Client) -> None:
    rated(3, 3)
    half = rated(None, 2)
    make.mitigation(risks=[half], owner=make.office(notional=True), notional=True)
    make.mitigation(risks=[half], content="unknown", notional=True)
    for params in ({}, TRAINING):
        links = main_of(client.get("/risks/", params)).all("dd > a")
        numbers = {link["href"]: int(first) for link in links if (first := link.text.split()[0]).isdigit()}
        assert len(numbers) == 4
        for url, count in numbers.items():
            assert len(row_links(client.get(url))) == count, url


def test_a_category_stays_together_in_the_order_of_its_first_risk(client: Client) -> None:
    first, second, third = (rated(1, 1, category=name) for name in ("zeal", "air", "zeal"))
    page = client.get("/risks/", TRAINING)
    assert row_links(page) == [item.get_absolute_url() for item in (first, third, second)]
    assert [head.split()[0] for head in main_of(page).texts("[scope=rowgroup]")] == ["Zeal", "Air"]
    ordered = client.get("/risks/", TRAINING | {"ordering": "-code"})
    assert row_links(ordered) == [item.get_absolute_url() for item in (third, second, first)]
    assert not main_of(ordered).has("[scope=rowgroup]")


def test_what_a_risk_threatens_is_named_or_said_to_be_untied(client: Client) -> None:
    tied, bare = rated(1, 1), rated(1, 1)
    goal = make.goal(notional=True)
    for _ in range(6):
        link = make.activity_risk(
            risk=tied, activity=make.activity(notional=True), basis="inferred", reason="So it is."
        )
        make.activity_goal(activity=link.activity, goal=goal)
    page = client.get("/risks/", TRAINING)
    assert goal.code in row_of(page, tied.code)
    assert "and 2 more" in row_of(page, tied.code)
    assert "Inferred" in row_of(page, tied.code)
    assert "No source links it to an activity or a goal" in row_of(page, bare.code)
    assert len(row_links(client.get("/activities/", TRAINING | {"risk": tied.code}))) == 6
    assert goal.get_absolute_url() in links_of(client.get(tied.get_absolute_url()))
    assert "No source links it to an activity." in text_of(client.get(bare.get_absolute_url()))


def test_a_mitigation_says_how_much_is_known_and_who_answers(client: Client) -> None:
    row = row_of(client.get("/risks/"), "IPS-R2")
    assert "Exists, contents unknown No owner named" in row
    assert "General aim only No owner named" in row
    office = make.office()
    mitigation = make.mitigation(risks=[make.risk()], owner=office)
    page = client.get(mitigation.get_absolute_url())
    assert f"Owner {office.code}" in text_of(page)
    assert "No owner named" in text_of(client.get("/mitigations/IPS-X1/"))
    owned = row_links(client.get("/mitigations/", {"has_owner": "true"}))
    assert owned == [mitigation.get_absolute_url()]


def test_what_no_source_says_stands_beside_the_map_with_whom_it_is_about(client: Client) -> None:
    text = text_of(client.get("/risks/"))
    assert "No source says what is done about this risk." in text
    assert "About IPS-R1 , IPS-R3 , IPS-R4" in text


def test_a_risk_s_page_gives_its_rating_in_words(client: Client) -> None:
    text = text_of(client.get(rated(5, 2).get_absolute_url()))
    assert "Score 10 Likelihood very high, impact low" in text
    assert "Rated by Risk board. A rating is staff judgment" in text
    assert "Unrated" in text_of(client.get("/risks/IPS-R1/"))


def test_a_file_says_who_rated(client: Client) -> None:
    rated(4, 4)
    (row,) = json.loads(client.get("/risks.json", TRAINING).getvalue())
    assert (row["likelihood"], row["impact"], row["score"], row["rated_by"]) == (4, 4, 16, "Risk board")


@pytest.mark.parametrize(("path", "name"), [("/risks/", "rated"), ("/mitigations/", "has_owner")])
def test_nonsense_is_refused_by_name(client: Client, path: str, name: str) -> None:
    page = client.get(path, {name: "maybe"})
    assert page.status_code == 400
    assert f"{name} : 'maybe' is not one of: true, false." in text_of(page)


def test_the_register_asks_no_more_for_more_risks(client: Client) -> None:
    def plant(count: int) -> None:
        for _ in range(count):
            risk = rated(3, 3)
            make.mitigation(risks=[risk], owner=make.office(notional=True), notional=True)
            link = make.activity_risk(risk=risk, activity=make.activity(notional=True))
            make.activity_goal(activity=link.activity, goal=make.goal(notional=True))

    plant(1)
    assert_queries_do_not_grow(client, "/risks/?notional=only", lambda page: len(row_links(page)), lambda: plant(5))
