"""Pages of offices."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Case, Q, When

from ..core.filters import MAX_OFFERED, requested_notional
from ..core.views import Column, LinksPanel, ListLink, TablePanel, TemplatePanel, list_url
from ..filters import OfficeFilter
from ..models import Office, OfficeEvent, OfficeHead, OfficeRelation, Recommendation
from ..my_office.middleware import my_office
from .base import RecordDetail, RecordList
from .topics import topics_panel


class OfficeList(RecordList):
    """Every office a source names, with how much it is tasked with."""

    filterset_class = OfficeFilter
    columns = (
        "echelon",
        Column("leads", "Leads", kind="count"),
        Column("coordinates", "Coordinates", kind="count"),
        Column("supports", "Supports", kind="count"),
        Column("link", "Link to the strategy"),
        Column("status_as_stated", "Status as stated"),
        "basis",
    )
    facets = ("tasked", "link", "status")
    intro = (
        "Every office a source names, with the number of activities it leads, coordinates and supports. Those no "
        "source links to the strategy are there to explain the structure, and are tasked with nothing."
    )

    def get_queryset(self) -> Any:
        """Those that are tasked first, all by name."""
        rows = super().get_queryset().with_tasking_counts()
        return rows.annotate(
            is_tasked=Case(When(Q(leads__gt=0) | Q(coordinates__gt=0) | Q(supports__gt=0), then=1), default=0)
        ).order_by("-is_tasked", "label_order", "code_order")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the rows apart: offices that are tasked, and the others, which are folded where there are both.

        A reader who chose an order has one list in that order.
        """
        context = super().get_context_data(**kwargs)
        lines = [] if self.request.GET.get("ordering") else context["lines"]
        notional = requested_notional(self.request)
        return context | {
            "tasked_lines": [line for line in lines if line.row.is_tasked],
            "untasked_lines": [line for line in lines if not line.row.is_tasked],
            "choices": Office.objects.visible(notional).order_by(*Office.choice_order)[:MAX_OFFERED],
        }


@dataclass
class RelatedOffices:
    """Offices in one relation to the page's own. ``title`` says which, from the page's side."""

    title: str
    relations: list[tuple[Office, OfficeRelation]]


class Organization:
    """The offices above and below an office, before and after it, and how its standing changed. Two queries."""

    KINDS = OfficeRelation.Kind
    ABOVE: ClassVar = ((KINDS.PART_OF, "Part of"), (KINDS.MEMBER_OF, "Member of"), (KINDS.PRESENTED_TO, "Presented to"))
    BELOW: ClassVar = (
        (KINDS.PART_OF, "Part of it"),
        (KINDS.MEMBER_OF, "Member of it"),
        (KINDS.PRESENTED_TO, "Presented to it"),
    )

    def __init__(self, office: Office):
        self.office = office
        upward: dict[str, list] = defaultdict(list)
        downward: dict[str, list] = defaultdict(list)
        relations = OfficeRelation.objects.filter(Q(office=office) | Q(other=office)).select_related("office", "other")
        for relation in relations:
            if relation.office_id == office.pk:
                upward[relation.kind].append((relation.other, relation))
            else:
                downward[relation.kind].append((relation.office, relation))
        succession = self.KINDS.SUCCEEDED_BY
        self.above = [RelatedOffices(title, upward[kind]) for kind, title in self.ABOVE if upward[kind]]
        self.below = [RelatedOffices(title, downward[kind]) for kind, title in self.BELOW if downward[kind]]
        self.successors = upward[succession]
        self.predecessors = downward[succession]
        self.events: list[OfficeEvent] = list(office.events.all())

    @property
    def latest(self) -> OfficeEvent | None:
        return self.events[-1] if self.events else None

    def __bool__(self) -> bool:
        return bool(self.above or self.below or self.successors or self.predecessors)


class Heads:
    """Who heads an office, or was named to; the page reads the citations of ``rows`` with its own."""

    def __init__(self, office: Office):
        self.rows: list[OfficeHead] = list(office.heads.all())


class OfficeDetail(RecordDetail):
    """The page that says what an office is tasked with. The tasking itself is brought by the app above."""

    model = Office
    statement = "remit"
    panels = (
        TemplatePanel("Who heads it", Heads, top="strategy/offices/remit.html", main="strategy/offices/heads.html"),
        TablePanel("Other names", "names", ("value", "kind", "valid_from", "valid_until", "note", "basis")),
        topics_panel("office_links"),
        ListLink("Stakeholder in a strategy", "stakeholder"),
        LinksPanel(
            "Recommendations of outside reviewers",
            lambda office: Recommendation.objects.filter(office_links__office=office),
            note="They address it or name it. Not an assignment.",
            all_url=lambda office: list_url(office, "recommendation", office=office.code),
        ),
        LinksPanel(
            "Owns mitigations",
            lambda office: office.owned_mitigations.all(),
            all_url=lambda office: list_url(office, "mitigation", owner=office.code),
        ),
        LinksPanel(
            "Named for the whole strategy",
            lambda office: office.mentions.all(),
            note="A source names it for something other than an activity. This is not an assignment.",
            limit=20,
        ),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().with_tasking_counts().with_goals_served()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = my_office(self.request)
        return super().get_context_data(**kwargs) | {
            "organization": Organization(self.object),
            "is_my_office": own is not None and own.pk == self.object.pk,
        }
