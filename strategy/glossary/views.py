"""The glossary: every term with its definition, or the word that no source gives one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from ..core import exports, params
from ..core.filters import requested_notional
from ..core.views import page_citation
from ..evidence import EvidenceIndex
from ..filters import TermFilter
from ..models import Citation, SearchEntry, Silence, Strategy, Term
from ..reader_strategy import InStrategyMixin
from .terms_in_text import entries_using

# The most places of use that an entry lists; the rest are counted and can be searched for.
MAX_SHOWN = 6
NO_DEFINITION = "No source defines it"
COLUMNS = (
    *("code", "term", "abbreviation", "definition", "definition_taken_from", "basis"),
    *("used_in", "sources", "strategy", "notional", "web_url"),
)


@dataclass
class Entry:
    """One term as the page shows it: with its citations and silences, and the records that use it."""

    term: Term
    citations: list[Citation]
    silences: list[Silence]
    used: list[SearchEntry]

    @property
    def letter(self) -> str:
        first = self.term.term[:1].upper()
        return first if first.isalpha() else "0-9"

    @property
    def shown(self) -> list[SearchEntry]:
        return self.used[:MAX_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.used) - MAX_SHOWN)


class GlossaryPage(InStrategyMixin, TemplateView):
    """``/glossary/``: the terms from A to Z, on one page so that a browser can find and print them."""

    template_name = "strategy/glossary/page.html"
    query_params = ("strategy", "defined", "notional")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # files are streamed
        filterset = TermFilter(request.GET, Term.objects.select_related("strategy"), request=request)
        terms = sorted(filterset.checked(blank=True), key=lambda term: (term.label_order, term.code_order))
        entries = list(self.entries(terms))
        if suffix := kwargs.get("suffix"):
            return exports.download(self.sheet(entries), suffix)
        return self.render_to_response(self.get_context_data(entries=entries))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries: list[Entry] = kwargs.pop("entries")
        letters: dict[str, list[Entry]] = {}
        for entry in entries:
            letters.setdefault(entry.letter, []).append(entry)
        terms = [entry.term for entry in entries]
        documents: dict[int, Strategy] = {term.strategy_id: term.strategy for term in terms}
        request = self.request
        return super().get_context_data(**kwargs) | {
            "letters": letters,
            "count": len(entries),
            "undefined": sum(not term.definition for term in terms),
            "several": len(documents) > 1,
            "defined": request.GET.get("defined", ""),
            "kept": params.select_params(request.GET, ("strategy", "notional")).dict(),
            "no_definition": NO_DEFINITION,
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
            "citation": page_citation(request, "Glossary"),
            "breadcrumbs": [("Strategy", "/"), ("Read", "/read/"), ("Glossary", "")],
            "notional": any(term.notional for term in terms),
        }

    def entries(self, terms: list[Term]) -> Iterator[Entry]:
        """The entries of the terms, in their order."""
        evidence, using = EvidenceIndex(terms), entries_using(terms, requested_notional(self.request))
        for term in terms:
            yield Entry(term, evidence.all_citations(term), evidence.silences(term), using.get(term.code, []))

    def sheet(self, entries: list[Entry]) -> exports.Sheet:
        """A row for each term."""
        return exports.Sheet("glossary", COLUMNS, (self._cells(entry) for entry in entries))

    def _cells(self, entry: Entry) -> list[Any]:
        term = entry.term
        return [
            *(term.code, term.term, term.abbreviation, term.definition, term.defined_in, term.basis),
            "; ".join(row.code for row in entry.used),
            "; ".join(citation.source.code for citation in entry.citations if citation.source),
            term.strategy.code,
            term.notional,
            self.request.build_absolute_uri(term.get_absolute_url()),
        ]
