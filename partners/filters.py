"""Filters of partners, frameworks and engagements."""

from django.forms import HiddenInput

from lines_of_effort.filters import NO_LINE
from lines_of_effort.models import LineOfEffort
from strategy.core.filters import BooleanFilter, CodeFilter, OccurringValueFilter, choice_filter
from strategy.filters import RecordFilter
from strategy.models import Office, Topic

from .models import Agreement, Engagement, Framework, Membership, Participation, Partner, PartnerKind, Series

NO_TOPIC = "No topic linked"


class PartnerKindFilter(RecordFilter):
    class Meta(RecordFilter.Meta):
        model = PartnerKind


class PartnerFilter(RecordFilter):
    ordering_fields = ("name", "region", "established_latest")
    kind = choice_filter(Partner, "kind")
    subkind = OccurringValueFilter(field_name="subkind", label="Kind in full")
    relation = choice_filter(Partner, "relation")
    nation = CodeFilter(model=Partner, label="Nation")
    region = OccurringValueFilter(field_name="region", label="Region")
    combatant_command = OccurringValueFilter(field_name="combatant_command", label="Combatant command")
    is_nation = BooleanFilter(label="Is a nation", method="by_nation")
    framework = CodeFilter(field_name="memberships__framework", model=Framework, distinct=True)
    line_of_effort = CodeFilter(model=LineOfEffort, method="by_line")
    topic = CodeFilter(field_name="topic_links__topic", model=Topic, none=NO_TOPIC)
    evidence = choice_filter(Partner, "evidence")
    status = choice_filter(Partner, "status")
    office = CodeFilter(model=Office, label="Same body as office", widget=HiddenInput)

    class Meta(RecordFilter.Meta):
        model = Partner

    def by_nation(self, queryset, name, value):
        return queryset.nations() if value == "true" else queryset.organizations()

    def by_line(self, queryset, name, value):
        return queryset.touching(value) if value else queryset


class FrameworkFilter(RecordFilter):
    ordering_fields = ("name", "established_latest")
    kind = OccurringValueFilter(field_name="kind", label="Kind")
    line_of_effort = CodeFilter(model=LineOfEffort, none=NO_LINE)
    member = CodeFilter(
        field_name="memberships__partner", model=Partner, label="Member", none="No member named", distinct=True
    )
    lead = CodeFilter(model=Partner, label="Lead")
    topic = CodeFilter(field_name="topic_links__topic", model=Topic, none=NO_TOPIC)

    class Meta(RecordFilter.Meta):
        model = Framework


class MembershipFilter(RecordFilter):
    ordering_fields = ("role", "since_latest")
    framework = CodeFilter(model=Framework)
    partner = CodeFilter(model=Partner)
    role = choice_filter(Membership, "role")

    class Meta(RecordFilter.Meta):
        model = Membership


class AgreementFilter(RecordFilter):
    ordering_fields = ("latest",)
    framework = CodeFilter(model=Framework)
    nation = CodeFilter(model=Partner, label="Nation")
    party = CodeFilter(model=Partner, label="Nation or counterpart", method="by_party")

    class Meta(RecordFilter.Meta):
        model = Agreement

    def by_party(self, queryset, name, value):
        return queryset.of_partner(value) if value else queryset


class SeriesFilter(RecordFilter):
    ordering_fields = ("name",)

    class Meta(RecordFilter.Meta):
        model = Series


class EngagementFilter(RecordFilter):
    ordering_fields = ("name", "start_latest", "end_latest", "headcount")
    kind = choice_filter(Engagement, "kind")
    subkind = OccurringValueFilter(field_name="subkind", label="Kind in full")
    status = choice_filter(Engagement, "status")
    series = CodeFilter(model=Series)
    line_of_effort = CodeFilter(model=LineOfEffort, none=NO_LINE)
    partner = CodeFilter(
        field_name="participations__partner",
        model=Partner,
        label="Participant",
        none="No participant named",
        distinct=True,
    )
    on_line = CodeFilter(model=LineOfEffort, label="Line of effort, first or second", method="by_any_line")
    host = CodeFilter(field_name="host_links__partner", model=Partner, label="Host")
    involving = CodeFilter(model=Partner, label="Participant or host", method="by_involved")
    topic = CodeFilter(field_name="topic_links__topic", model=Topic, none=NO_TOPIC)
    participants_complete = BooleanFilter(field_name="participants_complete", label="All participants known")

    class Meta(RecordFilter.Meta):
        model = Engagement

    def by_any_line(self, queryset, name, value):
        return queryset.under_lines([value.pk])

    def by_involved(self, queryset, name, value):
        return queryset.of_partner(value) if value else queryset


class ParticipationFilter(RecordFilter):
    ordering_fields = ("role",)
    engagement = CodeFilter(model=Engagement)
    partner = CodeFilter(model=Partner)
    role = choice_filter(Participation, "role")

    class Meta(RecordFilter.Meta):
        model = Participation
