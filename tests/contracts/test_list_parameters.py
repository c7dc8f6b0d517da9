"""Every list page refuses what it does not understand, by name; every filter it offers does what it says."""

from collections.abc import Iterator
from typing import Any

import django_filters
import pytest
from django.forms import HiddenInput
from django.test import Client
from rest_framework.test import APIClient

from strategy.core.filters import PartialDateFilter
from strategy.core.models import CodedModel, date_bounds
from tests.support.html import links_of, main_of, row_links, text_of
from tests.support.models import MODELS, NONSENSE, api_url, each_model, filterset_of, list_url, real_value, visible

pytestmark = pytest.mark.django_db

# Parameters, the statuses they may be answered with, and the name the page must give.
REFUSED: list[tuple[str, dict[str, Any], int]] = [
    ("repeated", {"search": ["a", "b"]}, 400),
    ("NUL", {"search": "a\x00b"}, 400),
    ("long", {"search": "a" * 10_000}, 400),
    ("long name", {"z" * 10_000: "1"}, 400),
    ("markup", {"<script>alert(1)</script>": "1"}, 400),
    ("size 0", {"page_size": "0"}, 400),
    ("size 201", {"page_size": "201"}, 400),
    ("size abc", {"page_size": "abc"}, 400),
    ("size Arabic", {"page_size": "٣"}, 400),
    ("size negative", {"page_size": "-1"}, 400),
    ("page 0", {"page": "0"}, 400),
    ("page Arabic", {"page": "٣"}, 400),
    ("page beyond", {"page": "99999"}, 404),
    ("page huge", {"page": str(10**30)}, 400),
    ("page last", {"page": "last"}, 400),
    ("notional", {"notional": "all"}, 400),
]


@each_model
@pytest.mark.parametrize(("parameters", "status"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_input_is_refused_without_rows(
    client: Client, model: type[CodedModel], parameters: dict[str, Any], status: int
) -> None:
    page = client.get(list_url(model), parameters)
    assert page.status_code == status
    assert row_links(page) == []
    (name,) = parameters
    assert name[:60] in text_of(page) or "<" in name
    assert "<script>alert" not in page.content.decode()
    assert list_url(model) in links_of(page)


@each_model
def test_an_unknown_parameter_is_named_with_the_nearest(client: Client, model: type[CodedModel]) -> None:
    for wrong, right in (("orderin", "ordering"), ("serch", "search"), ("pagesize", "page_size")):
        page = client.get(list_url(model), {wrong: "code"})
        assert page.status_code == 400
        assert row_links(page) == []
        assert f"{wrong} : Unknown parameter. Did you mean '{right}'?" in text_of(page)
    page = client.get(f"{list_url(model)}{visible(model)[0].code}/", {NONSENSE: "1"})
    assert page.status_code == 400
    assert NONSENSE in text_of(page)


def filters() -> Iterator[tuple[type[CodedModel], str, Any]]:
    for model in MODELS:
        for name, item in filterset_of(model).base_filters.items():
            # What is not drawn on a page is asked of the API (see test_lookups).
            if name != "ordering" and item.extra.get("widget") is not HiddenInput:
                yield model, name, item


@pytest.mark.parametrize(
    ("model", "name", "item"), list(filters()), ids=[f"{model.__name__}.{name}" for model, name, _ in filters()]
)
def test_a_filter_takes_a_real_value_and_refuses_nonsense(
    client: Client, model: type[CodedModel], name: str, item: Any
) -> None:
    value = real_value(model, name, item)
    if value is not None:
        page = client.get(list_url(model), {name: value, "page_size": 200})
        assert page.status_code == 200, value
        wanted = expected(model, name, item, value)
        if wanted is not None:
            assert wanted, "the value was taken from a row, so that there is one"
            assert sorted(row_links(page)) == sorted(wanted)
    page = client.get(list_url(model), {name: NONSENSE})
    assert row_links(page) == []
    assert page.status_code == (200 if name == "search" else 400)
    if name != "search":
        assert NONSENSE in main_of(page).html
    # A form left empty filters nothing.
    assert len(row_links(client.get(list_url(model), {name: ""}))) == min(visible(model).count(), 50)


def expected(model: type[CodedModel], name: str, item: Any, value: str) -> list[str] | None:
    """The addresses of the first rows that have the value; None for filters that are a question of their own."""
    if name in ("search", "notional") or item.method is not None:
        return None
    if isinstance(item, PartialDateFilter):
        field: Any = model._meta.get_field(item.field_name)
        first, last = date_bounds(value)
        within = {f"{field.latest}__gte": first} if item.lookup_expr == "gte" else {f"{field.earliest}__lte": last}
        rows = visible(model).filter(**within)
        return [row.get_absolute_url() for row in rows] if rows.count() <= 200 else None
    path = f"{item.field_name}__code" if isinstance(item, django_filters.ModelChoiceFilter) else item.field_name
    params: Any = {"true": True, "false": False}.get(value, value)
    rows = visible(model).filter(**{path: params}).distinct()
    return [row.get_absolute_url() for row in rows[:200]] if rows.count() <= 200 else None


def orders() -> Iterator[tuple[type[CodedModel], str]]:
    for model in MODELS:
        for value, _ in filterset_of(model).base_filters["ordering"].extra["choices"]:
            yield model, value


@pytest.mark.parametrize(
    ("model", "order"), list(orders()), ids=[f"{model.__name__}.{order}" for model, order in orders()]
)
def test_an_order_is_complete_and_stable_over_pages(api: APIClient, model: type[CodedModel], order: str) -> None:
    """Asked of the API, which has the page's own filters and order, and draws nothing."""

    def listed(**paging: int) -> list[str]:
        answer = api.get(api_url(model), {"ordering": order, "fields": "code", "count": "false", **paging})
        return [row["code"] for row in answer.json()["results"]]

    total, size = min(visible(model).count(), 40), 7
    whole = listed(page_size=40)
    assert len(whole) == len(set(whole)) == total
    pieces = [code for number in range(1, -(-total // size) + 1) for code in listed(page_size=size, page=number)]
    assert pieces[:total] == whole


@each_model
def test_code_order_and_its_reverse_are_mirrors(client: Client, model: type[CodedModel]) -> None:
    def listed(order: str, number: int) -> list[str]:
        page = client.get(list_url(model), {"ordering": order, "page_size": 200, "page": number})
        assert page.status_code == 200
        return row_links(page)

    pages = range(1, -(-visible(model).count() // 200) + 1)
    forth = [url for number in pages for url in listed("code", number)]
    back = [url for number in pages for url in listed("-code", number)]
    assert len(forth) == visible(model).count()
    assert back == forth[::-1]


@each_model
def test_an_unknown_order_is_refused(client: Client, model: type[CodedModel]) -> None:
    for order in (NONSENSE, "id", "pk", "code_order", "-id", "notional", "code,id", "--code"):
        page = client.get(list_url(model), {"ordering": order})
        assert page.status_code == 400, order
        assert row_links(page) == []
        assert "ordering" in text_of(page)


@each_model
def test_every_model_has_an_order_of_its_own(model: type[CodedModel]) -> None:
    """An abstract mixin before ``Record`` takes ``Meta.ordering`` away; pages then repeat and lose rows."""
    assert visible(model).ordered, f"{model.__name__} inherits no Meta.ordering"
