"""Forms of rows that point at a record of any kind, at one field of it, or at one row of that field."""

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

NOT_CITED = ("code", "notional", "basis", "note")
WHOLE = ("", "The record as a whole")


def field_choices(model: type[CodedModel]) -> list[Any]:
    """What of a record can be cited or spoken of: its fields, and the relations its rows and links come by."""
    own = [(f.name, capfirst(str(f.verbose_name))) for f in content_fields(model) if f.name not in NOT_CITED]
    rows = [
        (relation.name, capfirst(str(relation.related_model._meta.verbose_name_plural)))
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, CodedModel | Part)
    ]
    return [WHOLE, ("Fields", own), ("Rows", rows)]


def limit_to_fields(form: forms.ModelForm, model: type[CodedModel]) -> None:
    """Makes ``field`` a choice of what the record has. What stands there already stays possible."""
    choices = field_choices(model)
    current = form.instance.field
    if current and current not in {name for _, group in choices[1:] for name, _ in group}:
        choices.append((current, current))
    old = form.fields["field"]
    select = forms.Select(attrs=old.widget.attrs)
    form.fields["field"] = forms.ChoiceField(choices=choices, required=False, label=old.label, widget=select)


@cache
def kinds() -> list[tuple[str, str]]:
    """Every kind of record that evidence can be about."""
    models = [model for model in indexed_models() if hasattr(model, "remarks")]
    return sorted(((kind_of(m), capfirst(str(m._meta.verbose_name))) for m in models), key=lambda pair: pair[1])


def model_of(row: Any) -> Any:
    """The model of the record a row is about."""
    return ContentType.objects.get_for_id(row.content_type_id).model_class()


def code_of(row: Any) -> str:
    """The code of that record. Rows of a table were read with their targets; a single one asks for its record."""
    target = getattr(row, "target", None)
    return target.code if target else row.record.code


class AboutParentForm(RowForm):
    """A row about the record on whose page it stands."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        limit_to_fields(self, type(self.parent))

    def _post_clean(self) -> None:
        if not self.instance.pk:
            # The parent may be new as well: it is told by the object, which gets its number when saved.
            self.instance.record = self.parent
        super()._post_clean()


class NamedRecord(forms.ModelForm):
    """Mixin: the record is named by its kind and its code."""

    error_fields = {"content_type": "record_code", "object_id": "record_code"}

    record_kind = forms.ChoiceField(label="Kind of record")
    record_code = forms.CharField(label="Code of the record", max_length=60)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "field" not in self.fields:
            # The reader may not change it: the admin shows the record without its form.
            return
        self.fields["record_kind"] = forms.ChoiceField(
            choices=[("", "Choose a kind"), *kinds()],
            label="Kind of record",
            widget=forms.Select(attrs=self.fields["record_kind"].widget.attrs),
        )
        if self.instance.pk:
            kind = kind_of(model_of(self.instance))
            self.initial.update(record_kind=kind, record_code=code_of(self.instance))
        chosen = self.data.get(self.add_prefix("record_kind")) if self.is_bound else self.initial.get("record_kind")
        if chosen in dict(kinds()):
            limit_to_fields(self, apps.get_model(chosen))

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


class NamedRecordShown:
    """Mixin of an admin with that form: the two fields as those see them who may not change them."""

    @admin.display(description="Kind of record")
    def record_kind(self, row: Any) -> str:
        return capfirst(str(model_of(row)._meta.verbose_name))

    @admin.display(description="Code of the record")
    def record_code(self, row: Any) -> str:
        return code_of(row)


class NamedRecordForm(NamedRecord, RecordForm):
    """A row of evidence on a page of its own."""


class NamedRecordRowForm(NamedRecord, RowForm):
    """A row of evidence on the page of the remark it belongs to."""

    def _get_validation_exclusions(self) -> set[str]:
        """A new remark has no number yet, so the rule that there be one cannot be checked by the database's terms."""
        excluded = super()._get_validation_exclusions()
        return excluded if self.parent.pk else excluded | set(self.instance.REMARKS)
