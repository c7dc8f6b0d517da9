"""Search over every record."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.generic import View

from ..core import params
from ..core.filters import requested_notional
from ..core.models import Notional
from ..core.text import search_engine
from ..models import SearchEntry
from ..views.base import bad_request_page
from . import suggestions
from .indexing import indexed_models, kind_of, where

PER_PAGE = 50
MOST_PAGES = 1000
CODE = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
# Letters and a number, as in IPS-A06: nobody writes a word so, and any case will do.
NUMBERED = re.compile(r"(?=.*[A-Za-z]).*[0-9]")


@dataclass(frozen=True)
class Result:
    """A hit with its address and its kind in words."""

    code: str
    title: str
    url: str
    kind: str
    notional: bool
    # The title and the text around the match, with the words that matched marked.
    marked_title: str = ""
    snippet: str = ""


def marked(snippet: str) -> SafeString:
    """The snippet as HTML: everything escaped, the matches in ``<mark>``."""
    pieces = snippet.split(search_engine.START)
    rest = [piece.partition(search_engine.STOP) for piece in pieces[1:]]
    return format_html("{}", pieces[0]) + format_html_join(
        "", "<mark>{}</mark>{}", ((hit, after) for hit, _, after in rest)
    )


def named(entry: SearchEntry) -> Result:
    """A record by its entry in the index, without any match."""
    return Result(entry.code, entry.title, entry.get_absolute_url(), _kind(entry.kind), entry.notional)


def result(hit: search_engine.SearchHit) -> Result:
    entry = named(SearchEntry(kind=hit.kind, code=hit.code, title=hit.title, notional=hit.notional))
    return replace(entry, marked_title=marked(hit.marked(hit.title)), snippet=marked(where(hit)[1]))


def _kind(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name).capitalize()


def entries_for(request: HttpRequest):
    """The entries the reader may see."""
    return SearchEntry.objects.visible(requested_notional(request))


class SearchPage(View):
    """``/search/?q=``: ranked hits of every kind; ``type`` keeps one kind.

    A code goes straight to its record, unless ``all=1`` asks for everything that mentions it.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        entries = entries_for(request)
        try:
            params.check_params(request.GET, ("q", "type", "notional", "page", "all"), blank=True)
            params.choice_param(request.GET, "notional", Notional.values)
            whole = params.choice_param(request.GET, "all", ("1",))
            text, kind = request.GET.get("q", "").strip(), kind_asked(request.GET.get("type", ""))
            number = params.integer_param(request.GET, "page", default=1, most=MOST_PAGES)
            search_engine.parse_words(text)
            if not (whole or kind or number > 1) and (record := self.record(entries, text)):
                return redirect(record)
            counts = counts_by_kind(entries.matching(text))
            if kind and kind not in {row["kind"] for row in counts}:
                raise params.BadParametersError({"type": [f"No hit is of the kind '{request.GET['type']}'."]})
        except search_engine.SearchError as error:
            return bad_request_page(request, params.BadParametersError({"q": [str(error)]}))
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        total = sum(row["count"] for row in counts)
        count = next((row["count"] for row in counts if row["kind"] == kind), total)
        try:
            # The hits are read by rank; the paginator only counts.
            page = Paginator(range(min(count, PER_PAGE * MOST_PAGES)), PER_PAGE).page(number)
        except EmptyPage:
            last = -(-count // PER_PAGE) or 1
            problem = {"page": [params.no_such_page(last)]}
            return bad_request_page(request, params.BadParametersError(problem), status=404)
        chosen = entries.filter(kind=kind) if kind else entries
        hits = chosen.hits(text, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        context = {
            "q": text,
            "type": kind,
            "counts": counts,
            "total": total,
            "results": [result(hit) for hit in hits],
            "kinds": self._links(request, counts, total),
            "first": page.start_index() if count else 1,
            "page_obj": page,
            "querystring": f"{self._query(request)}&",
            "notional_query": request.GET.get("notional", ""),
            "near": [named(entry) for entry in suggestions.nearest(text, entries)] if text and not total else [],
            "breadcrumbs": [("Strategy", "/"), ("Search", "")],
            "notional": requested_notional(request) == Notional.ONLY,
        }
        return TemplateResponse(request, "generic/search.html", context)

    @staticmethod
    def record(entries, text: str) -> SearchEntry | None:
        """The one record whose code was typed; a word that happens to be somebody's code is still a word."""
        if not CODE.fullmatch(text):
            return None
        found = entries.with_code(text)
        meant = len(found) == 1 and (NUMBERED.search(text) or (text.isupper() and found[0].code == text))
        return found[0] if meant else None

    @staticmethod
    def _query(request: HttpRequest, **changes: str) -> str:
        kept = {name: request.GET.get(name, "") for name in ("q", "type", "notional", "all")} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    def _links(self, request: HttpRequest, counts: list[dict], total: int) -> list[tuple[str, int, str, bool]]:
        """Label, number of hits and address of each kind, the first for all of them; whether it is chosen."""
        chosen = kind_asked(request.GET.get("type", ""))
        rows = [{"label": "Everything", "count": total, "kind": ""}, *counts] if counts else []
        return [
            (row["label"], row["count"], f"?{self._query(request, type=row['kind'], all='1')}", row["kind"] == chosen)
            for row in rows
        ]


def kind_asked(name: str) -> str:
    """The kind of record, asked for as the API names it, or with its app before it; empty for every kind."""
    known = kinds()
    if name and name not in known and name not in known.values():
        problem = f"'{name}' is not one of: {params.comma_separated(known)}.{params.did_you_mean(name, known)}"
        raise params.BadParametersError({"type": [problem]})
    return known.get(name, name)


def kinds() -> dict[str, str]:
    """The kinds of record that can be found: by the name the API has for it, its name in the index."""
    return {str(model._meta.model_name): kind_of(model) for model in indexed_models()}


def counts_by_kind(found: QuerySet) -> list[dict[str, Any]]:
    """Hits by kind, most first."""
    rows = found.order_by().values("kind").annotate(count=Count("pk"))
    return sorted(
        ({**row, "label": str(apps.get_model(row["kind"])._meta.verbose_name_plural).capitalize()} for row in rows),
        key=lambda row: (-row["count"], row["label"]),
    )
