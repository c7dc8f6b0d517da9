"""Forms of rows that point at a record of any kind, a field of it, or a part in that field."""

from functools import cache
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from ..core.admin import RecordForm, RowForm
from ..core.models import CodedModel, Part
from ..core.params import did_you_mean
from ..fixtures_io.files import content_fields
from ..search.indexing import indexed_models, kind_of

EXCLUDED_FIELDS = ("code", "notional", "basis", "note")
WHOLE_RECORD = ("", "The record as a whole")


def field_choices(model: type[CodedModel]) -> list[Any]:
    """Grouped choices of what a row can point at in a record: its fields, and the relations of its parts and links."""
    own = [(f.name, capfirst(str(f.verbose_name))) for f in content_fields(model) if f.name not in EXCLUDED_FIELDS]
    rows = [
        (relation.name, capfirst(str(relation.related_model._meta.verbose_name_plural)))
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, CodedModel | Part)
    ]
    return [WHOLE_RECORD, ("Fields", own), ("Rows", rows)]


def limit_field_choices(form: forms.ModelForm, model: type[CodedModel]) -> None:
    """Turns the form's ``field`` into a choice of the fields of ``model``; its current value stays a choice."""
    choices = field_choices(model)
    current = form.instance.field
    if current and current not in {name for _, group in choices[1:] for name, _ in group}:
        choices.append((current, current))
    old = form.fields["field"]
    select = forms.Select(attrs=old.widget.attrs)
    form.fields["field"] = forms.ChoiceField(choices=choices, required=False, label=old.label, widget=select)


@cache
def record_kinds() -> list[tuple[str, str]]:
    """Choices of the kinds of records that evidence can be about, by name."""
    models = [model for model in indexed_models() if hasattr(model, "remarks")]
    return sorted(((kind_of(m), capfirst(str(m._meta.verbose_name))) for m in models), key=lambda pair: pair[1])


def target_model(row: Any) -> Any:
    """The model of the record a row is about."""
    return ContentType.objects.get_for_id(row.content_type_id).model_class()


def target_code(row: Any) -> str:
    """The code of the record a row is about, from its ``target`` if that was read with it."""
    target = getattr(row, "target", None)
    return target.code if target else row.record.code


class ParentPointerForm(RowForm):
    """Form of a row that points at the record on whose page it is."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        limit_field_choices(self, type(self.parent))

    def _post_clean(self) -> None:
        if not self.instance.pk:
            # The parent itself, not its id: that may be new as well and gets its id when saved.
            self.instance.record = self.parent
        super()._post_clean()


class RecordByCodeMixin(forms.ModelForm):
    """Mixin of forms in which the record is chosen by its kind and its code."""

    error_fields = {"content_type": "record_code", "object_id": "record_code"}

    record_kind = forms.ChoiceField(label="Kind of record")
    record_code = forms.CharField(label="Code of the record", max_length=60)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "field" not in self.fields:
            # For readers without the permission to change, the admin shows the fields without a form.
            return
        self.fields["record_kind"] = forms.ChoiceField(
            choices=[("", "Choose a kind"), *record_kinds()],
            label="Kind of record",
            widget=forms.Select(attrs=self.fields["record_kind"].widget.attrs),
        )
        if self.instance.pk:
            kind = kind_of(target_model(self.instance))
            self.initial.update(record_kind=kind, record_code=target_code(self.instance))
        selected_kind = (
            self.data.get(self.add_prefix("record_kind")) if self.is_bound else self.initial.get("record_kind")
        )
        if selected_kind in dict(record_kinds()):
            limit_field_choices(self, apps.get_model(selected_kind))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind, code = values.get("record_kind"), values.get("record_code")
        if kind and code:
            model: Any = apps.get_model(kind)
            record = model._default_manager.filter(code=code).first()
            if record is None:
                codes = model._default_manager.values_list("code", flat=True)[:5000]
                self.add_error(
                    "record_code", f"There is no {model._meta.verbose_name} '{code}'.{did_you_mean(code, codes)}"
                )
            else:
                self.instance.record = record
        return values


class RecordByCodeColumns:
    """Mixin of an admin with such a form: the two fields for readers who may not change them."""

    @admin.display(description="Kind of record")
    def record_kind(self, row: Any) -> str:
        return capfirst(str(target_model(row)._meta.verbose_name))

    @admin.display(description="Code of the record")
    def record_code(self, row: Any) -> str:
        return target_code(row)


class RecordByCodeForm(RecordByCodeMixin, RecordForm):
    """Form of a row of evidence on a page of its own."""


class RecordByCodeRowForm(RecordByCodeMixin, RowForm):
    """Form of a row of evidence on the page of the remark it belongs to."""

    def _get_validation_exclusions(self) -> set[str]:
        """Excludes the remark while it is new: without an id, the check constraint on it cannot be validated."""
        excluded = super()._get_validation_exclusions()
        return excluded if self.parent.pk else excluded | set(self.instance.REMARKS)
