"""Admin of sources, citations, conflicts, silences and observations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from ..core.admin import QuestionFilter, RecordInline, RowInline
from ..models import Citation, Conflict, Observation, Silence, Source, Subject
from .base import ContentAdmin, RemarkInline
from .pointer_forms import RecordByCodeColumns, RecordByCodeForm, RecordByCodeRowForm


class UsedFilter(QuestionFilter):
    title = "use"
    parameter_name = "use"
    questions = {"unused": "Nothing cites it"}


class CitedInline(RecordInline):
    """Read-only inline of the citations of a source; they are entered on the pages of the records they support."""

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


class SubjectInline(RecordByCodeColumns, RowInline):
    """Inline of the records a conflict, a silence or an observation is about."""

    model = Subject
    form = RecordByCodeRowForm
    fields = ("record_kind", "record_code", "field", "part")
    verbose_name = "record it is about"
    verbose_name_plural = "records it is about"


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    columns = ("date", "tier", "kind")
    filters = (UsedFilter,)
    inlines = (CitedInline, RemarkInline)
    date_hierarchy = "latest"


@admin.register(Citation)
class CitationAdmin(RecordByCodeColumns, ContentAdmin):
    form = RecordByCodeForm
    columns = ("about", "field", "source", "confidence")

    @admin.display(description="Record")
    def about(self, citation: Citation) -> str:
        return citation.target.code

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        by_code = ("record_kind", "record_code")
        pointer = ("content_type", "object_id")
        return [*by_code, *(name for name in super().get_fields(request, obj) if name not in (*by_code, *pointer))]


class RemarkAdmin(ContentAdmin):
    """Base of the admin of conflicts, silences and observations."""

    inlines = (SubjectInline,)


@admin.register(Conflict)
class ConflictAdmin(RemarkAdmin):
    columns = ("reading", "confidence", "status")


@admin.register(Silence)
class SilenceAdmin(RemarkAdmin):
    columns = ("kind", "checked")


@admin.register(Observation)
class ObservationAdmin(RemarkAdmin):
    columns = ("kind", "in_strategy")
