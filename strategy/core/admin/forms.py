"""Forms, fields and widgets of the admin: for a record, and for the rows of the inlines on its page."""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.utils import pretty_name
from django.utils import timezone

from ..models import CodedModel, Notional

# No row has a longer id, and a database may fail on one.
MAX_ID_DIGITS = 18
# Records that one field takes; a database may fail on very many.
MAX_CHOICES = 1000


def labeled(record: Any) -> str:
    """A record as lists of choices show it: ``NOTIONAL`` first if it is training content."""
    return f"NOTIONAL {record}" if getattr(record, "notional", False) else str(record)


def points_at_record(field: Any) -> bool:
    """Whether a model field is a relation to a coded record."""
    related = field.related_model
    return isinstance(related, type) and issubclass(related, CodedModel)


class CachedChoicesMixin:
    """Mixin of autocomplete widgets: reads only those selected records that were not read together with the row.

    Django's own widget makes a query for every select in every row.
    """

    # Records by id, as text.
    cached_records: Mapping[str, models.Model] = {}
    # A value of ``Notional``: the content it offers. A new record may be of either kind.
    scope: str = Notional.INCLUDE
    choices: Any

    def get_url(self) -> str:
        return f"{super().get_url()}?notional={self.scope}"

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": base_attrs.get("data-placeholder", "None chosen")}

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        widget: Any = self
        selected = [str(key) for key in value if key not in (None, "")][:MAX_CHOICES]
        missing = [key for key in selected if key not in self.cached_records and is_id(key)]
        records = dict(self.cached_records)
        if missing:
            records |= {str(row.pk): row for row in self.choices.queryset.filter(pk__in=missing)}
        pairs = [(key, labeled(records[key])) for key in selected if key in records]
        if not widget.is_required and not widget.allow_multiple_selected:
            pairs = [("", ""), *pairs]
        options = [
            widget.create_option(name, key, text, key in selected, index) for index, (key, text) in enumerate(pairs)
        ]
        return [(None, options, 0)]


def is_id(text: str) -> bool:
    """Whether the text is a number that may be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS


class RecordSelect(CachedChoicesMixin, AutocompleteSelect):
    """Autocomplete widget for one record, by a part of its code or name."""


class RecordSelectMultiple(CachedChoicesMixin, AutocompleteSelectMultiple):
    """Autocomplete widget for several records, without the button that clears all of them."""

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class RecordChoiceField(forms.ModelChoiceField):
    """Form field of a foreign key to a record; the one that was read with the row is not read again."""

    cached_records: Mapping[str, Any] = {}

    def to_python(self, value: Any) -> Any:
        # Python reads digits of every script as a number, and would find a record nobody named.
        if isinstance(value, str) and value and not is_id(value):
            raise ValidationError("Choose a record from the list.", code="invalid_choice")
        return self.cached_records.get(str(value)) or super().to_python(value)


class RecordMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Form field of a many-to-many relation to records."""

    cached_records: Mapping[str, Any] = {}

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) > MAX_CHOICES:
            raise ValidationError(f"Choose at most {MAX_CHOICES}.", code="too_many")
        if isinstance(value, list | tuple) and not all(is_id(str(key)) for key in value):
            raise ValidationError("Choose records from the list.", code="invalid_choice")
        return super().clean(value)


class PlainTextField(forms.CharField):
    """Text field that turns the line ends a browser sends into those of the fixtures, so that they are no change."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class RecordForm(forms.ModelForm):
    """Form of a record. Every error of the model's validation is shown, also of fields the form does not have."""

    # Why nothing can be saved, where the database has said so.
    refusal: ClassVar[str] = ""
    # What to say at a field that others changed as well, by its name in the submitted data.
    remarks: ClassVar[Mapping[str, str]] = {}
    # Form field to show an error at, by the name of a model field that the form does not have.
    error_fields: ClassVar[Mapping[str, str]] = {}

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
                # A field that the form declares is none of the model's.
                cached = {} if name in self.declared_fields else _cached_records(self.instance, name)
                field.cached_records = widget.cached_records = cached
                widget.scope = self.scope

    @property
    def owner(self) -> Any:
        """The record whose content, sourced or notional, the form is part of."""
        return self.instance

    @property
    def scope(self) -> str:
        """The content the form may point at: a value of ``Notional``."""
        if not self.owner.pk:
            return Notional.INCLUDE
        return Notional.ONLY if self.owner.notional else Notional.EXCLUDE

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, self.refusal)
        for name in self.fields:
            if remark := self.remarks.get(self.add_prefix(name)):
                self.add_error(name, remark)
        return values

    def clean_code(self) -> str:
        return self.cleaned_data["code"] or generate_code(self._meta.model)

    def _update_errors(self, errors: ValidationError) -> None:
        """Shows an error of a field that is not in the form above it; Django raises ValueError."""
        if hasattr(errors, "error_dict"):
            errors_by_field: dict[str, list] = {}
            for name, messages in errors.error_dict.items():
                field = self.error_fields.get(name, name)
                if field != name and field in self.errors:
                    continue
                errors_by_field.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).extend(messages)
            errors = ValidationError(errors_by_field)
        super()._update_errors(errors)


def _cached_records(row: models.Model, name: str) -> dict[str, models.Model]:
    """The records in one relation of ``row`` that were read together with it, by id."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        rows = getattr(row, "_prefetched_objects_cache", {}).get(name, ())
    else:
        rows = [getattr(row, name)] if field.is_cached(row) else ()
    return {str(other.pk): other for other in rows if other is not None}


def generate_code(model: type[CodedModel]) -> str:
    """A code for a record entered without one: the model's prefix, the time, and six digits drawn by lot.

    Not the next number: after the last record is deleted, that would be its code again.
    """
    return f"{model.code_prefix}-{timezone.now():%y%m%d-%H%M%S}-{secrets.token_hex(3).upper()}"


class RowForm(RecordForm):
    """Form of a row in an inline on the page of its ``parent``."""

    def __init__(self, *args: Any, parent: CodedModel, **kwargs: Any):
        self.parent = parent
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget: Any = getattr(field.widget, "widget", field.widget)
            # The head of a column is no label that assistive technology would read.
            widget.attrs["aria-label"] = field.label or pretty_name(name)
        if "code" in self.fields:
            self.fields["code"].widget.attrs["placeholder"] = "given" if self._meta.model.code_prefix else ""

    @property
    def owner(self) -> Any:
        return self.parent

    def _post_clean(self) -> None:
        """Skips the validation of unchanged rows, which costs several queries each."""
        if self.instance.pk and not self.has_changed():
            return
        if isinstance(self.instance, CodedModel) and not self.instance.pk:
            self.instance.notional = self.parent.notional
        super()._post_clean()
