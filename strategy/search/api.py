"""Search in the API: ranked hits of every kind, each with the fields that matched and an excerpt."""

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from ..core import params
from ..core.api import StrictPageNumberPagination, analysis, query_options
from ..core.exports import Sheet
from ..core.filters import requested_notional
from ..core.models import Notional
from ..core.openapi import COUNT, NOTIONAL, PAGE_SIZE, WORDS, describe_analysis, parameter
from ..core.text import search_engine
from ..models import SearchEntry
from .indexing import where
from .request import MAX_PAGES, kind_param, kinds, words_param
from .results import counts_by_kind

MAX_FILE_ROWS = 1000
PAGES: Any = {"type": "integer", "minimum": 1, "maximum": MAX_PAGES}
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
    """The best hits first. ``types`` counts those of every kind, whichever is asked for."""

    web_url = serializers.URLField()
    types = KindSerializer(many=True, allow_null=True)
    results = HitSerializer(many=True)


@dataclass(frozen=True)
class Asked:
    """What is searched for, and among which entries."""

    text: str
    entries: Any
    kind: str
    counted: bool

    @property
    def chosen(self) -> Any:
        return self.entries.filter(kind=self.kind) if self.kind else self.entries


@describe_analysis(
    "Search",
    SearchSerializer,
    parameter("q", "Words, a name, an abbreviation or a code.", **WORDS, required=True, example="training"),
    parameter("type", "Only records of this kind.", enum=sorted([*kinds(), *kinds().values()]), example="term"),
    NOTIONAL,
    parameter("page", f"Number of the page, {MAX_PAGES} at most.", **PAGES, example=1),
    PAGE_SIZE,
    COUNT,
)
class SearchViewSet(analysis.AnalysisViewSet):
    """Every record, by word, name, abbreviation or code."""

    pagination_class = StrictPageNumberPagination
    extra = (*analysis.FORMAT, *params.PAGING, "count")

    def get_result(self, request: Any) -> Asked:
        asked = request.query_params
        params.check_params(asked, ("q", "type", "notional", *self.extra), blank=False)
        params.choice_param(asked, "notional", Notional.values)
        params.integer_param(asked, "page", default=1, maximum=MAX_PAGES)
        kind = kind_param(asked)
        if "q" not in asked:
            raise params.BadParametersError({"q": ["Is missing: say what to search for."]})
        text = words_param(asked)
        entries = SearchEntry.objects.visible(requested_notional(request))
        return Asked(text, entries, kind, query_options.wants_count(asked))

    def get_sheet(self, request: Any, result: Asked) -> Sheet:
        """The best hits: further down, nothing that was meant is found."""
        at = analysis.RecordURLs(request)
        hits = result.chosen.hits(result.text, limit=MAX_FILE_ROWS)
        made = (_hit(hit, rank, at) | {"fields": "; ".join(where(hit)[0])} for rank, hit in enumerate(hits, 1))
        return Sheet("search", COLUMNS, ([row[name] for name in COLUMNS] for row in made))

    def serialize(self, request: Any, result: Asked) -> dict[str, Any]:
        at, page = analysis.RecordURLs(request), analysis.PageParams.of(request)
        if result.counted:
            counts = counts_by_kind(result.entries.matching(result.text))
            head = page.counted(sum(row["count"] for row in counts if result.kind in ("", row["kind"])))
            hits = result.chosen.hits(result.text, limit=page.size, offset=page.start) if head["count"] else []
        else:
            counts, hits = [], result.chosen.hits(result.text, limit=page.size + 1, offset=page.start)
            head = page.uncounted(len(hits) > page.size)
        return {
            **head,
            "web_url": at.of_page("search", self.extra, all="1"),
            "types": [_kind(row) for row in counts] if result.counted else None,
            "results": [_hit(hit, rank, at) for rank, hit in enumerate(hits[: page.size], page.start + 1)],
        }


def _kind(row: dict[str, Any]) -> dict[str, Any]:
    return {"record_type": row["kind"].partition(".")[2], "type": row["kind"], "count": row["count"]}


def _hit(hit: search_engine.SearchHit, rank: int, at: analysis.RecordURLs) -> dict[str, Any]:
    fields, snippet = where(hit)
    return {
        **at.named(hit.kind.partition(".")[2], hit.code, hit.title),
        "rank": rank,
        "fields": fields,
        "snippet": snippet.replace(search_engine.START, "").replace(search_engine.STOP, ""),
        "notional": hit.notional,
    }
