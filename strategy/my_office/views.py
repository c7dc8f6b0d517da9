"""Setting and forgetting the reader's own office: plain forms that post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import View

from ..core import params
from ..core.models import Notional
from ..models import Office
from ..views.base import bad_request_page
from .middleware import forget, my_office, remember

# Sent by every form of the site, and not by the reader.
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


class SetMyOffice(View):
    """Remembers the office whose code is posted as ``office``, and leads back to its page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        offices = Office.objects.visible(Notional.INCLUDE)
        try:
            params.check_params(request.POST, ("office", TOKEN), blank=False)
            code = request.POST.get("office", "")
            office = offices.filter(code=code).first()
            if office is None:
                raise params.BadParametersError({"office": [unknown(code, offices)]})
        except params.BadParametersError as error:
            return bad_request_page(request, error, way_on=reverse("office-list"))
        response = HttpResponseRedirect(office.get_absolute_url())
        remember(response, office, secure=request.is_secure())
        messages.success(request, f"{office.code} is now your office. The navigation leads to its tasking.")
        return response


class ForgetMyOffice(View):
    """Forgets it, and leads back to the page of the office that was the reader's."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            params.check_params(request.POST, (TOKEN,), blank=False)
        except params.BadParametersError as error:
            return bad_request_page(request, error, way_on=reverse("office-list"))
        office = my_office(request)
        response = HttpResponseRedirect(office.get_absolute_url() if office else reverse("office-list"))
        forget(response)
        messages.success(request, "You have no office of your own any more.")
        return response


def unknown(code: str, offices) -> str:
    if not code:
        return "Missing: the code of an office."
    return (
        f"There is no office '{code[:60]}'.{params.did_you_mean(code, offices.values_list('code', flat=True)[:5000])}"
    )
