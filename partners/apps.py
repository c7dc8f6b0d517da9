"""The app of partners, frameworks and engagements."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"
    content = (
        "PartnerKind",
        "Partner",
        "PartnerName",
        "Framework",
        "FrameworkCount",
        "Membership",
        "MembershipStage",
        "Agreement",
        "Series",
        "Engagement",
        "EngagementHost",
        "Participation",
        "FrameworkTopic",
        "EngagementTopic",
        "PartnerTopic",
    )

    def ready(self) -> None:
        from . import findings, matrix_axes  # noqa: F401  (registered by being imported)
