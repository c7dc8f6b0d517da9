"""Questions about partners and what is done with them."""

from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lines_of_effort.querysets import PlacedQuerySet
from strategy.core.models import CodedQuerySet, related_manager


def _number(rows: QuerySet, of: str, counted: str = "pk") -> Coalesce:
    """How many different ``counted`` there are among ``rows`` of the outer record; a subquery keeps the order."""
    grouped = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(Subquery(grouped.annotate(number=Count(counted, distinct=True)).values("number")), 0)


class PartnerQuerySet(CodedQuerySet):
    def nations(self):
        return self.filter(kind="nation")

    def organisations(self):
        return self.exclude(kind="nation")

    def foreign(self):
        """Everybody but the United States and its own units."""
        return self.exclude(relation="own_side")

    def with_weak_evidence(self):
        """What is said of them is thin, or sources contest it."""
        return self.filter(evidence__in=("thin", "contested"))

    def with_counts(self):
        """With how many frameworks they belong to, agreements they signed and engagements they take part in."""
        return self.annotate(
            framework_count=_number(related_manager(self.model, "memberships"), "partner", "framework"),
            agreement_count=_number(related_manager(self.model, "agreements"), "nation"),
            engagement_count=_number(related_manager(self.model, "participations"), "partner", "engagement"),
            host_count=_number(related_manager(self.model, "hosting_links"), "partner", "engagement"),
        )

    def with_definition(self, kinds):
        """With what their relation means, by that one of ``kinds`` that explains it, and how well that is known."""
        kind = kinds.filter(relation=OuterRef("relation"), notional=OuterRef("notional"))
        return self.annotate(
            relation_definition=Subquery(kind.values("definition")[:1]),
            relation_definition_basis=Subquery(kind.values("basis")[:1]),
            relation_code=Subquery(kind.values("code")[:1]),
        )

    def touching(self, line):
        """Those with a membership, an agreement or an engagement that stands under the line of effort."""
        memberships, agreements = related_manager(self.model, "memberships"), related_manager(self.model, "agreements")
        return self.filter(
            Exists(memberships.filter(partner=OuterRef("pk"), framework__line_of_effort=line))
            | Exists(agreements.filter(nation=OuterRef("pk"), framework__line_of_effort=line))
            | Exists(self._participations().filter(Q(engagement__line_of_effort=line), partner=OuterRef("pk")))
            | Exists(self._participations().filter(engagement__secondary_line=line, partner=OuterRef("pk")))
        )

    def _participations(self) -> Any:
        return related_manager(self.model, "participations")

    def lines_touched(self) -> dict[str, list["TouchedLine"]]:
        """The lines of effort each partner here touches, by its code: one query for all of them."""
        here = self.order_by().values("pk")
        paths = [
            ("memberships", "partner", "framework__line_of_effort"),
            ("agreements", "nation", "framework__line_of_effort"),
            ("participations", "partner", "engagement__line_of_effort"),
            ("participations", "partner", "engagement__secondary_line"),
        ]
        first, *others = (
            related_manager(self.model, name)
            .filter(**{f"{partner}__in": here})
            .order_by()
            .values_list(f"{partner}__code", *(f"{line}__{field}" for field in TouchedLine._fields))
            for name, partner, line in paths
        )
        found: dict[str, list[TouchedLine]] = {}
        for code, *line in first.union(*others):
            if line[0] is not None:
                found.setdefault(code, []).append(TouchedLine(*line))
        return {code: sorted(lines, key=lambda line: line.order) for code, lines in found.items()}


class TouchedLine(NamedTuple):
    """As much of a line of effort as a mark shows."""

    code: str
    title: str
    force_activity: str
    order: int


class FrameworkQuerySet(PlacedQuerySet):
    def with_counts(self):
        """With how many partners belong to it and how many agreements stand under it."""
        return self.annotate(
            member_count=_number(related_manager(self.model, "memberships"), "framework", "partner"),
            agreement_count=_number(related_manager(self.model, "agreements"), "framework"),
        )


class EngagementQuerySet(PlacedQuerySet):
    def for_list(self):
        return super().for_list().with_parts("host_links")

    def for_api(self):
        participations = related_manager(self.model, "participations").select_related("partner")
        return super().for_api().prefetch_related(Prefetch("participations", participations))

    def on_lines(self, lines):
        """Under one of these lines of effort, be it as the second one."""
        return self.filter(Q(line_of_effort__in=lines) | Q(secondary_line__in=lines)).distinct()

    def latest_first(self):
        return self.order_by(F("start_latest").desc(nulls_last=True), "code_order")

    def not_over(self):
        """Planned, delayed or going on."""
        return self.filter(status__in=("planned", "delayed", "active", "in_progress"))

    def with_partial_participants(self):
        """Somebody not listed may have taken part."""
        return self.filter(participants_complete=False)

    def of_partner(self, partner):
        """Those the partner takes part in or hosts."""
        participations, hosts = related_manager(self.model, "participations"), related_manager(self.model, "host_links")
        return self.filter(
            Exists(participations.filter(engagement=OuterRef("pk"), partner=partner))
            | Exists(hosts.filter(engagement=OuterRef("pk"), partner=partner))
        )

    def touching(self, lines):
        """Those placed under one of the lines of effort, first or second."""
        return self.filter(Q(line_of_effort__in=lines) | Q(secondary_line__in=lines))

    def newest_first(self):
        return self.order_by(F("start_latest").desc(nulls_last=True), "code_order")


class ParticipationQuerySet(CodedQuerySet):
    def without_citation(self):
        """Neither they nor the engagement whose evidence they share."""
        return super().without_citation().filter(engagement__citations=None)
