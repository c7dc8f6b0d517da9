"""What the admin writes: one change set a request, with its reason, and nothing over a change that was not seen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import DatabaseError, IntegrityError, OperationalError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ...core.admin.forms import is_id
from ...core.admin.strict_admin import BadFormError
from ...core.models import Notional
from ...findings import findings_among
from ...history import ChangeRefusedError, changeset
from ...history.busy import is_busy, is_deadlock
from ...history.models import MAX_REASON
from . import reasons, shown_version
from .conflicts import Conflict, conflict_since
from .merging import Merge
from .shown_version import ShownVersion

REFUSED = "The same was saved meanwhile, or stands here twice. Nothing was saved."
DELETED = (
    "This {} was deleted meanwhile; nothing was saved. What you typed is below: saved once more, it is a new record."
)
CHANGED = "Nothing was saved yet. Check the form against what is listed above; saving again keeps what is in the form."
RETRY_SECONDS = 5


class EditingMixin:
    """Mixin of model admins: requests that write wait for each other, so that what was checked still holds.

    Every form carries the version it was shown at. Where somebody changed the record since, the form is shown again
    with what was typed and what they changed (409), and saving once more is knowing.
    """

    model: Any
    admin_site: Any
    opts: Any
    get_object: Callable[..., Any]
    _refusal: Callable[..., HttpResponse]

    # ---- Forms ----

    def changeform_view(self, request: Any, object_id: Any = None, form_url: str = "", extra: Any = None) -> Any:
        view = super().changeform_view

        def form() -> HttpResponse:
            if request.method != "POST" or object_id is None:
                return view(request, object_id, form_url, extra)
            if self._is_gone(request, object_id):
                self._submit_as_new(request)
                request.refusal = DELETED.format(self.opts.verbose_name)
                add = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add"
                return view(request, None, reverse(add), extra)
            record = self.get_object(request, unquote(object_id))
            conflict = self._conflict(request, [record.pk]) if record else None
            if record is not None and conflict is None:
                request.findings = self._findings_about(record.pk)
            if record is None or conflict is None:
                return view(request, object_id, form_url, extra)
            merge = Merge(self, request, record, conflict)
            request.POST, request.remarks, request.refusal = merge.data, merge.remarks, CHANGED
            response = view(request, object_id, form_url, extra)
            response.status_code = 409
            return response

        def refusable() -> HttpResponse:
            try:
                return self._alone(request, form, has_base=object_id is not None)
            except DatabaseError as error:
                # Django has no class of its own for the update of a row that is not there.
                if type(error) is not DatabaseError and not isinstance(error, IntegrityError):
                    raise
                request.refusal = REFUSED
            except ChangeRefusedError as error:
                request.refusal = str(error)
            return self._alone(request, form, has_base=object_id is not None)

        return self._answered(request, refusable)

    def get_form(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.remarks = getattr(request, "remarks", {})
        return form

    def get_formsets_with_inlines(self, request: Any, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form.remarks = getattr(request, "remarks", {})
            yield formset, inline

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        return super().render_change_form(request, context | self._editing_context(request), *args, **kwargs)

    def response_add(self, request: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        self._say_findings(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: Any, obj: Any) -> Any:
        self._say_findings(request, obj)
        return super().response_change(request, obj)

    def _findings_about(self, key: Any) -> dict[str, str]:
        """The titles of the findings about a record, by their ids."""
        record = self.model._default_manager.filter(pk=key)
        return {row.finding.id: row.finding.title for row in findings_among(Notional.INCLUDE, record)}

    def _say_findings(self, request: Any, record: Any) -> None:
        """Says which findings about the record the save made, and which it settled."""
        before, after = getattr(request, "findings", {}), self._findings_about(record.pk)
        for level, words, titles in (
            (messages.WARNING, "Needs a hand now", {key: after[key] for key in after if key not in before}),
            (messages.SUCCESS, "Settled", {key: before[key] for key in before if key not in after}),
        ):
            links = ((reverse("finding-detail", args=[key]), title) for key, title in titles.items())
            if titles:
                text = format_html_join("; ", '<a href="{}">{}</a>', links)
                messages.add_message(request, level, format_html("{}: {}.", words, text))

    # ---- Deletions and bulk actions ----

    def delete_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        view = super().delete_view

        def confirmation() -> HttpResponse:
            conflict = None
            if request.method == "POST" and is_id(object_id):
                conflict = self._conflict(request, [int(object_id)])
                if conflict:
                    # Without what was submitted Django asks again.
                    request.POST = QueryDict()
            response = view(request, object_id, (extra_context or {}) | self._editing_context(request))
            if conflict:
                response.status_code = 409
            return response

        return self._answered(request, lambda: self._deleting(request, confirmation))

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        view = super().changelist_view

        def changelist() -> HttpResponse:
            return view(request, (extra_context or {}) | self._editing_context(request))

        return self._answered(request, lambda: self._deleting(request, changelist))

    def response_action(self, request: Any, queryset: Any) -> Any:
        """Shows what changed since the list, or the confirmation, was shown; only a confirmation stops at that."""
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not selected or not request.POST.get("action"):
            return super().response_action(request, queryset)
        everywhere = request.POST.get("select_across", "0") not in ("0", "")
        ids = queryset.values_list("pk", flat=True) if everywhere else map(int, selected)
        conflict = self._conflict(request, ids)
        confirmed = "post" in request.POST
        if conflict and confirmed:
            request.POST = request.POST.copy()
            del request.POST["post"]
        elif not confirmed:
            request.shown = ShownVersion.now(conflict.after if conflict else "")
        response = super().response_action(request, queryset)
        if isinstance(response, TemplateResponse):
            response.context_data = (response.context_data or {}) | self._editing_context(request)
            if conflict and confirmed:
                response.status_code = 409
        return response

    def _deleting(self, request: HttpRequest, view: Callable[[], Any]) -> Any:
        try:
            return self._alone(request, view, has_base=self._is_confirmed(request))
        except (models.ProtectedError, models.RestrictedError) as error:
            messages.error(request, str(error.args[0]))
            return HttpResponseRedirect(request.get_full_path())

    def _is_confirmed(self, request: HttpRequest) -> bool:
        """Whether a POST deletes, or starts an action of a list; a list without a selection says so itself."""
        return "action" not in request.POST or bool(request.POST.getlist(ACTION_CHECKBOX_NAME))

    # ---- The change set ----

    def _alone(self, request: Any, view: Callable[[], Any], has_base: bool) -> Any:
        if request.method != "POST":
            request.shown = ShownVersion.now()
            return view()
        may_write = self._may_write(request)
        request.shown = ShownVersion.of_request(request) if has_base and may_write else ShownVersion.now()
        reason = reasons.recorded_reason(reasons.submitted_reason(request), request.shown)
        kind = "bulk" if request.POST.get("action") else "edit"
        for is_last in (False, True):
            try:
                with changeset(request.user, reason=reason, kind=kind):
                    return view()
            except OperationalError as error:
                if is_last or not is_deadlock(error):
                    raise
        raise AssertionError("unreachable")

    def _may_write(self, request: HttpRequest) -> bool:
        """Whether the account may write at all; who may not is refused by the view itself."""
        admin: Any = self
        return admin.has_change_permission(request) or admin.has_delete_permission(request)

    def _conflict(self, request: Any, ids: Any) -> Conflict | None:
        """What others changed since the form was shown. It shows now what they changed, and will say so if saved."""
        if not self._may_write(request):
            return None
        request.conflict = conflict_since(request.shown.version, self.model, ids, request.user)
        if request.conflict:
            request.shown = ShownVersion.now(request.conflict.after)
        return request.conflict

    def _editing_context(self, request: Any) -> dict[str, Any]:
        return {
            "shown_name": shown_version.NAME,
            "shown": request.shown,
            "conflict": getattr(request, "conflict", None),
            "reason_name": reasons.NAME,
            "reason": request.POST.get(reasons.NAME, ""),
            "max_reason": MAX_REASON,
            "last_reasons": reasons.last_reasons(request.user),
        }

    def _answered(self, request: HttpRequest, view: Callable[[], Any]) -> Any:
        """The view's answer; a page with all that was sent, to be sent again, where others write for too long."""
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        try:
            return view()
        except BadFormError as error:
            return self._refusal(request, error)
        except OperationalError as error:
            if request.method != "POST" or not is_busy(error):
                raise
            fields = [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"]
            context = self.admin_site.each_context(request) | {"title": "Somebody else is saving", "sent": fields}
            response = TemplateResponse(request, "admin/busy.html", context, status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response

    def _is_gone(self, request: HttpRequest, object_id: str) -> bool:
        admin: Any = self
        return admin.has_add_permission(request) and self.get_object(request, unquote(object_id)) is None

    def _submit_as_new(self, request: Any) -> None:
        """Turns what was submitted of a record into that of a new one: none of its rows is there already."""
        admin: Any = self
        data = request.POST.copy()
        for formset, _ in admin.get_formsets_with_inlines(request):
            prefix, pointer = formset.get_default_prefix(), getattr(formset, "fk", None)
            for name in (name for name in request.POST if name.startswith(f"{prefix}-")):
                field = name.rpartition("-")[2]
                if field == "INITIAL_FORMS":
                    data[name] = "0"
                elif field == "id" or (pointer and field == pointer.name):
                    data[name] = ""
        request.POST = data
