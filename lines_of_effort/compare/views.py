"""The page that sets two strategies, or two editions of one, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.generic import View

from strategy.core import exports, params
from strategy.core.filters import requested_notional
from strategy.core.models import Notional
from strategy.models import Strategy
from strategy.views.base import bad_request_page, page_citation

from .comparison import KINDS as COMPARED_KINDS
from .comparison import Change, Comparison, Difference, TooMuchError, by_kind, compare

PER_PAGE = 100
ASKED = ("a", "b", "kind", "change", "notional")
ANY = "any"
KINDS = tuple(kind.name for kind in COMPARED_KINDS)
CHANGES = (ANY, *Change.values)


@dataclass(frozen=True)
class Asked:
    """A comparison as it is asked for; None where no two strategies are named and none follows another."""

    documents: list[Strategy]
    comparison: Comparison | None
    kind: str
    change: str

    @property
    def rows(self) -> list[Difference]:
        return self.comparison.of(self.kind, self.change) if self.comparison else []


def asked_for(request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> Asked:
    """Reads the parameters, and compares."""
    params.check_params(request.GET, (*ASKED, *extra), blank=blank)
    params.choice_param(request.GET, "notional", Notional.values)
    kind = params.choice_param(request.GET, "kind", KINDS)
    change = params.choice_param(request.GET, "change", CHANGES)
    documents = list(Strategy.objects.visible(requested_notional(request)).without_drafts())
    chosen = _chosen(request.GET, documents)
    try:
        return Asked(documents, compare(*chosen) if chosen else None, kind, change)
    except TooMuchError as error:
        raise params.BadParametersError({"b": [str(error)]}) from error


def _chosen(asked: QueryDict, documents: list[Strategy]) -> tuple[Strategy, Strategy] | None:
    """The two that are asked for; unasked, the newest edition and the one before it, if there are such."""
    codes = {name: asked.get(name, "") for name in ("a", "b")}
    known = {document.code: document for document in documents}
    if not any(codes.values()):
        by_id = {document.pk: document for document in documents}
        pairs = [(by_id.get(later.supersedes_id or 0), later) for later in documents]
        return next(((before, later) for before, later in reversed(pairs) if before), None)
    for name, code in codes.items():
        if not code:
            problem = f"Name the second strategy. Known: {params.comma_separated(known) or 'none'}."
            raise params.BadParametersError({name: [problem]})
        if code not in known:
            raise params.unknown_code_error(name, "strategy", code, known)
    if codes["a"] == codes["b"]:
        others = params.comma_separated(code for code in known if code != codes["a"])
        problem = f"The same as a: a strategy differs from itself in nothing. Others: {others or 'none'}."
        raise params.BadParametersError({"b": [problem]})
    return known[codes["a"]], known[codes["b"]]


class ComparePage(View):
    """``/compare/?a=&b=``: ``a`` is read as the older one. Filters keep a kind or a change."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            asked = asked_for(request, () if suffix else ("page",))
            number = params.page_number_param(request.GET)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        comparison, kind, change, rows = asked.comparison, asked.kind, asked.change, asked.rows
        if suffix:
            return exports.download(sheet(request, rows), suffix)
        try:
            page = Paginator(rows, PER_PAGE).page(number)
        except EmptyPage:
            last = Paginator(rows, PER_PAGE).num_pages
            problem = {"page": [f"There are {last} pages and no more."]}
            return bad_request_page(request, params.BadParametersError(problem), status=404)
        context = {
            "documents": asked.documents,
            "comparison": comparison,
            "kind": kind,
            "change": change,
            "page_obj": page,
            "groups": by_kind(page.object_list),
            "notional_query": requested_notional(request) if requested_notional(request) != Notional.EXCLUDE else "",
            "notional": comparison is not None and (comparison.old.notional or comparison.new.notional),
            "breadcrumbs": [("Strategy", "/"), ("Compare", "")],
            "querystring": "",
        }
        if comparison:
            context |= self.around(comparison, kind, change)
        return TemplateResponse(request, "lines_of_effort/compare/page.html", context)

    def around(self, comparison: Comparison, kind: str, change: str) -> dict[str, Any]:
        """What stands around the rows: counts that are filters, and the page's own tools."""
        old, new = comparison.old, comparison.new
        fixed = {"a": old.code, "b": new.code}
        if requested_notional(self.request) != Notional.EXCLUDE:
            fixed["notional"] = requested_notional(self.request)

        def link(**asked: str) -> str:
            return f"?{urlencode(fixed | {name: value for name, value in asked.items() if value})}"

        counts, everywhere = comparison.counts(kind), comparison.of(change=change)
        held = {one: sum(row.kind.name == one for row in everywhere) for one in KINDS}
        query = link(kind=kind, change=change)[1:]
        return {
            "change_links": [
                ("Everything", len(comparison.of(kind)), link(kind=kind), not change),
                ("Only changes", len(comparison.of(kind, ANY)), link(kind=kind, change=ANY), change == ANY),
                *(
                    (one.label, counts[one], link(kind=kind, change=one), change == one)
                    for one in Change
                    if counts[one] or change == one
                ),
            ],
            "kind_links": [
                ("All kinds", len(everywhere), link(change=change), not kind),
                *(
                    (one.title, held[one.name], link(kind=one.name, change=change), kind == one.name)
                    for one in COMPARED_KINDS
                    if held[one.name] or kind == one.name
                ),
            ],
            "offices": comparison.offices(),
            "swap": f"?{urlencode(fixed | {'a': new.code, 'b': old.code})}",
            "clear": link(),
            "querystring": f"{query}&",
            "downloads": exports.download_links(self.request.path, query),
            "citation": page_citation(self.request, f"{old.code} and {new.code} compared", f"{old.title}; {new.title}"),
        }


COLUMNS = (
    "kind changes matched_by likeness_percent a_code a_words b_code b_words moved_from moved_to "
    "tasking_gained tasking_lost a_web_url b_web_url"
).split()


def sheet(request: HttpRequest, rows: Iterable[Difference]) -> exports.Sheet:
    """The table of the page: a row a record."""
    return exports.Sheet("comparison", COLUMNS, (_cells(request, row) for row in rows))


def _cells(request: HttpRequest, row: Difference) -> list[Any]:
    old, new = row.pair.old, row.pair.new
    gained = [f"{office.code} {change.role}" for change in row.tasking for office in change.gained]
    lost = [f"{office.code} {change.role}" for change in row.tasking for office in change.lost]
    return [
        row.kind.name,
        "; ".join(row.changes),
        row.pair.rule or "",
        round(100 * row.pair.likeness) if row.pair.rule else None,
        old.code if old else "",
        "\n".join(wording.old for wording in row.wordings if wording.old),
        new.code if new else "",
        "\n".join(wording.new for wording in row.wordings if wording.new),
        *(row.moved or ("", "")),
        "; ".join(gained),
        "; ".join(lost),
        request.build_absolute_uri(old.get_absolute_url()) if old else "",
        request.build_absolute_uri(new.get_absolute_url()) if new else "",
    ]
