"""Links beside a record's page: records of many kinds at the price of one query."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import IntegerField, Value

from .core.models import CodedModel, natural_order
from .core.views import LinksPanel
from .models import SearchEntry


@dataclass
class Linked:
    """The links of one kind, and the address of all of them if there are more."""

    links: LinksPanel
    entries: list[SearchEntry] = field(default_factory=list)
    rest: str = ""


def linked(record: CodedModel, wanted: Sequence[LinksPanel]) -> list[Linked]:
    """What stands beside ``record``: each record as its entry in the search index knows it."""
    found = [Linked(links) for links in wanted]
    asked = [
        SearchEntry.objects.filter(
            kind=rows.model._meta.label_lower, object_id__in=rows[: links.most + 1].values("pk")
        ).annotate(place=Value(place, output_field=IntegerField()))
        for place, links in enumerate(wanted)
        for rows in [links.rows(record)]
    ]
    for entry in asked[0].union(*asked[1:], all=True) if asked else ():
        found[entry.place].entries.append(entry)
    for one in found:
        one.entries.sort(key=lambda entry: natural_order(entry.code))
        if len(one.entries) > one.links.most:
            one.entries = one.entries[: one.links.most]
            one.rest = one.links.all_at(record) if one.links.all_at else ""
    return [one for one in found if one.entries or one.links.empty]
