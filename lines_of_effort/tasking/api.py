"""An office's tasking in the API: its roles, who else is on the same activities, which goals, by which source."""

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
from .rows import TaskRow, of_office
from .text import NONE
from .views import sheet


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
def _offices() -> CompiledStatement:
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
        """The office, with how many tasks it has in each role."""
        params.check_params(request.query_params, self.extra, blank=False)
        code = self.kwargs["code"]
        for office in _offices().rows([code]) if "\x00" not in code else ():
            return office
        codes = Office.objects.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
        raise NotFound(f"There is no office '{params.printable(code)}'.{params.did_you_mean(code, codes)}")

    def get_sheet(self, request: Any, result: Row) -> Sheet:
        return sheet(request, Office(pk=result[0], code=result[1], name=result[2]))

    def serialize(self, request: Any, result: Row) -> dict[str, Any]:
        pk, code, name, notional, *numbers = result
        at, page, counts = (
            analysis.RecordURLs(request),
            analysis.PageParams.of(request),
            dict(zip(ROLES, numbers, strict=True)),
        )
        head = page.counted(sum(numbers))
        return {
            **head,
            "web_url": at.page("office", code),
            "office": at.named("office", code, name),
            "notional": bool(notional),
            "counts": counts,
            "not_stated": [NONE[role] for role in ROLES if not counts[role]],
            "results": [_task(task, at) for task in of_office(pk, page.start, page.size)],
        }


def _task(task: TaskRow, at: analysis.RecordURLs) -> dict[str, Any]:
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
        "activity": at.named("activity", task.activity_code, task.activity_title),
        "line_of_effort": line,
        "goals": _goals(task.goals),
        "line_goals": _goals(task.line_goals),
        "lead_stated": task.is_led,
        "also": {role: [{"code": code, "label": name} for code, name in task.others[role]] for role in ROLES},
        "sources": [_citation(row, at) for row in task.citations],
        "url": at.api("assignment", task.code),
        "web_url": at.page("assignment", task.code),
    }


def _goals(rows: list[Row]) -> list[dict[str, Any]]:
    return [{"code": code, "label": title, "basis": basis} for _, code, title, basis in rows]


def _citation(row: Row, at: analysis.RecordURLs) -> dict[str, Any]:
    _, own, basis, locator, reason, code, publisher, title = row
    named = ": ".join(filter(None, (publisher, title))) if code else "Our reading"
    return {
        "code": code,
        "title": named,
        "locator": locator,
        "basis": basis,
        "reason": reason,
        "web_url": at.page("source", code) if code else at.page("citation", own),
    }
