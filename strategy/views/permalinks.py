"""``/id/<code>``: the address of a record by nothing but its code, for citing and for typing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ..core import params
from ..models import SearchEntry
from ..search.views import named
from .base import bad_request_page

# Browsers keep a permanent redirect for good, and the address behind a code may be built differently one day:
# what is permanent is the code.
MOVED_FOR_NOW = False


@require_safe
def record(request: HttpRequest, code: str) -> HttpResponse:
    """To the record with this code, whatever its kind. A code that several kinds use gives a choice."""
    try:
        params.check_params(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request_page(request, error)
    found = list(SearchEntry.objects.with_code(code))
    if not found:
        raise Http404(f"There is no record with the code '{code}'.")
    if len(found) == 1:
        return redirect(found[0], permanent=MOVED_FOR_NOW)
    context = {
        "code": code,
        "results": [named(entry) for entry in found],
        "breadcrumbs": [("Strategy", "/"), (code, "")],
        "notional": all(entry.notional for entry in found),
    }
    return TemplateResponse(request, "strategy/several_records.html", context, status=300)
