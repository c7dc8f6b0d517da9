"""The trace: why a thing is done and what could stop it, as a picture, a table and files of the same links."""

from collections.abc import Iterable
from typing import Any

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.generic import View

from strategy.core import exports, params
from strategy.core.filters import requested_notional
from strategy.core.models import CodedModel, Notional
from strategy.models import SearchEntry
from strategy.views import bad_request_page
from strategy.views.base import page_citation

from . import reader
from .drawing.layout import layout
from .graph import Node, Trace
from .summary import counted, notes, reach, tiers

PARAMETERS = ("focus", "notional")
# Kinds of which the fullest record is offered to start from.
SUGGESTED = ("goal", "activity", "office", "means", "risk")


def trace_url(record: CodedModel) -> str:
    """Where the trace from a record is."""
    return _address(reverse("trace"), record.code, Notional.ONLY if record.notional else Notional.EXCLUDE)


def _address(path: str, focus: str = "", notional: str = Notional.EXCLUDE) -> str:
    asked = {"focus": focus} if focus else {}
    asked |= {} if notional == Notional.EXCLUDE else {"notional": notional}
    return f"{path}?{urlencode(asked)}" if asked else path


def asked_for(request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> tuple[str, SearchEntry | None]:
    """Which content, and which record of it the trace starts from."""
    params.check_params(request.GET, (*PARAMETERS, *extra), blank=blank)
    notional = params.choice_param(request.GET, "notional", Notional.values, Notional.EXCLUDE)
    code = request.GET.get("focus", "").strip()
    start = reader.find(code, notional) if code else None
    if code and start is None:
        raise params.BadParametersError({"focus": [_unknown(code, notional)]})
    return notional, start


def _unknown(code: str, notional: str) -> str:
    """Why there is no trace from this code, with the nearest that has one."""
    other = reader.find(code, Notional.INCLUDE)
    if other is not None:
        asked = Notional.ONLY if other.notional else Notional.EXCLUDE
        return f"'{code}' is {'training' if other.notional else 'sourced'} content: ask with notional={asked}."
    codes = reader.starts(notional).values_list("code", flat=True)[:5000]
    return f"There is nothing to trace with the code '{code}'.{params.did_you_mean(code, codes)}"


class TracePage(View):
    """``/trace/`` and, from one record, ``/trace/?focus=``; with a suffix the links of the table as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            notional, start = asked_for(request)
        except params.BadParametersError as error:
            return self.refused(error)
        trace = reader.read(notional, start)
        if suffix:
            return exports.download(sheet(request, trace), suffix)
        title = f"Trace from {trace.focus.code}" if trace.focus else "Trace the strategy"
        query = _address("", start.code if start else "", notional).removeprefix("?")
        picture = f"{reverse('trace-picture')}?{query}".rstrip("?")
        context = self.choice(trace, notional) | {
            "title": title,
            "trace": trace,
            "picture": layout(trace),
            "count": counted(trace),
            "reach": reach(trace),
            "notes": list(notes(trace, notional)),
            "tiers": list(tiers(trace)),
            "breadcrumbs": _crumbs(trace.focus, notional),
            "citation": page_citation(request, title),
            "downloads": [*exports.download_links(request.path, query), ("SVG", picture)],
            "notional": notional == Notional.ONLY,
        }
        return TemplateResponse(request, "lines_of_effort/trace/page.html", context)

    def refused(self, error: params.BadParametersError) -> HttpResponse:
        """Says what is wrong and offers where to start; shows no links."""
        asked = requested_notional(self.request)
        context = self.choice(reader.read(asked), asked, refused=True) | {
            "title": "Trace the strategy",
            "problems": error.errors,
            "way_on": reverse("trace"),
            "breadcrumbs": _crumbs(None, asked),
        }
        return TemplateResponse(self.request, "lines_of_effort/trace/page.html", context, status=400)

    @staticmethod
    def choice(trace: Trace, notional: str, *, refused: bool = False) -> dict[str, Any]:
        """Where a trace may start: everything shown, by kind, and a few places worth a look."""
        metas = [model._meta for model in reader.LAYERS]
        groups = [(str(meta.verbose_name_plural), trace.of(str(meta.model_name))) for meta in metas]
        fullest = [node for node in (_fullest(trace, kind) for kind in SUGGESTED) if node]
        suggested = [*([trace.focus] if trace.focus and trace.focus not in fullest else []), *fullest]
        everything = [("Everything", _address(reverse("trace"), "", notional), trace.focus is None and not refused)]
        chips = [
            (_short(node), _address(reverse("trace"), node.code, notional), node == trace.focus) for node in suggested
        ]
        return {
            "groups": [(name[:1].upper() + name[1:], nodes) for name, nodes in groups if nodes],
            "chips": everything + chips,
            "asked": notional if notional != Notional.EXCLUDE else "",
            "focus": trace.focus,
        }


def sheet(request: HttpRequest, trace: Trace) -> exports.Sheet:
    """The table of the page: a row a link."""
    names = "from_code from_name relation to_code to_name basis reason sources from_url to_url".split()
    rows = (
        [
            edge.source.code,
            edge.source.title,
            edge.words,
            edge.target.code,
            edge.target.title,
            edge.basis,
            edge.reason,
            "; ".join(f"{source.code} {source.locator}".strip() for source in edge.cited),
            request.build_absolute_uri(edge.source.url),
            request.build_absolute_uri(edge.target.url),
        ]
        for edge in trace.links
    )
    return exports.Sheet("trace", names, rows)


# A file of its own may run and load nothing, wherever it is opened from here.
@method_decorator(csp({"default-src": ["'none'"], "frame-ancestors": ["'none'"]}), name="dispatch")
class TracePicture(View):
    """``/trace.svg``: the picture as a file that opens outside the site, in light colours, with whole addresses."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        try:
            notional, start = asked_for(request)
        except params.BadParametersError as error:
            return bad_request_page(request, error, way_on=reverse("trace"))
        trace = reader.read(notional, start)
        context = {
            "picture": layout(trace),
            "title": f"Trace from {trace.focus.code}" if trace.focus else "Trace of the strategy",
            "origin": request.build_absolute_uri("/").rstrip("/"),
            "standalone": True,
        }
        drawn = render_to_string("lines_of_effort/trace/file.svg", context)
        name = f"trace-{trace.focus.code}" if trace.focus else "trace"
        headers = {"Content-Disposition": f'inline; filename="{name}.svg"'}
        return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8", headers=headers)


def _crumbs(focus: Node | None, notional: str) -> list[tuple[str, str]]:
    own = [("Trace", _address(reverse("trace"), "", notional)), (focus.code, "")] if focus else [("Trace", "")]
    return [("Strategy", "/"), *own]


def _short(node: Node) -> str:
    """The code, with a title that is short enough for a chip."""
    return f"{node.code} {node.title}" if len(node.title) <= 26 else node.code


def _fullest(trace: Trace, kind: str) -> Node | None:
    """The record of a kind with most links; of several, the first."""
    number = dict.fromkeys(trace.of(kind), 0)
    for edge in trace.edges:
        for node in (edge.source, edge.target):
            if node in number:
                number[node] += 1
    return max(number, key=lambda node: number[node], default=None)
