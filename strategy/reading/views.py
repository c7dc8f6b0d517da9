"""The document read through: its chapters in order, and the numbered points of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View

from ..core import exports, params
from ..core.filters import requested_notional
from ..core.models import CodedModel, Notional
from ..core.text import search_engine
from ..editions import earlier
from ..evidence import Grounds
from ..models import Chapter, Citation, Goal, Means, Mitigation, Passage, Risk, SearchEntry, Silence, Strategy, Term
from ..views.base import bad_request_page, page_citation

Records = Callable[[Strategy], QuerySet]


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


def points(request: HttpRequest, passages: Iterable[Passage], grounds: Grounds) -> list[Point]:
    rows = list(passages)
    places = {(row.chapter_basis, row.chapter_reason) for row in rows}
    return [
        Point(
            number,
            row,
            grounds.citations(row),
            grounds.silences(row),
            (row.chapter_basis, row.chapter_reason) if len(places) > 1 and row.chapter_basis else None,
            f"{row.text} ({row.code}, {row.strategy.title}, in the compilers' words, "
            f"{request.build_absolute_uri(row.reading_url)})",
        )
        for number, row in enumerate(rows, 1)
    ]


class ReadIndex(View):
    """``/read/``: every chapter with what is known of it, and the points that have no chapter."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            params.check_params(request.GET, ("strategy", "notional"), blank=True)
            params.choice_param(request.GET, "notional", Notional.values)
            documents = list(Strategy.objects.visible(requested_notional(request)).exclude(status="draft"))
            document = self.chosen(documents)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        context: dict[str, Any] = {
            "document": document,
            "others": [other for other in documents if other != document],
            "notional_query": request.GET.get("notional", ""),
            "breadcrumbs": [("Strategy", "/"), ("Read", "")],
            "notional": bool(document and document.notional),
        }
        if document:
            context |= self.contents(document)
        return TemplateResponse(request, "strategy/read_index.html", context)

    def chosen(self, documents: list[Strategy]) -> Strategy | None:
        """The document that is asked for, else the first that is current."""
        code = self.request.GET.get("strategy", "")
        if code:
            found = next((document for document in documents if document.code == code), None)
            if found is None:
                raise params.unknown_code_error("strategy", "strategy", code, [document.code for document in documents])
            return found
        passed = {document.supersedes_id for document in documents}
        return next((document for document in documents if document.pk not in passed), None)

    def contents(self, document: Strategy) -> dict[str, Any]:
        passages = list(document.passage_set.select_related("chapter", "strategy"))
        unplaced = [passage for passage in passages if passage.chapter_id is None]
        held = [passage.chapter_id for passage in passages]
        query = urlencode({"strategy": document.code} | ({"notional": Notional.ONLY} if document.notional else {}))
        return {
            "chapters": [(chapter, held.count(chapter.pk)) for chapter in document.chapter_set.all()],
            "points": points(self.request, unplaced, Grounds(unplaced)),
            "total": len(passages),
            "edition": earlier(document),
            "downloads": exports.download_links(reverse("passage-list"), query),
            "citation": page_citation(self.request, "Chapters", f"{document.publisher}, {document.title}"),
        }


