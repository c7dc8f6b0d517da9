"""Pages of proposals, for those who edit."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from ..core import params
from ..core.views import StrictListView, StrictPage, rooted
from ..history.wording import by_record, describe
from ..models.content_version import content_version
from . import as_accepted
from .dry_run import Preview
from .models import Proposal
from .operations import OperationRefusedError, operations_with_form
from .review import accept, discard, preview_again

ACTIONS = {"accept": accept, "discard": discard, "preview": preview_again}


class EditorPage(AccessMixin, StrictPage):
    """Base of pages for accounts that may sign in to the admin; others are asked to sign in, or refused."""

    permission_denied_message = "These pages are for editors."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.is_staff):
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)


class ProposalList(EditorPage, StrictListView):
    """``/proposals/``: the open ones, or those with another ``status``."""

    model = Proposal
    template_name = "strategy/proposals/list.html"
    query_params = ("status", *params.PAGING)

    def get_queryset(self) -> Any:
        self.status = params.choice_param(self.request.GET, "status", Proposal.Status.values) or Proposal.Status.OPEN
        return Proposal.objects.filter(status=self.status).defer("preview")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": "Proposals",
            "status": Proposal.Status(self.status),
            "statuses": list(Proposal.Status),
            "operations": operations_with_form(),
            "breadcrumbs": [("Strategy", "/"), ("Proposals", "")],
        }


class ProposalPage(EditorPage):
    """``/proposals/<id>/``: what it would change, or has changed; posted, it is accepted or discarded."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page(get_object_or_404(Proposal, pk=pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = get_object_or_404(Proposal, pk=pk)
        params.check_params(request.POST, ("action", "csrfmiddlewaretoken"), blank=False)
        action = params.choice_param(request.POST, "action", list(ACTIONS))
        if not action:
            raise params.BadParametersError(
                {"action": ["Say whether to accept it, to discard it or to preview it again."]}
            )
        try:
            ACTIONS[action](proposal, request.user)
        except OperationRefusedError as error:
            proposal.refresh_from_db()
            return self.page(proposal, str(error), status=409)
        proposal.refresh_from_db()
        if not proposal.is_open:
            messages.success(request, f"{proposal.get_status_display()}: {proposal.title}.")
        return HttpResponseRedirect(request.path)

    def page(self, proposal: Proposal, refusal: str = "", status: int = 200) -> HttpResponse:
        preview = Preview.from_json(proposal.preview)
        context = {
            "title": proposal.title,
            "proposal": proposal,
            "preview": preview,
            "records": by_record(describe(preview.differences())),
            "is_current": proposal.base_version == content_version(),
            "as_accepted": rooted(f"/{as_accepted.path_of(proposal)}"),
            "may_accept": self.request.user.has_perms(preview.permissions()),
            "refusal": refusal,
            "breadcrumbs": [("Strategy", "/"), ("Proposals", reverse("proposal-list")), (str(proposal.pk), "")],
        }
        return TemplateResponse(self.request, "strategy/proposals/detail.html", context, status=status)
