"""Query parameters of the search, for its page and its API, as ``SearchParams``."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from ..core import params
from ..core.filters import requested_notional
from ..core.filters.form_fields import PartialDateTextField
from ..core.models import Notional
from ..core.text import Question, SearchError, SearchQuerySet
from ..models import SearchEntry
from ..reader_strategy import named_strategy
from .indexing import indexed_models, kind_of
from .results import counts_by_kind

MAX_PAGES = 1000
NAMES = ("q", "type", "strategy", "notional", "date_from", "date_to")


def question_param(query: QueryDict, name: str = "q") -> Question:
    """The question asked, without spaces around it; BadParametersError if it cannot be asked."""
    try:
        return SearchEntry.objects.all().question(query.get(name, "").strip())
    except SearchError as error:
        raise params.BadParametersError({name: [str(error)]}) from error


def words_param(query: QueryDict, name: str = "q") -> str:
    """The words to search for, without spaces around them; BadParametersError if they cannot be searched for."""
    return question_param(query, name).text


def kinds() -> dict[str, str]:
    """The kinds of record that can be searched: by the name the API has for it, its name in the index."""
    return {str(model._meta.model_name): kind_of(model) for model in indexed_models()}


def kind_param(query: QueryDict) -> str:
    """The index's name of the kind in ``type``, given as the API names it or with its app before it; else empty."""
    name, known = query.get("type", ""), kinds()
    if name and name not in known and name not in known.values():
        problem = f"'{name}' is not one of: {params.comma_separated(known)}.{params.did_you_mean(name, known)}"
        raise params.BadParametersError({"type": [problem]})
    return known.get(name, name)


def dates_param(query: QueryDict) -> tuple[datetime.date | None, datetime.date | None]:
    """The first day of ``date_from`` and the last one of ``date_to``, years, months or days; None without one."""
    bounds: dict[str, Any] = {}
    for name in ("date_from", "date_to"):
        try:
            bounds[name] = PartialDateTextField(required=False).clean(query.get(name, "")) or (None, None)
        except ValidationError as error:
            raise params.BadParametersError({name: list(error.messages)}) from error
    first, last = bounds["date_from"][0], bounds["date_to"][1]
    if first and last and last < first:
        raise params.BadParametersError({"date_to": ["Is before date_from."]})
    return first, last


def entries_in_strategy(request: HttpRequest) -> SearchQuerySet:
    """The entries a reader may see, of the strategy that ``strategy`` names; raises BadParametersError."""
    entries, strategy = SearchEntry.objects.visible(requested_notional(request)), named_strategy(request)
    return entries.of_strategy(strategy) if strategy else entries


@dataclass(frozen=True)
class SearchParams:
    """A search: the question asked of ``entries``, all those that the reader may see, of the dates asked for.

    ``kind`` is the index's name of a kind, empty for all.
    """

    exact: Question
    kind: str
    entries: SearchQuerySet

    @classmethod
    def from_query(cls, request: HttpRequest) -> "SearchParams":
        """Parses the parameters, whose names have been checked; raises BadParametersError."""
        query = request.GET
        params.choice_param(query, "notional", Notional.values)
        params.integer_param(query, "page", default=1, maximum=MAX_PAGES)
        kind, question, dates = kind_param(query), question_param(query), dates_param(query)
        return cls(question, kind, entries_in_strategy(request).dated(*dates))

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str]) -> "SearchParams":
        """The same for the API, ``extra`` names among the parameters."""
        params.check_params(request.GET, (*NAMES, *extra), blank=False)
        if "q" not in request.GET:
            raise params.BadParametersError({"q": ["Is missing: say what to search for."]})
        return cls.from_query(request)

    @property
    def text(self) -> str:
        return self.exact.text

    @cached_property
    def question(self) -> Question:
        """What is answered: the question as asked, or if no record has all of its words, with any of them."""
        # What is written as one word, such as a code, is not looked for in pieces.
        if len(self.exact.text.split()) < 2 or len(self.exact.units) < 2 or self.entries.matching(self.exact).exists():
            return self.exact
        return self.exact.with_any_word()

    @cached_property
    def counts(self) -> list[dict[str, Any]]:
        """How many hits are of each kind."""
        return counts_by_kind(self.entries.matching(self.question))

    @property
    def entries_of_kind(self) -> SearchQuerySet:
        """The entries of the kind, or of all kinds."""
        return self.entries.filter(kind=self.kind) if self.kind else self.entries
