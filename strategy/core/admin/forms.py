"""Forms of the admin: what a record's form, and each row of a table within it, needs beyond Django's own."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone

from ..models import CodedModel, Notional

# Longer numbers are no row's, and a database may fail on them.
ID_DIGITS = 18


def labeled(record: Any) -> str:
    """A record as lists of choices show it: training content says so first."""
    return f"NOTIONAL {record}" if getattr(record, "notional", False) else str(record)


def points_at_record(field: Any) -> bool:
    related = field.related_model
    return isinstance(related, type) and issubclass(related, CodedModel)


class _Brought:
    """Select of records that asks the database only for those that did not come with the row.

    Django's own asks once for every select in every row.
    """

    known: Mapping[str, models.Model] = {}
    # Which content it offers; a new record may be of either kind.
    scope: str = Notional.INCLUDE
    choices: Any

    def get_url(self) -> str:
        return f"{super().get_url()}?notional={self.scope}"

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": "None chosen"}

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        widget: Any = self
        wanted = [str(key) for key in value if key not in (None, "")]
        missing = [key for key in wanted if key not in self.known and is_id(key)]
        found = dict(self.known)
        if missing:
            found |= {str(row.pk): row for row in self.choices.queryset.filter(pk__in=missing)}
        pairs = [(key, labeled(found[key])) for key in wanted if key in found]
        if not widget.is_required and not widget.allow_multiple_selected:
            pairs = [("", ""), *pairs]
        options = [
            widget.create_option(name, key, text, key in wanted, index) for index, (key, text) in enumerate(pairs)
        ]
        return [(None, options, 0)]


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= ID_DIGITS


class RecordSelect(_Brought, AutocompleteSelect):
    """One record, found by typing a part of its code or name."""


class RecordSelectMultiple(_Brought, AutocompleteSelectMultiple):
    """Several records, found likewise; each is taken out by itself, and none by a stray click all together."""

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class RecordChoiceField(forms.ModelChoiceField):
    """A foreign key to a record; the one that came with the row is not read again."""

    known: Mapping[str, Any] = {}

    def to_python(self, value: Any) -> Any:
        # Python reads digits of every script as a number, and would find a record nobody named.
        if isinstance(value, str) and value and not is_id(value):
            raise ValidationError("Choose a record from the list.", code="invalid_choice")
        return self.known.get(str(value)) or super().to_python(value)


class RecordMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Several records."""

    known: Mapping[str, Any] = {}

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and not all(is_id(str(key)) for key in value):
            raise ValidationError("Choose records from the list.", code="invalid_choice")
        return super().clean(value)


class PlainTextField(forms.CharField):
    """Running text with the line ends of the fixtures: a browser sends others, which would be a change."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class RecordForm(forms.ModelForm):
    """The form of a record. What a rule of the model says always reaches the reader."""

    # Where an error is shown that the model gives to a field this form does not have.
    stands_for: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        code = self.fields.get("code")
        if code is not None and self.instance.pk:
            code.disabled = True
        elif code is not None and self._meta.model.code_prefix:
            code.required = False
            code.help_text = "Leave blank to have one given. It can never be changed."
        elif code is not None:
            code.help_text = "Our own short name, in addresses and files. It can never be changed."
        for name, field in self.fields.items():
            if isinstance(field, RecordChoiceField | RecordMultipleChoiceField):
                widget: Any = getattr(field.widget, "widget", field.widget)
                field.known = widget.known = _came_with(self.instance, name)
                widget.scope = self.scope

    @property
    def owner(self) -> Any:
        """The record whose content, sourced or notional, the form is part of."""
        return self.instance

    @property
    def scope(self) -> str:
        if not self.owner.pk:
            return Notional.INCLUDE
        return Notional.ONLY if self.owner.notional else Notional.EXCLUDE

    def clean_code(self) -> str:
        return self.cleaned_data["code"] or fresh_code(self._meta.model, self.prefix or "")

    def _update_errors(self, errors: ValidationError) -> None:
        """Django fails on an error of a field that is not in the form; here it stands at the head."""
        if hasattr(errors, "error_dict"):
            placed: dict[str, list] = {}
            for name, found in errors.error_dict.items():
                place = self.stands_for.get(name, name)
                if place != name and place in self.errors:
                    continue
                placed.setdefault(place if place in self.fields else NON_FIELD_ERRORS, []).extend(found)
            errors = ValidationError(placed)
        super()._update_errors(errors)


def _came_with(row: models.Model, name: str) -> dict[str, models.Model]:
    """The records in one field of ``row`` that were read together with it."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        rows = getattr(row, "_prefetched_objects_cache", {}).get(name, ())
    else:
        rows = [getattr(row, name)] if field.is_cached(row) else ()
    return {str(other.pk): other for other in rows if other is not None}


def fresh_code(model: type[CodedModel], place: str = "") -> str:
    """A code for a record nobody names: the time and the row it was entered in.

    Not the next number: after the last record is deleted, that would be its code again.
    """
    row = "".join(part for part in place.split("-")[-1] if part.isdigit()) or "0"
    return f"{model.code_prefix}-{timezone.now():%y%m%d-%H%M%S}-{row}"


class RowForm(RecordForm):
    """A row in a table on its parent's page."""

    def __init__(self, *args: Any, parent: CodedModel, **kwargs: Any):
        self.parent = parent
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget: Any = getattr(field.widget, "widget", field.widget)
            # The head of a column is no label that assistive technology would read.
            widget.attrs["aria-label"] = field.label
        if "code" in self.fields:
            self.fields["code"].widget.attrs["placeholder"] = "given" if self._meta.model.code_prefix else ""

    @property
    def owner(self) -> Any:
        return self.parent

    def _post_clean(self) -> None:
        """Rows nobody touched are not checked again, at a handful of queries each."""
        if self.instance.pk and not self.has_changed():
            return
        if isinstance(self.instance, CodedModel) and not self.instance.pk:
            self.instance.notional = self.parent.notional
        super()._post_clean()


class _Rows:
    """Formset that tells its forms whose rows they are."""

    instance: Any

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"parent": self.instance}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            row = f"Delete {form.instance}" if form.instance.pk else "Delete this row"
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = row


class RowFormSet(_Rows, forms.BaseInlineFormSet):
    """Rows that point at their parent."""


class GenericRowFormSet(_Rows, BaseGenericInlineFormSet):
    """Rows that may point at a record of any kind."""
