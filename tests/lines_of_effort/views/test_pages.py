"""Pages of activities, assignments, goals, lines, stages and means: who is named first, and silence in words."""

import re
from typing import Any

import pytest
from django.test import Client

from lines_of_effort.models import Activity, LineOfEffort
from strategy.models import Goal, Means
from tests.support import factories as make
from tests.support.html import links_of, main_of, row_links, text_of

pytestmark = pytest.mark.django_db


def roles(client: Client, code: str) -> str:
    """The words of the box that says who is on an activity."""
    return main_of(client.get(f"/activities/{code}/")).one("[aria-labelledby=who]").text


def side(response: Any, heading: str) -> list[str]:
    """Where the links beside a page lead, under one heading."""
    sections = main_of(response).all("section")
    return [href for section in sections if heading in section.texts("h2") for href in section.hrefs]


# ---- Activities ----------------------------------------------------------------------------------------------------


def test_an_activity_says_who_coordinates_and_that_nobody_leads(client: Client) -> None:
    box = roles(client, "IPS-A06")
    assert "No lead named in any source" in box
    assert "Coordinates STARCOM Space Training and Readiness Command Verb in the source: coordinates" in box
    assert "no supporting office named" in box


def test_two_leads_are_named_with_how_they_relate(client: Client) -> None:
    box = roles(client, "IPS-A01")
    assert re.search(
        r"Leads .*FTF Futures Task Force Not established \(interim\).*SFC Space Futures Command Not established", box
    )
    assert box.count("Handover Inferred The slash joins") == 2
    assert "2 offices are named as lead." in box
    assert "No source says how they share it" not in box
    for row in Activity.objects.get(code="IPS-A01").assignments.all():
        row.relation, row.relation_basis, row.relation_reason = "", "", ""
        row.save()
    assert "No source says how they share it" in roles(client, "IPS-A01")


def test_an_activity_says_what_is_not_linked(client: Client) -> None:
    text = text_of(client.get("/activities/IPS-A17/"))
    for silence in (
        "No lead named in any source",
        "No source links this activity to a goal.",
        "No source puts it at a stage.",
        "No source links a means to this activity.",
        "No source links a risk to this activity.",
        "No line of effort",
    ):
        assert silence in text


def test_an_activity_leads_to_its_neighbours_in_the_line(client: Client) -> None:
    page = client.get("/activities/IPS-A06/")
    assert "Next activity IPS-A07" in text_of(page)
    assert "Previous activity" not in text_of(page)
    assert "Previous activity IPS-A16" in text_of(client.get("/activities/IPS-A17/"))


def test_what_stands_on_the_same_line_is_bounded_and_linked(client: Client) -> None:
    page = client.get("/activities/IPS-A06/")
    engagements = side(page, "Engagements on its line")
    assert engagements[-1] == "/engagements/?on_line=IPS-L2"
    assert 1 < len(engagements) <= 7
    assert client.get(engagements[-1]).status_code == 200
    assert side(page, "Frameworks on its line")
    assert not side(client.get("/activities/IPS-A17/"), "Engagements on its line")


def test_terms_of_an_activity_are_those_in_its_words(client: Client) -> None:
    term = make.term(term="Reciprocal TRAINING", strategy=Activity.objects.get(code="IPS-A06").strategy)
    assert term.get_absolute_url() in side(client.get("/activities/IPS-A06/"), "Terms in it")
    assert term.get_absolute_url() not in links_of(client.get("/activities/IPS-A01/"))


def test_the_list_shows_roles_and_never_makes_a_coordinator_a_lead(client: Client) -> None:
    heads = main_of(client.get("/activities/")).all("th[scope=row]")
    words = {head.hrefs[0].split("/")[2]: head.parent.text for head in heads}
    assert "STARCOM coordinates No lead named" in words["IPS-A06"]
    assert "FTF leads" in words["IPS-A01"]
    assert "No lead named" not in words["IPS-A01"]
    assert "Integrate Inferred" in words["IPS-A06"]
    assert "Create Reported" in words["IPS-A03"]
    assert "Not placed" in words["IPS-A16"]


# ---- Facets --------------------------------------------------------------------------------------------------------


def facets(response: Any) -> dict[str, int]:
    """Each facet link with its count."""
    links = main_of(response).one("nav.facets").all("a")
    return {link["href"]: int(link.one("span").text) for link in links if link.has("span")}


@pytest.mark.parametrize(
    "url", ["/activities/", "/activities/?kind=theme&has_lead=false", "/offices/", "/assignments/"]
)
def test_a_facet_s_count_is_the_number_of_rows_it_shows(client: Client, url: str) -> None:
    page = client.get(url)
    # A chosen value counts what is shown now; its link leads to what is shown without it.
    chosen = main_of(page).values("a[aria-current]", "href")
    counted = {link: count for link, count in facets(page).items() if link not in chosen}
    assert counted
    path = url.partition("?")[0]
    assert {link: len(row_links(client.get(f"{path}{link}&page_size=200"))) for link in counted} == counted


