"""The API's addresses: every app's resources under one version, its schema and its documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from lines_of_effort import api as ways
from partners import api as partners
from strategy import api as strategy
from strategy.core.api import register
from strategy.findings_api import FindingViewSet

router = DefaultRouter()
router.include_format_suffixes = False
register(router, *strategy.RESOURCES, *ways.RESOURCES, *partners.RESOURCES)
router.register("findings", FindingViewSet, basename="finding")

urlpatterns = [
    path("v1/", include((router.urls, "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
