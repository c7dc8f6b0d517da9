"""Querysets of risks and mitigations."""

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Window

from ..core.models import CodedQuerySet, first_of_each, related_manager


class RiskQuerySet(CodedQuerySet):
    """Risks, by rating and by what is done about them."""

    def for_list(self):
        return super().for_list().prefetch_related("mitigations")

    def for_register(self):
        """With the mitigations and who owns them, category by category: in the order of their first risks."""
        mitigations = related_manager(self.model, "mitigations").select_related("owner")
        first = Window(Min("code_order"), partition_by=[F("category")])
        rows = self.for_detail().prefetch_related(Prefetch("mitigations", mitigations))
        return rows.annotate(category_order=first).order_by("category_order", "category", "code_order", "code")

    def rated(self):
        """Risks whose likelihood and impact somebody judged."""
        return self.exclude(likelihood=None).exclude(impact=None)

    def unrated(self):
        """Risks that have no place on a heat map, since one of the two or both were never judged."""
        return self.exclude(pk__in=self.rated().values("pk"))

    def first_of_each_rating(self, limit: int):
        """At most ``limit`` risks of each likelihood and impact, each with ``alike``: how many have that rating."""
        chosen = self.model._default_manager.filter(pk__in=self.values("pk"))
        order = ["code_order", "code"]
        return first_of_each(chosen, by=["likelihood", "impact"], order=order, limit=limit).order_by(*order)

    def with_described_mitigation(self):
        """A source tells what is done about them."""
        return self.exclude(pk__in=self.without_described_mitigation().values("pk"))

    def without_mitigation(self):
        return self.filter(mitigations=None)

    def without_described_mitigation(self):
        """Nothing is said to be done about them, or only that something is, or only an aim."""
        mitigations = related_manager(self.model, "mitigations").filter(risks=OuterRef("pk"))
        return self.filter(~Exists(mitigations.filter(content="described")))

    def with_unknown_mitigations_only(self):
        """Something is done about them, and nothing of it is known."""
        mitigations = related_manager(self.model, "mitigations").filter(risks=OuterRef("pk"))
        return self.filter(Exists(mitigations), ~Exists(mitigations.exclude(content="unknown")))


class MitigationQuerySet(CodedQuerySet):
    """Mitigations."""

    def with_owner(self):
        return self.exclude(owner=None)

    def without_owner(self):
        return self.filter(owner=None)
