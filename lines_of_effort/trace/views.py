"""Pages of the trace: ``/trace/`` with its files, and the picture alone as ``/trace.svg``."""

from typing import Any

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from strategy.core import exports
from strategy.core.filters import requested_notional
from strategy.core.models import NOT_IN_XML, CodedModel, Notional
from strategy.core.params import BadParametersError
from strategy.core.views import PageLink, StrictPage, page_citation
from strategy.editions import document_of
from strategy.reader_strategy import InStrategyMixin, reader_strategy, strategy_query

from .drawing.layout import compute_layout
from .graph import Node, Trace
from .reader import LAYERS, read_trace
from .request import TraceParams
from .sheet import trace_sheet
from .summary import describe_links, describe_reach, list_notes, list_tiers

# Kinds of records of which the one with most links is offered to start from.
SUGGESTED_KINDS = ("goal", "activity", "office", "means", "risk")
# Letters of a title that still fit on a chip beside the code.
MAX_CHIP_TITLE = 26


def trace_url(record: CodedModel) -> str:
    """Path of the trace that starts from ``record``."""
    document = document_of(record)
    link_params = (
        strategy_query(document) if document else ({"notional": Notional.ONLY.value} if record.notional else {})
    )
    return _trace_path(record.code, link_params)


TRACE_LINK = PageLink("Trace this", trace_url, "What it serves, and what could stop it.", "trace")


def _trace_path(focus: str, link_params: dict[str, str]) -> str:
    return reverse("trace", query=({"focus": focus} if focus else {}) | link_params)


class TracePage(InStrategyMixin, StrictPage):
    """``/trace/`` and, from one record, ``/trace/?focus=``; with a suffix the links as a file."""

    # ``TraceParams`` checks the names.
    query_params = None

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        trace_params = TraceParams.from_request(request)
        link_params, query = trace_params.link_params, trace_params.querystring
        trace = read_trace(trace_params.notional, trace_params.start, trace_params.strategy)
        if suffix:
            return exports.download(trace_sheet(request, trace), suffix)
        title = f"Trace from {trace.focus.code}" if trace.focus else "Trace the strategy"
        picture_url = f"{reverse('trace-picture')}?{query}".rstrip("?")
        context = self.start_choices(trace, link_params) | {
            "title": title,
            "trace": trace,
            "picture": compute_layout(trace),
            "count": describe_links(trace),
            "reach": describe_reach(trace),
            "notes": list(list_notes(trace, link_params)),
            "tiers": list(list_tiers(trace)),
            "breadcrumbs": _breadcrumbs(trace.focus, link_params),
            "citation": page_citation(request, title),
            "downloads": [*exports.download_links(request.path, query), ("SVG", picture_url)],
            "notional": trace_params.notional == Notional.ONLY,
        }
        return TemplateResponse(request, "lines_of_effort/trace/page.html", context)

    def render_problems(self, error: BadParametersError, status: int) -> HttpResponse:
        """What is wrong and where to start, but no links."""
        link_params = strategy_query(strategy := reader_strategy(self.request))
        notional = link_params.get("notional", requested_notional(self.request))
        trace = read_trace(notional, None, strategy if link_params else None)
        context = self.start_choices(trace, link_params, refused=True) | {
            "title": "Trace the strategy",
            "problems": error.errors,
            "way_on": _trace_path("", link_params),
            "breadcrumbs": _breadcrumbs(None, link_params),
            "notional": notional == Notional.ONLY,
        }
        return TemplateResponse(self.request, "lines_of_effort/trace/page.html", context, status=status)

    @staticmethod
    def start_choices(trace: Trace, link_params: dict[str, str], *, refused: bool = False) -> dict[str, Any]:
        """Context of the form and the chips: everything a trace may start from, by kind, and a few suggestions."""
        groups = []
        for model in LAYERS:
            nodes = trace.nodes_of(str(model._meta.model_name))
            if nodes:
                plural = str(model._meta.verbose_name_plural)
                groups.append((plural[:1].upper() + plural[1:], nodes))
        suggested = [node for node in (_most_linked(trace, kind) for kind in SUGGESTED_KINDS) if node]
        if trace.focus and trace.focus not in suggested:
            suggested.insert(0, trace.focus)
        chips = [("Everything", _trace_path("", link_params), trace.focus is None and not refused)]
        chips += [(_chip_label(node), _trace_path(node.code, link_params), node == trace.focus) for node in suggested]
        return {
            "groups": groups,
            "chips": chips,
            "link_params": link_params.items(),
            "focus": trace.focus,
        }


# A file of its own may run and load nothing, wherever it is opened from here.
@method_decorator(csp({"default-src": ["'none'"], "frame-ancestors": ["'none'"]}), name="dispatch")
class TracePicture(StrictPage):
    """``/trace.svg``: the picture as a file that opens outside the site, in light colours, with absolute addresses."""

    # ``TraceParams`` checks the names.
    query_params = None

    def get(self, request: HttpRequest) -> HttpResponseBase:
        trace_params = TraceParams.from_request(request)
        trace = read_trace(trace_params.notional, trace_params.start, trace_params.strategy)
        context = {
            "picture": compute_layout(trace),
            "title": f"Trace from {trace.focus.code}" if trace.focus else "Trace of the strategy",
            "origin": request.build_absolute_uri("/").rstrip("/"),
            "standalone": True,
        }
        svg = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", render_to_string("lines_of_effort/trace/file.svg", context))
        name = f"trace-{trace.focus.code}" if trace.focus else "trace"
        headers = {"Content-Disposition": f'inline; filename="{name}.svg"'}
        return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", headers=headers)


def _breadcrumbs(focus: Node | None, link_params: dict[str, str]) -> list[tuple[str, str]]:
    own = [("Trace", _trace_path("", link_params)), (focus.code, "")] if focus else [("Trace", "")]
    return [("Strategy", "/"), *own]


def _chip_label(node: Node) -> str:
    """The code, with the title where that is short enough for a chip."""
    return f"{node.code} {node.title}" if len(node.title) <= MAX_CHIP_TITLE else node.code


def _most_linked(trace: Trace, kind: str) -> Node | None:
    """The record of a kind with most links; the first of several, None where there are no records."""
    link_counts = dict.fromkeys(trace.nodes_of(kind), 0)
    for edge in trace.edges:
        for node in (edge.source, edge.target):
            if node in link_counts:
                link_counts[node] += 1
    return max(link_counts, key=lambda node: link_counts[node], default=None)
