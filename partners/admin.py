"""Admin of partners, frameworks and engagements."""

from django.contrib import admin

from lines_of_effort.admin import LineOfEffortMixinAdmin
from strategy.admin import EvidencedAdmin
from strategy.core.admin import PresentFilter, QuestionFilter, RecordInline, joined_codes

from .models import Agreement, Engagement, Framework, Membership, Participation, Partner, PartnerKind, Series


class MembersInline(RecordInline):
    model = Membership
    fields = ("code", "partner", "role", "since", "until", "basis")
    verbose_name_plural = "members"


class MembershipsInline(RecordInline):
    model = Membership
    fields = ("code", "framework", "role", "since", "until", "basis")


class ParticipantsInline(RecordInline):
    model = Participation
    fields = ("code", "partner", "role", "basis", "note")
    verbose_name_plural = "participants"


class ParticipationsInline(RecordInline):
    model = Participation
    fields = ("code", "engagement", "role", "basis", "note")


class AgreementsInline(RecordInline):
    model = Agreement
    fields = ("code", "nation", "counterpart_as_stated", "date", "basis")


class PartnerFilter(QuestionFilter):
    title = "selection"
    parameter_name = "selection"
    questions = {
        "nations": "Nations",
        "foreign": "All but the own side",
        "with_weak_evidence": "Weak or contested evidence",
    }


class OngoingFilter(QuestionFilter):
    title = "selection"
    parameter_name = "selection"
    questions = {"not_over": "Planned or going on", "with_partial_participants": "List of participants is partial"}


@admin.register(PartnerKind)
class PartnerKindAdmin(EvidencedAdmin):
    columns = ("definition", "named_in_strategy")


@admin.register(Partner)
class PartnerAdmin(EvidencedAdmin):
    columns = ("kind", "relation", "nation", "evidence")
    filters = (PartnerFilter, "region")
    inlines = (MembershipsInline, ParticipationsInline)


@admin.register(Framework)
class FrameworkAdmin(LineOfEffortMixinAdmin):
    columns = ("kind", "established", "lead", "line_of_effort")
    inlines = (MembersInline, AgreementsInline)


@admin.register(Membership)
class MembershipAdmin(EvidencedAdmin):
    columns = ("framework", "partner", "role", "since", "until")
    filters = (("framework", PresentFilter),)


@admin.register(Agreement)
class AgreementAdmin(EvidencedAdmin):
    columns = ("framework", "nation", "date")
    filters = (("framework", PresentFilter),)
    date_hierarchy = "latest"


@admin.register(Series)
class SeriesAdmin(EvidencedAdmin):
    columns = ("frequency", "lead_as_stated")


@admin.register(Engagement)
class EngagementAdmin(LineOfEffortMixinAdmin):
    columns = ("kind", "start", "status", "hosted_by", "line_of_effort")
    filters = (OngoingFilter, *LineOfEffortMixinAdmin.filters)
    inlines = (ParticipantsInline,)
    date_hierarchy = "start_latest"

    @admin.display(description="Hosts")
    def hosted_by(self, engagement: Engagement) -> str:
        return joined_codes(engagement.hosts, "None named")


@admin.register(Participation)
class ParticipationAdmin(EvidencedAdmin):
    columns = ("engagement", "partner", "role")
