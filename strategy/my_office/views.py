"""Setting and forgetting the reader's own office: plain forms that post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ..core import params
from ..core.models import Notional
from ..core.views import PublicForm
from ..models import Office
from .middleware import forget, my_office, remember


class SetMyOffice(PublicForm):
    """Remembers the office whose code is posted as ``office``, and leads back to its page."""

    def post(self, request: HttpRequest) -> HttpResponse:
        params.check_params(request.POST, ("office",), blank=False)
        office = office_param(request.POST.get("office", ""))
        response = HttpResponseRedirect(office.get_absolute_url())
        remember(response, office, secure=request.is_secure())
        messages.success(
            request,
            f"{office.code} is now your office. The home page begins with its work, and the navigation leads to it.",
        )
        return response


class ForgetMyOffice(PublicForm):
    """Forgets it, and leads back to the page of the office that was the reader's."""

    def post(self, request: HttpRequest) -> HttpResponse:
        params.check_params(request.POST, (), blank=False)
        office = my_office(request)
        response = HttpResponseRedirect(office.get_absolute_url() if office else reverse("office-list"))
        forget(response)
        messages.success(request, "You have no office of your own any more.")
        return response


def office_param(code: str) -> Office:
    """The office with this code, training offices included; BadParametersError if there is none."""
    offices = Office.objects.visible(Notional.INCLUDE)
    if not code:
        raise params.BadParametersError({"office": ["Missing: the code of an office."]})
    office = offices.filter(code=code).first()
    if office is None:
        hint = params.did_you_mean(code, offices.values_list("code", flat=True)[:5000])
        raise params.BadParametersError({"office": [f"There is no office '{code[:60]}'.{hint}"]})
    return office
