"""Every filter of every model against plain Python: what the API finds is what the rows themselves say."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models
from rest_framework.test import APIClient

from lines_of_effort.models import Activity
from strategy.core import filters
from strategy.core.filters import BooleanFilter, ChoiceFilter, CodeFilter
from strategy.core.models import CodedModel, date_bounds
from tests.support.models import api_url, each_model, filterset_of, visible

pytestmark = pytest.mark.django_db
Asked = tuple[str, str, Callable[[Any], bool]]
LAST, FIRST = datetime.date.max, datetime.date.min


def matching_codes(api: APIClient, model: type[CodedModel], **parameters: str) -> list[str]:
    """The codes of all rows, over all pages."""
    codes, url = [], api_url(model)
    answer = api.get(url, parameters | {"page_size": "200"})
    while True:
        assert answer.status_code == 200, (parameters, answer.content)
        codes += [row["code"] for row in answer.json()["results"]]
        if not answer.json()["next"]:
            return codes
        answer = api.get(answer.json()["next"])


def values(rows: list[CodedModel], path: str) -> list[Any]:
    return list(dict.fromkeys(value for row in rows for value in at(row, path) if value not in (None, "")))


def at(row: Any, path: str) -> list[Any]:
    """What stands at the end of a path, which may lead over relations with several rows."""
    name, _, rest = path.partition("__")
    value = getattr(row, name)
    reached = list(value.all()) if isinstance(value, models.Manager) else [value]
    return [end for item in reached for end in (at(item, rest) if rest and item is not None else [item])]


def questions(model: type[CodedModel], rows: list[CodedModel]) -> Iterator[Asked]:
    """Name, value and meaning of one question for each filter that has rows to find."""
    for name, item in filterset_of(model).base_filters.items():
        path = item.field_name
        if name.endswith("__isnull"):
            for text, empty in (("true", True), ("false", False)):
                yield name, text, lambda row, path=path, empty=empty: (not stated(row, path)) is empty
            continue
        if item.method is not None or name in ("search", "ordering"):
            continue
        known = values(rows, path)
        if isinstance(item, BooleanFilter):
            yield name, "true", lambda row, path=path: getattr(row, path) is True
            yield name, "false", lambda row, path=path: getattr(row, path) is False
        elif not known:
            continue
        elif isinstance(item, CodeFilter):
            yield name, known[0].code, lambda row, path=path, value=known[0]: value in at(row, path)
        elif isinstance(item, filters.OwnCodeListFilter):
            some = known[:3] if name.endswith("__in") else known[:1]
            yield name, ",".join(some), lambda row, some=some: row.code in some
        elif isinstance(item, filters.CodeListFilter):
            some = known[:3]
            text = ",".join(value.code for value in some)
            yield name, text, lambda row, path=path, some=some: any(value in some for value in at(row, path))
        elif isinstance(item, filters.ChoiceListFilter):
            some = [str(value) for value in known if "," not in str(value)][:3]
            if some:
                yield name, ",".join(some), lambda row, path=path, some=some: any(v in some for v in at(row, path))
        elif isinstance(item, filters.IntegerFilter):
            middle = sorted(known)[len(known) // 2]
            yield (
                name,
                str(middle),
                lambda row, item=item, path=path, v=middle: compared(at(row, path), item.lookup_expr, v),
            )
        elif isinstance(item, filters.PartialDateFilter):
            text = sorted(known)[len(known) // 2][:7].strip("[.]")
            if text[:4].isdigit():
                yield name, text, lambda row, item=item, path=path, text=text: may_be(row, path, item.lookup_expr, text)
        elif isinstance(item, filters.DateTimeFilter):
            moment = max(known)
            yield (
                name,
                moment.isoformat(),
                lambda row, item=item, v=moment: compared([row.updated], item.lookup_expr, v),
            )
        elif isinstance(item, filters.TextFilter | ChoiceFilter):
            yield name, str(known[0]), lambda row, path=path, value=known[0]: value in at(row, path)


def stated(row: Any, name: str) -> bool:
    value = getattr(row, name)
    return bool(value.all()) if isinstance(value, models.Manager) else value not in (None, "")


def compared(result: list[Any], how: str, value: Any) -> bool:
    ask = {"exact": lambda v: v == value, "gte": lambda v: v >= value, "lte": lambda v: v <= value}[how]
    return any(ask(v) for v in result if v is not None)


def may_be(row: Any, name: str, how: str, text: str) -> bool:
    if not getattr(row, name):
        return False
    (first, last), (asked_first, asked_last) = date_bounds(getattr(row, name)), date_bounds(text)
    if how == "gte":
        return last is not None and last >= (asked_first or FIRST)
    return first is not None and first <= (asked_last or LAST)


@each_model
def test_each_filter_finds_what_the_rows_say(api: APIClient, model: type[CodedModel]) -> None:
    rows = list(visible(model).for_list())
    params = 0
    for name, text, holds in questions(model, rows):
        assert matching_codes(api, model, **{name: text}) == [row.code for row in rows if holds(row)], (name, text)
        params += 1
    assert params > 5


@each_model
def test_each_filter_refuses_what_it_cannot_take(api: APIClient, model: type[CodedModel]) -> None:
    """Wrong type, other digits than 0-9, too large, an unknown code or value, an empty item, too many items."""
    bad = "zz-no-such-thing-zz"
    for name, item in filterset_of(model).base_filters.items():
        tries = [bad, "\uff11", "1" + "0" * 30]
        if isinstance(item, filters.CodeListFilter | filters.ChoiceListFilter):
            tries = ["a,,b", ",".join(str(n) for n in range(101)), *([bad] if one_is_closed(item) else [])]
        elif name == "search" or isinstance(item, filters.TextFilter):
            continue
        for value in tries:
            answer = api.get(api_url(model), {name: value[:1000]})
            assert answer.status_code == 400, (name, value)
            assert {error["attr"] for error in answer.json()["errors"]} == {name}


def one_is_closed(item: Any) -> bool:
    return isinstance(item, filters.CodeListFilter) or bool(item.allowed)


def test_parameters_are_and_and_a_list_is_or(api: APIClient) -> None:
    def activities(**params: str) -> list[str]:
        return matching_codes(api, Activity, **params)

    either = activities(line_of_effort__in="IPS-L1,IPS-L2")
    assert either == sorted({*activities(line_of_effort="IPS-L1"), *activities(line_of_effort="IPS-L2")})
    both = activities(line_of_effort__in="IPS-L1,IPS-L2", has_lead="true")
    assert both == [code for code in either if code in activities(has_lead="true")] == ["IPS-A01", "IPS-A02"]


def test_a_moment_may_leave_out_its_zone(api: APIClient) -> None:
    for text in ("2999-01-01", "2999-01-01T00:00:00Z", "2999-01-01T00:00:00+00:00"):
        assert api.get("/api/v1/goals/", {"updated__gte": text}).json()["count"] == 0
        assert api.get("/api/v1/goals/", {"updated__lte": text}).json()["count"] == 3
