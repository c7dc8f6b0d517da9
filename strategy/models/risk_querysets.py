"""Questions about risks and what is done about them."""

from django.db.models import Exists, OuterRef

from ..core.querysets import CodedQuerySet, related


class RiskQuerySet(CodedQuerySet):
    def for_list(self):
        return super().for_list().prefetch_related("mitigations")

    def without_mitigation(self):
        return self.filter(mitigations=None)

    def without_described_mitigation(self):
        """Nothing is said to be done about them, or only that something is, or only an aim."""
        mitigations = related(self.model, "mitigations").filter(risks=OuterRef("pk"))
        return self.filter(~Exists(mitigations.filter(content="described")))

    def with_unknown_mitigations_only(self):
        """Something is done about them, and nothing of it is known."""
        mitigations = related(self.model, "mitigations").filter(risks=OuterRef("pk"))
        return self.filter(Exists(mitigations), ~Exists(mitigations.exclude(content="unknown")))


class MitigationQuerySet(CodedQuerySet):
    def without_owner(self):
        return self.filter(owner=None)
