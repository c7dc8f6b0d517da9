"""Inlines on a record's page in the admin, and the form fields they share with the record's own form."""

from functools import cache
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AdminURLFieldWidget
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest

from ..models import CodedModel, Part, PartialDateField
from .forms import (
    PlainTextField,
    RecordChoiceField,
    RecordMultipleChoiceField,
    RecordSelect,
    RecordSelectMultiple,
    RowForm,
    points_at_record,
)
from .formsets import GenericRowFormSet, RowFormSet

NOT_STATED = "Not stated"
# Fields at the end of a form or a row, in this order.
LAST_FIELDS = ("basis", "reason", "note")
DATE_HELP = "As precise as the source: 2025, 2025-06, 2025-06-23, 2017/2032, or [..2014-09] for 'by September 2014'."


class RecordFieldsMixin:
    """Mixin of admins and inlines: autocomplete for relations to records, and the fields of dates and texts."""

    model: Any
    admin_site: Any
    empty_value_display = NOT_STATED
    formfield_overrides = {
        models.TextField: {"form_class": PlainTextField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
        PartialDateField: {"help_text": DATE_HELP, "widget": AdminTextInputWidget},
        models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
    }

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        meta = self.model._meta
        return [f.name for f in (*meta.concrete_fields, *meta.many_to_many) if points_at_record(f)]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if points_at_record(db_field):
            kwargs |= {"widget": RecordSelect(db_field, self.admin_site), "form_class": RecordChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs |= {
            "widget": RecordSelectMultiple(db_field, self.admin_site),
            "form_class": RecordMultipleChoiceField,
        }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        blank = "Choose one" if field.required else NOT_STATED
        field.choices = [(value, label if value else blank) for value, label in field.choices]
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field, "widget") and hasattr(field.widget, "can_delete_related"):
            # Records are deleted on their own pages, where what hangs on them is shown.
            field.widget.can_delete_related = False
        return field


class RowInlineMixin(RecordFieldsMixin):
    """Mixin of inlines: rows on their parent's page, read in a number of queries that does not grow with them."""

    form = RowForm
    template = "admin/edit_inline/rows.html"
    extra = 0
    view_on_site = False
    # Whether the row's own name is shown above its fields.
    names_rows: ClassVar[bool] = True
    # Whether the rows have a change list of their own, to be edited in when they are too many for a table.
    has_list: ClassVar[bool] = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_list()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field, "widget") and hasattr(field.widget, "can_add_related"):
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def lookups_for(self, record: CodedModel) -> dict[str, Any]:
        """Lookups and values that select the rows of ``record``, in an address as in a query."""
        raise NotImplementedError


class RowInline(RowInlineMixin, admin.TabularInline):
    """Inline of rows with a foreign key to their parent."""

    formset = RowFormSet

    def lookups_for(self, record: CodedModel) -> dict[str, Any]:
        fields = self.model._meta.concrete_fields
        name = self.fk_name or next(f.name for f in fields if f.related_model is self.parent_model)
        return {f"{name}__id__exact": record.pk}


class PartInline(RowInline):
    """Inline of parts of a record, with all their fields."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        own = [f.name for f in (*self.model._meta.concrete_fields, *self.model._meta.many_to_many) if f.editable]
        body = [name for name in own if name not in ("id", self.fk_name, *self.model.key_fields, *LAST_FIELDS)]
        return [*self.model.key_fields, *body, *(name for name in LAST_FIELDS if name in own)]


class RecordInline(RowInline):
    """Inline of records linked to the one on the page; those fields that fit, the rest is on their own page."""

    show_change_link = True
    has_list = True


class GenericRowInline(RowInlineMixin, GenericTabularInline):
    """Inline of rows that point at their parent by content type and id."""

    formset = GenericRowFormSet  # type: ignore[assignment]  # the stubs know the other kind only

    def lookups_for(self, record: CodedModel) -> dict[str, Any]:
        return {"content_type__id__exact": ContentType.objects.get_for_model(record).pk, "object_id": record.pk}


@cache
def part_inlines(model: type[CodedModel]) -> tuple[type[PartInline], ...]:
    """An inline for each relation of the model to its parts."""
    return tuple(
        part_inline(model, part, relation.field.name)
        for relation in model._meta.related_objects
        if issubclass(part := relation.related_model, Part) and part.parent_field == relation.field.name
    )


def part_inline(model: type[CodedModel], part: type[Part], fk_name: str) -> type[PartInline]:
    """The inline of the model's parts of one kind."""
    # "Office names" on the page of an office are its names.
    plural = str(part._meta.verbose_name_plural).removeprefix(f"{model._meta.verbose_name} ")
    singular = str(part._meta.verbose_name).removeprefix(f"{model._meta.verbose_name} ")
    options = {"model": part, "fk_name": fk_name, "verbose_name": singular, "verbose_name_plural": plural}
    return type(f"{part.__name__}Inline", (PartInline,), options)
