"""Base class of the admin of every record: list and form are derived from the model."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from ..cache import count_each
from ..filters import SearchFilter
from ..models import CodedModel, Notional, dates
from ..text import SearchError
from .changelist import RecordChangeList
from .deletion import deleted_objects
from .forms import RecordForm, points_at_record
from .inlines import LAST_FIELDS, RecordFieldsMixin, part_inlines
from .list_filters import NotionalFilter, PresentFilter
from .strict_admin import MAX_ROWS, StrictAdminMixin

FIRST_FIELDS = ("code", "content", "notional", "strategy")
MAX_NAME_LENGTH = 90
NOTIONAL_MARK = mark_safe('<strong class="basis basis--notional">NOTIONAL</strong>')


def joined_codes(records: Iterable[Any], empty: str) -> str:
    """HTML of the codes of ``records`` in a cell of a list; ``empty`` if there are none."""
    return format_html_join(", ", '<span class="code">{}</span>', ((record.code,) for record in records)) or empty


class RecordAdmin(RecordFieldsMixin, StrictAdminMixin, admin.ModelAdmin):
    """Base of every record's admin.

    ``columns`` are fields or display methods of the list, beside code, name, basis and date of change. ``filters`` are
    list filters beside those for choices and yes-no fields. ``leading`` and ``inlines`` are inlines before and after
    those of the record's parts.
    """

    form = RecordForm
    columns: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[Any, ...]] = ()
    leading: ClassVar[tuple[type, ...]] = ()
    inlines: Any = ()
    actions: Any = ()
    # Fieldsets by their head: the prefix of the names of their fields.
    groups: ClassVar[dict[str, str]] = {}
    ordering = ("code_order", "code")
    list_per_page = 50
    show_facets = admin.ShowFacets.ALLOW

    @classmethod
    def contribute(cls, *inlines: type, first: bool = False, actions: tuple[Any, ...] = ()) -> None:
        """Adds inlines from an app above this one, at the end or before all others, and actions of the list."""
        cls.actions = (*cls.actions, *actions)
        if first:
            cls.leading = (*cls.leading, *inlines)
        else:
            cls.inlines = (*cls.inlines, *inlines)

    # ---- Derived from the model ----

    def _fields(self) -> list[Any]:
        meta = self.model._meta
        return [f for f in (*meta.concrete_fields, *meta.many_to_many) if f.editable and not f.primary_key]

    def _has(self, name: str) -> bool:
        return any(field.name == name for field in self._fields())

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.for_detail()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordChangeList

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        basis = ["shown_basis"] if self._has("basis") else []
        return ["shown_code", "shown_name", *map(self._column, self.columns), *basis, "shown_updated"]

    def _column(self, name: str) -> str | Callable[[Any], str]:
        """The column of a field: a partial date is shown in words and ordered by its latest day."""
        field = next((f for f in self._fields() if f.name == name), None)
        if not isinstance(field, dates.PartialDateField):
            return name

        @admin.display(description=field.verbose_name, ordering=field.latest or name)
        def shown_date(row: Any) -> str:
            return dates.display_date(getattr(row, name))

        return shown_date

    @admin.display(description="Code", ordering="code_order")
    def shown_code(self, record: CodedModel) -> str:
        return record.code

    @admin.display(description="Name")
    def shown_name(self, record: CodedModel) -> str:
        name = Truncator(record.label).chars(MAX_NAME_LENGTH)
        return format_html("{} {}", NOTIONAL_MARK, name) if record.notional else name

    @admin.display(description="Basis", ordering="basis")
    def shown_basis(self, record: Any) -> str:
        return format_html('<span class="basis basis--{}">{}</span>', record.basis, record.get_basis_display())

    @admin.display(description="Last changed", ordering="updated")
    def shown_updated(self, record: CodedModel) -> str:
        return f"{record.updated:%Y-%m-%d}"

    @admin.display(description="Content")
    def content(self, record: CodedModel) -> str:
        return NOTIONAL_MARK if record.notional else "Sourced"

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        closed = [
            field.name
            for field in self._fields()
            if (field.choices or isinstance(field, models.BooleanField))
            and field.name != "notional"
            and not field.name.endswith(("_basis", "_confidence"))
        ]
        strategy = [("strategy", PresentFilter)] if self._has("strategy") else []
        return [NotionalFilter, *strategy, *self.filters, *closed, "updated"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Code, the fields of full-text search, other names and, for a link, the codes of the records it links."""
        names = ["names__value"] if hasattr(self.model, "names") else []
        ends = [
            f"{f.name}__code" for f in self._fields() if self.model.is_link and f.many_to_one and points_at_record(f)
        ]
        return ["code", *self.model.search_fields, *names, *ends]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Beside what holds the typed letters, what the site's own search finds: synonyms, other forms of a word."""
        rows, has_duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return rows, has_duplicates
        try:
            return rows | SearchFilter.matching(queryset, search_term), has_duplicates
        except SearchError as error:
            raise IncorrectLookupParameters(str(error)) from error

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code", "content", "updated"] if obj else []

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whether a record is notional cannot be changed: it says which records it may be linked to."""
        return ["notional"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names: list[Any] = list(self.get_fields(request, obj))
        heads = {head: [name for name in names if name.startswith(start)] for head, start in self.groups.items()}
        grouped = [name for group in heads.values() for name in group]
        # A reason without a basis is a fact of its own.
        last = [name for name in (*LAST_FIELDS, "updated") if name in names and (name != "reason" or "basis" in names)]
        first = [name for name in FIRST_FIELDS if name in names]
        body = [name for name in names if name not in (*first, *grouped, *last)]
        sets: list[tuple[str | None, dict[str, Any]]] = [(None, {"fields": [*first, *body]})]
        sets += [(head, {"fields": group}) for head, group in heads.items()]
        return [*sets, ("Evidence and notes", {"fields": last})]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [*self.leading, *part_inlines(self.model), *self.inlines]

    def view_on_site(self, record: CodedModel) -> str:
        return record.get_absolute_url()

    # ---- Inlines too long to edit ----

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        crowded = {type(inline) for inline, _ in self._crowded(request, obj)}
        return [inline for inline in super().get_inline_instances(request, obj) if type(inline) not in crowded]

    def _crowded(self, request: HttpRequest, obj: Any) -> list[tuple[Any, int]]:
        """Inlines with more than ``MAX_ROWS`` rows, and how many, in one query; without those that were submitted."""
        if obj is None or not obj.pk:
            return []
        inlines: list[Any] = super().get_inline_instances(request, obj)
        listed = [inline for inline in inlines if inline.has_list]
        rows = [inline.model._default_manager.filter(**inline.lookups_for(obj)) for inline in listed]
        numbers = count_each(rows) if rows else []
        return [
            (inline, number)
            for inline, number in zip(listed, numbers, strict=True)
            if number > MAX_ROWS
            and f"{inline.get_formset(request, obj).get_default_prefix()}-TOTAL_FORMS" not in request.POST
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, obj: Any = None, **kwargs: Any) -> Any:
        context["crowded"] = [
            {"title": inline.verbose_name_plural, "count": number, "url": self._list_url(inline, obj)}
            for inline, number in self._crowded(request, obj)
        ]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _list_url(self, inline: Any, record: CodedModel) -> str:
        params = inline.lookups_for(record) | ({"notional": Notional.ONLY} if record.notional else {})
        meta = inline.model._meta
        return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{urlencode(params)}"

    # ---- Requests ----

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return deleted_objects(list(objs), request, self.admin_site)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saves only what was changed, so that "last changed" stays true."""
        if not change or form.has_changed():
            # Never a new row for one that was deleted meanwhile.
            obj.save(force_insert=not change, force_update=change)
