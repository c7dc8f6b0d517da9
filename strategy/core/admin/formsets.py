"""Formsets of the admin's inlines: rows on the page of their parent, which others may have deleted meanwhile."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from .forms import is_id


def shown_value(field: forms.Field, value: Any) -> str:
    """What an editor saw in a form field with this submitted value: of a choice its label, of a set box "yes"."""
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(value, bool):
        return "yes" if value else ""
    if not hasattr(widget, "optgroups"):
        return str(value or "").strip()
    widget.choices = field.widget.choices
    values = [str(part) for part in (value if isinstance(value, list) else [value]) if part]
    options = [option for _, group, _ in widget.optgroups("", values) for option in group if option["selected"]]
    return ", ".join(str(option["label"]) for option in options if option["value"])


class RowFormSetMixin:
    """Mixin of formsets of ``RowForm``: passes the parent to each form, and says which rows are no longer there.

    A submitted row that was deleted meanwhile becomes a new row, marked for deletion, at the end of the table: the page
    is shown again once, and saving it leaves the row out, or adds it anew if the mark is taken away.
    """

    instance: Any
    data: Any
    prefix: str
    model: Any
    form: Any
    can_delete: bool
    max_num: int
    is_bound: bool
    total_form_count: Callable[[], int]
    initial_form_count: Callable[[], int]
    get_queryset: Callable[[], Any]
    management_form: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.vanished: list[str] = []
        if self.is_bound:
            self._set_vanished_rows_apart()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"parent": self.instance}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            row = f"Delete {form.instance}" if form.instance.pk else "Delete this row"
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = row

    def clean(self) -> None:
        super().clean()
        if self.vanished:
            raise ValidationError(self.vanished)

    def _set_vanished_rows_apart(self) -> None:
        """Takes the submitted rows that are in the database no more from among those that are."""
        total, initial = self.total_form_count(), self.initial_form_count()
        remaining = {str(row.pk) for row in self.get_queryset()}
        present, gone = [], []
        for number in range(initial):
            row_id = self.data.get(f"{self.prefix}-{number}-{self.model._meta.pk.name}", "")
            if row_id in remaining:
                remaining.remove(row_id)
                present.append(number)
            else:
                gone.append(number)
        if gone:
            shown = [number for number in gone if self._note_vanished(number)]
            # Who may not delete rows, or not add them, could not decide what becomes of such a row.
            again = shown if self.can_delete and self.max_num else []
            self._renumber([*present, *range(initial, total)], again, initial=len(present))

    def _note_vanished(self, number: int) -> bool:
        """Notes the values of a row that is gone; False if its editor could not edit it, or had it deleted as well."""
        prefix = f"{self.prefix}-{number}"
        form = self.form(data=self.data, prefix=prefix, **self.get_form_kwargs(number))
        values = {name: form[name].data for name in form.fields if form[name].html_name in self.data}
        if not values or f"{prefix}-{DELETION_FIELD_NAME}" in self.data:
            return False
        shown = {form[name].label: shown_value(form.fields[name], value) for name, value in values.items()}
        words = "; ".join(f"{label}: {text}" for label, text in shown.items() if text)
        self.vanished.append(
            f"Another editor deleted this row meanwhile: {words or 'without values'}. Saving again leaves it out."
        )
        return True

    def _renumber(self, rows: list[int], deleted: list[int], initial: int) -> None:
        """Gives the submitted rows new numbers: those to be kept, then those that are marked for deletion."""
        old, new = self.data, QueryDict(mutable=True)
        places = {str(number): str(place) for place, number in enumerate([*rows, *deleted])}
        own_id = self.model._meta.pk.name
        for name, values in old.lists():
            number, _, field = name.removeprefix(f"{self.prefix}-").partition("-")
            if not name.startswith(f"{self.prefix}-") or not is_id(number):
                new.setlist(name, values)
            elif number in places and not (field == own_id and int(number) in deleted):
                new.setlist(f"{self.prefix}-{places[number]}-{field}", values)
        for number in deleted:
            new[f"{self.prefix}-{places[str(number)]}-{DELETION_FIELD_NAME}"] = "on"
        new[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(places))
        new[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(initial)
        self.data = new
        del self.management_form


class RowFormSet(RowFormSetMixin, forms.BaseInlineFormSet):
    """Rows with a foreign key to their parent."""


class GenericRowFormSet(RowFormSetMixin, BaseGenericInlineFormSet):
    """Rows that point at their parent by content type and id."""
