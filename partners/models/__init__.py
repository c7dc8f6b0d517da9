"""Models of partners, frameworks and engagements."""

from .engagements import Engagement, EngagementHost, Participation, Series
from .frameworks import Agreement, Framework, FrameworkCount, Membership, MembershipStage
from .partners import Partner, PartnerKind, PartnerName
from .topics import EngagementTopic, FrameworkTopic, PartnerTopic

__all__ = [
    "Agreement",
    "Engagement",
    "EngagementHost",
    "EngagementTopic",
    "Framework",
    "FrameworkCount",
    "FrameworkTopic",
    "Membership",
    "MembershipStage",
    "Participation",
    "Partner",
    "PartnerKind",
    "PartnerName",
    "PartnerTopic",
    "Series",
]
