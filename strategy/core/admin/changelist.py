"""Change list of the admin that refuses unknown parameters and values, as the site's own lists do."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.http import HttpRequest, QueryDict

from ..params import MAX_VALUE, did_you_mean
from .forms import is_id, points_at_record


def check_values(params: QueryDict, selected_ids: Iterable[str]) -> None:
    """Refuses parameters and selected rows that are wrong in any list: IncorrectLookupParameters.

    A parameter twice, text no database can look up, an id that is no number.
    """
    for name, values in params.lists():
        if len(values) > 1:
            raise IncorrectLookupParameters(f"'{name}' is given more than once")
        if "\x00" in values[0] or "\x00" in name or len(values[0]) > MAX_VALUE:
            raise IncorrectLookupParameters(f"'{name}' holds a NUL character or more than {MAX_VALUE} characters")
    if not all(map(is_id, selected_ids)):
        raise IncorrectLookupParameters("A row was chosen that is no record")


class StrictChangeList(ChangeList):
    """Change list that refuses lookups, values and pages it does not have.

    Django's own leaves out what it does not understand, and shows all rows. Raises IncorrectLookupParameters.
    """

    def get_filters(self, request: HttpRequest) -> Any:
        for name in request.GET:
            if name.endswith(("__id__exact", "object_id")) and not is_id(value := str(request.GET[name])):
                raise IncorrectLookupParameters(f"'{value}' is not the number of a record")
        try:
            result = super().get_filters(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        filters, remaining_lookups = result[0], result[2]
        known = [*self._other_lookups(), *(str(name) for spec in filters for name in spec.expected_parameters())]
        for name in remaining_lookups:
            if name not in self._other_lookups():
                raise IncorrectLookupParameters(f"'{name}' is not a filter of this list.{did_you_mean(name, known)}")
        return result

    def get_ordering_field(self, field_name: Any) -> Any:
        """Orders by the code of a related record: its model's own order may hold what no relation can lead to."""
        name = super().get_ordering_field(field_name)
        fields = {field.name: field for field in self.lookup_opts.concrete_fields}
        return f"{name}__code_order" if name in fields and points_at_record(fields[name]) else name

    def check_params(self, request: HttpRequest) -> None:
        """Refuses a value that a filter does not offer, a page that does not exist and an order by no column."""
        params = request.GET
        for spec in self.filter_specs:
            names = [name for name in map(str, spec.expected_parameters()) if name in params]
            if names and not any(choice.get("selected") for choice in spec.choices(self)):
                raise IncorrectLookupParameters(f"The filter '{spec.title}' has no '{params[names[0]]}'")
        page = params.get(PAGE_VAR, "1")
        if not (is_id(page) and 1 <= int(page) <= max(1, self.paginator.num_pages)):
            raise IncorrectLookupParameters(f"There is no page '{page}'")
        for part in filter(None, params.get(ORDER_VAR, "").split(".")):
            column = part.removeprefix("-")
            if not (is_id(column) and int(column) < len(self.list_display)):
                raise IncorrectLookupParameters(f"There is no column '{part}' to order by")

    def _other_lookups(self) -> Iterator[str]:
        """Lookups that no filter has: those of the date hierarchy, and those that inlines too long to edit link to."""
        for part in ("gte", "lt", "year", "month", "day"):
            yield f"{self.date_hierarchy}__{part}"
        for field in self.model._meta.concrete_fields:
            if points_at_record(field) or field.name == "content_type":
                yield f"{field.name}__id__exact"
            if field.name == "object_id":
                yield "object_id"


class RecordChangeList(StrictChangeList):
    """Change list of records, which reads its rows with ``for_list``."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        rows: Any = super().get_queryset(request, exclude_parameters)
        return rows.for_list()
