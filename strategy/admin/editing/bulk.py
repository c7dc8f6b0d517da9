"""Bulk actions of change lists in three steps: choose, read in words what will change, confirm."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from ...history import current_changeset

# Records that one action takes: its preview is read by a person.
MAX_RECORDS = 1000


@dataclass
class PlannedChange:
    """One change in words, with the row to save and those that are saved after it, such as its citation."""

    words: str
    row: Any
    attached: list[Any] = field(default_factory=list)

    def check(self) -> None:
        """ValidationError if the rules of the row's model forbid the change."""
        self.row.full_clean()

    def save(self) -> None:
        self.row.save()
        for other in self.attached:
            other.record = self.row
            other.full_clean()
            other.save()


@dataclass
class Plan:
    """What an action will change, and in words what it leaves as it is and why."""

    changes: list[PlannedChange] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


class BulkAction:
    """Base of bulk actions, to be listed in the ``actions`` of a model admin.

    A subclass has ``form``, the choices it asks for, and ``planned``, which yields a change or, where a row stays as it
    is, the sentence that says why. What the model's own rules forbid is left out by itself.
    """

    name: ClassVar[str]
    short_description: ClassVar[str]
    form: ClassVar[type[forms.Form]]
    # The permission that the action needs beside that to change the records of the list.
    permission: ClassVar[str]
    allowed_permissions = ("change",)

    def __init__(self) -> None:
        # Django finds an action by the name of its function.
        self.__name__ = self.name

    def planned(self, rows: QuerySet, values: dict[str, Any]) -> Iterator[PlannedChange | str]:
        raise NotImplementedError

    def plan(self, rows: QuerySet, values: dict[str, Any]) -> Plan:
        """The plan for the selected rows and what was chosen."""
        plan = Plan()
        for item in self.planned(rows, values):
            if isinstance(item, str):
                plan.skipped.append(item)
                continue
            try:
                item.check()
            except ValidationError as error:
                plan.skipped.append(f"{item.words}: {' '.join(error.messages)}")
            else:
                plan.changes.append(item)
        return plan

    def __call__(self, admin: Any, request: HttpRequest, rows: QuerySet) -> HttpResponse | None:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        if rows.count() > MAX_RECORDS:
            messages.error(request, f"Choose at most {MAX_RECORDS:,} at once. Nothing was changed.")
            return None
        has_choices = "chosen" in request.POST
        form = self.form(request.POST if has_choices else None)
        if not (has_choices and form.is_valid()):
            return self._page(admin, request, rows, form, None)
        plan = self.plan(rows, form.cleaned_data)
        if "post" not in request.POST or not plan.changes:
            return self._page(admin, request, rows, form, plan)
        for change in plan.changes:
            change.save()
        self._say(request, len(plan.changes))
        return None

    def _page(
        self, admin: Any, request: HttpRequest, rows: Iterable[Model], form: forms.Form, plan: Plan | None
    ) -> HttpResponse:
        context = admin.admin_site.each_context(request) | {
            "title": self.short_description % {"verbose_name_plural": admin.opts.verbose_name_plural},
            "opts": admin.opts,
            "action": self.name,
            "rows": rows,
            "form": form,
            "media": admin.media + form.media,
            "plan": plan,
            "choices": [(form.add_prefix(name), value) for name, value in form.data.items() if name in form.fields]
            if plan
            else [],
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/bulk_action.html", context)

    def _say(self, request: HttpRequest, count: int) -> None:
        current: Any = current_changeset()
        address = reverse("change-set", args=[current.version])
        link = format_html('<a href="{}">See what was changed</a>', address)
        changes = "1 change was" if count == 1 else f"{count:,} changes were"
        messages.success(request, format_html("{} saved. {}.", changes, link))
