"""Admin of offices."""

from django.contrib import admin
from django.http import HttpRequest

from ..core.admin import QuestionFilter
from ..models import Office
from .base import EvidencedAdmin


class StandingFilter(QuestionFilter):
    title = "standing"
    parameter_name = "standing"
    questions = {
        "tied_to_strategy": "Linked to the strategy by a source",
        "not_standing": "Does not stand, by some source",
        "with_relation_read_by_us": "Place is inferred",
    }
    methods = {
        "tied_to_strategy": "linked_to_strategy",
        "not_standing": "inactive",
        "with_relation_read_by_us": "with_inferred_relation",
    }


@admin.register(Office)
class OfficeAdmin(EvidencedAdmin):
    columns = ("abbreviation", "echelon", "link", "status")
    filters = (StandingFilter,)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*super().get_search_fields(request), "heads__person"]
