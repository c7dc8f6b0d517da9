"""Bases of the admin of content: changes are logged and never lost; evidence is edited beside the record."""

from typing import Any, ClassVar

from django.http import HttpRequest

from ..core.admin import GenericRowInline, QuestionFilter, RecordAdmin
from ..models import Citation, Subject
from .editing import EditingMixin
from .pointer_forms import ParentPointerForm


class ContentAdmin(EditingMixin, RecordAdmin):
    """Base of the admin of every kind of content."""


class CitationInline(GenericRowInline):
    model = Citation
    form = ParentPointerForm
    fields = ("code", "source", "basis", "field", "part", "locator", "reason")
    show_change_link = True
    has_list = True


class RemarkInline(GenericRowInline):
    model = Subject
    form = ParentPointerForm
    fields = ("conflict", "silence", "observation", "field", "part")
    verbose_name = "remark"
    verbose_name_plural = "conflicts, silences and observations about it"


class SourcedFilter(QuestionFilter):
    title = "sources"
    parameter_name = "sources"
    questions = {"without_citation": "None given"}


class EvidencedAdmin(ContentAdmin):
    """Base of the admin of every ``Record``."""

    evidence: ClassVar[tuple[type, ...]] = (CitationInline, RemarkInline)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [*super().get_inlines(request, obj), *self.evidence]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), SourcedFilter]
