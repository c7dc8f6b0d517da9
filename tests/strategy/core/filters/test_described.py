"""Every filter describes itself; one that does not is refused when its class is made, with the place to go to."""

import inspect
from typing import Any

import django_filters
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from strategy.core.filters import DescribedFilter, FieldLookupFilter, RecordFilter, TextFilter
from strategy.models import Goal
from tests.support.models import MODEL_IDS, MODELS, filterset_of

each_model = pytest.mark.parametrize("model", MODELS, ids=MODEL_IDS)


def test_a_filter_class_without_schema_and_example_is_refused_with_its_place() -> None:
    line = inspect.stack()[0].lineno
    with pytest.raises(ImproperlyConfigured) as refusal:

        class Undescribed(FieldLookupFilter):
            pass

    message = str(refusal.value)
    assert f"{__file__}:{line + 3}: " in message
    assert "Undescribed must define json_schema(model) and example(model)." in message


def test_what_is_inherited_need_not_be_defined_again() -> None:
    class Longer(TextFilter):
        pass

    class Base(DescribedFilter, django_filters.Filter, abstract=True):
        pass

    assert issubclass(Longer, DescribedFilter)
    assert not issubclass(Base, TextFilter)


def test_a_filter_of_django_filter_is_refused_with_its_place() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"filters\.py:[0-9]+: NumberFilter, the filter 'size' of .*Plain"):

        class Plain(RecordFilter):
            size = django_filters.NumberFilter(field_name="order")

            class Meta(RecordFilter.Meta):
                model = Goal


@each_model
@pytest.mark.django_db
def test_each_filter_takes_its_own_example(model: Any) -> None:
    """Unless the example is of content that there is none of, or contradicts nothing but itself."""
    filterset = filterset_of(model)
    for name, filter_ in filterset.base_filters.items():
        value = filter_.example(model)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        query = QueryDict(mutable=True)
        query[name] = text
        if value is not None:
            assert filterset(query, request=None, with_form=False).problems() == {}, name


@each_model
def test_a_copy_for_one_filterset_leaves_the_class_as_it_was(model: Any) -> None:
    filterset = filterset_of(model)
    before = {name: dict(filter_.__dict__) for name, filter_ in filterset.base_filters.items()}
    bound = filterset(QueryDict(), request=None)
    assert {filter_.parent for filter_ in bound.filters.values()} == {bound}
    assert {name: dict(filter_.__dict__) for name, filter_ in filterset.base_filters.items()} == before
