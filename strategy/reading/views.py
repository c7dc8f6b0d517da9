"""The document read through: its chapters in order, and the numbered points of each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import DetailView, TemplateView

from ..core import exports, params
from ..core.filters import requested_notional
from ..core.models import CodedModel, Notional
from ..core.views import Panel, PanelsMixin, StrictPage, page_citation
from ..editions import edition_notice
from ..evidence import EvidenceIndex, record_citation, strategy_name
from ..models import Chapter, Citation, Goal, Means, Mitigation, Passage, Risk, SearchEntry, Silence, Strategy, Term
from ..reader_strategy import home_strategy, read_in
from ..search.request import words_param


@dataclass
class Point:
    """One numbered point. The number counts the points recorded here; it is not the document's."""

    number: int
    passage: Passage
    citations: list[Citation]
    silences: list[Silence]
    # Basis and reason of its place in the chapter, where the points of the page differ in them.
    placed: tuple[str, str] | None = None
    quotable: str = ""


def points(request: HttpRequest, passages: Iterable[Passage], evidence: EvidenceIndex) -> list[Point]:
    """The passages numbered from 1, each with its evidence and the text by which it is quoted."""
    rows = list(passages)
    places = {(row.chapter_basis, row.chapter_reason) for row in rows}
    return [
        Point(
            number,
            row,
            evidence.all_citations(row),
            evidence.silences(row),
            (row.chapter_basis, row.chapter_reason) if len(places) > 1 and row.chapter_basis else None,
            record_citation(request, row, evidence.all_citations(row)),
        )
        for number, row in enumerate(rows, 1)
    ]


class ReadIndex(StrictPage, TemplateView):
    """``/read/``: every chapter with what is known of it, and the points that have no chapter."""

    template_name = "strategy/reading/index.html"
    query_params = ("strategy", "notional")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        params.choice_param(query, "notional", Notional.values)
        documents = list(Strategy.objects.visible(requested_notional(self.request)).without_drafts())
        document = chosen_document(query.get("strategy", ""), documents)
        read_in(self.request, document)
        return super().get_context_data(**kwargs) | {
            "document": document,
            "others": [other for other in documents if other != document],
            "notional_query": query.get("notional", ""),
            "breadcrumbs": [("Strategy", "/"), ("Read", "")],
            "notional": bool(document and document.notional),
            **(self.contents(document) if document else {}),
        }

    def contents(self, document: Strategy) -> dict[str, Any]:
        """The chapters of a document with what is read in each, counted, and its points without a chapter."""
        passages = list(document.passage_set.select_related("chapter", "strategy"))
        unplaced = [passage for passage in passages if passage.chapter_id is None]
        points_of = Counter(passage.chapter_id for passage in passages)
        beside = counts_beside(document)
        query = urlencode({"strategy": document.code} | ({"notional": Notional.ONLY} if document.notional else {}))
        return {
            "chapters": [
                (chapter, [*counted(points_of[chapter.pk], "point", "points"), *beside[chapter.sets_out]])
                for chapter in document.chapter_set.all()
            ],
            "points": points(self.request, unplaced, EvidenceIndex(unplaced)),
            "total": len(passages),
            "edition": edition_notice(document),
            "downloads": exports.download_links(reverse("passage-list"), query),
            "citation": page_citation(self.request, f"Chapters of {strategy_name(document)}"),
        }


def chosen_document(code: str, documents: list[Strategy]) -> Strategy | None:
    """The document with this code; without a code, that of the home page."""
    if code:
        document = next((document for document in documents if document.code == code), None)
        if document is None:
            raise params.unknown_code_error("strategy", "strategy", code, [document.code for document in documents])
        return document
    notional = Notional.ONLY if documents and all(document.notional for document in documents) else Notional.EXCLUDE
    return home_strategy(notional)


@dataclass(frozen=True)
class ChapterPanel(Panel):
    """Records listed in the chapter that sets them out: ``matter`` says which; ``records`` gives a document's."""

    matter: str
    records: Callable[[Strategy], QuerySet]


def counted(number: int, singular: str, plural: str) -> list[tuple[int, str]]:
    """A number with its noun, as a list of one; empty for none."""
    return [(number, singular if number == 1 else plural)] if number else []


def counts_beside(document: Strategy) -> dict[str, list[tuple[int, str]]]:
    """How many records the chapters list beside their points, by what a chapter sets out: one query a kind."""
    counts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for panel in ReadChapter.panels_of(ChapterPanel):
        records = panel.records(document)
        counts[panel.matter] += counted(records.count(), str(records.model._meta.verbose_name), panel.title.lower())
    return counts


