"""Filters of risks and mitigations."""

from ..core.filters import BooleanFilter, CodeFilter, OccurringValueFilter, choice_filter
from ..models import Means, Mitigation, Office, Risk
from .base import RecordFilter


class RiskFilter(RecordFilter):
    ordering_fields = ("title", "likelihood", "impact")
    category = OccurringValueFilter(field_name="category", label="Category")
    mitigation = CodeFilter(field_name="mitigations", model=Mitigation)
    means = CodeFilter(model=Means)
    has_mitigation = BooleanFilter(method="by_mitigation", label="Has a mitigation")
    mitigation_described = BooleanFilter(method="by_description", label="A mitigation is described")
    rated = BooleanFilter(method="by_rating", label="Rated")

    class Meta(RecordFilter.Meta):
        model = Risk

    def by_mitigation(self, queryset, name, value):
        bare = queryset.without_mitigation()
        return bare if value == "false" else queryset.exclude(pk__in=bare.values("pk"))

    def by_description(self, queryset, name, value):
        if value == "true":
            return queryset.with_described_mitigation()
        return queryset.without_described_mitigation()

    def by_rating(self, queryset, name, value):
        return queryset.rated() if value == "true" else queryset.unrated()


class MitigationFilter(RecordFilter):
    ordering_fields = ("title",)
    risk = CodeFilter(field_name="risks", model=Risk)
    owner = CodeFilter(model=Office, label="Owner")
    content = choice_filter(Mitigation, "content")
    has_owner = BooleanFilter(method="by_owner", label="Has an owner")

    class Meta(RecordFilter.Meta):
        model = Mitigation

    def by_owner(self, queryset, name, value):
        return queryset.with_owner() if value == "true" else queryset.without_owner()
