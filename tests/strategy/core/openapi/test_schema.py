"""The schema of the API: complete, valid, and true in what a fuzzer does not look at."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from rest_framework.test import APIClient

from config.api_docs import example_of
from strategy.core.filters import ANY
from tests.support import factories as make
from tests.support.html import main_of, parse, text_of
from tests.support.models import NOT_SHIPPED

pytestmark = pytest.mark.django_db
# The last speaks another protocol, in which it describes itself.
PATHS = sorted({path for path, *_ in EndpointEnumerator().get_api_endpoints()} - {"/api/mcp", "/api/mcp/"})
LISTS = [path for path in PATHS if path.startswith("/api/v1/") and "{" not in path and path.count("/") == 4]
each_path = pytest.mark.parametrize("path", PATHS)


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    with django_db_blocker.unblock(), transaction.atomic():
        # Two can be compared where there are two; and what no source names is shown by one made here.
        make.strategy(code="IPS-2")
        for model in NOT_SHIPPED:
            make.Factory.of[model]()
        yield SchemaGenerator().get_schema(request=None, public=True)
        transaction.set_rollback(True)


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for definition in methods.values():
            yield path, definition


def address(path: str, definition: dict[str, Any]) -> str:
    """The path with the example of its code in it."""
    values = {item["name"]: example_of(item) for item in definition.get("parameters", ()) if item["in"] == "path"}
    return re.sub(r"{(\w+)}", lambda result: values[result[1]], path)


def test_it_is_valid_and_nothing_in_it_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, api_version=None)
    assert capsys.readouterr().err == ""


def test_every_address_of_the_api_is_in_it(schema: dict[str, Any]) -> None:
    assert sorted(schema["paths"]) == PATHS
    assert schema["openapi"] == "3.1.0"


def test_it_is_served_as_yaml_and_as_json(api: APIClient) -> None:
    assert api.get("/api/schema/").content.startswith(b"openapi: 3.1.0")
    assert api.get("/api/schema/", HTTP_ACCEPT="application/json").json()["openapi"] == "3.1.0"


def test_names_read_well(schema: dict[str, Any]) -> None:
    ids = [definition["operationId"] for _, definition in operations(schema)]
    assert len(set(ids)) == len(ids)
    assert {"activities_list", "activities_retrieve", "lines_of_effort_list", "findings_records_list"} <= set(ids)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", name) for name in ids)
    assert {"Activity", "LineOfEffort", "Strategy", "Refusal"} <= set(schema["components"]["schemas"])
    assert all(definition["tags"] and definition["summary"] for _, definition in operations(schema))


def test_every_parameter_is_described_with_an_example(schema: dict[str, Any]) -> None:
    without = set()
    for path, definition in operations(schema):
        for item in definition.get("parameters", ()):
            assert item.get("description", "").endswith("."), (path, item["name"])
            assert {"type", "enum", "anyOf"} & set(item["schema"]), (path, item["name"])
            if not example_of(item):
                without.add((path, item["name"]))
    assert not without


@each_path
def test_every_example_is_answered(api: APIClient, schema: dict[str, Any], path: str) -> None:
    definition = schema["paths"][path]["get"]
    here = address(path, definition)
    for item in definition.get("parameters", ()):
        if item["in"] == "query":
            params = {item["name"]: example_of(item)} | required(definition, item["name"])
            answer = api.get(here, params | cheap(definition, item["name"]))
            assert answer.status_code == 200, (params, answer.content)
            b"".join(answer)


def required(definition: dict[str, Any], name: str = "") -> dict[str, str]:
    """What an operation cannot be asked without, and what the parameter cannot."""
    needed = definition.get("x-needs", {}).get(name, ())
    parameters = definition.get("parameters", ())
    return {
        item["name"]: example_of(item)
        for item in parameters
        if item["in"] == "query" and (item.get("required") or item["name"] in needed)
    }


def cheap(definition: dict[str, Any], name: str) -> dict[str, str]:
    """A small answer, where what is asked lets one ask for it."""
    known = {item["name"] for item in definition["parameters"]}
    small = {"page_size": "1"} if name not in ("page_size", "format") else {}
    return {key: value for key, value in small.items() if key in known}


@each_path
def test_what_is_never_together_is_refused(api: APIClient, schema: dict[str, Any], path: str) -> None:
    definition = schema["paths"][path]["get"]
    values = {item["name"]: example_of(item) for item in definition.get("parameters", ())}
    for together in definition.get("x-never-together", ()):
        params = {name: values[name] if value == ANY else value for name, value in together.items()}
        for name in tuple(params):
            params = required(definition, name) | params
        answer = api.get(address(path, definition), params)
        assert answer.status_code == 400, params
        assert {error["attr"] for error in answer.json()["errors"]} & {*params, "role"}


@each_path
def test_what_needs_others_or_must_differ_is_refused(api: APIClient, schema: dict[str, Any], path: str) -> None:
    definition = schema["paths"][path]["get"]
    values = {item["name"]: example_of(item) for item in definition.get("parameters", ())}
    params = [{name: values[name]} for name in definition.get("x-needs", {})]
    if differ := definition.get("x-differ"):
        params.append(dict.fromkeys(differ, values[differ[0]]))
    for parameters in params:
        assert api.get(address(path, definition), parameters).status_code == 400, parameters


@each_path
def test_every_refusal_is_promised_and_has_the_one_shape(client: Client, schema: dict[str, Any], path: str) -> None:
    definition = schema["paths"][path]["get"]
    here = address(path, definition)
    for status, answer, attr in (
        (400, client.get(here, {"nonsense": "1"}), "nonsense"),
        (405, client.post(here), None),
        (406, client.get(here, headers={"Accept": "text/xml"}), None),
    ):
        assert answer.status_code == status
        assert str(status) in definition["responses"]
        body = answer.json()
        assert body["type"] == ("validation_error" if attr else "client_error")
        assert [(set(error), error["attr"]) for error in body["errors"]] == [({"code", "detail", "attr"}, attr)]
        promised = definition["responses"][str(status)]["content"]["application/json"]["schema"]
        assert promised == {"$ref": "#/components/schemas/Refusal"}
    assert client.head(here, required(definition)).status_code == 200


def test_the_findings_it_names_are_all(schema: dict[str, Any], api: APIClient) -> None:
    code = schema["paths"]["/api/v1/findings/{code}/"]["get"]["parameters"][0]
    listed = [row["id"] for row in api.get("/api/v1/findings/", {"page_size": "200"}).json()["results"]]
    assert code["schema"]["enum"] == sorted(listed)


# ---- Its pages -----------------------------------------------------------------------------------------------------


def test_the_pages_show_every_operation_with_its_parameters(client: Client, schema: dict[str, Any]) -> None:
    index = parse(client.get("/api/docs/")).links
    for path, definition in operations(schema):
        resource, name = definition["tags"][0], definition["operationId"]
        assert f"/api/docs/{resource}/#{name}" in index
        assert address(path, definition) in index
    page = parse(client.get("/api/docs/activities/"))
    for item in schema["paths"]["/api/v1/activities/"]["get"]["parameters"]:
        assert page.has(f'[id="activities_list.{item["name"]}"]')
    assert "/api/v1/activities/?role=lead" in page.links
    assert "has_lead=false with role=lead" in page.text


def test_operations_are_found_by_word_and_by_parameter(client: Client) -> None:
    assert "1 operation" in main_of(client.get("/api/docs/", {"q": "mitigation_described"})).texts("*")
    assert "2 operations" in main_of(client.get("/api/docs/", {"q": "Partner-kinds"})).texts("*")
    assert "No operation matches." in text_of(client.get("/api/docs/", {"q": "zz"}))


def test_its_pages_refuse_what_they_do_not_know(client: Client) -> None:
    assert client.get("/api/docs/", {"x": "1"}).status_code == 400
    assert client.get("/api/docs/activities/", {"q": "x"}).status_code == 400
    missing = client.get("/api/docs/activity/")
    assert (missing.status_code, missing["Content-Type"]) == (404, "text/html; charset=utf-8")


# ---- What generators of clients make of it ---------------------------------------------------------------------------


def everywhere(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everywhere(inner)


def test_every_choice_has_a_name_that_a_program_can_give_it(schema: dict[str, Any]) -> None:
    for part in everywhere(schema["components"]["schemas"]):
        assert "" not in part.get("enum", ()), part
    assert not {"BlankEnum", "NullEnum"} & set(schema["components"]["schemas"])
    blank = schema["components"]["schemas"]["Activity"]["properties"]["status"]["oneOf"]
    assert {"type": "string", "const": ""} in blank


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_page_of_records_with_what_they_always_have(schema: dict[str, Any], path: str) -> None:
    schemas = schema["components"]["schemas"]
    definition = schema["paths"][path]["get"]
    answer = definition["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(answer) == {"$ref"}
    page = schemas[answer["$ref"].rpartition("/")[2]]
    if not page["properties"].keys() >= {"count", "next", "previous", "results"}:
        return
    record = schemas[page["properties"]["results"]["items"]["$ref"].rpartition("/")[2]]
    lists = {name for name, field in record["properties"].items() if field.get("type") == "array"}
    assert set(record["required"]) >= set(record["properties"]) - lists
    if "fields" in {item["name"] for item in definition["parameters"]}:
        assert definition["x-otherwise"] == {"fields": "*", "omit": "*", "format": "json"}