class ReadChapter(PanelsMixin, StrictPage, DetailView):
    """``/read/<chapter>/``: the points of one chapter, and the records of what it is said to set out."""

    template_name = "strategy/reading/chapter.html"
    context_object_name = "chapter"
    query_params = ("q",)
    panels = (
        ChapterPanel("Goals", Chapter.Matter.ENDS, lambda document: Goal.objects.filter(strategy=document)),
        ChapterPanel("Means", Chapter.Matter.MEANS, lambda document: Means.objects.filter(strategy=document)),
        ChapterPanel("Risks", Chapter.Matter.RISKS, lambda document: Risk.objects.filter(strategy=document)),
        ChapterPanel(
            "Mitigations", Chapter.Matter.RISKS, lambda document: Mitigation.objects.filter(strategy=document)
        ),
        ChapterPanel("Terms", Chapter.Matter.TERMS, lambda document: Term.objects.filter(strategy=document)),
    )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.text = words_param(request.GET)
        self.object = self.get_object()
        if self.object.code != kwargs["place"]:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{self.object.reading_url}{query}")
        return self.render_to_response(self.get_context_data())

    def get_queryset(self) -> QuerySet[Chapter]:
        return Chapter.objects.visible(Notional.INCLUDE).select_related("strategy")

    def get_object(self, queryset: Any = None) -> Chapter:
        """By its code, or by its number in the current edition."""
        place, chapters = self.kwargs["place"], self.get_queryset()
        # PostgreSQL refuses to be asked for a NUL.
        chapter = chapters.filter(code=place).first() if "\x00" not in place else None
        if chapter is None and place.isascii() and place.isdigit() and len(place) < 5:
            chapter = chapters.filter(strategy=home_strategy(), number=int(place)).first()
        if chapter is None:
            raise Http404(f"There is no chapter '{place}'.")
        return chapter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chapter: Chapter = self.object
        document = chapter.strategy
        read_in(self.request, document)
        chapters = list(document.chapter_set.all())
        position = chapters.index(chapter)
        passages = list(chapter.passages.select_related("chapter", "strategy"))
        beside = [
            (panel.title, list(panel.records(document).select_related("strategy")))
            for panel in self.panels_of(ChapterPanel)
            if panel.matter == chapter.sets_out
        ]
        everything = [*passages, *(row for _, rows in beside for row in rows)]
        matching = rows_with_words(everything, self.text) if self.text else everything
        keys = set(map(_key, matching))
        evidence = EvidenceIndex([chapter, *passages])
        shown = [point for point in points(self.request, passages, evidence) if _key(point.passage) in keys]
        places = {(row.chapter_basis, row.chapter_reason) for row in passages}
        return super().get_context_data(**kwargs) | {
            "document": document,
            "position": position + 1,
            "chapters": chapters,
            "before": chapters[position - 1] if position else None,
            "after": chapters[position + 1] if position + 1 < len(chapters) else None,
            "points": shown,
            "total": len(passages),
            "placed": next(iter(places)) if len(places) == 1 else None,
            "beside": [(title, [row for row in rows if _key(row) in keys]) for title, rows in beside],
            "q": self.text,
            "matches": len(matching),
            "searchable": len(everything),
            "citations": evidence.all_citations(chapter),
            "silences": evidence.silences(chapter),
            "seen": chapter.basis == "official",
            "edition": edition_notice(chapter),
            "downloads": exports.download_links(reverse("passage-list"), _query(chapter)),
            "citation": page_citation(
                self.request, f"Chapter {chapter.number}, {chapter.title}, of {strategy_name(document)}"
            ),
            "breadcrumbs": [
                ("Strategy", "/"),
                ("Read", f"{reverse('read')}?{_query(document)}"),
                (f"Chapter {chapter.number}", ""),
            ],
            "notional": chapter.notional,
        }


def rows_with_words(rows: list[CodedModel], text: str) -> list[CodedModel]:
    """The rows, of any models, that have every word of ``text``: one query."""
    entries = SearchEntry.objects.filter(
        kind__in={row._meta.label_lower for row in rows}, object_id__in={row.pk for row in rows}
    )
    hits = set(entries.matching(text).values_list("kind", "object_id"))
    return [row for row in rows if _key(row) in hits]


def _key(row: CodedModel) -> tuple[str, int]:
    """What tells a row from those of other models too."""
    return (row._meta.label_lower, row.pk)


def _query(row: CodedModel) -> str:
    """The filter that keeps what belongs to ``row``, on lists and on this app's own pages."""
    return urlencode({str(row._meta.model_name): row.code} | ({"notional": Notional.ONLY} if row.notional else {}))
