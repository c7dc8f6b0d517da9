"""Asking for what has none of something, and for what cannot be: in lists and the API alike."""

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from tests.support.downloads import download_rows

pytestmark = pytest.mark.django_db
NONE = {
    "line_of_effort": {"line_of_effort": None},
    "goal": {"goal_links": None},
    "stage": {"stage_links": None},
    "risk": {"risk_links": None},
    "office": {"assignments": None},
}


@pytest.mark.parametrize("name", NONE)
def test_what_has_none_can_be_asked_for(client: Client, name: str) -> None:
    wanted = list(Activity.objects.visible().filter(**NONE[name]).values_list("code", flat=True))
    assert wanted
    answer = client.get("/api/v1/activities/", {name: "none"}).json()
    assert [row["code"] for row in answer["results"]] == wanted
    assert [row["code"] for row in download_rows(client, "/activities/", "json", **{name: "none"})] == wanted


def test_engagements_without_a_named_participant(client: Client) -> None:
    answer = client.get("/api/v1/engagements/", {"partner": "none", "page_size": "200"}).json()
    assert answer["count"] > 0
    assert all(not row["participations"] for row in answer["results"])


CONTRADICTIONS = [
    ({"has_lead": "false", "role": "lead"}, "has_lead"),
    ({"office": "none", "role": "supporting"}, "role"),
    ({"office": "none", "has_lead": "true"}, "has_lead"),
    ({"line_of_effort": "none", "line_basis": "inferred"}, "line_basis"),
]


@pytest.mark.parametrize("url", ["/activities/", "/activities.csv", "/api/v1/activities/"])
@pytest.mark.parametrize(("params", "name"), CONTRADICTIONS, ids=[str(case[0]) for case in CONTRADICTIONS])
def test_what_cannot_be_is_refused(client: Client, url: str, params: dict[str, str], name: str) -> None:
    answer = client.get(url, params)
    assert answer.status_code == 400
    assert name in answer.content.decode()
