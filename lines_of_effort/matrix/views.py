"""The view behind ``/matrix/`` and its twins: it asks which matrix is meant, and refuses what neither knows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from strategy.core import exports, params
from strategy.core.filters import requested_notional, url_with_params
from strategy.core.models import Notional
from strategy.views.base import page_citation

from .axes import Axis, Pairs
from .pairs import PairMatrix
from .tasking import TaskingMatrix


def matrix_of(request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> PairMatrix | TaskingMatrix:
    """The matrix that is asked for: of any pair where one is named, else the tasking matrix."""
    kind = PairMatrix if "rows" in request.GET or "columns" in request.GET else TaskingMatrix
    return kind(request, extra, blank=blank)


class MatrixView(View):
    """Without ``rows`` and ``columns`` the tasking matrix, with them the counts of that pair."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            matrix = matrix_of(request)
            if suffix:
                return exports.download(matrix.sheet(), suffix)
            context = matrix.context()
        except params.BadParametersError as error:
            return self.refusal(error)
        context |= {
            "citation": page_citation(request, context["title"]),
            "breadcrumbs": [("Strategy", "/"), *self._above(matrix), (context["title"], "")],
            "notional": requested_notional(request) == Notional.ONLY,
            "mixed": requested_notional(request) == Notional.INCLUDE,
            **self.choice_of_pair(),
        }
        return TemplateResponse(request, matrix.template, context)

    def refusal(self, error: params.BadParametersError) -> TemplateResponse:
        context = {"problems": error.errors, "way_on": reverse("matrix"), **self.choice_of_pair()}
        return TemplateResponse(self.request, "lines_of_effort/matrix/refused.html", context, status=400)

    def _above(self, matrix: Any) -> list[tuple[str, str]]:
        return [] if isinstance(matrix, TaskingMatrix) else [(TaskingMatrix.title, reverse("matrix"))]

    def choice_of_pair(self) -> dict[str, Any]:
        """What the form and the links to the other matrices need."""
        asked = self.request.GET
        pairs = {frozenset(pair): pair for pair in reversed(list(Pairs.all()))}
        return {
            "axes": Pairs.axes.values(),
            "asked_rows": asked.get("rows", "goal"),
            "asked_columns": asked.get("columns", "line_of_effort"),
            "asked_notional": asked.get("notional", ""),
            "pairs": [
                {
                    "label": f"{rows.plural.capitalize()} by {columns.plural}",
                    "url": self._address(rows, columns),
                    "chosen": asked.get("rows") == rows.key and asked.get("columns") == columns.key,
                }
                for rows, columns in reversed(pairs.values())
            ],
        }

    def _address(self, rows: Axis, columns: Axis) -> str:
        kept = params.select_params(self.request.GET, ["notional"])
        return url_with_params(reverse("matrix"), kept, rows=rows.key, columns=columns.key)
