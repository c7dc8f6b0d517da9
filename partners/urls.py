from django.urls import path

from strategy.core.views import pages, with_twins

from . import page_extensions, views  # noqa: F401  # contributions add to the pages of the apps below
from .contacts.views import Contacts

urlpatterns = [
    *pages("partner-kinds", "partnerkind", views.PartnerKindList, views.PartnerKindDetail),
    *pages("partners", "partner", views.PartnerList, views.PartnerDetail),
    *pages("frameworks", "framework", views.FrameworkList, views.FrameworkDetail),
    *pages("memberships", "membership", views.MembershipList, views.MembershipDetail),
    *pages("agreements", "agreement", views.AgreementList, views.AgreementDetail),
    *pages("series", "series", views.SeriesList, views.SeriesDetail),
    *pages("engagements", "engagement", views.EngagementList, views.EngagementDetail),
    *pages("participations", "participation", views.ParticipationList, views.ParticipationDetail),
    path("engagements.ics", views.EngagementCalendar.as_view(), name="engagement-calendar"),
    *with_twins("contacts", "contacts", Contacts),
]
