"""Two strategies or editions compared, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core import params
from strategy.core.api import StrictPageNumberPagination, analysis
from strategy.core.exports import Sheet
from strategy.core.openapi import NOTIONAL, PAGING, as_openapi, code_schema, describe_analysis, parameter
from strategy.core.text import PairingRule
from strategy.models import Strategy

from ..models.assignments import Role
from . import views
from .comparison import Change, Difference, OfficeChange, RoleChange
from .text_diff import Wording


class WordingSerializer(serializers.Serializer):
    """One field of a record, before and after."""

    field = serializers.CharField()
    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField(allow_blank=True)
    changed = serializers.BooleanField()


class MoveSerializer(serializers.Serializer):
    """Where the record stood, and where it stands; empty for nowhere."""

    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField(allow_blank=True)


class RoleChangeSerializer(serializers.Serializer):
    """The offices that came and went in one role, by code."""

    role = serializers.ChoiceField(choices=Role.choices)
    gained = serializers.ListField(child=serializers.CharField())
    lost = serializers.ListField(child=serializers.CharField())


class DifferenceSerializer(serializers.Serializer):
    """One record in both documents, or in the one that has it; ``a`` is the older one's."""

    kind = serializers.ChoiceField(choices=views.KINDS)
    changes = serializers.ListField(child=serializers.ChoiceField(choices=Change.choices))
    matched_by = serializers.ChoiceField(choices=[rule.value for rule in PairingRule], allow_null=True)
    likeness = serializers.FloatField(allow_null=True)
    a = analysis.NamedSerializer(allow_null=True)
    b = analysis.NamedSerializer(allow_null=True)
    wordings = WordingSerializer(many=True)
    moved = MoveSerializer(allow_null=True)
    tasking = RoleChangeSerializer(many=True)


class GainSerializer(serializers.Serializer):
    """A role, and the code of the activity it is held in."""

    role = serializers.ChoiceField(choices=Role.choices)
    activity = serializers.CharField()


class ChangesSerializer(serializers.Serializer):
    """How many records have each change."""

    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    reworded = serializers.IntegerField()
    moved = serializers.IntegerField()
    retasked = serializers.IntegerField()
    same = serializers.IntegerField()


class OfficeChangeSerializer(serializers.Serializer):
    """What one office gained and lost."""

    office = analysis.NamedSerializer()
    gained = GainSerializer(many=True)
    lost = GainSerializer(many=True)


@extend_schema_serializer(many=False)
class ComparisonSerializer(analysis.PagedSerializer):
    """Both documents record by record. Unasked, the newest edition and the one before it, or none: ``a`` is null."""

    web_url = serializers.URLField()
    strategies = analysis.NamedSerializer(many=True)
    a = analysis.NamedSerializer(allow_null=True)
    b = analysis.NamedSerializer(allow_null=True)
    changes = ChangesSerializer()
    offices = OfficeChangeSerializer(many=True)
    results = DifferenceSerializer(many=True)


class Documents:
    """The two documents, for the schema: where there are not two, there is no example."""

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        examples = list(Strategy.objects.visible().values_list("code", flat=True)[:2])
        a, b = examples if len(examples) == 2 else (None, None)
        older = parameter("a", "Code of the older strategy.", **code_schema(Strategy), example=a)
        newer = parameter("b", "Code of the newer strategy.", **code_schema(Strategy), example=b)
        return [as_openapi(older), as_openapi(newer)]


@describe_analysis(
    "Comparison of two strategies",
    ComparisonSerializer,
    parameter("kind", "Only records of this kind.", enum=list(views.KINDS), example="activity"),
    parameter("change", "Only records with this change.", enum=list(views.CHANGES), example="any"),
    NOTIONAL,
    *PAGING,
    needs={"a": ["b"], "b": ["a"]},
    differ=["a", "b"],
)
class CompareViewSet(analysis.AnalysisViewSet):
    """Two strategies, or two editions of one: added, removed, reworded, moved, who gained and who lost tasking."""

    filter_backends = (Documents,)
    pagination_class = StrictPageNumberPagination
    extra = (*analysis.FORMAT, *params.PAGING)

    def get_result(self, request: Any) -> views.Asked:
        return views.asked_for(request, self.extra, blank=False)

    def get_sheet(self, request: Any, result: views.Asked) -> Sheet:
        return views.sheet(request, result.rows)

    def serialize(self, request: Any, result: views.Asked) -> dict[str, Any]:
        at, page, rows, both = (
            analysis.RecordURLs(request),
            analysis.PageParams.of(request),
            result.rows,
            result.comparison,
        )
        return {
            **page.counted(len(rows)),
            "web_url": at.of_page("compare", self.extra),
            "strategies": [at.record(document) for document in result.documents],
            "a": at.record(both.old) if both else None,
            "b": at.record(both.new) if both else None,
            "changes": {change.value: number for change, number in _counts(result).items()},
            "offices": [_office(one, at) for one in both.offices()] if both else [],
            "results": [_difference(row, at) for row in rows[page.start : page.start + page.size]],
        }


def _counts(found: views.Asked) -> dict[Change, int]:
    """How many records of the kind asked for have each change."""
    counts = found.comparison.counts(found.kind) if found.comparison else {}
    return {change: counts.get(change, 0) for change in Change}


def _difference(row: Difference, at: analysis.RecordURLs) -> dict[str, Any]:
    pair = row.pair
    return {
        "kind": row.kind.name,
        "changes": [change.value for change in row.changes],
        "matched_by": pair.rule.value if pair.rule else None,
        "likeness": round(pair.likeness, 2) if pair.rule else None,
        "a": at.record(pair.old) if pair.old else None,
        "b": at.record(pair.new) if pair.new else None,
        "wordings": [_wording(one) for one in row.wordings],
        "moved": {"old": row.moved[0], "new": row.moved[1]} if row.moved else None,
        "tasking": [_role(change) for change in row.tasking],
    }


def _wording(one: Wording) -> dict[str, Any]:
    return {"field": one.label, "old": one.old, "new": one.new, "changed": one.changed}


def _role(change: RoleChange) -> dict[str, Any]:
    return {
        "role": change.role.value,
        "gained": [office.code for office in change.gained],
        "lost": [office.code for office in change.lost],
    }


def _office(one: OfficeChange, at: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "office": at.record(one.office),
        "gained": [{"role": role.value, "activity": activity.code} for role, activity in one.gained],
        "lost": [{"role": role.value, "activity": activity.code} for role, activity in one.lost],
    }
