"""Values of a list, as CSV has them: what is quoted comes back, and every text that occurs can be asked for."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from strategy.core.filters import ChoiceListFilter
from strategy.core.filters.form_fields import quote_value, split_list
from strategy.core.models import CodedModel
from tests.support import factories as make
from tests.support.models import NOT_SHIPPED, api_url, each_model, filterset_of, visible

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1)


@given(st.lists(TEXT, min_size=1))
@example(['"', ",", '","', 'a"b', '"a', 'a, "b"'])
def test_what_is_quoted_comes_back(values: list[str]):
    assert split_list(",".join(map(quote_value, values))) == values


@given(st.lists(TEXT, min_size=1))
def test_a_list_that_another_program_quotes_is_read(values: list[str]):
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow(values)
    assert split_list(line.getvalue()) == values


@pytest.mark.parametrize("text", ['"', '"a', '"a"b', 'a,"b', '"a""', '"a" ,b'])
def test_quotes_that_do_not_close_are_refused(text: str):
    with pytest.raises(ValueError, match="does not close"):
        split_list(text)


@pytest.mark.django_db
@each_model
def test_every_value_of_every_text_filter_can_be_asked_for(api: APIClient, model: type[CodedModel]) -> None:
    """By ``__in``: alone, and with another value beside it."""
    if model in NOT_SHIPPED:
        make.Factory.of[model]()
    for name, item in filterset_of(model).base_filters.items():
        if not isinstance(item, ChoiceListFilter) or item.method is not None:
            continue
        rows = visible(model).exclude(**{item.field_name: ""}).exclude(**{f"{item.field_name}__isnull": True})
        by_value: dict[str, set[str]] = {}
        for code, value in rows.values_list("code", item.field_name):
            by_value.setdefault(str(value), set()).add(code)
        # All that a separator could touch, and some of the rest.
        values = [value for value in by_value if set(value) & set(',"\n')]
        for value in [*values, *list(by_value)[:3]]:
            both = [value, "zz no such value"] if not item.allowed else [value]
            answer = api.get(
                api_url(model),
                {name: ",".join(map(quote_value, both)), "fields": "code", "page_size": 200},
            )
            assert answer.status_code == 200, (name, value, answer.content)
            assert answer.json()["count"] == len(by_value[value]), (name, value)
            assert {row["code"] for row in answer.json()["results"]} <= by_value[value]


@pytest.mark.django_db
def test_a_name_with_a_comma_is_one_name(api: APIClient) -> None:
    make.office(code="Z-1", name='Zyzzogeton, "Main" Branch')
    make.office(code="Z-2", name="Zyzzogeton")

    def codes(text: str) -> list[str]:
        answer = api.get("/api/v1/offices/", {"name__in": text})
        assert answer.status_code == 200, answer.content
        return [row["code"] for row in answer.json()["results"]]

    assert codes('"Secretary of the Air Force, International Affairs"') == ["SAF-IA"]
    assert codes('"Zyzzogeton, ""Main"" Branch"') == ["Z-1"]
    assert codes('"Zyzzogeton, ""Main"" Branch",Zyzzogeton') == ["Z-1", "Z-2"]
    assert codes("Zyzzogeton") == ["Z-2"]
    refused = api.get("/api/v1/offices/", {"name__in": '"Zyzzogeton'})
    assert refused.status_code == 400
    assert "double quote" in refused.json()["errors"][0]["detail"]
