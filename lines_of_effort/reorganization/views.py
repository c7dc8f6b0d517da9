"""The page ``/reorganize/``: an organizational change is described, previewed and stored as a proposal."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from strategy.core import params
from strategy.proposals.operations import OperationRefusedError
from strategy.proposals.review import propose
from strategy.proposals.views import EditorPage

from .forms import ChangeForm, ReorganizationForm

TITLE = "Organizational change"


class ReorganizePage(EditorPage):
    """``/reorganize/?office=&change=``: without both, the form that asks for them; posted, the proposal is made."""

    http_method_names = ["get", "head", "post", "options"]
    query_params = ("office", "change")

    def get(self, request: HttpRequest) -> HttpResponse:
        form = self.form()
        return self.page(form) if form else self.first_page()

    def post(self, request: HttpRequest) -> HttpResponse:
        params.check_params(request.GET, self.query_params, blank=False)
        form = self.form(request.POST)
        if form is None:
            return self.first_page()
        params.check_names(request.POST, ("csrfmiddlewaretoken", *form.fields))
        if not form.is_valid():
            return self.page(form, status=400)
        try:
            proposal = propose(form.operation(), request.user, form.cleaned_data["reason"])
        except OperationRefusedError as error:
            form.add_error(None, str(error))
            return self.page(form, status=400)
        return HttpResponseRedirect(reverse("proposal", args=[proposal.pk]))

    def form(self, data: Any = None) -> ReorganizationForm | None:
        """The form for the office and change of the address; None as long as it names none."""
        query = self.request.GET
        if not query.get("office") or not query.get("change"):
            return None
        chosen = ChangeForm(query)
        if not chosen.is_valid():
            raise params.BadParametersError(
                {name: [str(error) for error in errors] for name, errors in chosen.errors.items()}
            )
        return ReorganizationForm(chosen.cleaned_data["office"], chosen.cleaned_data["change"], data)

    def first_page(self) -> HttpResponse:
        initial = {"office": self.request.GET.get("office")}
        return self.render("first.html", {"form": ChangeForm(initial=initial, label_suffix="")})

    def page(self, form: ReorganizationForm, status: int = 200) -> HttpResponse:
        return self.render("details.html", {"form": form}, status)

    def render(self, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        context |= {
            "title": TITLE,
            "breadcrumbs": [("Strategy", "/"), ("Proposals", reverse("proposal-list")), (TITLE, "")],
        }
        template = f"lines_of_effort/reorganization/{name}"
        return TemplateResponse(self.request, template, context, status=status)
