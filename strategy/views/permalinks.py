"""``/id/<code>``: the address of a record by nothing but its code, for citing and for typing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from ..core.views import StrictPage
from ..models import SearchEntry
from ..search.results import entry_result


class Permalink(StrictPage, TemplateView):
    """Redirects to the record with this code, whatever its kind. A code that several kinds use gives a choice."""

    template_name = "strategy/search/several_records.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs["code"]
        entries = list(SearchEntry.objects.with_code(code))
        if not entries:
            raise Http404(f"There is no record with the code '{code}'.")
        if len(entries) == 1:
            # Not a permanent redirect, which browsers keep for good: the address behind a code may be built
            # differently one day. What is permanent is the code.
            return redirect(entries[0])
        return self.render_to_response(self.get_context_data(code=code, entries=entries), status=300)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = kwargs.pop("entries")
        return super().get_context_data(**kwargs) | {
            "results": [entry_result(entry) for entry in entries],
            "breadcrumbs": [("Strategy", "/"), (kwargs["code"], "")],
            "notional": all(entry.notional for entry in entries),
        }
