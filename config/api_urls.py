"""The API's addresses: every app's resources under one version, its schema and its documentation."""

from typing import Any, ClassVar

from django.urls import include, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView, DefaultRouter

from config.api_docs import Docs
from config.openapi_document import RENDERER_CLASSES, openapi_document
from config.renderers import OrjsonRenderer
from lines_of_effort import api as ways
from lines_of_effort.compare.api import CompareViewSet
from lines_of_effort.matrix.api import MatrixViewSet
from lines_of_effort.tasking.api import OfficeTaskingViewSet
from lines_of_effort.trace.api import TraceViewSet
from partners import api as partners
from partners.contacts.api import ContactsViewSet
from strategy import api as strategy
from strategy.core import params
from strategy.core.api import StrictParamsMixin, register_resources
from strategy.core.openapi import StrictAutoSchema
from strategy.findings.api import FindingViewSet
from strategy.history.api import ChangeSetViewSet
from strategy.search.api import SearchViewSet

# The package would take it; here every answer is in the one language.
NO_LANGUAGE = OpenApiParameter("lang", exclude=True)


class NoParamsMixin(StrictParamsMixin):
    """Mixin for views of other packages: they refuse every parameter, and methods they do not serve."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        params.check_params(request.query_params, (), blank=True)


class Root(NoParamsMixin, APIRootView):
    """The resources, each with its address."""

    schema = StrictAutoSchema()
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]

    @extend_schema(
        operation_id="resources_list",
        summary="Resources",
        responses={"200": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Schema(NoParamsMixin, SpectacularAPIView):
    """The schema: YAML, or JSON for whoever accepts only that."""

    renderer_classes = RENDERER_CLASSES

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal is JSON here as everywhere."""
        self.request.accepted_renderer = OrjsonRenderer()
        self.request.accepted_media_type = OrjsonRenderer.media_type
        return super().handle_exception(exc)

    @extend_schema(
        operation_id="schema_retrieve",
        summary="This schema",
        parameters=[NO_LANGUAGE],
        responses={"200": {"type": "object", "additionalProperties": True}},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        name = self._get_filename(request, version=None)
        return Response(openapi_document(), headers={"Content-Disposition": f'inline; filename="{name}"'})


router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False
register_resources(router, strategy.RESOURCES, ways.RESOURCES, partners.RESOURCES)
router.register("changes", ChangeSetViewSet, basename="change")
router.register("findings", FindingViewSet, basename="finding")
router.register("search", SearchViewSet, basename="search")
router.register("matrix", MatrixViewSet, basename="matrix")
router.register("trace", TraceViewSet, basename="trace")
router.register("contacts", ContactsViewSet, basename="contacts")
router.register("compare", CompareViewSet, basename="compare")

# Not a resource of its own, but a question to one record of another.
tasking = path("offices/<str:code>/tasking/", OfficeTaskingViewSet.as_view({"get": "list"}), name="office-tasking")

urlpatterns = [
    path("v1/", include(([tasking, *router.urls], "api"))),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    path("docs/<str:resource>/", Docs.as_view(), name="docs-resource"),
]
