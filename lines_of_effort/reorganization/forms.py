"""Forms of an organizational change: first which office and what happens, then the rest."""

from typing import Any

from django import forms

from strategy.core.models import validate_edtf
from strategy.history.models import MAX_REASON
from strategy.models import Office, Source

from .operation import STANDINGS, SUCCESSORS, OfficeChange, Reorganization
from .tasks import END, KEEP, tasks_of

# Fields of a task begin with this.
TASK = "task-"


class ChangeForm(forms.Form):
    """Which office is changed, and how."""

    office = forms.ModelChoiceField(
        Office.objects.order_by("name"), to_field_name="code", empty_label="Choose an office"
    )
    change = forms.ChoiceField(label="What happens to it", choices=OfficeChange.choices)


class OfficeSelect(forms.ModelChoiceField):
    """An office to choose, by its code; ``cleaned_data`` has the code."""

    def __init__(self, office: Office, **kwargs: Any):
        offices = Office.objects.filter(notional=office.notional).exclude(pk=office.pk).order_by("name")
        super().__init__(offices, to_field_name="code", **kwargs)

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        return chosen.code if chosen else ""


class ReorganizationForm(forms.Form):
    """The details of a change of one office, and where each of its tasks goes."""

    date = forms.CharField(
        label="Date",
        max_length=40,
        validators=[validate_edtf],
        help_text="A year, month or day: 2026, 2026-03 or 2026-03-01.",
    )
    source = forms.ModelChoiceField(
        Source.objects.order_by("label_order"),
        to_field_name="code",
        required=False,
        empty_label="None: entered by staff",
        help_text="The source that states the change.",
    )
    reason = forms.CharField(
        label="Reason for this proposal", required=False, max_length=MAX_REASON, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, office: Office, change: str, data: Any = None):
        super().__init__(data, label_suffix="")
        self.office, self.change = office, OfficeChange(change)
        self.tasks = list(tasks_of(office)) if self.change in STANDINGS else []
        add = {OfficeChange.RENAME: self._add_names, OfficeChange.MOVE: self._add_parent}
        add.get(self.change, self._add_ending)()
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def task_fields(self) -> list[forms.BoundField]:
        return [self[f"{TASK}{task.code}"] for task in self.tasks]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(TASK)]

    def operation(self) -> Reorganization:
        """The operation that the form describes, once it is valid."""
        values = self.cleaned_data
        tasks = {name.removeprefix(TASK): value for name, value in values.items() if name.startswith(TASK)}
        names = ("stated", "below", "parent", "new_name", "new_abbreviation")
        return Reorganization(
            office=self.office.code,
            change=self.change.value,
            date=values["date"],
            source=values["source"].code if values["source"] else "",
            successors=[office.code for office in values.get("successors") or ()],
            tasks=tasks,
            **{name: values[name] for name in names if values.get(name)},
        )

    def _add_names(self) -> None:
        self.fields["new_name"] = forms.CharField(max_length=200, label="New name")
        self.fields["new_abbreviation"] = forms.CharField(
            max_length=40, required=False, label="New abbreviation", help_text="Blank: it stays."
        )

    def _add_parent(self) -> None:
        self.fields["parent"] = OfficeSelect(self.office, label="Becomes part of", empty_label="Choose an office")

    def _add_ending(self) -> None:
        offices = Office.objects.filter(notional=self.office.notional).exclude(pk=self.office.pk).order_by("name")
        least, most = SUCCESSORS.get(self.change, (0, 0))
        if most:
            self.fields["successors"] = forms.ModelMultipleChoiceField(
                offices,
                to_field_name="code",
                required=bool(least),
                label="Succeeded by",
                help_text="One office." if most == 1 else "Two offices or more.",
                widget=forms.SelectMultiple({"size": 8}),
            )
        self.fields["stated"] = forms.CharField(
            max_length=200, required=False, label="As stated", help_text="The change in the source's words."
        )
        self.fields["below"] = OfficeSelect(
            self.office,
            required=False,
            label="Offices that are part of it become part of",
            empty_label="They stay where they are",
        )
        choices = [
            (KEEP, f"Stays with {self.office.code}"),
            (END, "Ends: nobody takes over"),
            *((other.code, f"{other.name} ({other.code})") for other in offices),
        ]
        for task in self.tasks:
            self.fields[f"{TASK}{task.code}"] = forms.ChoiceField(label=str(task), choices=choices, initial=KEEP)
