"""Admin of goals, means, risks, mitigations and terms."""

from django.contrib import admin

from ..core.admin import PresentFilter, QuestionFilter, joined_codes
from ..models import Goal, Means, Mitigation, Risk, Term
from .evidence import EvidencedAdmin


class MitigatedFilter(QuestionFilter):
    title = "mitigation"
    parameter_name = "mitigation"
    questions = {
        "without_mitigation": "None described",
        "with_unknown_mitigations_only": "Only some of unknown contents",
    }


class DefinedFilter(QuestionFilter):
    title = "definition"
    parameter_name = "definition"
    questions = {"without_definition": "None given"}


class OwnedFilter(QuestionFilter):
    title = "owner"
    parameter_name = "owner"
    questions = {"without_owner": "None named"}


@admin.register(Goal)
class GoalAdmin(EvidencedAdmin):
    columns = ("order", "short_name")


@admin.register(Means)
class MeansAdmin(EvidencedAdmin):
    columns = ("kind", "part_of", "in_strategy")
    filters = (("part_of", PresentFilter),)


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


@admin.register(Term)
class TermAdmin(EvidencedAdmin):
    columns = ("abbreviation", "defined_in", "in_strategy_glossary")
    filters = (DefinedFilter,)