class ReadChapter(View):
    """``/read/<chapter>/``: the points of one chapter, and the records of what it is said to set out.

    Apps above this one ``contribute`` their records to the chapters that are about them.
    """

    beside: ClassVar[dict[str, list[tuple[str, Records]]]] = {
        Chapter.Matter.ENDS: [("Goals", lambda document: Goal.objects.filter(strategy=document))],
        Chapter.Matter.WAYS: [],
        Chapter.Matter.MEANS: [("Means", lambda document: Means.objects.filter(strategy=document))],
        Chapter.Matter.RISKS: [
            ("Risks", lambda document: Risk.objects.filter(strategy=document)),
            ("Mitigations", lambda document: Mitigation.objects.filter(strategy=document)),
        ],
        Chapter.Matter.TERMS: [("Terms", lambda document: Term.objects.filter(strategy=document))],
    }
    http_method_names = ["get", "head", "options"]

    @classmethod
    def contribute(cls, matter: str, title: str, records: Records) -> None:
        cls.beside[matter].append((title, records))

    def get(self, request: HttpRequest, place: str) -> HttpResponse:
        try:
            params.check_params(request.GET, ("q",), blank=True)
            text = request.GET.get("q", "").strip()
            search_engine.parse_words(text)
        except search_engine.SearchError as error:
            return bad_request_page(request, params.BadParametersError({"q": [str(error)]}))
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        chapter = self.chapter(place)
        if chapter.code != place:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{chapter.reading_url}{query}")
        return TemplateResponse(request, "strategy/read_chapter.html", self.context(chapter, text))

    def chapter(self, place: str) -> Chapter:
        """By its code, or by its number in the current edition."""
        chapters = Chapter.objects.visible(Notional.INCLUDE).select_related("strategy")
        found = chapters.filter(code=place).first() if "\x00" not in place else None
        if found is None and place.isascii() and place.isdigit() and len(place) < 5:
            current = Strategy.objects.visible().current().order_by("code_order")[:1]
            found = chapters.filter(strategy__in=list(current), number=int(place)).first()
        if found is None:
            raise Http404(f"There is no chapter '{place}'.")
        return found

    def context(self, chapter: Chapter, text: str) -> dict[str, Any]:
        document = chapter.strategy
        chapters = list(document.chapter_set.all())
        position = chapters.index(chapter)
        passages = list(chapter.passages.select_related("chapter", "strategy"))
        beside = [
            (title, list(records(document).select_related("strategy")))
            for title, records in self.beside.get(chapter.sets_out, [])
        ]
        everything = [*passages, *(row for _, rows in beside for row in rows)]
        found = self.matching(everything, text) if text else everything
        kept = set(map(_place, found))
        grounds = Grounds([chapter, *passages])
        shown = [point for point in points(self.request, passages, grounds) if _place(point.passage) in kept]
        placed = {(row.chapter_basis, row.chapter_reason) for row in passages}
        return {
            "chapter": chapter,
            "document": document,
            "position": position + 1,
            "chapters": chapters,
            "before": chapters[position - 1] if position else None,
            "after": chapters[position + 1] if position + 1 < len(chapters) else None,
            "points": shown,
            "total": len(passages),
            "placed": next(iter(placed)) if len(placed) == 1 else None,
            "beside": [(title, [row for row in rows if _place(row) in kept]) for title, rows in beside],
            "q": text,
            "found": len(found),
            "searchable": len(everything),
            "citations": grounds.citations(chapter),
            "silences": grounds.silences(chapter),
            "seen": chapter.basis == "official",
            "edition": earlier(chapter),
            "downloads": exports.download_links(reverse("passage-list"), _query(chapter)),
            "citation": page_citation(
                self.request, f"Chapter {chapter.number}, {chapter.title}", f"{document.publisher}, {document.title}"
            ),
            "breadcrumbs": [
                ("Strategy", "/"),
                ("Read", f"{reverse('read')}?{_query(document)}"),
                (f"Chapter {chapter.number}", ""),
            ],
            "notional": chapter.notional,
        }

    @staticmethod
    def matching(rows: list[CodedModel], text: str) -> list[CodedModel]:
        """The rows with every word of ``text``, found in one query."""
        entries = SearchEntry.objects.filter(
            kind__in={row._meta.label_lower for row in rows}, object_id__in={row.pk for row in rows}
        )
        hits = set(entries.matching(text).values_list("kind", "object_id"))
        return [row for row in rows if _place(row) in hits]


def _place(row: CodedModel) -> tuple[str, int]:
    return (row._meta.label_lower, row.pk)


def _query(row: CodedModel) -> str:
    """The filter that keeps what belongs to ``row``, on lists and on this app's own pages."""
    return urlencode({str(row._meta.model_name): row.code} | ({"notional": Notional.ONLY} if row.notional else {}))
