"""Rows of an inline that take their first source with them: one form saves the record and its citation."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..core.admin import RecordChoiceField, RecordInline, RecordSelect, RowForm, generate_code
from ..core.models import Basis
from ..models import Citation, Source

AS_SOURCE = "As its source"


def proposed_basis(source: Source) -> str:
    """The basis a source is most often cited with; of one not yet cited, what its reliability allows."""
    counts = source.citations.exclude(basis__in=(Basis.INFERRED, Basis.ENTERED)).count_by_basis()
    if counts:
        return max(sorted(counts), key=lambda basis: counts[basis])
    return Basis.OFFICIAL if source.tier == Source.Tier.OFFICIAL else Basis.REPORTED


class SourcedRowForm(RowForm):
    """Form of a row of records, with a source to cite for it and the place in that source.

    A new row whose basis is left open takes the one its source is cited with, or "entered by staff" without a source.
    """

    source = RecordChoiceField(
        queryset=Source.objects.all(),
        required=False,
        widget=RecordSelect(Citation._meta.get_field("source"), admin.site),
    )
    locator = forms.CharField(required=False, help_text=Citation._meta.get_field("locator").help_text)

    citation: Citation | None = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cited = dict.fromkeys(citation.source.code for citation in self._citations() if citation.source)
        self.fields["source"].widget.attrs["data-placeholder"] = (
            f"Add to {', '.join(cited)}" if cited else "None chosen"
        )
        if not self.instance.pk:
            basis: Any = self.fields["basis"]
            basis.required = False
            basis.choices = [("", AS_SOURCE), *Basis.choices]
            self.initial["basis"] = ""

    def _citations(self) -> list[Citation]:
        return list(self.instance.citations.all()) if self.instance.pk else []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        source = values.get("source")
        if values.get("locator") and not source and "source" not in self.errors:
            self.add_error("source", "Choose the source that the locator is in.")
        if not values.get("basis") and "basis" not in self.errors:
            values["basis"] = proposed_basis(source) if source else Basis.ENTERED
        return values

    def _post_clean(self) -> None:
        """Validates the citation with its row, and shows what is wrong at the row's own fields."""
        super()._post_clean()
        source = self.cleaned_data.get("source")
        if source is None:
            return
        row = self.instance
        self.citation = Citation(
            code=generate_code(Citation),
            notional=row.notional,
            source=source,
            locator=self.cleaned_data.get("locator", ""),
            basis=proposed_basis(source) if row.basis == Basis.ENTERED else row.basis,
            record=row,
        )
        try:
            # A new row has no id before it is saved.
            self.citation.full_clean(exclude=["object_id"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in ("locator", "basis") else "source", messages)

    def save(self, commit: bool = True) -> Any:
        row = super().save(commit)
        if commit and self.citation is not None:
            self.citation.record = row
            self.citation.save()
        return row


class SourcedInline(RecordInline):
    """Inline of records to which an editor who may cite can give a source in the same row."""

    form = SourcedRowForm
    source_fields = ("source", "locator")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("citations__source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *(self.source_fields if self._may_cite(request, obj) else ())]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = self.form if self._may_cite(request, obj) else RowForm
        return super().get_formset(request, obj, **({"form": form} | kwargs))

    def _may_cite(self, request: HttpRequest, obj: Any) -> bool:
        may_write = self.has_change_permission(request, obj) or self.has_add_permission(request, obj)
        return may_write and request.user.has_perm("strategy.add_citation")
