"""What the API works out of many records: the rows of the pages, in a shape the schema tells, strict and bounded."""

import csv
import io
import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from config.api_docs import example_of
from lines_of_effort.models import Activity, LineOfEffort
from strategy.models import Office
from tests.support import factories as make
from tests.support.api import assert_refused, keys_at_any_depth
from tests.support.models import MODELS, NONSENSE
from tests.support.query_counts import MAX_QUERIES, reader_queries_of
from tests.support.rich_records import rich_record

pytestmark = pytest.mark.django_db

# Each view with questions to it, as its page is asked.
QUESTIONS = {
    "matrix": [
        *("", "has_lead=true", "view=offices&shape=wide", "echelon=field_command", "offices=all&search=training"),
        *("rows=goal&columns=stage", "rows=partner&columns=line_of_effort&count=frameworks&shape=wide"),
    ],
    "trace": ["", "focus=STARCOM", "focus=IPS-G1", "focus=IPS-R1"],
    "contacts": ["", "partner=AUS&topic=IPS-L1", "partner=JPN", "topic=IPS-A06"],
    "compare": ["", "a=IPS&b=IPS2&notional=include", "a=IPS&b=IPS2&notional=include&kind=goal&change=any"],
    "findings": ["", "notional=include"],
    "offices/STARCOM/tasking": [""],
    "offices/SFC/tasking": [""],
    "offices/NORTHCOM/tasking": [""],
}
ASKED = [(view, query) for view, result in QUESTIONS.items() for query in result]
SEARCHES = [("search", query) for query in ("q=training", "q=ips-a06&count=false", "q=zyzzogeton", "q=space&type=term")]


@pytest.fixture(autouse=True)
def second_strategy() -> None:
    """A strategy to compare with, and offices of every load."""
    other = make.strategy(code="IPS2", notional=True)
    make.goal(strategy=other, notional=True)
    make.office(code="NORTHCOM")


def page_of(view: str, form: str, query: str) -> str:
    """The page's own file of the same rows."""
    return f"/{view}.{form}?{query}".rstrip("?")


def content(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(("view", "query"), ASKED)
def test_a_file_has_the_rows_of_the_page(client: Client, view: str, query: str) -> None:
    params = f"/api/v1/{view}/?{query}&format="
    for form in ("csv", "json"):
        answer, page = client.get(f"{params}{form}"), client.get(page_of(view, form, query))
        # The page's is for people, whose spreadsheets look for a byte order mark.
        assert content(answer) == content(page).removeprefix(BOM_UTF8)
        assert answer.headers["Content-Disposition"] == page.headers["Content-Disposition"]


def test_a_file_may_be_lines_of_json_or_a_workbook(client: Client) -> None:
    lines = content(client.get("/api/v1/trace/?focus=STARCOM&format=ndjson")).decode().splitlines()
    assert [json.loads(line) for line in lines] == json.loads(content(client.get("/trace.json?focus=STARCOM")))
    book = load_workbook(io.BytesIO(content(client.get("/api/v1/trace/?focus=STARCOM&format=xlsx"))))
    table = list(csv.reader(io.StringIO(content(client.get("/trace.csv?focus=STARCOM")).decode("utf-8-sig"))))
    assert [[cell or "" for cell in row] for row in book.active.values] == table


# ---- The schema ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """The schema, in which no component has more than it says."""
    with django_db_blocker.unblock():
        result: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))
    for component in result["components"]["schemas"].values():
        if component.get("type") == "object" and component.get("properties"):
            component["additionalProperties"] = False
    return result


def operation(schema: dict[str, Any], view: str) -> dict[str, Any]:
    path = "offices/{code}/tasking" if view.endswith("tasking") else view
    return schema["paths"][f"/api/v1/{path}/"]["get"]


