"""Links beside a record's page: records of many kinds, read in one query."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import IntegerField, Value

from .core.models import CodedModel, natural_order
from .core.views import LinksPanel
from .models import SearchEntry


@dataclass
class RelatedLinks:
    """The records of one links panel, as search entries, and the address of all of them if there are more."""

    links: LinksPanel
    entries: list[SearchEntry] = field(default_factory=list)
    rest: str = ""


def related_links(record: CodedModel, panels: Sequence[LinksPanel]) -> list[RelatedLinks]:
    """The records of each panel beside the page of ``record``; without any, only a panel that has an ``empty``."""
    groups = [RelatedLinks(panel) for panel in panels]
    queries = [
        SearchEntry.objects.filter(
            kind=rows.model._meta.label_lower, object_id__in=rows[: panel.limit + 1].values("pk")
        ).annotate(place=Value(place, output_field=IntegerField()))
        for place, panel in enumerate(panels)
        for rows in [panel.rows(record)]
    ]
    for entry in queries[0].union(*queries[1:], all=True) if queries else ():
        groups[entry.place].entries.append(entry)
    for group in groups:
        group.entries.sort(key=lambda entry: natural_order(entry.code))
        if len(group.entries) > group.links.limit:
            group.entries = group.entries[: group.links.limit]
            group.rest = group.links.all_url(record) if group.links.all_url else ""
    return [group for group in groups if group.entries or group.links.empty]
