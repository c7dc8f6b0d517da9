"""Questions about partners and what is done with them."""

from django.db.models import F, Prefetch, Q

from lines_of_effort.querysets import PlacedQuerySet
from strategy.core.querysets import CodedQuerySet, related


class PartnerQuerySet(CodedQuerySet):
    def nations(self):
        return self.filter(kind="nation")

    def foreign(self):
        """Everybody but the United States and its own units."""
        return self.exclude(relation="own_side")

    def with_weak_evidence(self):
        """What is said of them is thin, or sources contest it."""
        return self.filter(evidence__in=("thin", "contested"))


class EngagementQuerySet(PlacedQuerySet):
    def for_list(self):
        return super().for_list().with_parts("host_links")

    def for_api(self):
        participations = related(self.model, "participations").select_related("partner")
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


class ParticipationQuerySet(CodedQuerySet):
    def without_citation(self):
        """Neither they nor the engagement whose evidence they share."""
        return super().without_citation().filter(engagement__citations=None)
