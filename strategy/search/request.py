"""Query parameters of the search, for its page and its API; those of the API as ``SearchParams``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from ..core import params
from ..core.api import query_options
from ..core.filters import requested_notional
from ..core.models import Notional
from ..core.text import SearchError, SearchQuerySet, parse_words
from ..models import SearchEntry
from .indexing import indexed_models, kind_of

MAX_PAGES = 1000


def words_param(query: QueryDict, name: str = "q") -> str:
    """The words to search for, without spaces around them; BadParametersError if they cannot be searched for."""
    text = query.get(name, "")
    try:
        parse_words(text.strip())
    except SearchError as error:
        raise params.BadParametersError({name: [str(error)]}) from error
    return text.strip()


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


@dataclass(frozen=True)
class SearchParams:
    """A search in the API: ``text`` among ``entries``, all those the reader may see.

    ``kind`` is the index's name of a kind, empty for all; ``wants_count`` asks for the number of hits.
    """

    text: str
    kind: str
    entries: SearchQuerySet
    wants_count: bool

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str]) -> "SearchParams":
        """Parses the parameters, ``extra`` ones among them; raises BadParametersError."""
        query = request.GET
        params.check_params(query, ("q", "type", "notional", *extra), blank=False)
        params.choice_param(query, "notional", Notional.values)
        params.integer_param(query, "page", default=1, maximum=MAX_PAGES)
        kind = kind_param(query)
        if "q" not in query:
            raise params.BadParametersError({"q": ["Is missing: say what to search for."]})
        text = words_param(query)
        entries = SearchEntry.objects.visible(requested_notional(request))
        return cls(text, kind, entries, query_options.wants_count(query))

    @property
    def entries_of_kind(self) -> SearchQuerySet:
        """The entries of the kind, or of all kinds."""
        return self.entries.filter(kind=self.kind) if self.kind else self.entries
