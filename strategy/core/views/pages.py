"""What every page shares: parameters read strictly, one answer to those that are refused, and how to cite the page."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import ListView, View

from .. import params
from ..models import display_date


class NoSuchPageError(params.BadParametersError):
    """A page after the last one was asked for: the answer is 404. ``pages`` is how many there are."""

    def __init__(self, pages: int):
        self.message = params.no_such_page(pages)
        super().__init__({"page": [self.message]})


def bad_request_page(
    request: HttpRequest, error: params.BadParametersError, status: int = 400, **context: Any
) -> TemplateResponse:
    """The page that says which parameter was refused, and shows no rows; 404 for a page beyond the last."""
    context |= {"problems": error.errors, "way_on": request.path}
    return TemplateResponse(request, "generic/bad_request.html", context, status=status)


def page_citation(request: HttpRequest, title: str) -> str:
    """The citation of a page of many records, each of which names its own sources there."""
    return sentences(title, "Compiled from the sources named on the page, in paraphrase", *place_read(request))


def place_read(request: HttpRequest, path: str | None = None) -> tuple[str, str]:
    """The end of a citation: the site, the address of ``path`` (by default the page's), and the day it was read."""
    day = display_date(datetime.now(UTC).date().isoformat())
    return settings.SITE_NAME, f"{request.build_absolute_uri(path)} (retrieved {day}, UTC)"


def sentences(*parts: str) -> str:
    """The parts that are not empty, a full stop after each that does not ask."""
    return " ".join(part if part.endswith("?") else f"{part.rstrip('.')}." for part in parts if part)


class StrictPage(View):
    """Base of pages: refuses parameters that it does not know, and answers every BadParametersError in one place.

    ``query_params`` are the names a page takes, by default none; None leaves the check to the page, as where a
    FilterSet knows the names. A page that shows its form with the problems overrides ``render_problems``.
    """

    http_method_names = ["get", "head", "options"]
    query_params: ClassVar[tuple[str, ...] | None] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if self.query_params is not None and request.method in ("GET", "HEAD"):
                params.check_params(request.GET, self.query_params, blank=True)
            return super().dispatch(request, *args, **kwargs)
        except params.BadParametersError as error:
            return self.render_problems(error, 404 if isinstance(error, NoSuchPageError) else 400)

    def render_problems(self, error: params.BadParametersError, status: int) -> HttpResponseBase:
        """The answer to refused parameters: ``error.errors`` maps each name to sentences."""
        return bad_request_page(self.request, error, status)


class StrictListView(StrictPage, ListView):
    """A ListView whose ``page`` and ``page_size`` are whole numbers within their limits; anything else is refused.

    With ``paginate_by`` the page has no ``page_size``.
    """

    max_page: ClassVar[int] = params.MAX_PAGE

    def get_paginate_by(self, queryset: Any) -> int:
        return super().get_paginate_by(queryset) or params.page_size_param(self.request.GET)

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        number = params.integer_param(self.request.GET, "page", default=1, maximum=self.max_page)
        paginator = self.get_paginator(queryset, page_size)
        try:
            page = paginator.page(number)
        except EmptyPage:
            raise NoSuchPageError(paginator.num_pages) from None
        return paginator, page, page.object_list, page.has_other_pages()
