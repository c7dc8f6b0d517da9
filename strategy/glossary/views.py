"""The glossary: every term with its definition, or the word that no source gives one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View

from ..core import exports, params
from ..core.filters import requested_notional
from ..core.models import Notional
from ..evidence import Grounds
from ..filters import TermFilter
from ..models import Citation, SearchEntry, Silence, Strategy, Term
from ..views.base import bad_request_page, page_citation
from .terms_in_text import uses

# The most places of use that an entry lists; the rest are counted and can be searched for.
MOST_SHOWN = 6
NO_DEFINITION = "No source defines it"


@dataclass
class Entry:
    """One term as the page shows it."""

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
        return self.used[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.used) - MOST_SHOWN)


class GlossaryPage(View):
    """``/glossary/``: the terms from A to Z, on one page so that a browser can find and print them."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        filterset = TermFilter(request.GET, Term.objects.select_related("strategy"), request=request)
        try:
            params.check_params(request.GET, ("strategy", "defined", "notional"), blank=True)
            terms = sorted(filterset.checked(blank=True), key=lambda term: (term.term.lower(), term.code_order))
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        entries = list(self.entries(terms))
        if suffix:
            return exports.download(self.sheet(entries), suffix)
        letters: dict[str, list[Entry]] = {}
        for entry in entries:
            letters.setdefault(entry.letter, []).append(entry)
        query = request.GET.urlencode()
        documents: dict[int, Strategy] = {term.strategy_id: term.strategy for term in terms}
        context = {
            "letters": letters,
            "count": len(entries),
            "undefined": sum(not term.definition for term in terms),
            "several": len(documents) > 1,
            "defined": request.GET.get("defined", ""),
            "notional_query": requested_notional(request) if requested_notional(request) != Notional.EXCLUDE else "",
            "no_definition": NO_DEFINITION,
            "downloads": exports.download_links(request.path, query),
            "citation": page_citation(
                request, "Glossary", ", ".join(str(document.title) for document in documents.values())
            ),
            "breadcrumbs": [("Strategy", "/"), ("Read", "/read/"), ("Glossary", "")],
            "notional": any(term.notional for term in terms),
        }
        return TemplateResponse(request, "strategy/glossary.html", context)

    def entries(self, terms: list[Term]) -> Iterator[Entry]:
        grounds, used = Grounds(terms), uses(terms, requested_notional(self.request))
        for term in terms:
            yield Entry(term, grounds.citations(term), grounds.silences(term), used.get(term.code, []))

    def sheet(self, entries: list[Entry]) -> exports.Sheet:
        return exports.Sheet(
            "glossary",
            [
                "code",
                "term",
                "abbreviation",
                "definition",
                "definition_taken_from",
                "basis",
                "used_in",
                "sources",
                "strategy",
                "notional",
                "web_url",
            ],
            (
                [
                    entry.term.code,
                    entry.term.term,
                    entry.term.abbreviation,
                    entry.term.definition,
                    entry.term.defined_in,
                    entry.term.basis,
                    "; ".join(row.code for row in entry.used),
                    "; ".join(citation.source.code for citation in entry.citations if citation.source),
                    entry.term.strategy.code,
                    entry.term.notional,
                    self.request.build_absolute_uri(entry.term.get_absolute_url()),
                ]
                for entry in entries
            ),
        )
