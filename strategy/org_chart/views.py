"""The page of the organization chart, and its files."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from ..core import exports, params
from ..core.models import Notional
from ..core.views import page_citation
from ..reader_strategy import InStrategyMixin
from .tree import OfficeNode, read_tree

TITLE = "Organization chart"
COLUMNS = (
    "code",
    "name",
    "depth",
    "part_of",
    "basis",
    "standing",
    "leads",
    "coordinates",
    "supports",
    "other_relations",
)


class OrgChartPage(InStrategyMixin):
    """``/org-chart/``: the offices as a tree; with a suffix the same rows as a file."""

    query_params = ("strategy", "notional")
    narrows = False

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        notional = params.choice_param(request.GET, "notional", Notional.values, Notional.EXCLUDE)
        tops = read_tree(notional)
        if suffix:
            return exports.download(exports.Sheet("org-chart", COLUMNS, sheet_rows(tops)), suffix)
        context = {
            "title": TITLE,
            "trees": [node for node in tops if node.below],
            "alone": [node for node in tops if not node.below],
            "count": sum(1 for top in tops for _ in top.walk()),
            "breadcrumbs": [("Strategy", "/"), ("Offices", reverse("office-list")), (TITLE, "")],
            "citation": page_citation(request, TITLE),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
            "notional": notional == Notional.ONLY,
        }
        return TemplateResponse(request, "strategy/org_chart/page.html", context)


def sheet_rows(tops: list[OfficeNode]) -> Iterator[list[Any]]:
    """The rows of COLUMNS, in the order of the page."""
    for top in tops:
        for depth, node in top.walk():
            office, relation = node.office, node.relation
            yield [
                office.code,
                office.name,
                depth,
                relation.other.code if relation else "",
                relation.get_basis_display() if relation else "",
                office.get_status_display(),
                office.leads,
                office.coordinates,
                office.supports,
                "; ".join(f"{words} {row.other.code}" for words, row in node.others),
            ]