@pytest.mark.parametrize(("view", "query"), [item for item in [*ASKED, *SEARCHES] if item[0] != "findings"])
def test_an_answer_is_as_the_schema_says(api: APIClient, schema: dict[str, Any], view: str, query: str) -> None:
    answer = api.get(f"/api/v1/{view}/?{query}")
    message = operation(schema, view)["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), message | {"components": schema["components"]})
    assert not {"pk", "object_id"} & set(keys_at_any_depth(answer.json()))


# What an example needs beside it, by view and parameter.
BESIDE = {
    ("search", ""): {"q": "space"},
    ("matrix", "rows"): {"columns": "stage"},
    ("matrix", "columns"): {"rows": "goal"},
    ("matrix", "count"): {"rows": "goal", "columns": "stage"},
    ("matrix", "empty"): {"rows": "office", "columns": "stage"},
    ("compare", "a"): {"b": "IPS2", "notional": "include"},
    ("compare", "b"): {"a": "IPS", "notional": "include"},
}


@pytest.mark.parametrize("view", [*QUESTIONS, "search"])
def test_the_parameters_of_the_schema_are_those_that_are_known(
    api: APIClient, schema: dict[str, Any], view: str
) -> None:
    """And each says what it is for, with a value that works."""
    stated = {item["name"]: item for item in operation(schema, view)["parameters"] if item["in"] == "query"}
    known: set[str] = set()
    for beside in ({}, BESIDE["matrix", "count"]) if view == "matrix" else ({},):
        detail = api.get(f"/api/v1/{view}/", {NONSENSE: "1", **beside}).json()["errors"][0]["detail"]
        known |= set(detail.partition("Known: ")[2].rstrip(".").split(", "))
    # The moment is read before the address is.
    assert set(stated) == known | {"as_of"}
    for name, item in stated.items():
        if item.get("examples"):
            params = BESIDE.get((view, ""), {}) | BESIDE.get((view, name), {}) | {name: example_of(item)}
            assert item["description"]
            assert api.get(f"/api/v1/{view}/", params).status_code == 200, params


def test_they_are_listed_at_the_root(api: APIClient) -> None:
    listed = api.get("/api/v1/").json()
    for view in ("matrix", "trace", "contacts", "compare", "search", "findings"):
        assert listed[view].endswith(f"/api/v1/{view}/")


@pytest.mark.parametrize(("view", "query"), [*ASKED, *SEARCHES])
def test_addresses_lead_somewhere(api: APIClient, client: Client, view: str, query: str) -> None:
    """The page that shows the same, and the records named first and last."""
    answer = api.get(f"/api/v1/{view}/?{query}").json()
    if view != "findings":
        page = client.get(answer["web_url"], follow=True)
        assert page.status_code == 200
    result = list(dict.fromkeys(urls(answer)))
    for url in (*result[:2], *result[-2:]):
        assert client.get(url, follow=True).status_code == 200, url


def urls(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[name] for name in ("url", "web_url") if name in value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from urls(inner)


# ---- What is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [*QUESTIONS, "search"])
def test_bad_parameters_are_refused_by_name(api: APIClient, view: str) -> None:
    url = f"/api/v1/{view}/"
    assert_refused(api.get(url, {"fromat": "csv"}), "fromat", "Did you mean 'format'?")
    assert_refused(api.get(url, {"format": "cvs"}), "format", "Did you mean 'csv'?")
    assert_refused(api.get(url, {"format": ["csv", "csv"]}), "format", "more than once")
    assert_refused(api.get(url, {"format": ""}), "format", "Empty")
    assert_refused(api.get(url, {"format": "a\x00"}), "format")
    assert api.post(url).status_code == api.delete(url).status_code == 405
    assert api.options(url).status_code == 200


@pytest.mark.parametrize(
    ("params", "name", "words"),
    [
        ("matrix/?has_led=true", "has_led", "Did you mean 'has_lead'?"),
        ("matrix/?rows=gaol&columns=stage", "rows", "Did you mean 'goal'?"),
        ("matrix/?rows=goal", "columns", "Is missing"),
        ("matrix/?rows=goal&columns=goal", "columns", "Take another axis"),
        ("matrix/?rows=goal&columns=stage&count=engagements", "count", "is not one of: activities."),
        ("matrix/?line_of_effort=IPS-L9", "line_of_effort", "Did you mean 'IPS-L"),
        ("matrix/?rows=goal&columns=partner&format=csv", "columns", "Nothing links goals to partners"),
        ("trace/?focus=STARCON", "focus", "Did you mean 'STARCOM'?"),
        ("trace/?notional=all", "notional", "exclude, include, only"),
        ("contacts/?partner=Australa", "partner", "Did you mean 'AUS'?"),
        ("contacts/?partner=USA", "partner", "own side"),
        ("contacts/?topic=IPS-L9", "topic", "Did you mean 'IPS-L"),
        ("contacts/?notional=all", "notional", "exclude, include, only"),
        ("compare/?a=IPS", "b", "Known: IPS."),
        ("compare/?a=IPS&b=IPX", "b", "Did you mean 'IPS'?"),
        ("compare/?a=IPS&b=IPS", "b", "The same as a"),
        ("compare/?kind=gaol", "kind", "Did you mean 'goal'?"),
        ("compare/?change=moves", "change", "Did you mean 'moved'?"),
        ("compare/?page_size=201", "page_size", "1 to 200"),
        ("compare/?page=1&format=csv", "page", "Not together with format"),
        ("search/", "q", "Is missing"),
        ("search/?q=space&type=tern", "type", "Did you mean 'term'?"),
        ("search/?q=space&count=no", "count", "true, false"),
        ("search/?q=space&page=1001", "page", "1 to 1000"),
        ("search/?q=space&notional=all", "notional", "exclude, include, only"),
        ("search/?q=" + "a1+" * 51, "q", "more than 50 words"),
        ("findings/?notional=all", "notional", "exclude, include, only"),
        ("findings/?page=1&format=csv", "page", "Not together with format"),
        ("offices/STARCOM/tasking/?page_size=٣", "page_size", "digits 0-9"),
        ("offices/STARCOM/tasking/?role=lead", "role", "Known: format, page, page_size."),
    ],
)
def test_a_value_is_refused_by_name(api: APIClient, params: str, name: str, words: str) -> None:
    assert_refused(api.get(f"/api/v1/{params}"), name, words)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ("offices/STARCON/tasking/", "There is no office 'STARCON'. Did you mean 'STARCOM'?"),
        ("offices/a%00b/tasking/", "There is no office"),
        ("offices/STARCOM/tasking/?page=2", "There is 1 page and no more."),
        ("search/?q=training&page=900", "There is 1 page and no more."),
        ("compare/?page=2", "There is 1 page and no more."),
        ("findings/activity-without-leed/", "Did you mean 'activity-without-lead'?"),
        ("serch/", "Did you mean /api/v1/search/?"),
    ],
)
def test_what_is_not_there_is_not_found(api: APIClient, params: str, words: str) -> None:
    response = api.get(f"/api/v1/{params}")
    assert response.status_code == 404
    (error,) = response.json()["errors"]
    assert (error["code"], words in error["detail"]) == ("not_found", True), error


