"""The pages on which an undo or a restore is looked at before it is done."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..core.views import StrictPage
from ..template_helpers import moment
from .addresses import find_row, history_url, record_model
from .forms import ConfirmForm
from .log import LogEntry
from .models import Change, ChangeSet
from .put_back import UndoRefusedError
from .undo import Reversal, may_change, restore, restoring, undo, undo_of
from .wording import by_record


class ConfirmPage(StrictPage):
    """Base of the two: shows in words what would be written, asks why, and writes it."""

    http_method_names = ["get", "head", "options", "post"]
    button: ClassVar[str] = ""
    done: ClassVar[str] = ""
    request: Any
    back_url: str
    title: str

    def read(self) -> None:
        """Finds what the address names; raises Http404."""
        raise NotImplementedError

    def tables(self) -> set[str]:
        """The tables that would be written."""
        raise NotImplementedError

    def reversal(self) -> Reversal:
        """What would be written; raises UndoRefusedError."""
        raise NotImplementedError

    def write(self, reason: str, shown: int) -> ChangeSet:
        """Writes it; raises UndoRefusedError."""
        raise NotImplementedError

    def check_permission(self) -> None:
        """PermissionDenied for whoever may not write all of it."""
        self.read()
        if not (self.request.user.is_staff and may_change(self.request.user, self.tables())):
            raise PermissionDenied("This needs an account of the staff that may change all the records concerned.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_permission()
        return self.page(None, "", 200)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_permission()
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.page(form, "", 200)
        try:
            current = self.write(form.cleaned_data["reason"], form.cleaned_data["shown"])
        except UndoRefusedError as error:
            return self.page(form, str(error), 409)
        messages.success(request, self.done)
        return redirect("change-set", version=current.version)

    def page(self, form: ConfirmForm | None, refusal: str, status: int) -> HttpResponse:
        reversal: Reversal | None = None
        try:
            reversal = self.reversal()
        except UndoRefusedError as error:
            refusal = refusal or str(error)
        shown = reversal.last if reversal else 0
        if form is None:
            form = ConfirmForm(initial={"shown": shown})
        elif refusal:
            # What is confirmed next is what this page shows.
            form = ConfirmForm(initial={"shown": shown, "reason": form.cleaned_data["reason"]})
        context = {
            "title": self.title,
            "button": self.button,
            "form": form,
            "refusal": refusal,
            "records": by_record(reversal.preview()) if reversal else [],
            "back_url": self.back_url,
            "breadcrumbs": [("Strategy", "/"), ("What changed", reverse("changes")), (self.title, "")],
        }
        return TemplateResponse(self.request, "history/confirm.html", context, status=status)


class UndoPage(ConfirmPage):
    """``/changes/<version>/undo/``."""

    button, done = "Undo this change", "The change was undone."

    def read(self) -> None:
        version = self.kwargs["version"]
        change_set = ChangeSet.objects.filter(version=version).first() if version < 2**63 else None
        if change_set is None:
            raise Http404("There is no change set with this number.")
        self.change_set = change_set
        self.back_url = reverse("change-set", args=[version])
        entry = LogEntry(version, change_set)
        self.title = f"Undo the change of {moment(entry.at)} by {change_set.actor_name or 'a command'}"

    def tables(self) -> set[str]:
        return set(self.change_set.changes.order_by().values_list("table", flat=True).distinct())

    def reversal(self) -> Reversal:
        return undo_of(self.change_set)

    def write(self, reason: str, shown: int) -> ChangeSet:
        return undo(self.change_set, self.request.user, reason)


class RestorePage(ConfirmPage):
    """``/<records>/<code>/history/<version>/restore/``."""

    button, done = "Restore this version", "The record was restored."

    def read(self) -> None:
        segment, code, self.version = (self.kwargs[name] for name in ("segment", "code", "version"))
        self.model = record_model(segment, code)
        self.record, _ = find_row(self.model, code)
        self.back_url = history_url(segment, code)
        self.changes = Change.objects.of_record(self.record)
        if self.version >= 2**63 or not self.changes.filter(version=self.version).exists():
            raise Http404("The record was not changed in this version.")
        self.title = f"Restore {code} as it was after {moment(LogEntry(self.version, None).at)}"

    def tables(self) -> set[str]:
        later = self.changes.filter(version__gt=self.version)
        return {self.model._meta.db_table, *later.order_by().values_list("table", flat=True).distinct()}

    def reversal(self) -> Reversal:
        return restoring(self.model, self.record.pk, self.version)

    def write(self, reason: str, shown: int) -> ChangeSet:
        return restore(self.model, self.record.pk, self.version, self.request.user, reason, shown)
