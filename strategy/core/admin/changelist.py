"""The admin's list of records: strict about what it is asked for, as the site's own lists are."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.http import HttpRequest, QueryDict

from ..params import MAX_VALUE, did_you_mean
from .forms import is_id, points_at_record


def check_values(asked: QueryDict, chosen: Iterable[str]) -> None:
    """Refuses what no list can be asked for: a parameter twice, text no database can look up, a row that is none."""
    for name, values in asked.lists():
        if len(values) > 1:
            raise IncorrectLookupParameters(f"'{name}' is given more than once")
        if "\x00" in values[0] or "\x00" in name or len(values[0]) > MAX_VALUE:
            raise IncorrectLookupParameters(f"'{name}' holds a NUL character or more than {MAX_VALUE} characters")
    if not all(map(is_id, chosen)):
        raise IncorrectLookupParameters("A row was chosen that is no record")


class RecordChangeList(ChangeList):
    """Rows with all that one line of the list shows.

    Django leaves out what it does not understand, and shows all rows.
    """

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        rows: Any = super().get_queryset(request, exclude_parameters)
        return rows.for_list()

    def get_filters(self, request: HttpRequest) -> Any:
        for name in request.GET:
            if name.endswith(("__id__exact", "object_id")) and not is_id(value := str(request.GET[name])):
                raise IncorrectLookupParameters(f"'{value}' is not the number of a record")
        try:
            found = super().get_filters(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        filters, rest = found[0], found[2]
        known = [*self._others(), *(str(name) for one in filters for name in one.expected_parameters())]
        for name in rest:
            if name not in self._others():
                raise IncorrectLookupParameters(f"'{name}' is not a filter of this list.{did_you_mean(name, known)}")
        return found

    def check(self, request: HttpRequest) -> None:
        """Refuses a value that a filter does not offer, a page there is not, and an order by no column."""
        asked = request.GET
        for one in self.filter_specs:
            names = [name for name in map(str, one.expected_parameters()) if name in asked]
            if names and not any(choice.get("selected") for choice in one.choices(self)):
                raise IncorrectLookupParameters(f"The filter '{one.title}' has no '{asked[names[0]]}'")
        page = asked.get(PAGE_VAR, "1")
        if not (is_id(page) and 1 <= int(page) <= max(1, self.paginator.num_pages)):
            raise IncorrectLookupParameters(f"There is no page '{page}'")
        for part in filter(None, asked.get(ORDER_VAR, "").split(".")):
            column = part.removeprefix("-")
            if not (is_id(column) and int(column) < len(self.list_display)):
                raise IncorrectLookupParameters(f"There is no column '{part}' to order by")

    def _others(self) -> Iterator[str]:
        """Lookups that no filter shows: those of the dates above the list, and those that tables too long lead to."""
        for part in ("gte", "lt", "year", "month", "day"):
            yield f"{self.date_hierarchy}__{part}"
        for field in self.model._meta.concrete_fields:
            if points_at_record(field) or field.name == "content_type":
                yield f"{field.name}__id__exact"
            if field.name == "object_id":
                yield "object_id"
