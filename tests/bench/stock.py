"""Stock DRF, as a good developer writes it from the tutorial: nested serializers, prefetched, filtered, paged."""

from typing import ClassVar

import django_filters
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.urls import include, path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import routers, serializers, viewsets
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.pagination import PageNumberPagination

from lines_of_effort.models import Activity, ActivityGoal, Assignment

INDEX = """
SELECT code FROM strategy_searchentry WHERE kind = 'lines_of_effort.activity' AND vector @@ to_tsquery('english', %s)
"""
code = {"slug_field": "code", "read_only": True}


class GoalSerializer(serializers.ModelSerializer):
    goal = serializers.SlugRelatedField(**code)

    class Meta:
        model = ActivityGoal
        fields = ("goal", "basis", "note", "reason")


class OfficeSerializer(serializers.ModelSerializer):
    office = serializers.SlugRelatedField(**code)

    class Meta:
        model = Assignment
        fields = ("code", "office", "role", "verb", "office_as_stated", "relation", "relation_basis", "basis")


class ActivitySerializer(serializers.ModelSerializer):
    line_of_effort = serializers.SlugRelatedField(**code)
    goals = GoalSerializer(source="goal_links", many=True, read_only=True)
    assignments = OfficeSerializer(many=True, read_only=True)

    class Meta:
        model = Activity
        fields = (
            *("code", "title", "kind", "status", "start", "end", "basis"),
            *("line_of_effort", "goals", "assignments"),
        )


class TaskSerializer(serializers.HyperlinkedModelSerializer):
    strategy = serializers.SlugRelatedField(**code)
    line_of_effort = serializers.SlugRelatedField(**code)

    class Meta:
        model = Activity
        exclude = ("code_order", "label_order")
        extra_kwargs = {"url": {"lookup_field": "code"}}


class AssignmentSerializer(serializers.ModelSerializer):
    activity = TaskSerializer(read_only=True)

    class Meta:
        model = Assignment
        fields = ("code", "activity", "role", "verb", "office_as_stated", "basis")


class ActivityFilter(django_filters.FilterSet):
    office = django_filters.CharFilter(method="by_assignment")
    line_of_effort = django_filters.CharFilter(field_name="line_of_effort__code")

    class Meta:
        model = Activity
        fields = ("kind", "notional")

    def by_assignment(self, queryset, name, value):
        own = Assignment.objects.filter(office__code=value, role=self.data.get("role"))
        return queryset.filter(pk__in=own.values("activity"))


class AssignmentFilter(django_filters.FilterSet):
    office = django_filters.CharFilter(field_name="office__code")

    class Meta:
        model = Assignment
        fields = ("notional",)


class Pages(PageNumberPagination):
    page_size_query_param = "page_size"


class IndexSearch(SearchFilter):
    """Asks the index of the database, by the beginning of each word, as the others do.

    What the tutorial has (`icontains`) is another question: "ice" is in "licences" too.
    """

    def filter_queryset(self, request, queryset, view):
        words = [f"'{word}':*" for word in self.get_search_terms(request)]
        return queryset.filter(code__in=RawSQL(INDEX, [" & ".join(words)])) if words else queryset


class ActivityViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Activity.objects.select_related("line_of_effort").prefetch_related(
        "goal_links__goal", "assignments__office"
    )
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    pagination_class = Pages
    filter_backends: ClassVar[list[type]] = [DjangoFilterBackend, IndexSearch, OrderingFilter]
    ordering_fields: ClassVar[list[str]] = ["title", "code_order", "code"]
    lookup_field = "code"


class AssignmentViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Assignment.objects.select_related("activity__line_of_effort", "activity__strategy")
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    pagination_class = Pages


router = routers.SimpleRouter()
router.register("activities", ActivityViewSet)
router.register("assignments", AssignmentViewSet)
urlpatterns = [path("", include(router.urls)), path("healthz", lambda request: HttpResponse())]