def test_too_much_for_one_answer_is_refused_and_comes_as_a_file(api: APIClient) -> None:
    Office.objects.bulk_create(
        [Office(code=f"Z{n}", code_order=f"z{n:07}", name=f"Z {n}", notional=True) for n in range(121)]
    )
    for params in ("offices=all&notional=only", "rows=goal&columns=office&empty=show&notional=only"):
        assert_refused(api.get(f"/api/v1/matrix/?{params}"), "format", "too many")
        assert content(api.get(f"/api/v1/matrix/?{params}&format=csv"))


# ---- How much is asked of the database -----------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    params = (
        *("matrix/?", "matrix/?rows=goal&columns=stage&", "trace/?", "trace/?focus=IPS-L1&", "search/?q=factory&"),
        *(
            "contacts/?partner=AUS&topic=IPS-L1&",
            "compare/?a=IPS&b=IPS2&",
            "findings/?",
        ),
    )
    office, line = Office.objects.get(code="STARCOM"), LineOfEffort.objects.get(code="IPS-L1")
    urls = [*(f"/api/v1/{item}notional=include" for item in params), "/api/v1/offices/STARCOM/tasking/"]

    def more() -> None:
        activity = make.activity(
            title="Factory",
            line_of_effort=line,
            line_basis="summary",
            strategy=Activity.objects.get(code="IPS-A06").strategy,
        )
        make.citation(record=make.assignment(activity=activity, office=office), basis="summary")
        make.assignment(activity=activity, role="supporting")
        for model in MODELS:
            if model.__name__ != "PartnerKind":
                rich_record(model, each=2)

    for _ in range(50):
        make.activity()
    more()
    before = {url: reader_queries_of(client, url) for url in urls}
    more()
    for url in urls:
        many, text, answer = reader_queries_of(client, url)
        few, _, short = before[url]
        assert answer.content != short.content, f"{url} says no more than before: nothing was tested"
        assert many == few, text
        assert many <= MAX_QUERIES, text
