"""Files of the tasking of one office: plain text to paste, and a table of every assignment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from strategy.core import exports
from strategy.core.models import Notional
from strategy.core.views import StrictPage, find_record
from strategy.evidence import Evidence
from strategy.models import Office

from .office import Tasking
from .sheet import tasking_sheet
from .text import tasking_text


class OfficeFile(StrictPage):
    """Base of files about one office. They take no parameters; an unknown office is not found."""

    def get(self, request: HttpRequest, code: str, **kwargs: str) -> HttpResponseBase:
        return self.file(self.get_office(code), **kwargs)

    def get_office(self, code: str) -> Any:
        """The office with its ``with_tasking_counts``; raises Http404."""
        return find_record(Office.objects.visible(Notional.INCLUDE).with_tasking_counts(), code)

    def file(self, office: Any, **kwargs: str) -> HttpResponseBase:
        """The response; ``kwargs`` are those of the URL besides the code."""
        raise NotImplementedError


class OfficeTaskingText(OfficeFile):
    """``tasking.txt``: the text that the office's page offers to paste."""

    def file(self, office: Any, **kwargs: str) -> HttpResponse:
        tasking = Tasking(office)
        address = self.request.build_absolute_uri(office.get_absolute_url())
        text = tasking_text(tasking, Evidence(office, tasking.rows).of_row, address)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


class OfficeTaskingFile(OfficeFile):
    """``tasking.csv``, ``.xlsx`` and ``.json``: every assignment of the office, however many."""

    def file(self, office: Any, **kwargs: str) -> HttpResponseBase:
        return exports.download(tasking_sheet(self.request, office), kwargs["suffix"])
