"""Subject topics and recommendations: what is linked to them, why, and the lists that ask for them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.test import APIClient

from tests.support import factories as make
from tests.support.html import links_of, text_of

pytestmark = pytest.mark.django_db
LINKS = {
    "offices": (make.office_topic, "office"),
    "activities": (make.activity_topic, "activity"),
    "frameworks": (make.framework_topic, "framework"),
    "engagements": (make.engagement_topic, "engagement"),
    "partners": (make.partner_topic, "partner"),
}


@pytest.mark.parametrize(("segment", "factory", "name"), [(key, *pair) for key, pair in LINKS.items()])
def test_a_list_takes_a_topic_and_the_topic_shows_its_records(
    client: Client, api: APIClient, segment: str, factory: Any, name: str
) -> None:
    topic = make.topic()
    link = factory(topic=topic, basis="inferred", reason="For this reason.")
    record = getattr(link, name)
    factory()
    assert [row["code"] for row in api.get(f"/api/v1/{segment}/?topic={topic.code}").json()["results"]] == [record.code]
    assert record.get_absolute_url() in links_of(client.get(f"/{segment}/?topic={topic.code}"))
    assert api.get(f"/api/v1/{segment}/{record.code}/").json()["topics"][0]["topic"] == topic.code
    page = client.get(topic.get_absolute_url())
    assert record.get_absolute_url() in links_of(page)
    assert "For this reason." in text_of(page)


@pytest.mark.parametrize("segment", LINKS)
def test_an_unknown_topic_is_refused_with_the_nearest(client: Client, api: APIClient, segment: str) -> None:
    for response in (client.get(f"/{segment}/?topic=TOP-SDB"), api.get(f"/api/v1/{segment}/?topic=TOP-SDB")):
        assert response.status_code == 400
        assert "TOP-SDA" in response.content.decode()


def test_a_link_of_our_reading_needs_its_reason() -> None:
    for factory in (make.office_topic, make.partner_topic, make.recommendation_office, make.recommendation_risk):
        with pytest.raises(ValidationError) as error:
            factory(basis="inferred")
        assert set(error.value.message_dict) == {"reason"}


def test_a_topic_is_found_by_other_words_for_it(client: Client) -> None:
    topic = make.topic(words="Zorblax sales\nZFS")
    assert topic.get_absolute_url() in links_of(client.get("/search/?q=Zorblax"))


def test_a_recommendation_stands_on_the_pages_of_what_it_bears_on(client: Client) -> None:
    row = make.recommendation(title="Do it", addressee="The Secretary", status="open", status_date="2025-07")
    risk = make.recommendation_risk(recommendation=row, basis="inferred", reason="It is a shortage.").risk
    activity = make.activity_recommendation(recommendation=row, basis="inferred", reason="It tells whom.").activity
    office = make.recommendation_office(recommendation=row, basis="official").office
    for record, words in ((risk, "It is a shortage."), (activity, "It tells whom.")):
        page = client.get(record.get_absolute_url())
        assert row.get_absolute_url() in links_of(page)
        for text in ("The Secretary", "Open", "July 2025", words):
            assert text in text_of(page)
    assert row.get_absolute_url() in links_of(client.get(office.get_absolute_url()))
    page = client.get(row.get_absolute_url())
    assert {risk.get_absolute_url(), activity.get_absolute_url(), office.get_absolute_url()} <= set(links_of(page))


def test_the_three_recommendations_of_the_report_are_shipped(api: APIClient) -> None:
    rows = api.get("/api/v1/recommendations/?report=GAO-25-108043, 8 July 2025&status=open").json()["results"]
    assert [(row["number"], [link["risk"] for link in row["risks"]]) for row in rows] == [
        (1, ["IPS-R3"]),
        (2, ["IPS-R1"]),
        (3, ["IPS-R3"]),
    ]


def test_a_silence_says_when_it_was_last_looked_for(client: Client) -> None:
    goal = make.goal()
    make.subject(conflict=None, silence=make.silence(checked="2026-11-27"), record=goal)
    assert "Last looked for 27 November 2026" in text_of(client.get(goal.get_absolute_url()))
    unchecked = make.silence()
    assert "No date of a search is recorded" in text_of(client.get(unchecked.get_absolute_url()))


def test_no_indicator_is_invented(client: Client) -> None:
    assert "No source names one for this goal." in text_of(client.get("/goals/IPS-G2/"))
