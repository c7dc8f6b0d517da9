"""How an answer is asked for: its fields, its related records, its pages and files, for every resource alike."""

import csv
import json
import re
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from rest_framework.test import APIClient

from strategy.core.api import expansion
from strategy.core.exports import FORMATS, flatten_value
from strategy.core.models import CodedModel
from tests.support import factories as make
from tests.support.api import assert_refused
from tests.support.models import api_url, each_model, filterset_of, visible
from tests.support.rich_records import clear_partner_kinds, enrich, rich_record

pytestmark = pytest.mark.django_db


def serializer_of(model: type[CodedModel]) -> Any:
    return expansion._resources[model][1]


def results(api: APIClient, url: str, **parameters: str) -> list[dict[str, Any]]:
    answer = api.get(url, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def everything(api: APIClient, url: str, **parameters: str) -> list[dict[str, Any]]:
    answer = api.get(url, parameters).json()
    result = answer["results"]
    while answer["next"]:
        answer = api.get(answer["next"]).json()
        result += answer["results"]
        assert len(result) < 2000, "the pages never end"
    return result


@each_model
def test_fields_and_omit_choose_and_refuse(api: APIClient, model: type[CodedModel]) -> None:
    url, whole = api_url(model), results(api, api_url(model), page_size="3")
    own = list(whole[0])
    assert results(api, url, page_size="3", fields="url,code") == [{k: r[k] for k in ("code", "url")} for r in whole]
    assert results(api, url, page_size="3", omit="code,updated") == [
        {k: v for k, v in row.items() if k not in ("code", "updated")} for row in whole
    ]
    code = visible(model)[0].code
    assert api.get(f"{url}{code}/", {"fields": "code"}).json() == {"code": code}
    for name in ("id", "code_order", "cod", "object_id", "code;"):
        assert_refused(api.get(url, {"fields": name}), "fields", f"no field '{name}'")
        assert_refused(api.get(url, {"omit": name}), "omit", "Known: code")
    assert_refused(api.get(url, {"fields": "code,code"}), "fields", "twice")
    assert_refused(api.get(url, {"fields": "code", "omit": "url"}), "omit", "Not together")
    assert_refused(api.get(url, {"omit": ",".join(own)}), "omit", "no field")


@each_model
def test_what_is_expanded_is_the_record_itself(api: APIClient, model: type[CodedModel]) -> None:
    record = rich_record(model, notional=True, each=2) if model.__name__ != "PartnerKind" else visible(model)[0]
    url = f"{api_url(model)}{record.code}/"
    plain = api.get(url).json()
    known = expansion.expandable_names(serializer_of(model))
    for path in known:
        first, _, second = path.partition(".")
        answer = api.get(url, {"expand": path})
        assert answer.status_code == 200, (path, answer.content)
        assert {k: v for k, v in answer.json().items() if k != first} == {k: v for k, v in plain.items() if k != first}
        result = answer.json()[first]
        for row in result if isinstance(result, list) else [result]:
            target = row[second] if second else row
            for item in target if isinstance(target, list) else [target]:
                if item is not None:
                    itself = api.get(item["url"]).json()
                    assert item == {name: itself[name] for name in item}, path
                    assert {"url", "web_url"} <= set(item)
        if not second and isinstance(plain.get(first), str):
            assert result["code"] == plain[first]
    if hasattr(model, "citations"):
        assert {row["code"] for row in api.get(url, {"expand": "citations"}).json()["citations"]} == {
            citation.code for citation in record.citations.all()
        }
    assert_refused(api.get(url, {"expand": "nonsense"}), "expand", "'nonsense' cannot be expanded")
    assert_refused(api.get(api_url(model), {"expand": "a.b.c"}), "expand", "Two steps at most")


@each_model
def test_expanding_costs_a_statement_a_step_and_no_more_with_more_rows(api: APIClient, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    first = rich_record(model, notional=True)
    # As many as fit into a parameter.
    paths = [path for path in expansion.expandable_names(serializer_of(model)) if "." not in path][:25]
    parameters = {"notional": "only", "page_size": "200"} | ({"expand": ",".join(paths)} if paths else {})

    def cost() -> tuple[int, int]:
        api.get(api_url(model), parameters)
        with CaptureQueriesContext(connection) as captured:
            answer = api.get(api_url(model), parameters)
        assert answer.status_code == 200, answer.content
        return len(captured), len(answer.content)

    few, size = cost()
    enrich(first, 1, 3)
    rich_record(model, notional=True, each=2)
    many, larger = cost()
    assert (many, larger > size) == (few, True)


@each_model
def test_a_cursor_leads_through_all_rows_in_any_order(api: APIClient, model: type[CodedModel]) -> None:
    url, total = api_url(model), visible(model).count()
    size = str(min(max(total // 3, 1), 200))
    orders = [value for value, _ in filterset_of(model).base_filters["ordering"].extra["choices"]]
    assert {"code", "-code"} <= set(orders)
    for order in orders:
        params = {"ordering": order, "fields": "code", "count": "false"}
        paged = everything(api, url, page_size="200", **params)
        assert everything(api, url, page_size=size, cursor="first", **params) == paged, order
    assert everything(api, url, cursor="first", page_size="200") == everything(api, url, page_size="200")


def test_a_cursor_is_for_its_own_question_and_shows_no_row_id(api: APIClient) -> None:
    answer = api.get("/api/v1/terms/", {"cursor": "first", "page_size": "5"}).json()
    assert (answer["count"], answer["previous"], len(answer["results"])) == (28, None, 5)
    cursor = answer["next"].partition("cursor=")[2].partition("&")[0].replace("%3A", ":")
    assert api.get("/api/v1/terms/", {"cursor": cursor, "page_size": "9"}).status_code == 200
    assert_refused(api.get("/api/v1/terms/", {"cursor": cursor, "ordering": "-code"}), "cursor", "other filters")
    assert_refused(api.get("/api/v1/terms/", {"cursor": cursor, "search": "space"}), "cursor", "other filters")
    assert_refused(api.get("/api/v1/goals/", {"cursor": cursor}), "cursor")
    for broken in (cursor[:-1], f"{cursor}x", "x", "1", cursor.swapcase(), "first "):
        assert_refused(api.get("/api/v1/terms/", {"cursor": broken}), "cursor", "Not a cursor")
    assert_refused(api.get("/api/v1/terms/", {"cursor": "first", "page": "1"}), "cursor", "Not together")


def test_new_rows_do_not_move_the_pages_of_a_cursor(api: APIClient) -> None:
    answer = api.get("/api/v1/terms/", {"cursor": "first", "page_size": "10", "fields": "code"}).json()
    make.term(code="AAA-0")
    rest = everything(api, answer["next"])
    codes = [row["code"] for row in [*answer["results"], *rest]]
    assert len(codes) == len(set(codes)) == 28


def test_counting_can_be_left_out(api: APIClient) -> None:
    answer = api.get("/api/v1/terms/", {"count": "false", "page_size": "20"}).json()
    assert (answer["count"], len(answer["results"])) == (None, 20)
    second = api.get(answer["next"]).json()
    assert (len(second["results"]), second["next"]) == (8, None)
    assert api.get(second["previous"]).json() == answer
    assert api.get("/api/v1/terms/", {"count": "false", "page": "3", "page_size": "20"}).status_code == 404
    assert_refused(api.get("/api/v1/terms/", {"count": "no"}), "count", "not one of: true, false")


@each_model
def test_a_file_has_the_records_of_all_pages(api: APIClient, model: type[CodedModel]) -> None:
    url = api_url(model)
    records = everything(api, url, page_size="200")
    answers = {form: api.get(url, {"format": form}) for form in FORMATS}
    contents = {form: answer.getvalue() for form, answer in answers.items()}
    for form, answer in answers.items():
        assert answer["Content-Type"] == FORMATS[form]
        assert answer["Content-Disposition"].endswith(f'.{form}"')
        assert answer["X-Total-Count"] == str(len(records))
    assert json.loads(contents["json"]) == records
    assert [json.loads(line) for line in contents["ndjson"].splitlines()] == records
    cells = [[flatten_value(value) or "" for value in row.values()] for row in records]
    head, *rows = csv.reader(StringIO(contents["csv"].decode(), newline=""))
    assert (head, rows) == (list(records[0]), [[escaped_text(str(cell)) for cell in row] for row in cells])
    head, *rows = load_workbook(BytesIO(contents["xlsx"])).active.iter_rows(values_only=True)
    assert list(head) == list(records[0])
    assert [[cell_text(cell) for cell in row] for row in rows] == [[cell_text(cell) for cell in row] for row in cells]


def escaped_text(text: str) -> str:
    """A text as the file has it: one a spreadsheet would run has an apostrophe before it."""
    return f"'{text}" if text[:1] in "=+-@" and text else text


def cell_text(cell: Any) -> str:
    """The cell as text: a moment to the minute, as a workbook keeps fractions of a day."""
    if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:.*Z)?", cell):
        cell = datetime.fromisoformat(cell).replace(tzinfo=None)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return str(cell).lower() if isinstance(cell, bool) else "" if cell is None else str(cell)


def test_a_file_keeps_filters_order_fields_and_expansions(api: APIClient) -> None:
    params = {"line_of_effort": "IPS-L1", "ordering": "-title", "fields": "code,strategy", "expand": "strategy"}
    assert json.loads(api.get("/api/v1/activities/", params | {"format": "json"}).getvalue()) == results(
        api, "/api/v1/activities/", **params
    )
    for name, value in (("page", "1"), ("page_size", "5"), ("cursor", "first"), ("count", "false")):
        assert_refused(api.get("/api/v1/goals/", {"format": "csv", name: value}), name, "Not together with format")
    assert_refused(api.get("/api/v1/goals/", {"format": "pdf"}), "format", "csv, xlsx")
    assert api.get("/api/v1/goals/IPS-G1/", {"format": "csv"}).status_code == 400


def test_no_rows_are_a_file_too(api: APIClient) -> None:
    params = {"office": "STARCOM", "role": "lead"}
    assert api.get("/api/v1/activities/", params | {"format": "json"}).getvalue() == b"[]\n"
    assert api.get("/api/v1/activities/", params | {"format": "ndjson"}).getvalue() == b""
    assert api.get("/api/v1/activities/", params | {"format": "csv", "fields": "code"}).getvalue() == b"code\r\n"
