"""The tasking of one office, taken away: as text to paste, and as rows."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import View

from strategy.core import exports, params
from strategy.core.models import Notional
from strategy.evidence import Evidence
from strategy.models import Office
from strategy.views import bad_request_page

from ..querysets import ROLES
from .office import Tasking
from .rows import TaskRow, every
from .text import tasking_text

COLUMNS = (
    "code", "office", "office_name", "role", "verb", "activity", "activity_title", "office_as_stated", "relation",
    "line_of_effort", "line_basis", "goals", "also_lead", "also_coordinating", "also_supporting", "basis", "sources",
    "notional", "web_url",
)  # fmt: skip


class OfficeFile(View):
    """A file about one office: it takes no parameters, and an unknown office is not found."""

    http_method_names = ["get", "head", "options"]

    def office(self, code: str) -> Any:
        offices = Office.objects.visible(Notional.INCLUDE).with_tasking_counts()
        office = offices.filter(code=code).first() if "\x00" not in code else None
        if office is None:
            raise Http404(f"There is no office '{code}'.")
        return office

    def get(self, request: HttpRequest, code: str, **kwargs: str) -> HttpResponseBase:
        try:
            params.check_params(request.GET, (), blank=False)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        return self.file(self.office(code), **kwargs)

    def file(self, office: Any, **kwargs: str) -> HttpResponseBase:
        raise NotImplementedError


class OfficeTaskingText(OfficeFile):
    """``tasking.txt``: what stands on the office's page to paste."""

    def file(self, office: Any, **kwargs: str) -> HttpResponse:
        tasking = Tasking(office)
        address = self.request.build_absolute_uri(office.get_absolute_url())
        text = tasking_text(tasking, Evidence(office, tasking.rows).of_row, address)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


class OfficeTasking(OfficeFile):
    """``tasking.csv``, ``.xlsx`` and ``.json``: every assignment of the office, however many."""

    def file(self, office: Any, **kwargs: str) -> HttpResponseBase:
        return exports.download(sheet(self.request, office), kwargs["suffix"])


def sheet(request: HttpRequest, office: Office) -> exports.Sheet:
    """A row a task."""
    rows = (_row(request, office, task) for task in every(office))
    return exports.Sheet(f"{office.code}-tasking", COLUMNS, rows)


def _row(request: HttpRequest, office: Office, task: TaskRow) -> list[Any]:
    also = ["; ".join(code for code, _ in task.others[role]) for role in ROLES]
    return [
        task.code, office.code, office.name, task.role, task.verb, task.activity_code, task.activity_title,
        task.office_as_stated, task.relation, f"{task.line_code} {task.line_title}" if task.line else "",
        task.line_basis, "; ".join(f"{code} ({basis})" for _, code, _, basis in task.goals), *also, task.basis,
        "; ".join(code for _, _, _, _, _, code, _, _ in task.citations if code), task.notional,
        request.build_absolute_uri(reverse("activity-detail", args=[task.activity_code])),
    ]  # fmt: skip
