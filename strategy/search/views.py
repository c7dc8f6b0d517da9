"""The search page: ranked hits of every kind of record."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from ..core import params
from ..core.filters import requested_notional
from ..core.models import CODE_PATTERN, Notional
from ..core.views import StrictListView
from ..models import SearchEntry
from . import suggestions
from .request import MAX_PAGES, kind_param, words_param
from .results import counts_by_kind, entry_result, hit_result

PER_PAGE = 50
CODE = re.compile(CODE_PATTERN)
# Letters and a number, as in IPS-A06: nobody writes a word so, and any case will do.
NUMBERED = re.compile(r"(?=.*[A-Za-z]).*[0-9]")


class SearchPage(StrictListView):
    """``/search/?q=``: ranked hits of every kind; ``type`` keeps one kind.

    A code goes straight to its record, unless ``all=1`` asks for everything that mentions it.
    """

    template_name = "strategy/search/page.html"
    query_params = ("q", "type", "notional", "page", "all")
    paginate_by = PER_PAGE
    max_page = MAX_PAGES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET
        params.choice_param(query, "notional", Notional.values)
        unshortened = params.choice_param(query, "all", ("1",))
        self.kind = kind_param(query)
        self.number = params.integer_param(query, "page", default=1, maximum=MAX_PAGES)
        self.text = words_param(query)
        self.entries = SearchEntry.objects.visible(requested_notional(request))
        if not (unshortened or self.kind or self.number > 1) and (entry := self.entry_with_code()):
            return redirect(entry)
        return super().get(request, *args, **kwargs)

    def entry_with_code(self) -> SearchEntry | None:
        """The one record whose code was typed; a word that happens to be a record's code is still a word."""
        if not CODE.fullmatch(self.text):
            return None
        entries = self.entries.with_code(self.text)
        if len(entries) != 1:
            return None
        is_meant = NUMBERED.search(self.text) or (self.text.isupper() and entries[0].code == self.text)
        return entries[0] if is_meant else None

    def get_queryset(self) -> Any:
        """The ranks of the hits: the paginator only counts, since hits are read by rank."""
        self.counts = counts_by_kind(self.entries.matching(self.text))
        by_kind = {row["kind"]: row["count"] for row in self.counts}
        if self.kind and self.kind not in by_kind:
            raise params.BadParametersError({"type": [f"No hit is of the kind '{self.request.GET['type']}'."]})
        self.total = sum(by_kind.values())
        self.count = by_kind.get(self.kind, self.total)
        return range(min(self.count, PER_PAGE * MAX_PAGES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        chosen = self.entries.filter(kind=self.kind) if self.kind else self.entries
        hits = chosen.hits(self.text, limit=PER_PAGE, offset=(self.number - 1) * PER_PAGE)
        similar = suggestions.nearest(self.text, self.entries) if self.text and not self.total else []
        return context | {
            "q": self.text,
            "type": self.kind,
            "counts": self.counts,
            "total": self.total,
            "results": [hit_result(hit) for hit in hits],
            "kinds": self.kind_links(),
            "first": context["page_obj"].start_index() if self.count else 1,
            "querystring": f"{self.querystring()}&",
            "notional_query": self.request.GET.get("notional", ""),
            "near": [entry_result(entry) for entry in similar],
            "breadcrumbs": [("Strategy", "/"), ("Search", "")],
            "notional": requested_notional(self.request) == Notional.ONLY,
        }

    def querystring(self, **changes: str) -> str:
        """The search as it is, with ``changes``, for links to other pages of it."""
        query = {name: self.request.GET.get(name, "") for name in ("q", "type", "notional", "all")} | changes
        return urlencode({name: value for name, value in query.items() if value})

    def kind_links(self) -> list[tuple[str, int, str, bool]]:
        """Label, number of hits and address of each kind, the first for all of them; whether it is chosen."""
        rows = [{"label": "Everything", "count": self.total, "kind": ""}, *self.counts] if self.counts else []
        return [
            (row["label"], row["count"], f"?{self.querystring(type=row['kind'], all='1')}", row["kind"] == self.kind)
            for row in rows
        ]
