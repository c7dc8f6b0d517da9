"""The tasking of one office, taken away: as text to paste, and as rows."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import View

from strategy.core import export, params
from strategy.core.querysets import Notional
from strategy.evidence import Evidence
from strategy.models import Office
from strategy.views import bad_request

from ..analysis.office_tasking import Task, Tasking, all_tasks
from ..analysis.tasking_text import tasking_text

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
            params.check(request.GET, (), blank=False)
        except params.BadParametersError as error:
            return bad_request(request, error)
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
        rows = (self.row(office, task) for task in all_tasks(office))
        return export.download(export.Sheet(f"{office.code}-tasking", COLUMNS, rows), kwargs["suffix"])

    def row(self, office: Office, task: Task) -> list[Any]:
        one, activity = task.assignment, task.activity
        also = {role: "; ".join(other.office.code for other in others) for role, others in task.others_by_role}
        line = activity.line_of_effort
        return [
            one.code, office.code, office.name, one.role, one.verb, activity.code, activity.title,
            one.office_as_stated, one.relation, f"{line.code} {line.title}" if line else "", activity.line_basis,
            "; ".join(f"{link.goal.code} ({link.basis})" for link in task.goals),
            also["lead"], also["coordinating"], also["supporting"], one.basis,
            "; ".join(citation.source.code for citation in one.citations.all() if citation.source), one.notional,
            self.request.build_absolute_uri(activity.get_absolute_url()),
        ]  # fmt: skip
