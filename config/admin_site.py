"""The admin's frame: the site's name and marking, the order of its contents, and the answers of its pickers."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db.models import Case, Value, When
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from strategy.core.admin import labeled
from strategy.core.cache import VersionedCache
from strategy.core.filters import requested_notional
from strategy.core.models import CodedModel
from strategy.core.params import MAX_VALUE
from strategy.findings import FindingResult, run_findings
from strategy.models import ChangeSet, Proposal

# What is edited most comes first; the apps' own order is that of their dependencies.
APPS = ("strategy", "lines_of_effort", "partners")
RECENT_CHANGES = 8

# Findings with records, the most severe first.
open_findings: VersionedCache[list[FindingResult]] = VersionedCache(
    lambda: [result for result in run_findings() if result.count]
)


class RecordPicker(AutocompleteJsonView):
    """Records as the admin's search finds them, the one whose code was typed first; accounts by their names."""

    def process_request(self, request: HttpRequest) -> Any:
        term = request.GET.get("term", "")
        if "\x00" in term or len(term) > MAX_VALUE:
            raise BadRequest("The text holds a NUL character or is too long.")
        result = super().process_request(request)
        if not isinstance(result[2], RelatedField):
            raise BadRequest("The field is none that a record is chosen for.")
        return result

    def get_queryset(self) -> Any:
        try:
            rows: Any = super().get_queryset()
        except IncorrectLookupParameters as error:
            raise BadRequest(str(error)) from error
        if not issubclass(rows.model, CodedModel):
            return rows
        exact = Case(When(code__iexact=self.term, then=Value(0)), default=Value(1))
        return rows.visible(requested_notional(self.request)).order_by(exact, "code_order", "code")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": labeled(obj)}


class KnowledgeBaseAdmin(AdminSite):
    """Stock admin under the site's name."""

    index_title = "Editing"
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:  # type: ignore[override]  # a setting is read when asked for
        return settings.SITE_NAME

    @property
    def site_title(self) -> str:  # type: ignore[override]
        return settings.SITE_NAME

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"marking": settings.MARKING}

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """What needs a hand, and what was changed last, before the kinds of records."""
        may_see_changes = request.user.has_perm("strategy.view_changeset")
        context = {
            "findings": open_findings(),
            "proposals": Proposal.objects.filter(status=Proposal.Status.OPEN).defer("preview")[:RECENT_CHANGES],
            "changes": ChangeSet.objects.all()[:RECENT_CHANGES] if may_see_changes else None,
        }
        return super().index(request, context | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one door to the site, which counts the attempts and says to an account that it may not edit."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), settings.LOGIN_URL)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return RecordPicker.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The strategy first, and within an app the order in which its content is loaded."""
        app_list: list[Any] = super().get_app_list(request, app_label)
        for app in app_list:
            content = list(getattr(apps.get_app_config(app["app_label"]), "content", ()))
            app["models"].sort(key=lambda model: _place(content, model["object_name"]))
        return sorted(app_list, key=lambda app: _place(APPS, app["app_label"]))


def _place(order: Sequence[str], name: str) -> int:
    """The index of the name, after all others if it is not in the order."""
    return order.index(name) if name in order else len(order)
