"""Paging by number: strict, with the count of all records beside the page. Paging by key is in ``keyset``."""

from typing import Any

from django.core.paginator import Page
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from .. import params
from ..cache import counts

# No database counts further.
MAX_OFFSET = 2**62


class StrictPageNumberPagination(PageNumberPagination):
    """``page`` and ``page_size`` (1 to 200, 50 if left out); anything else is refused."""

    page_size_query_param = "page_size"
    page_size = params.DEFAULT_PAGE_SIZE
    max_page_size = params.MAX_PAGE_SIZE

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties = {
            "count": {"type": ["integer", "null"], "description": "All records; null with `count=false`."},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "results": schema,
        }
        required = [*properties]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def get_page_size(self, request) -> int:
        return params.page_size_param(request.query_params)

    def get_page_number(self, request, paginator) -> int:
        number = params.page_number_param(request.query_params)
        if number > paginator.num_pages:
            raise NotFound(params.no_such_page(paginator.num_pages))
        return number


class KeyPagination(StrictPageNumberPagination):
    """The same for the keys of records, which are counted and read at once."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """The keys of the page that is asked for."""
        size, number = self.get_page_size(request), params.page_number_param(request.query_params)
        keys, count = counts.count_and_page(queryset, min((number - 1) * size, MAX_OFFSET), size)
        paginator = self.django_paginator_class(keys, size)
        paginator.count = count
        self.request, self.page = request, Page(keys, self.get_page_number(request, paginator), paginator)
        return keys
