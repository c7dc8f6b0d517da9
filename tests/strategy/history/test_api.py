"""Change sets in the API."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from strategy.history import changeset
from strategy.models import ChangeSet, Goal
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_change_set_is_listed_and_retrieved(api: APIClient) -> None:
    lee = User.objects.create_user("lee", "lee@example.org", first_name="Lee", last_name="Roe")
    goal = make.goal(title="Old")
    with changeset(lee, "Reworded", ChangeSet.Kind.EDIT) as current:
        goal.title = "New"
        goal.save()
    [listed] = api.get("/api/v1/changes/", {"editor": "Lee Roe", "kind": "edit", "record_type": "goal"}).json()[
        "results"
    ]
    assert (listed["version"], listed["kind"], listed["editor"], listed["reason"]) == (
        current.version,
        "edit",
        "Lee Roe",
        "Reworded",
    )
    [change] = listed["changes"]
    assert (change["record_type"], change["code"], change["operation"]) == ("goal", goal.code, "update")
    assert change["fields"] == [
        {
            "name": "title",
            "label": "Title",
            "before": [{"text": "Old", "code": None}],
            "after": [{"text": "New", "code": None}],
        }
    ]
    one = api.get(listed["url"]).json()
    assert (one["count"], one["changes"]) == (1, listed["changes"])
    assert api.get("/api/v1/changes/latest/").json()["version"] == current.version
    Goal.objects.filter(pk=goal.pk).update(title="By hand")
    assert api.get("/api/v1/changes/latest/").json()["editor"] is None
    assert api.get("/api/v1/changes/?kind=edit&page_size=1&editor=command").json()["results"] == []


def test_what_is_not_understood_is_refused(api: APIClient) -> None:
    for address, detail in {
        "?offfice=STARCOM": "Did you mean 'office'?",
        "?since=soon": "is not a date",
        "?office=": "leave the parameter out",
        "latest/?kind=edit": "Unknown parameter",
    }.items():
        response = api.get(f"/api/v1/changes/{address}")
        assert response.status_code == 400, address
        assert detail in response.json()["errors"][0]["detail"], address
    for version in ("1", "0", "-1", "x", "9" * 30):
        assert api.get(f"/api/v1/changes/{version}/").status_code == 404, version
    assert api.post("/api/v1/changes/", {}).status_code == 405
