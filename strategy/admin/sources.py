"""Admin of sources, citations, conflicts, silences and observations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from ..core.admin import QuestionFilter, RecordAdmin, RecordInline, RowInline
from ..models import Citation, Conflict, Observation, Silence, Source, Subject
from .base import RemarkInline
from .pointer_forms import NamedRecordForm, NamedRecordRowForm, NamedRecordShown


class UsedFilter(QuestionFilter):
    title = "use"
    parameter_name = "use"
    questions = {"unused": "Nothing cites it"}


class CitedInline(RecordInline):
    """What a source is cited for. A citation is entered on the page of the record it supports."""

    model = Citation
    fields = readonly_fields = ("citation", "about", "field", "part", "basis", "locator")
    verbose_name_plural = "cited for"
    names_rows = False

    @admin.display(description="Citation")
    def citation(self, citation: Citation) -> str:
        url = reverse("admin:strategy_citation_change", args=[citation.pk])
        return format_html('<a href="{}">{}</a>', url, citation.code)

    @admin.display(description="Record")
    def about(self, citation: Citation) -> str:
        return f"{citation.target.code} {citation.target.title}"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


class SubjectInline(NamedRecordShown, RowInline):
    """The records a conflict, a silence or an observation is about."""

    model = Subject
    form = NamedRecordRowForm
    fields = ("record_kind", "record_code", "field", "part")
    verbose_name = "record it is about"
    verbose_name_plural = "records it is about"


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    columns = ("date", "tier", "kind")
    filters = (UsedFilter,)
    inlines = (CitedInline, RemarkInline)
    date_hierarchy = "latest"


@admin.register(Citation)
class CitationAdmin(NamedRecordShown, RecordAdmin):
    form = NamedRecordForm
    columns = ("about", "field", "source", "confidence")

    @admin.display(description="Record")
    def about(self, citation: Citation) -> str:
        return citation.target.code

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        named = ("record_kind", "record_code")
        pointer = ("content_type", "object_id")
        return [*named, *(name for name in super().get_fields(request, obj) if name not in (*named, *pointer))]


class RemarkAdmin(RecordAdmin):
    """Base of what is said about records."""

    inlines = (SubjectInline,)


@admin.register(Conflict)
class ConflictAdmin(RemarkAdmin):
    columns = ("reading", "confidence", "status")


@admin.register(Silence)
class SilenceAdmin(RemarkAdmin):
    columns = ("kind",)


@admin.register(Observation)
class ObservationAdmin(RemarkAdmin):
    columns = ("kind", "in_strategy")
