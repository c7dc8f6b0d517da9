"""Filters of partners, frameworks and engagements."""

from django.forms import HiddenInput

from lines_of_effort.filters import NO_LINE
from lines_of_effort.models import LineOfEffort
from strategy.core.filters import Code, OneOfValues, RecordFilter, YesNo, one_of
from strategy.models import Office

from .models import Agreement, Engagement, Framework, Membership, Participation, Partner, PartnerKind, Series


class PartnerKindFilter(RecordFilter):
    class Meta:
        model = PartnerKind
        fields: list[str] = []


class PartnerFilter(RecordFilter):
    ordering_fields = ("name", "region", "established_latest")
    kind = one_of(Partner, "kind")
    subkind = OneOfValues(field_name="subkind", label="Kind in full")
    relation = one_of(Partner, "relation")
    nation = Code(model=Partner, label="Nation")
    region = OneOfValues(field_name="region", label="Region")
    combatant_command = OneOfValues(field_name="combatant_command", label="Combatant command")
    is_nation = YesNo(label="Is a nation", method="by_nation")
    framework = Code(field_name="memberships__framework", model=Framework, distinct=True)
    line_of_effort = Code(model=LineOfEffort, method="by_line")
    evidence = one_of(Partner, "evidence")
    status = one_of(Partner, "status")
    office = Code(model=Office, label="Same body as office", widget=HiddenInput)

    class Meta:
        model = Partner
        fields: list[str] = []

    def by_nation(self, queryset, name, value):
        return queryset.nations() if value == "true" else queryset.organisations()

    def by_line(self, queryset, name, value):
        return queryset.touching(value) if value else queryset


class FrameworkFilter(RecordFilter):
    ordering_fields = ("name", "established_latest")
    kind = OneOfValues(field_name="kind", label="Kind")
    line_of_effort = Code(model=LineOfEffort, none=NO_LINE)
    member = Code(
        field_name="memberships__partner", model=Partner, label="Member", none="No member named", distinct=True
    )
    lead = Code(model=Partner, label="Lead")

    class Meta:
        model = Framework
        fields: list[str] = []


class MembershipFilter(RecordFilter):
    ordering_fields = ("role", "since_latest")
    framework = Code(model=Framework)
    partner = Code(model=Partner)
    role = one_of(Membership, "role")

    class Meta:
        model = Membership
        fields: list[str] = []


class AgreementFilter(RecordFilter):
    ordering_fields = ("latest",)
    framework = Code(model=Framework)
    nation = Code(model=Partner, label="Nation")

    class Meta:
        model = Agreement
        fields: list[str] = []


class SeriesFilter(RecordFilter):
    ordering_fields = ("name",)

    class Meta:
        model = Series
        fields: list[str] = []


class EngagementFilter(RecordFilter):
    ordering_fields = ("name", "start_latest", "end_latest", "headcount")
    kind = one_of(Engagement, "kind")
    subkind = OneOfValues(field_name="subkind", label="Kind in full")
    status = one_of(Engagement, "status")
    series = Code(model=Series)
    line_of_effort = Code(model=LineOfEffort, none=NO_LINE)
    partner = Code(
        field_name="participations__partner",
        model=Partner,
        label="Participant",
        none="No participant named",
        distinct=True,
    )
    on_line = Code(model=LineOfEffort, label="Line of effort, first or second", method="by_any_line")
    host = Code(field_name="host_links__partner", model=Partner, label="Host")
    participants_complete = YesNo(field_name="participants_complete", label="All participants known")

    class Meta:
        model = Engagement
        fields: list[str] = []

    def by_any_line(self, queryset, name, value):
        return queryset.on_lines([value.pk])


class ParticipationFilter(RecordFilter):
    ordering_fields = ("role",)
    engagement = Code(model=Engagement)
    partner = Code(model=Partner)
    role = one_of(Participation, "role")

    class Meta:
        model = Participation
        fields: list[str] = []
