"""The tasking of an office in the API: its roles, other offices on the same activities, goals and sources."""

from functools import cache
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from strategy.core import params
from strategy.core.api import CompiledStatement, InKeys, Row, StrictPageNumberPagination, analysis
from strategy.core.exports import Sheet
from strategy.core.models import Basis, Notional
from strategy.core.openapi import PAGING, code_schema, describe_analysis, path_parameter
from strategy.models import Office

from ..models import Assignment
from ..models.assignments import Role
from ..querysets import ROLES
from .rows import CitationRow, GoalRow, TaskRow, read_page
from .sheet import tasking_sheet
from .text import NOT_STATED


class PlainSerializer(serializers.Serializer):
    """A record by code and name."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class


class GroundedSerializer(PlainSerializer):
    """A record, and on which basis it stands here."""

    basis = serializers.ChoiceField(choices=Basis.choices)


class OthersSerializer(serializers.Serializer):
    """The other offices on the activity, by role; empty where no source names another."""

    lead = PlainSerializer(many=True)
    coordinating = PlainSerializer(many=True)
    supporting = PlainSerializer(many=True)


class TaskSerializer(serializers.Serializer):
    """One role of the office on one activity.

    ``lead_stated``: whether any source names a lead of the activity, this office or another.
    """

    code = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    verb = serializers.CharField(allow_blank=True)
    office_as_stated = serializers.CharField(allow_blank=True)
    relation = serializers.ChoiceField(choices=Assignment.Relation.choices, allow_blank=True)
    relation_basis = serializers.ChoiceField(choices=Basis.choices, allow_blank=True)
    basis = serializers.ChoiceField(choices=Basis.choices)
    notional = serializers.BooleanField()
    activity = analysis.NamedSerializer()
    line_of_effort = GroundedSerializer(allow_null=True)
    goals = GroundedSerializer(many=True)
    line_goals = GroundedSerializer(many=True)
    lead_stated = serializers.BooleanField()
    also = OthersSerializer()
    sources = analysis.CitedSerializer(many=True)
    url = serializers.URLField()
    web_url = serializers.URLField()


class CountsSerializer(serializers.Serializer):
    """How many tasks there are in each role."""

    lead = serializers.IntegerField()
    coordinating = serializers.IntegerField()
    supporting = serializers.IntegerField()


@extend_schema_serializer(many=False)
class TaskingSerializer(analysis.PagedSerializer):
    """Every task of the office, strongest role first. ``not_stated`` says of which roles no source speaks."""

    web_url = serializers.URLField()
    office = analysis.NamedSerializer()
    notional = serializers.BooleanField()
    counts = CountsSerializer()
    not_stated = serializers.ListField(child=serializers.CharField())
    results = TaskSerializer(many=True)


@cache
def _office_statement() -> CompiledStatement:
    """(pk, code, name, notional, leads, coordinates, supports) of offices by their codes."""
    offices = Office.objects.visible(Notional.INCLUDE).with_tasking_counts()
    return CompiledStatement(
        offices.filter(InKeys("code")), ("pk", "code", "name", "notional", "leads", "coordinates", "supports")
    )


@describe_analysis(
    "Tasking of an office",
    TaskingSerializer,
    path_parameter("code", "Code of the office.", **code_schema(Office), example="STARCOM"),
    *PAGING,
)
class OfficeTaskingViewSet(analysis.AnalysisViewSet):
    """What one office leads, coordinates and supports, with who else does, toward which goals, and by which source."""

    pagination_class = StrictPageNumberPagination
    extra = (*analysis.FORMAT, *params.PAGING)

    def get_result(self, request: Any) -> Row:
        """The office as a row of ``_office_statement``; raises NotFound."""
        params.check_params(request.query_params, self.extra, blank=False)
        code = self.kwargs["code"]
        rows = _office_statement().rows([code]) if "\x00" not in code else []
        if rows:
            return rows[0]
        codes = Office.objects.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
        raise NotFound(f"There is no office '{params.printable(code)}'.{params.did_you_mean(code, codes)}")

    def get_sheet(self, request: Any, result: Row) -> Sheet:
        return tasking_sheet(request, Office(pk=result[0], code=result[1], name=result[2]))

    def serialize(self, request: Any, result: Row) -> dict[str, Any]:
        pk, code, name, notional, *role_counts = result
        urls, page = analysis.RecordURLs(request), analysis.PageParams.of(request)
        counts = dict(zip(ROLES, role_counts, strict=True))
        return {
            **page.counted(sum(role_counts)),
            "web_url": urls.page("office", code),
            "office": urls.named("office", code, name),
            "notional": bool(notional),
            "counts": counts,
            "not_stated": [NOT_STATED[role] for role in ROLES if not counts[role]],
            "results": [_task(task, urls) for task in read_page(pk, page.start, page.size)],
        }


def _task(task: TaskRow, urls: analysis.RecordURLs) -> dict[str, Any]:
    line = {"code": task.line_code, "label": task.line_title, "basis": task.line_basis} if task.line else None
    return {
        "code": task.code,
        "role": task.role,
        "verb": task.verb,
        "office_as_stated": task.office_as_stated,
        "relation": task.relation,
        "relation_basis": task.relation_basis,
        "basis": task.basis,
        "notional": task.notional,
        "activity": urls.named("activity", task.activity_code, task.activity_title),
        "line_of_effort": line,
        "goals": _goals(task.goals),
        "line_goals": _goals(task.line_goals),
        "lead_stated": task.lead_stated,
        "also": {role: [{"code": other.code, "label": other.name} for other in task.others[role]] for role in ROLES},
        "sources": [_citation(citation, urls) for citation in task.citations],
        "url": urls.api("assignment", task.code),
        "web_url": urls.page("assignment", task.code),
    }


def _goals(goals: list[GoalRow]) -> list[dict[str, Any]]:
    return [{"code": goal.code, "label": goal.title, "basis": goal.basis} for goal in goals]


def _citation(citation: CitationRow, urls: analysis.RecordURLs) -> dict[str, Any]:
    source = citation.source_code
    return {
        "code": source,
        "title": ": ".join(filter(None, (citation.publisher, citation.title))) if source else "Our reading",
        "locator": citation.locator,
        "basis": citation.basis,
        "reason": citation.reason,
        "web_url": urls.page("source", source) if source else urls.page("citation", citation.code),
    }