def test_a_chosen_facet_is_marked_and_its_link_takes_it_away(client: Client) -> None:
    page = client.get("/activities/?kind=theme&has_lead=false&search=&page=1")
    assert "?has_lead=false" in facets(page)
    assert "?kind=theme" in facets(page)
    chosen = main_of(page).texts("nav.facets a[aria-current=true]")
    assert [label.split()[0] for label in chosen] == ["No", "Publicly"]


def test_facets_keep_training_content_apart(client: Client) -> None:
    before = facets(client.get("/activities/"))
    activity = make.assignment(notional=True).activity
    assert facets(client.get("/activities/")) == before
    only = client.get("/activities/?notional=only")
    assert row_links(only) == [activity.get_absolute_url()]
    assert facets(only)["?notional=only&has_lead=true"] == 1


# ---- Goals, lines, stages, means, assignments ----------------------------------------------------------------------


def test_a_goal_shows_how_it_is_pursued_and_by_whom(client: Client) -> None:
    page = client.get("/goals/IPS-G2/")
    text = text_of(page)
    assert re.search(r"How it is pursued Create IPS-L1 .* Integrate IPS-L2 .* Operate IPS-L3", text)
    assert "This line by itself Inferred" in text
    assert "6 activities under it" in text
    assert "STARCOM coordinates No lead named" in text
    assert "Previous goal IPS-G1" in text
    assert "Next goal IPS-G3" in text
    for line in LineOfEffort.objects.visible():
        assert f"/activities/?line_of_effort={line.code}" in links_of(page)


def test_a_goal_says_that_no_source_links_risks_or_means_to_it(client: Client) -> None:
    page = client.get("/goals/IPS-G1/")
    assert "No source links a risk to this goal; these threaten the whole strategy." in text_of(page)
    assert "/risks/IPS-R1/" in side(page, "Risks to the strategy")
    assert "No source links a means to this goal" in text_of(page)
    assert {means.get_absolute_url() for means in Means.objects.visible()} <= links_of(page)


def test_a_goal_nothing_serves_says_so(client: Client) -> None:
    page = client.get(make.goal().get_absolute_url())
    assert "No source says which line of effort serves this goal." in text_of(page)
    assert "No activity is linked to this goal." in text_of(page)


def test_a_goal_with_very_many_activities_shows_the_first_and_links_the_rest(client: Client) -> None:
    goal = Goal.objects.get(code="IPS-G1")
    for _ in range(55):
        make.activity_goal(goal=goal)
    page = client.get(goal.get_absolute_url())
    assert "Activities and leads (the first 50)" in text_of(page)
    assert "/activities/?goal=IPS-G1" in links_of(page)


def test_a_line_wears_its_hue_and_names_horizon_and_force_activity(client: Client) -> None:
    page = client.get("/lines-of-effort/IPS-L2/")
    text = text_of(page)
    assert "Line of effort, Force Development , 2 to 7 years ahead Reported" in text
    assert main_of(page).has(".line-head.hue-integrate")
    assert "STARCOM coordinates No lead named" in text
    assert "Hosted payloads" in text
    assert "/engagements/?on_line=IPS-L2" in links_of(page)
    assert "Engagements (the first 10)" in text


def test_a_stage_and_a_means_say_what_they_hold(client: Client) -> None:
    assert "FTF leads" in text_of(client.get("/process-stages/IPS-S1/"))
    means = text_of(client.get("/means/IPS-M3/"))
    assert "IPS-R1 Resource constraints" in means
    assert "No source says which activity uses it." in means


def test_an_assignment_is_a_sentence_with_the_source_s_verb(client: Client) -> None:
    text = text_of(client.get("/assignments/ASG3/"))
    assert "Space Training and Readiness Command coordinates Reciprocal training and education standards" in text
    assert "verb is “coordinates”." in text
    assert "The office is not established (planned)." in text_of(client.get("/assignments/ASG1B/"))


def test_a_goal_says_how_many_of_its_activities_are_led_coordinated_and_supported(client: Client) -> None:
    row = next(row for row in main_of(client.get("/goals/")).all("tbody tr") if "IPS-G3" in row.text)
    numbers = dict(
        zip(("linked", "led", "coordinated", "supported"), row.texts(".count-some, .count-none"), strict=True)
    )
    assert numbers == {"linked": "9", "led": "2", "coordinated": "1", "supported": "0"}
    shown = main_of(client.get("/goals/IPS-G3/")).texts("dl.numbers dd")
    assert shown == list(numbers.values())
