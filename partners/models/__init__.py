"""Models of partners, frameworks and engagements."""

from .engagements import Engagement, EngagementHost, Participation, Series
from .frameworks import Agreement, Framework, FrameworkCount, Membership, MembershipStage
from .partners import Partner, PartnerKind, PartnerName

__all__ = [
    "Agreement",
    "Engagement",
    "EngagementHost",
    "Framework",
    "FrameworkCount",
    "Membership",
    "MembershipStage",
    "Participation",
    "Partner",
    "PartnerKind",
    "PartnerName",
    "Series",
]
