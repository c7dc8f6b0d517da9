"""Pages of partners, frameworks and engagements."""

from .engagements import (
    EngagementCalendar,
    EngagementDetail,
    EngagementList,
    ParticipationDetail,
    ParticipationList,
    SeriesDetail,
    SeriesList,
)
from .frameworks import (
    AgreementDetail,
    AgreementList,
    FrameworkDetail,
    FrameworkList,
    MembershipDetail,
    MembershipList,
)
from .partners import PartnerDetail, PartnerKindDetail, PartnerKindList, PartnerList

__all__ = [
    "AgreementDetail",
    "AgreementList",
    "EngagementCalendar",
    "EngagementDetail",
    "EngagementList",
    "FrameworkDetail",
    "FrameworkList",
    "MembershipDetail",
    "MembershipList",
    "ParticipationDetail",
    "ParticipationList",
    "PartnerDetail",
    "PartnerKindDetail",
    "PartnerKindList",
    "PartnerList",
    "SeriesDetail",
    "SeriesList",
]
