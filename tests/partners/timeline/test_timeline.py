"""The engagement timeline, its calendar file, and the drawing of who joined when."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from partners.models import Engagement, Framework
from partners.timeline.scale import Scale
from tests.support import factories as make
from tests.support.html import Element, links_of, main_of, row_links, text_of

pytestmark = pytest.mark.django_db


def marks(page: Any) -> list[tuple[str, str]]:
    """Shape and address of every mark drawn."""
    return [(shape_of(mark), mark["href"]) for mark in main_of(page).all("a.tl-mark")]


def shape_of(mark: Element) -> str:
    """The shape in which a mark is drawn: how sure its date is."""
    (shape,) = {"day", "range", "vague", "by"} & {name.removeprefix("tl-mark--") for name in mark.classes}
    return shape


def tray(page: Any) -> list[str]:
    return [href for box in main_of(page).all("div.tray") for href in box.hrefs]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"kind": "exercise"}, {"partner": "AUS", "line_of_effort": "IPS-L1"}, {"status": "delayed"}],
)
def test_every_row_is_drawn_once_or_stands_in_the_tray(client: Client, parameters: dict[str, str]) -> None:
    page = client.get("/engagements/", {"page_size": "200", **parameters})
    drawn = [address for _, address in marks(page)]
    assert len(drawn) == len(set(drawn))
    assert sorted([*drawn, *tray(page)]) == sorted(row_links(page))


def test_how_sure_a_date_is_gives_the_shape(client: Client) -> None:
    shapes = {address: shape for shape, address in marks(client.get("/engagements/"))}
    assert shapes["/engagements/GS2024/"] == "range"
    assert {"day", "vague", "by"} <= set(shapes.values())


def test_years_with_next_to_nothing_are_not_drawn(client: Client) -> None:
    page = client.get("/engagements/")
    drawn, beside = {address for _, address in marks(page)}, tray(page)
    assert "/engagements/WGS-2007/" in beside
    assert "/engagements/QZS7/" in beside
    assert len(beside) <= 1 + len(drawn) / 9
    assert main_of(page).one("svg.lane-names").has("text")


def test_the_newest_engagement_comes_first(client: Client) -> None:
    newest = list(Engagement.objects.visible().newest_first()[:20])
    assert row_links(client.get("/engagements/"))[:20] == [row.get_absolute_url() for row in newest]


def test_a_framework_is_drawn_up_to_today_with_its_agreements(client: Client) -> None:
    framework = make.framework()
    agreement = make.agreement(framework=framework, date="2019-05-02")
    drawing = main_of(client.get(framework.get_absolute_url())).one("svg.joining")
    assert agreement.get_absolute_url() in drawing.links
    assert str(timezone.localdate().year) in drawing.text


def test_every_mark_has_a_name(client: Client) -> None:
    page = main_of(client.get("/engagements/", {"series": "GLOBAL-SENTINEL"}))
    assert "Global Sentinel 2024, 5 February 2024 to 16 February 2024, done" in page.values(
        "[aria-label]", "aria-label"
    )


@pytest.mark.parametrize("lane", ["kind", "line_of_effort", "partner_region"])
def test_lanes_are_chosen_and_keep_the_filters(client: Client, lane: str) -> None:
    page = client.get("/engagements/", {"lane": lane, "kind": "wargame"})
    assert {address for _, address in marks(page)} == {
        item.get_absolute_url() for item in Engagement.objects.visible().filter(kind="wargame").exclude(start="")
    }
    labels = main_of(page).values("g[role=list]", "aria-label")
    expected = {"kind": ["Wargame"], "line_of_effort": ["Create", "Operate"]}
    assert labels == expected.get(lane, labels)
    if lane == "partner_region":
        assert {"Europe", "Indo-Pacific", "No partner named"} <= set(labels)
    assert f"?lane={lane}&kind=wargame&status=done" in links_of(page)
    assert "/engagements.csv?kind=wargame" in links_of(page)


def test_an_unknown_lane_is_refused(client: Client) -> None:
    page = client.get("/engagements/", {"lane": "kinds"})
    assert page.status_code == 400
    assert "Did you mean 'kind'?" in text_of(page)
    assert client.get("/engagements.csv", {"lane": "kind"}).status_code == 400


def test_today_comes_from_the_server(client: Client) -> None:
    def today() -> float | None:
        lines = main_of(client.get("/engagements/")).values("line.tl-today", "x1")
        return float(lines[0]) if lines else None

    with time_machine.travel("2024-07-01", tick=False):
        then = today()
    with time_machine.travel("2025-07-01", tick=False):
        later = today()
    assert then is not None
    assert later is not None
    assert then < later
    with time_machine.travel("2050-01-01", tick=False):
        assert today() is None


def test_a_leap_year_is_as_wide_as_any_other() -> None:
    scale = Scale(2023, 2025, 0, 100)
    assert scale.x(datetime.date(2024, 1, 1)) == 100
    assert scale.end(datetime.date(2024, 12, 31)) == 200
    assert scale.end(datetime.date(2025, 12, 31)) == 300


def events(client: Client, **parameters: str) -> dict[str, Any]:
    response = client.get("/engagements.ics", parameters)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    file = Calendar.from_ical(response.content)
    assert file["VERSION"] == "2.0"
    return {str(event["UID"]): event for event in file.walk("VEVENT")}


def test_the_calendar_holds_what_is_known_to_the_month(client: Client) -> None:
    result = events(client)
    whole = events(client, series="GLOBAL-SENTINEL")
    event = whole["engagement-GS2024@strategy-knowledge-base"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (datetime.date(2024, 2, 5), datetime.date(2024, 2, 17))
    month = result["engagement-CSPO-2020@strategy-knowledge-base"]
    assert (month["DTSTART"].dt, month["DTEND"].dt) == (datetime.date(2020, 2, 1), datetime.date(2020, 3, 1))
    assert month["URL"] == "http://testserver/engagements/CSPO-2020/"
    for code in ("GS2014", "NSSI-2007", "QZS7", "OOD-PLAN26"):
        assert f"engagement-{code}@strategy-knowledge-base" not in result
    assert len(result) == sum(
        bool(re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", item.start)) for item in Engagement.objects.visible()
    )
    assert set(whole) < set(result)


def test_the_calendar_escapes_and_refuses(client: Client) -> None:
    planted = make.engagement(start="2025-03", location="x\\y", status="planned")
    # Past the model, which takes no line break in a name.
    planted.name = "A, b; c\nDTSTART:1"
    Engagement.objects.filter(pk=planted.pk).update(name=planted.name)
    assert b"SUMMARY:A\\, b\\; c\\nDTSTART:1" in client.get("/engagements.ics").content
    event = events(client)[f"engagement-{planted.code}@strategy-knowledge-base"]
    assert str(event["SUMMARY"]) == planted.name
    assert str(event["LOCATION"]) == planted.location
    assert event["STATUS"] == "TENTATIVE"
    for parameters in ({"nope": "1"}, {"page": "1"}, {"kind": "party"}):
        assert client.get("/engagements.ics", parameters).status_code == 400
    invented = make.engagement(notional=True, start="2025-03")
    assert not any(invented.code in uid for uid in events(client))
    assert any(invented.code in uid for uid in events(client, notional="only"))


def test_members_are_drawn_by_date_and_the_undated_stand_apart(client: Client) -> None:
    page = main_of(client.get("/frameworks/MNF-OOD/"))
    drawn = page.values("g[role=listitem] > a", "href")
    assert drawn == [f"/partners/{code}/" for code in ("USA", "GBR", "AUS", "CAN", "NZL", "DEU", "FRA")]
    assert "New Zealand, member, 5 September 2024, Invited 9 April 2024" in page.html
    undated = text_of(client.get("/frameworks/FVEY/"))
    assert "Member, date unknown 5" in undated
    empty = client.get(make.framework().get_absolute_url())
    assert "Who joined when" not in text_of(empty)


def test_every_framework_draws_or_lists_each_member(client: Client) -> None:
    for framework in Framework.objects.visible():
        page = main_of(client.get(framework.get_absolute_url()))
        members = {item.partner.get_absolute_url() for item in framework.memberships.select_related("partner")}
        assert not members or members <= page.one("section[aria-labelledby=joined]").links


def test_a_series_shows_its_engagements_over_time(client: Client) -> None:
    page = client.get("/series/SCHRIEVER/")
    assert {address for _, address in marks(page)} == {
        item.get_absolute_url() for item in Engagement.objects.filter(series__code="SCHRIEVER")
    }


def test_a_partial_list_of_participants_says_so(client: Client) -> None:
    assert "The list is known to be partial" in text_of(client.get("/engagements/RESOLUTE25/"))
    assert "The list of participants is held to be complete." in text_of(client.get("/engagements/GS2024/"))
