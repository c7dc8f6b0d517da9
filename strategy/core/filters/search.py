"""The filter of words, by a full-text index that an app above keeps."""

from typing import Any, ClassVar

import django_filters

from ..models import CodedModel
from ..params import BadParametersError
from ..text import MAX_WORDS, SearchError, SearchQuerySet
from . import schemas
from .described import DescribedFilter


class SearchFilter(DescribedFilter, django_filters.CharFilter):
    """Words found in the record's name, other names or text, by the full-text index.

    ``index`` is the manager of the index's rows, each with the ``kind`` (``app.model``) and ``code`` of a record; the
    app that keeps the index sets it in ``AppConfig.ready``.
    """

    index: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label", "Search")
        # Not stripped of spaces: where nothing can be found, nothing is shown rather than everything.
        super().__init__(*args, strip=False, **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        try:
            return self.matching(qs, value)
        except SearchError as error:
            raise BadParametersError({"search": [str(error)]}) from error

    @classmethod
    def matching(cls, rows: Any, text: str) -> Any:
        """Those of ``rows``, a queryset of records, that the index finds by ``text``. SearchError if it cannot."""
        entries: SearchQuerySet = cls.index.filter(kind=rows.model._meta.label_lower)
        return rows.filter(code__in=entries.matching(text).values("code"))

    def json_schema(self, model: type[CodedModel]) -> dict[str, Any]:
        return schemas.WORDS

    def value_description(self, model: type[CodedModel]) -> str:
        return f": words in any name or text of the record, {MAX_WORDS} at most"

    def example(self, model: type[CodedModel]) -> str:
        return str(self.occurring_value(model, "code") or "text")
