"""Search over every record."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.generic import View

from ..core import fulltext, params
from ..core.filters import notional_of
from ..models import SearchEntry
from .base import bad_request

PER_PAGE = 50


@dataclass(frozen=True)
class Result:
    """A hit with its address and its kind in words."""

    code: str
    title: str
    url: str
    kind: str
    snippet: SafeString
    notional: bool


def marked(snippet: str) -> SafeString:
    """The snippet as HTML: everything escaped, the matches in ``<mark>``."""
    pieces = snippet.split(fulltext.START)
    rest = [piece.partition(fulltext.STOP) for piece in pieces[1:]]
    return format_html("{}", pieces[0]) + format_html_join(
        "", "<mark>{}</mark>{}", ((hit, after) for hit, _, after in rest)
    )


def result(hit: fulltext.Hit) -> Result:
    meta = apps.get_model(hit.kind)._meta
    url = reverse(f"{meta.model_name}-detail", kwargs={"code": hit.code})
    kind = str(meta.verbose_name).capitalize()
    return Result(hit.code, hit.title, url, kind, marked(hit.snippet), hit.notional)


def entries_for(request: HttpRequest):
    """The entries the reader may see."""
    return SearchEntry.objects.visible(notional_of(request))


class SearchPage(View):
    """``/search/?q=``: ranked hits of every kind; ``type`` keeps one kind."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        entries = entries_for(request)
        try:
            params.check(request.GET, ("q", "type", "notional", "page"), blank=True)
            text, kind = request.GET.get("q", "").strip(), request.GET.get("type", "")
            number = params.number(request.GET, "page", default=1, most=1000)
            found = entries.matching(text)
            counts = self._counts(found)
            if kind and kind not in {row["kind"] for row in counts}:
                raise params.BadParametersError({"type": [f"No hit is of the kind '{kind}'."]})
        except fulltext.SearchError as error:
            return bad_request(request, params.BadParametersError({"q": [str(error)]}))
        except params.BadParametersError as error:
            return bad_request(request, error)
        chosen = entries.filter(kind=kind) if kind else entries
        offset = (number - 1) * PER_PAGE
        reached = sum(row["count"] for row in counts if not kind or row["kind"] == kind)
        if number > 1 and offset >= reached:
            raise Http404(params.beyond(-(-reached // PER_PAGE)))
        hits = chosen.hits(text, limit=PER_PAGE + 1, offset=offset)
        context = {
            "q": text,
            "type": kind,
            "counts": counts,
            "total": sum(row["count"] for row in counts),
            "results": [result(hit) for hit in hits[:PER_PAGE]],
            "next_page": number + 1 if len(hits) > PER_PAGE else None,
            "first": offset + 1,
            "breadcrumbs": [("Strategy", "/"), ("Search", "")],
        }
        return TemplateResponse(request, "generic/search.html", context)

    @staticmethod
    def _counts(found) -> list[dict]:
        """Hits by kind, most first."""
        rows = found.order_by().values("kind").annotate(count=Count("pk"))
        return sorted(
            ({**row, "label": str(apps.get_model(row["kind"])._meta.verbose_name_plural).capitalize()} for row in rows),
            key=lambda row: (-row["count"], row["label"]),
        )
