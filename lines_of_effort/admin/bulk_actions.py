"""Bulk actions on tasking: add a supporting office, move activities to a line of effort, replace an office."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet

from strategy.admin.editing.bulk import BulkAction, PlannedChange
from strategy.admin.sourced_rows import proposed_basis
from strategy.core.admin import RecordChoiceField, RecordSelect, generate_code
from strategy.core.models import Basis
from strategy.models import Citation, Office, Source

from ..models import Activity, Assignment, LineOfEffort
from ..models.assignments import Role


def record_field(model: Any, name: str, **options: Any) -> RecordChoiceField:
    """Form field that chooses the record a model's field points at, by a part of its code or name."""
    field = model._meta.get_field(name)
    widget = RecordSelect(field, admin.site)
    return RecordChoiceField(queryset=field.related_model._default_manager.all(), widget=widget, **options)


class SupportForm(forms.Form):
    office = record_field(Assignment, "office", label="Supporting office")
    verb = forms.CharField(label="Verb in the source", max_length=60, required=False)
    source = record_field(Citation, "source", required=False, help_text="Without one: entered by staff.")
    locator = forms.CharField(max_length=200, required=False, help_text="Where in the source it says so.")


class LineForm(forms.Form):
    line_of_effort = record_field(Activity, "line_of_effort", label="Line of effort")
    line_basis = forms.ChoiceField(label="Basis", choices=Basis.choices, initial=Basis.ENTERED)
    line_reason = forms.CharField(
        label="Reason for the line of effort",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class ReplacementForm(forms.Form):
    office = record_field(Assignment, "office", label="New office")


class AddSupportingOffice(BulkAction):
    """Adds one supporting office, with its source, to the selected activities."""

    name = "add_supporting_office"
    short_description = "Add a supporting office to selected %(verbose_name_plural)s"
    form = SupportForm
    permission = "lines_of_effort.add_assignment"

    def planned(self, rows: QuerySet, values: dict[str, Any]) -> Iterator[PlannedChange | str]:
        office, source = values["office"], values["source"]
        tasked = set(
            Assignment.objects.filter(office=office, role=Role.SUPPORTING, activity__in=rows).values_list(
                "activity", flat=True
            )
        )
        for activity in rows:
            if activity.pk in tasked:
                yield f"{activity.code} {activity.title}: {office.code} supports it already."
                continue
            row = Assignment(
                code=generate_code(Assignment),
                notional=activity.notional,
                activity=activity,
                office=office,
                role=Role.SUPPORTING,
                verb=values["verb"],
                basis=proposed_basis(source) if source else Basis.ENTERED,
            )
            words = f"{activity.code} {activity.title}: {office.code} will support it"
            yield PlannedChange(words, row, [self._citation(row, source, values["locator"])] if source else [])

    def _citation(self, row: Assignment, source: Source, locator: str) -> Citation:
        code = generate_code(Citation)
        return Citation(code=code, notional=row.notional, source=source, locator=locator, basis=row.basis)


class MoveToLine(BulkAction):
    """Moves the selected activities to one line of effort."""

    name = "move_to_line"
    short_description = "Move selected %(verbose_name_plural)s to a line of effort"
    form = LineForm
    permission = "lines_of_effort.change_activity"

    def planned(self, rows: QuerySet, values: dict[str, Any]) -> Iterator[PlannedChange | str]:
        line: LineOfEffort = values["line_of_effort"]
        for activity in rows:
            if activity.line_of_effort_id == line.pk:
                yield f"{activity.code} {activity.title}: it stands under {line.code} already."
                continue
            before = activity.line_of_effort
            place = f"from {before.code} {before.title}" if before else "from no line of effort"
            activity.line_of_effort = line
            activity.line_basis, activity.line_reason = values["line_basis"], values["line_reason"]
            # It was that in the place it had.
            activity.line_confidence = ""
            words = f"{activity.code} {activity.title}: {place} to {line.code} {line.title}"
            yield PlannedChange(words, activity)


class ReplaceOffice(BulkAction):
    """Puts another office in the place of that of the selected assignments."""

    name = "replace_office"
    short_description = "Replace the office of selected %(verbose_name_plural)s"
    form = ReplacementForm
    permission = "lines_of_effort.change_assignment"

    def planned(self, rows: QuerySet, values: dict[str, Any]) -> Iterator[PlannedChange | str]:
        office: Office = values["office"]
        for row in self.assignments(rows).select_related("activity", "office"):
            task = f"{row.activity.code} {row.activity.title}, {row.get_role_display().lower()}"
            if row.office_id == office.pk:
                yield f"{task}: it is {office.code} already."
                continue
            before, row.office = row.office, office
            yield PlannedChange(f"{task}: {before.code} becomes {office.code}", row)

    def assignments(self, rows: QuerySet) -> QuerySet:
        """The assignments that the selection stands for."""
        return rows


class ReplaceOfficeEverywhere(ReplaceOffice):
    """Puts another office in the place of the selected ones, in all their assignments."""

    name = "replace_office_everywhere"
    short_description = "Replace selected %(verbose_name_plural)s by another in all tasking"

    def assignments(self, rows: QuerySet) -> QuerySet:
        return Assignment.objects.filter(office__in=rows.values("pk"))
