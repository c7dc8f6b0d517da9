"""The comparison of two strategies, or of two editions of one, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core import params
from strategy.core.api import StrictPageNumberPagination, analysis
from strategy.core.exports import Sheet
from strategy.core.openapi import NOTIONAL, PAGING, as_openapi, code_schema, describe_analysis, parameter
from strategy.core.text import PairingRule
from strategy.core.text.text_diff import Wording
from strategy.models import Strategy

from ..models.assignments import Role
from .comparison import Change, Comparison, Difference, OfficeChange, RoleChange
from .request import CHANGE_NAMES, KIND_NAMES, CompareParams
from .sheet import compare_sheet


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

    kind = serializers.ChoiceField(choices=KIND_NAMES)
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


class DocumentParameters:
    """Schema of the parameters ``a`` and ``b``, with examples where there are two documents."""

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        examples = list(Strategy.objects.visible().values_list("code", flat=True)[:2])
        a, b = examples if len(examples) == 2 else (None, None)
        older = parameter("a", "Code of the older strategy.", **code_schema(Strategy), example=a)
        newer = parameter("b", "Code of the newer strategy.", **code_schema(Strategy), example=b)
        return [as_openapi(older), as_openapi(newer)]


@describe_analysis(
    "Comparison of two strategies",
    ComparisonSerializer,
    parameter("kind", "Only records of this kind.", enum=list(KIND_NAMES), example="activity"),
    parameter("change", "Only records with this change.", enum=list(CHANGE_NAMES), example="any"),
    NOTIONAL,
    *PAGING,
    needs={"a": ["b"], "b": ["a"]},
    differ=["a", "b"],
)
class CompareViewSet(analysis.AnalysisViewSet):
    """Two strategies, or two editions of one: added, removed, reworded, moved, who gained and who lost tasking."""

    filter_backends = (DocumentParameters,)
    pagination_class = StrictPageNumberPagination
    extra = (*analysis.FORMAT, *params.PAGING)

    def get_result(self, request: Any) -> tuple[CompareParams, Comparison | None]:
        """The parameters, and the comparison; None without two documents."""
        compare_params = CompareParams.from_request(request, self.extra, blank=False)
        return compare_params, compare_params.compare()

    def get_sheet(self, request: Any, result: tuple[CompareParams, Comparison | None]) -> Sheet:
        return compare_sheet(request, _select(*result))

    def serialize(self, request: Any, result: tuple[CompareParams, Comparison | None]) -> dict[str, Any]:
        compare_params, comparison = result
        urls, page = analysis.RecordURLs(request), analysis.PageParams.of(request)
        differences = _select(compare_params, comparison)
        counts = comparison.count_changes(compare_params.kind) if comparison else {}
        offices = comparison.office_changes() if comparison else []
        return {
            **page.counted(len(differences)),
            "web_url": urls.of_page("compare", self.extra),
            "strategies": [urls.record(document) for document in compare_params.documents],
            "a": urls.record(comparison.old) if comparison else None,
            "b": urls.record(comparison.new) if comparison else None,
            "changes": {change.value: counts.get(change, 0) for change in Change},
            "offices": [_office_change(office_change, urls) for office_change in offices],
            "results": [_difference(row, urls) for row in differences[page.start : page.start + page.size]],
        }


def _select(compare_params: CompareParams, comparison: Comparison | None) -> list[Difference]:
    return comparison.select(compare_params.kind, compare_params.change) if comparison else []


def _difference(difference: Difference, urls: analysis.RecordURLs) -> dict[str, Any]:
    pair, moved = difference.pair, difference.moved
    return {
        "kind": difference.kind.name,
        "changes": [change.value for change in difference.changes],
        "matched_by": pair.rule.value if pair.rule else None,
        "likeness": round(pair.likeness, 2) if pair.rule else None,
        "a": urls.record(pair.old) if pair.old else None,
        "b": urls.record(pair.new) if pair.new else None,
        "wordings": [_wording(wording) for wording in difference.wordings],
        "moved": {"old": moved[0], "new": moved[1]} if moved else None,
        "tasking": [_role_change(change) for change in difference.tasking],
    }


def _wording(wording: Wording) -> dict[str, Any]:
    return {"field": wording.label, "old": wording.old, "new": wording.new, "changed": wording.changed}


def _role_change(change: RoleChange) -> dict[str, Any]:
    return {
        "role": change.role.value,
        "gained": [office.code for office in change.gained],
        "lost": [office.code for office in change.lost],
    }


def _office_change(change: OfficeChange, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "office": urls.record(change.office),
        "gained": [{"role": role.value, "activity": activity.code} for role, activity in change.gained],
        "lost": [{"role": role.value, "activity": activity.code} for role, activity in change.lost],
    }
