"""The page of a brief, and its files."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from lines_of_effort.models import LineOfEffort
from strategy.core import params
from strategy.core.models import CodedModel, Notional
from strategy.core.views import StrictPage, find_record, plural_title
from strategy.models import Goal, Office

from ..models import Partner
from .brief import Brief, BriefReader
from .goals import GoalBrief, LineBrief
from .nations import PartnerBrief
from .offices import OfficeBrief
from .paper import CAVEAT, PAPERS, Letterhead

READERS: dict[type[CodedModel], type[BriefReader]] = {
    Office: OfficeBrief,
    Goal: GoalBrief,
    LineOfEffort: LineBrief,
    Partner: PartnerBrief,
}


class BriefView(StrictPage):
    """Base of the page and the files: finds the record by its code and reads its brief."""

    model: ClassVar[type[CodedModel]] = Office

    def read_brief(self, code: str) -> Brief:
        """The brief; raises Http404."""
        rows: Any = self.model._default_manager.visible(Notional.INCLUDE)
        if self.model is Office:
            rows = rows.with_tasking_counts()
        return READERS[self.model](find_record(rows, code)).read()

    def letterhead(self, brief: Brief) -> Letterhead:
        """What stands around the brief on paper."""
        address = self.request.build_absolute_uri(brief.record.get_absolute_url())
        return Letterhead(settings.SITE_NAME, settings.MARKING, address)


class BriefPage(BriefView):
    """The brief as a page that prints on one sheet."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        brief = self.read_brief(code)
        name = str(self.model._meta.model_name)
        context = {
            "brief": brief,
            "letterhead": self.letterhead(brief),
            "caveat": CAVEAT,
            "notional": brief.record.notional,
            "downloads": file_links(brief.record),
            "breadcrumbs": [
                ("Strategy", "/"),
                (plural_title(self.model), reverse(f"{name}-list")),
                (brief.record.code, brief.record.get_absolute_url()),
                ("Brief", ""),
            ],
        }
        return TemplateResponse(request, "partners/brief/page.html", context)


class BriefFile(BriefView):
    """The brief as a file; ``paper`` chooses the size of the sheet."""

    query_params = ("paper",)
    content_type = ""
    suffix = ""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        paper = params.choice_param(request.GET, "paper", PAPERS, "letter")
        brief = self.read_brief(code)
        response = HttpResponse(self.write(brief, self.letterhead(brief), paper), content_type=self.content_type)
        response["Content-Disposition"] = f'attachment; filename="{code}-brief.{self.suffix}"'
        return response

    def write(self, brief: Brief, letterhead: Letterhead, paper: str) -> bytes:
        """The file's content."""
        raise NotImplementedError


class BriefDocument(BriefFile):
    """``brief.docx``: a Word document."""

    suffix = "docx"
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, brief: Brief, letterhead: Letterhead, paper: str) -> bytes:
        # Loaded when a reader downloads one: it makes a process 9 MB larger.
        from .word_document import write_word_document

        return write_word_document(brief, letterhead, paper)


class BriefPDF(BriefFile):
    """``brief.pdf``: a tagged PDF."""

    suffix = "pdf"
    content_type = "application/pdf"

    def write(self, brief: Brief, letterhead: Letterhead, paper: str) -> bytes:
        from .pdf_document import write_pdf_document

        return write_pdf_document(brief, letterhead, paper)


def brief_urls(segment: str, model: type[CodedModel]) -> list[URLPattern]:
    """``/<segment>/<code>/brief/``, and the same as ``brief.docx`` and ``brief.pdf``."""
    name = model._meta.model_name
    return [
        path(f"{segment}/<str:code>/brief/", BriefPage.as_view(model=model), name=f"{name}-brief"),
        *(
            path(
                f"{segment}/<str:code>/brief.{view.suffix}",
                view.as_view(model=model),
                name=f"{name}-brief-{view.suffix}",
            )
            for view in (BriefDocument, BriefPDF)
        ),
    ]


def brief_url(record: CodedModel) -> str:
    """The address of the page of a record's brief."""
    return reverse(f"{record._meta.model_name}-brief", kwargs={"code": record.code})


def file_links(record: CodedModel) -> list[tuple[str, str]]:
    """Label and address of each file of a record's brief."""
    address = brief_url(record).rstrip("/")
    return [
        ("Word", f"{address}.docx"),
        ("PDF, Letter", f"{address}.pdf"),
        ("PDF, A4", f"{address}.pdf?paper=a4"),
    ]
