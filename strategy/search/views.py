"""The search page: ranked hits of every kind of record."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from ..core import params
from ..core.filters import requested_notional
from ..core.models import CODE_PATTERN, Notional
from ..core.text import Question
from ..core.views import StrictListView, StrictPage
from ..models import SearchEntry
from ..reader_strategy import InStrategyMixin
from . import suggestions
from .indexing import indexed_models
from .request import MAX_PAGES, NAMES, SearchParams, entries_in_strategy, question_param
from .results import entry_result, hit_result
from .synonyms import spelling

PER_PAGE = 50
MAX_SUGGESTIONS = 8
CODE = re.compile(CODE_PATTERN, re.IGNORECASE)
# Letters and a number, as in IPS-A06: nobody writes a word so, and any case will do.
NUMBERED = re.compile(r"(?=.*[A-Za-z]).*[0-9]")


class SearchPage(InStrategyMixin, StrictListView):
    """``/search/?q=``: ranked hits of every kind; ``type`` keeps one kind.

    A code goes straight to its record, unless ``all=1`` asks for everything that mentions it.
    """

    template_name = "strategy/search/page.html"
    query_params = (*NAMES, "page", "all")
    paginate_by = PER_PAGE
    max_page = MAX_PAGES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET
        unshortened = params.choice_param(query, "all", ("1",))
        self.number = params.integer_param(query, "page", default=1, maximum=MAX_PAGES)
        self.search = SearchParams.from_query(request)
        narrowed = query.get("date_from") or query.get("date_to")
        if not (unshortened or narrowed or self.number > 1) and (entry := self.entry_with_code()):
            return redirect(entry)
        return super().get(request, *args, **kwargs)

    def entry_with_code(self) -> SearchEntry | None:
        """The one record whose code was typed; a word that happens to be a record's code is still a word."""
        text = self.search.text
        if not CODE.fullmatch(text):
            return None
        entries = self.search.entries_of_kind.with_code(text)
        if len(entries) != 1:
            return None
        is_meant = NUMBERED.search(text) or (text.isupper() and entries[0].code == text)
        return entries[0] if is_meant else None

    def get_queryset(self) -> Any:
        """The ranks of the hits: the paginator only counts, since hits are read by rank."""
        by_kind = {row["kind"]: row["count"] for row in self.search.counts}
        kind = self.search.kind
        self.total = sum(by_kind.values())
        self.count = by_kind.get(kind, 0) if kind else self.total
        return range(min(self.count, PER_PAGE * MAX_PAGES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, search, query = super().get_context_data(**kwargs), self.search, self.request.GET
        offset = (self.number - 1) * PER_PAGE
        hits = search.entries_of_kind.hits(search.question, limit=PER_PAGE, offset=offset)
        similar = suggestions.nearest(search.text, search.entries) if search.question.any_word or not self.total else []
        return context | {
            "q": search.text,
            "type": search.kind,
            "counts": search.counts,
            "total": self.total,
            "count": self.count,
            "any_word": search.question.any_word and self.total,
            "words": [" ".join(unit.phrase) for unit in search.question.units],
            "other_names": other_names(search.question),
            "results": [hit_result(hit) for hit in hits],
            "kinds": self.kind_links(),
            "kind_choices": kind_choices(),
            "dates": {name: query.get(name, "") for name in ("date_from", "date_to")},
            "first": context["page_obj"].start_index() if self.count else 1,
            "querystring": f"{self.querystring()}&",
            "kept": [(name, query[name]) for name in ("strategy", "notional") if query.get(name)],
            "near": [entry_result(entry) for entry in similar],
            "breadcrumbs": [("Strategy", "/"), ("Search", "")],
            "notional": requested_notional(self.request) == Notional.ONLY,
        }

    def querystring(self, **changes: str) -> str:
        """The search as it is, with ``changes``, for links to other pages of it."""
        query = {name: self.request.GET.get(name, "") for name in (*NAMES, "all")} | changes
        return urlencode({name: value for name, value in query.items() if value})

    def kind_links(self) -> list[tuple[str, int, str, bool]]:
        """Label, number of hits and address of each kind, the first for all of them; whether it is chosen."""
        rows = [{"label": "Everything", "count": self.total, "kind": ""}, *self.search.counts] if self.total else []
        return [
            (
                row["label"],
                row["count"],
                f"?{self.querystring(type=row['kind'], all='1')}",
                row["kind"] == self.search.kind,
            )
            for row in rows
        ]


class SearchSuggestions(StrictPage):
    """``/search/suggest/?q=``: records with a name that begins so, while a reader types it; JSON for the search box."""

    query_params = ("q", "strategy", "notional")

    def get(self, request: HttpRequest) -> HttpResponse:
        params.choice_param(request.GET, "notional", Notional.values)
        entries, question = entries_in_strategy(request), question_param(request.GET)
        results = map(entry_result, entries.suggestions(question, limit=MAX_SUGGESTIONS))
        rows = [{"code": row.code, "label": row.title, "kind": row.kind, "url": row.url} for row in results]
        return JsonResponse({"results": rows})

    def render_problems(self, error: params.BadParametersError, status: int) -> HttpResponse:
        return JsonResponse({"errors": error.errors}, status=status)


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of record, by their names in words: value and label."""
    choices = ((str(model._meta.model_name), str(model._meta.verbose_name_plural)) for model in indexed_models())
    return sorted(
        ((value, f"{label[:1].upper()}{label[1:]}") for value, label in choices), key=lambda choice: choice[1]
    )


def other_names(question: Question) -> list[tuple[str, list[str]]]:
    """What of the question was also searched for by other names, with those."""
    units = [(unit.phrase, sorted(unit.others)) for unit in question.units if unit.others]
    return [(spelling(phrase), list(map(spelling, others))) for phrase, others in units]
