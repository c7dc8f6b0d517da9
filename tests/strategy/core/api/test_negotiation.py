"""``Accept`` names the format of a file as ``format`` does."""

import pytest
from rest_framework.test import APIClient

from strategy.core.exports import FORMATS

LISTS = ["/api/v1/goals/", "/api/v1/trace/", "/api/v1/findings/", "/api/v1/findings/activity-without-lead/"]
FILES = {name: media.partition(";")[0] for name, media in FORMATS.items() if name != "json"}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", FILES)
def test_a_media_type_names_a_format(api: APIClient, path: str, name: str) -> None:
    asked = api.get(path, {"format": name})
    content = b"".join(asked.streaming_content)
    for accept in (FILES[name], f"text/html;q=0.5, {FILES[name]}", f"{FILES[name]}; charset=utf-8"):
        answer = api.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (200, asked["Content-Type"])
        same = b"".join(answer.streaming_content) == content
        # A workbook says when it was made.
        assert same or name == "xlsx"
        beside = api.get(path, {"format": name}, headers={"Accept": accept})
        assert (beside.status_code, beside["Content-Type"]) == (200, asked["Content-Type"])
        assert b"".join(beside.streaming_content)
    assert api.get(path, {"format": "json"}, headers={"Accept": FILES[name]})["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", LISTS)
def test_what_is_refused_is_json(api: APIClient, path: str) -> None:
    for query in ({"nonsense": "1"}, {"page": "1"}):
        answer = api.get(path, query, headers={"Accept": "text/csv"})
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    for accept in ("application/json", "*/*", "text/html, */*;q=0.1", "", "application/json, text/csv"):
        assert api.get(path, headers={"Accept": accept})["Content-Type"] == "application/json"
    assert api.get(path, headers={"Accept": "image/png"}).status_code == 406
    one = api.get("/api/v1/goals/IPS-G1/", headers={"Accept": "text/csv"})
    assert one.status_code == 406, "one record is no table"
