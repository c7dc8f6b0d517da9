"""Admin of terms."""

from django.contrib import admin

from ..core.admin import QuestionFilter
from ..models import Term
from .base import EvidencedAdmin


class DefinedFilter(QuestionFilter):
    title = "definition"
    parameter_name = "definition"
    questions = {"without_definition": "None given"}


@admin.register(Term)
class TermAdmin(EvidencedAdmin):
    columns = ("abbreviation", "defined_in", "in_strategy_glossary")
    filters = (DefinedFilter,)
