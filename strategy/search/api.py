"""The search in the API: ranked hits of every kind of record, with the fields that matched and an excerpt."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from ..core import params
from ..core.api import StrictPageNumberPagination, analysis, query_options
from ..core.exports import Sheet
from ..core.filters.schemas import PARTIAL_DATE
from ..core.openapi import COUNT, NOTIONAL, PAGE_SIZE, WORDS, code_schema, describe_analysis, parameter
from ..core.text import START, STOP, SearchHit
from ..models import Strategy
from .indexing import where
from .request import MAX_PAGES, SearchParams, kinds

MAX_FILE_ROWS = 1000
PAGE_SCHEMA: Any = {"type": "integer", "minimum": 1, "maximum": MAX_PAGES}
COLUMNS = ("rank", "record_type", "code", "label", "fields", "snippet", "notional", "web_url")


class HitSerializer(analysis.NamedSerializer):
    """A record found. ``rank`` is its place, from 1; ``fields`` are those that matched, its name before all."""

    rank = serializers.IntegerField()
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # hides a property
    snippet = serializers.CharField(allow_blank=True)
    notional = serializers.BooleanField()


class KindSerializer(serializers.Serializer):
    """How many hits are of one kind."""

    record_type = serializers.CharField()
    type = serializers.CharField()
    count = serializers.IntegerField()


@extend_schema_serializer(many=False)
class SearchSerializer(analysis.PagedSerializer):
    """The best hits first. ``types`` counts those of every kind, whichever is asked for.

    ``match`` is ``all`` where every hit has all of the words. Where no record has, it is ``any``: each hit has one of
    them or more.
    """

    match = serializers.ChoiceField(["all", "any"])
    web_url = serializers.URLField()
    types = KindSerializer(many=True, allow_null=True)
    results = HitSerializer(many=True)


@describe_analysis(
    "Search",
    SearchSerializer,
    parameter("q", "Words, a name, an abbreviation or a code.", **WORDS, required=True, example="training"),
    parameter("type", "Only records of this kind.", enum=sorted([*kinds(), *kinds().values()]), example="term"),
    parameter("date_from", "With a date that may be on or after this one.", **PARTIAL_DATE, example="2024"),
    parameter("date_to", "With a date that may be on or before this one.", **PARTIAL_DATE, example="2025-06"),
    parameter("strategy", "Only records of this strategy, and those of none.", **code_schema(Strategy), example="IPS"),
    NOTIONAL,
    parameter("page", f"Number of the page, {MAX_PAGES} at most.", **PAGE_SCHEMA, example=1),
    PAGE_SIZE,
    COUNT,
)
class SearchViewSet(analysis.AnalysisViewSet):
    """Every record, by word, name, abbreviation or code."""

    pagination_class = StrictPageNumberPagination
    extra = (*analysis.FORMAT, *params.PAGING, "count")

    def get_result(self, request: Any) -> SearchParams:
        query_options.wants_count(request.GET)
        return SearchParams.from_request(request, self.extra)

    def get_sheet(self, request: Any, result: SearchParams) -> Sheet:
        """The best MAX_FILE_ROWS hits: nothing that was meant is further down."""
        urls = analysis.RecordURLs(request)
        hits = result.entries_of_kind.hits(result.question, limit=MAX_FILE_ROWS)
        rows = (_hit(hit, rank, urls) | {"fields": "; ".join(where(hit)[0])} for rank, hit in enumerate(hits, 1))
        return Sheet("search", COLUMNS, ([row[name] for name in COLUMNS] for row in rows))

    def serialize(self, request: Any, result: SearchParams) -> dict[str, Any]:
        urls, page = analysis.RecordURLs(request), analysis.PageParams.of(request)
        question, entries, types = result.question, result.entries_of_kind, None
        if query_options.wants_count(request.GET):
            counts = result.counts
            types = [_kind(row) for row in counts]
            head = page.counted(sum(row["count"] for row in counts if result.kind in ("", row["kind"])))
            hits = entries.hits(question, limit=page.size, offset=page.start) if head["count"] else []
        else:
            # One more than the page holds says whether there is a next one.
            hits = entries.hits(question, limit=page.size + 1, offset=page.start)
            head = page.uncounted(len(hits) > page.size)
        return {
            **head,
            "match": "any" if question.any_word else "all",
            "web_url": urls.of_page("search", self.extra, all="1"),
            "types": types,
            "results": [_hit(hit, rank, urls) for rank, hit in enumerate(hits[: page.size], page.start + 1)],
        }


def _kind(row: dict[str, Any]) -> dict[str, Any]:
    """A row of ``counts_by_kind`` as ``KindSerializer`` declares it."""
    return {"record_type": row["kind"].partition(".")[2], "type": row["kind"], "count": row["count"]}


def _hit(hit: SearchHit, rank: int, urls: analysis.RecordURLs) -> dict[str, Any]:
    """A hit as ``HitSerializer`` declares it."""
    fields, snippet = where(hit)
    return {
        **urls.named(hit.kind.partition(".")[2], hit.code, hit.title),
        "rank": rank,
        "fields": fields,
        "snippet": snippet.replace(START, "").replace(STOP, ""),
        "notional": hit.notional,
    }
