"""The views for signing in, for readers and editors alike, and for signing out."""

import math
from typing import Any

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme

from strategy.core import params
from strategy.views import bad_request_page

from .throttling import MINUTE, sign_in_limits
from .token_bucket import token_buckets

FIELDS = ("username", "password", "csrfmiddlewaretoken")


class SignInForm(AuthenticationForm):
    """Name and password, with a limit of attempts by account and by address. A success is not counted."""

    wait = 0

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if not name or "password" not in self.cleaned_data:
            return super().clean()
        limits = sign_in_limits(self.request, name)
        # Counted before the password is looked at, so that many at once cannot all be tried.
        self.wait = math.ceil(next(filter(None, map(token_buckets().take, limits)), 0))
        if self.wait:
            minutes = math.ceil(self.wait / MINUTE)
            raise ValidationError(f"Too many attempts. Try again in {minutes} minute{'s' if minutes > 1 else ''}.")
        cleaned = super().clean()
        for limit in limits:
            token_buckets().give_back(limit)
        return cleaned


class SignIn(views.LoginView):
    """Leads back to ``next``, an address of this site, or else to the first page."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "sign_in.html"
    form_class = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal(request.GET, ()) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = self.refusal(request.GET, ()) or self.refusal(request.POST, FIELDS)
        return refusal or super().post(request, *args, **kwargs)

    def refusal(self, fields: QueryDict, known: tuple[str, ...]) -> HttpResponse | None:
        """The page that refuses an unknown field or an address of another site; None if all is well."""
        try:
            params.check_params(fields, (*known, self.redirect_field_name), blank=True)
            back, host = fields.get(self.redirect_field_name), {self.request.get_host()}
            if back and not url_has_allowed_host_and_scheme(back, host, require_https=self.request.is_secure()):
                raise params.BadParametersError({self.redirect_field_name: ["Must be an address of this site."]})
        except params.BadParametersError as error:
            return bad_request_page(self.request, error)
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Django's own "site" would hide that of every page.
        return {name: value for name, value in super().get_context_data(**kwargs).items() if name != "site"}

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = 429
            response["Retry-After"] = str(form.wait)
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOut(views.LogoutView):
    """Ends the session. Open to everybody: a session may have ended by itself."""
