"""Search in the API: what the page finds, with the fields that matched. Every line holds on both databases alike."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests.support import factories as make

pytestmark = pytest.mark.django_db


def ask(api: APIClient, q: str, **params: Any) -> dict[str, Any]:
    response = api.get("/api/v1/search/", {"q": q, **params})
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("q", ["training", "Space Futures Command", "ips-a06", "the", "zyzzogeton"])
def test_the_hits_are_those_of_the_page(client: Client, api: APIClient, q: str) -> None:
    answer, page = ask(api, q), client.get("/search/", {"q": q, "all": "1"}).context_data
    assert [hit["code"] for hit in answer["results"]] == [hit.code for hit in page["results"]]
    assert answer["count"] == page["total"] == sum(item["count"] for item in answer["types"])
    assert [hit["rank"] for hit in answer["results"]] == list(range(1, len(page["results"]) + 1))


def test_a_hit_says_which_fields_matched(api: APIClient) -> None:
    make.goal(code="Z-TITLE", title="Zyzzogeton", statement="Something else.")
    make.goal(code="Z-TEXT", title="A goal", statement="Many words, and among them zyzzogetons stand.")
    make.goal(code="Z-BOTH", title="Of zyzzogeton", statement="A zyzzogeton.")
    make.goal(code="ZYZZOGETON-9", title="Other", statement="Nothing.")
    make.office(code="Z-NAMED", name="Office").names.create(value="Zyzzogeton Office", kind="former", basis="entered")
    office = make.office(code="Z-ACCENT", name="Bureau de Zyzzogétón")
    result = {hit["code"]: hit for hit in ask(api, "zyzzogeton")["results"]}
    office.refresh_from_db()
    assert {code: hit["fields"] for code, hit in result.items()} == {
        "Z-TITLE": ["title"],
        "Z-TEXT": ["statement"],
        "Z-BOTH": ["title", "statement"],
        "ZYZZOGETON-9": ["code"],
        "Z-NAMED": ["names"],
        "Z-ACCENT": ["name"],
    }
    assert result["Z-TEXT"]["snippet"] == "Many words, and among them zyzzogetons stand."
    assert result["Z-TITLE"]["snippet"] == "Something else."
    assert result["Z-NAMED"]["snippet"] == "Zyzzogeton Office"


def test_other_forms_of_a_word_matched_too(api: APIClient) -> None:
    make.goal(code="Z-1", title="A goal", statement="What was zyzzled is not what zyzzling was.")
    (hit,) = ask(api, "zyzzle")["results"]
    assert hit["fields"] == ["statement"]


def test_a_long_text_is_cut_around_the_match(api: APIClient) -> None:
    words = " ".join(f"word{n}" for n in range(200))
    make.goal(code="Z-1", title="A goal", statement=f"{words} zyzzogeton {words}")
    (hit,) = ask(api, "zyzzogeton")["results"]
    assert hit["snippet"].startswith("… word192 ")
    assert " zyzzogeton word0 " in hit["snippet"]
    assert hit["snippet"].endswith(" …")


def test_one_kind_is_asked_for_by_the_name_that_answers_give_it(api: APIClient) -> None:
    whole = ask(api, "space")
    for kind in (whole["types"][0], whole["types"][-1]):
        for name in (kind["record_type"], kind["type"]):
            answer = ask(api, "space", type=name)
            assert answer["count"] == kind["count"]
            assert {hit["record_type"] for hit in answer["results"]} == {kind["record_type"]}
            assert answer["types"] == whole["types"]
    assert ask(api, "zyzzogeton", type="term")["count"] == 0


def test_pages_follow_each_other_counted_or_not(api: APIClient) -> None:
    whole = [hit["code"] for hit in ask(api, "space", page_size=60)["results"]]
    for count in ("true", "false"):
        first, second = (ask(api, "space", page_size=30, page=n, count=count) for n in (1, 2))
        assert [hit["code"] for hit in (*first["results"], *second["results"])] == whole
        assert "page=2" in first["next"]
        assert second["results"][0]["rank"] == 31
        assert (first["count"] is None, first["types"] is None) == (count == "false", count == "false")


def test_training_content_is_found_only_if_asked_for(api: APIClient) -> None:
    make.goal(code="Z-MADE", title="Zyzzogeton", notional=True)
    assert ask(api, "zyzzogeton")["count"] == 0
    for params in ("include", "only"):
        (hit,) = ask(api, "zyzzogeton", notional=params)["results"]
        assert (hit["code"], hit["notional"]) == ("Z-MADE", True)
    assert ask(api, "space", notional="only")["count"] == 0
