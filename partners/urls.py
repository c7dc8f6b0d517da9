from django.urls import path

from lines_of_effort.models import LineOfEffort
from strategy.core.views import record_urls, urls_with_downloads
from strategy.models import Goal, Office

from . import views
from .brief.views import brief_urls
from .contacts.views import ContactsPage
from .models import Partner
from .timeline.years import EngagementYears

urlpatterns = [
    *record_urls("partner-kinds", "partnerkind", views.PartnerKindList, views.PartnerKindDetail),
    *record_urls("partners", "partner", views.PartnerList, views.PartnerDetail),
    *record_urls("frameworks", "framework", views.FrameworkList, views.FrameworkDetail),
    *record_urls("memberships", "membership", views.MembershipList, views.MembershipDetail),
    *record_urls("agreements", "agreement", views.AgreementList, views.AgreementDetail),
    *record_urls("series", "series", views.SeriesList, views.SeriesDetail),
    *record_urls("engagements", "engagement", views.EngagementList, views.EngagementDetail),
    *record_urls("participations", "participation", views.ParticipationList, views.ParticipationDetail),
    path("engagements.ics", views.EngagementCalendar.as_view(), name="engagement-calendar"),
    *urls_with_downloads("engagement-years", "engagement-years", EngagementYears),
    *brief_urls("offices", Office),
    *brief_urls("goals", Goal),
    *brief_urls("lines-of-effort", LineOfEffort),
    *brief_urls("partners", Partner),
    *urls_with_downloads("contacts", "contacts", ContactsPage),
]
