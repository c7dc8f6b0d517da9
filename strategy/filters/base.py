"""``RecordFilter`` of this app and those above it, and the one of a model that needs no more."""

from functools import cache
from typing import Any

from ..core.filters import CodeFilter
from ..core.filters import RecordFilter as CoreRecordFilter
from ..core.models import CodedModel
from ..models import Strategy


class RecordFilter(CoreRecordFilter):
    """Base of every model's filters; those of records of a strategy can be asked for by that strategy."""

    @classmethod
    def get_common_filters(cls) -> dict[str, Any]:
        filters = super().get_common_filters()
        if path := cls._meta.model.strategy_path:
            filters["strategy"] = CodeFilter(field_name=path, model=Strategy)
        return filters


@cache
def record_filter(model: type[CodedModel]) -> type[RecordFilter]:
    """The filters of a kind of record that needs none beside those every field has; ordered by code or change."""
    meta = type("Meta", (RecordFilter.Meta,), {"model": model})
    return type(f"{model.__name__}Filter", (RecordFilter,), {"Meta": meta})
