"""Admin of risks and mitigations."""

from django.contrib import admin

from ..core.admin import QuestionFilter, joined_codes
from ..models import Mitigation, Risk
from .base import EvidencedAdmin


class MitigatedFilter(QuestionFilter):
    title = "mitigation"
    parameter_name = "mitigation"
    questions = {
        "without_mitigation": "None described",
        "with_unknown_mitigations_only": "Only some of unknown contents",
    }


class OwnedFilter(QuestionFilter):
    title = "owner"
    parameter_name = "owner"
    questions = {"without_owner": "None named"}


@admin.register(Risk)
class RiskAdmin(EvidencedAdmin):
    columns = ("category", "mitigated_by", "likelihood", "impact")
    filters = (MitigatedFilter,)

    @admin.display(description="Mitigations")
    def mitigated_by(self, risk: Risk) -> str:
        return joined_codes(risk.mitigations.all(), "None described")


@admin.register(Mitigation)
class MitigationAdmin(EvidencedAdmin):
    columns = ("content", "for_risks", "owner")
    filters = (OwnedFilter,)

    @admin.display(description="Risks")
    def for_risks(self, mitigation: Mitigation) -> str:
        return joined_codes(mitigation.risks.all(), "None")
