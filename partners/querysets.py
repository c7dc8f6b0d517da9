"""Querysets of partners, frameworks, agreements, engagements and participations."""

from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lines_of_effort.querysets import LineOfEffortMixinQuerySet
from strategy.core.models import CodedQuerySet, count_subquery, related_manager
from strategy.models.topic_querysets import TopicLinkQuerySet

# How a partner is linked to a line of effort: its relation, and in that the fields of the partner and of the line.
PATHS_TO_LINES = (
    ("memberships", "partner", "framework__line_of_effort"),
    ("agreements", "nation", "framework__line_of_effort"),
    ("participations", "partner", "engagement__line_of_effort"),
    ("participations", "partner", "engagement__secondary_line"),
)


class PartnerQuerySet(CodedQuerySet):
    """Partners, own side included."""

    def nations(self):
        return self.filter(kind="nation")

    def organizations(self):
        return self.exclude(kind="nation")

    def foreign(self):
        """Everybody but the United States and its own units."""
        return self.exclude(relation="own_side")

    def with_weak_evidence(self):
        """Partners of whom little is known, or whom sources contest."""
        return self.filter(evidence__in=("thin", "contested"))

    def with_counts(self):
        """With the numbers of frameworks they belong to, agreements they are a party to, and engagements.

        ``engagement_count`` has those a partner takes part in or hosts, as ``EngagementQuerySet.of_partner`` does, and
        ``host_count`` those it hosts; ``agreement_count`` is that of ``AgreementQuerySet.of_partner``.
        """
        taking_part = related_manager(self.model, "participations").filter(
            engagement=OuterRef("engagement"), partner=OuterRef("partner")
        )
        hosting = related_manager(self.model, "hosting_links").filter(~Exists(taking_part))
        signed = related_manager(self.model, "agreements_signed").exclude(nation=F("counterpart"))
        return self.annotate(
            framework_count=self._count("memberships", "partner", distinct="framework"),
            agreement_count=self._count("agreements", "nation") + count_subquery(signed, "counterpart"),
            engagement_count=self._count("participations", "partner", distinct="engagement")
            + count_subquery(hosting, "partner", distinct="engagement"),
            host_count=self._count("hosting_links", "partner", distinct="engagement"),
        )

    def _count(self, relation: str, field: str, *, distinct: str = "") -> Coalesce:
        return count_subquery(related_manager(self.model, relation), field, distinct=distinct)

    def with_definition(self, kinds):
        """With what their relation means: ``relation_definition``, ``relation_definition_basis``, ``relation_code``.

        ``kinds`` is a queryset of ``PartnerKind``.
        """
        kind = kinds.filter(relation=OuterRef("relation"), notional=OuterRef("notional"))
        return self.annotate(
            relation_definition=Subquery(kind.values("definition")[:1]),
            relation_definition_basis=Subquery(kind.values("basis")[:1]),
            relation_code=Subquery(kind.values("code")[:1]),
        )

    def touching(self, line):
        """Partners with a membership, an agreement or an engagement that stands under the line of effort."""
        links = (
            Exists(related_manager(self.model, relation).filter(**{partner: OuterRef("pk"), path: line}))
            for relation, partner, path in PATHS_TO_LINES
        )
        return self.filter(reduce(or_, links))

    def lines_touched(self) -> dict[str, list["TouchedLine"]]:
        """The lines of effort that each partner of this queryset touches, by the partner's code: one query."""
        partners = self.order_by().values("pk")
        first, *others = (
            related_manager(self.model, relation)
            .filter(**{f"{partner}__in": partners})
            .order_by()
            .values_list(f"{partner}__code", *(f"{path}__{field}" for field in TouchedLine._fields))
            for relation, partner, path in PATHS_TO_LINES
        )
        lines_by_code: dict[str, list[TouchedLine]] = {}
        for code, *line in first.union(*others):
            if line[0] is not None:
                lines_by_code.setdefault(code, []).append(TouchedLine(*line))
        return {code: sorted(lines, key=lambda line: line.order) for code, lines in lines_by_code.items()}


class TouchedLine(NamedTuple):
    """A line of effort that a partner has work under, as its mark on a page shows it."""

    code: str
    title: str
    force_activity: str
    order: int


class FrameworkQuerySet(LineOfEffortMixinQuerySet):
    """Frameworks."""

    def with_counts(self):
        """With how many partners belong to it and how many agreements stand under it."""
        return self.annotate(
            member_count=count_subquery(related_manager(self.model, "memberships"), "framework", distinct="partner"),
            agreement_count=count_subquery(related_manager(self.model, "agreements"), "framework"),
        )


class AgreementQuerySet(CodedQuerySet):
    """Agreements."""

    def of_partner(self, partner):
        """Agreements of the nation, or with the partner as the counterpart that signed."""
        return self.filter(Q(nation=partner) | Q(counterpart=partner))


class EngagementQuerySet(LineOfEffortMixinQuerySet):
    """Engagements."""

    def for_list(self):
        return super().for_list().with_parts("host_links")

    def under_lines(self, lines):
        """Engagements under one of these lines of effort, be it as the second one."""
        return self.filter(Q(line_of_effort__in=lines) | Q(secondary_line__in=lines))

    def not_over(self):
        """Engagements that are planned, delayed or going on."""
        return self.filter(status__in=("planned", "delayed", "active", "in_progress"))

    def with_partial_participants(self):
        """Engagements in which somebody not listed may have taken part."""
        return self.filter(participants_complete=False)

    def of_partner(self, partner):
        """Engagements the partner takes part in or hosts."""
        participations, hosts = related_manager(self.model, "participations"), related_manager(self.model, "host_links")
        return self.filter(
            Exists(participations.filter(engagement=OuterRef("pk"), partner=partner))
            | Exists(hosts.filter(engagement=OuterRef("pk"), partner=partner))
        )

    def newest_first(self):
        """By start, the latest first and undated ones last."""
        return self.order_by(F("start_latest").desc(nulls_last=True), "code_order")


class ParticipationQuerySet(CodedQuerySet):
    """Participations."""

    def without_citation(self):
        """Participations without a source, and whose engagement, whose evidence they share, has none either."""
        return super().without_citation().filter(engagement__citations=None)


class PartnerTopicQuerySet(TopicLinkQuerySet):
    """Links of partners to subject topics."""

    def by_nation(self):
        """By the name of the nation, of each the main and principal ones first: for the page of a topic."""
        nation = Coalesce("partner__nation__name", "partner__name")
        return self.order_by(nation, "weight", "-partner__principal", "partner__name")
