"""Pages of offices."""

from django.db.models import Q

from ..core.tables import Column, Section
from ..filters import OfficeFilter
from ..models import Office, OfficeRelation
from .base import RecordDetail, RecordList


class OfficeList(RecordList):
    filterset_class = OfficeFilter
    columns = ("abbreviation", "echelon", "link", "status", "basis")
    intro = (
        "Every office a source names. Those no source ties to the strategy are there to explain the structure, "
        "and are tasked with nothing."
    )


def relations_both_ways(office: Office):
    return OfficeRelation.objects.filter(Q(office=office) | Q(other=office)).select_related("office", "other")


class OfficeDetail(RecordDetail):
    model = Office
    sections = (
        Section("Other names", "names", ("value", "kind", "valid_from", "valid_until", "note", "basis")),
        Section("Standing over time", "events", ("date", "status", "as_stated", "basis")),
        Section("Place in the organisation", relations_both_ways, ("office", "kind", "other", "note", "basis")),
        Section("Named for the whole strategy", "mentions", (Column("self", "As stated"), "kind", "verb", "basis")),
        Section("Owns mitigations", "owned_mitigations", (Column("self", "Mitigation"), "content", "basis")),
    )
