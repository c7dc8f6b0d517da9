"""The change log in the API: change sets, and what each of them changed, with the filters of the page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from ..core import params
from ..core.api import StrictPageNumberPagination, StrictParamsMixin, analysis
from ..core.openapi import PAGING, code_schema, parameter, path_parameter
from ..models import Office
from .log import LogEntry, changed_rows, read_entries, records_of
from .models import Change, ChangeSet
from .request import COMMAND, NAMES, LogParams, record_types
from .wording import DescribedChange, RecordChanges

LATEST = "latest"
MOMENT: Any = {
    "type": "string",
    "format": "moment-of-change",
    "pattern": r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$",
}
FILTERS = (
    parameter("since", "Made in or after this year, month, day (UTC) or moment.", **MOMENT, example="2026"),
    parameter(
        "until",
        "Made before the end of this year, month, day (UTC), or before this moment.",
        **MOMENT,
        example="2999-12-31",
    ),
    parameter(
        "office", "That concern this office: its record, parts, assignments.", **code_schema(Office), example="STARCOM"
    ),
    parameter("kind", "Of this kind.", enum=list(ChangeSet.Kind.values), example="edit"),
    parameter("editor", f"By the account with this name; `{COMMAND}`: by a command.", example=COMMAND),
    parameter(
        "record_type",
        "That changed records of this kind, or their parts.",
        enum=sorted(record_types()),
        example="goal",
    ),
)


class ValueSerializer(serializers.Serializer):
    """One value as pages show it; ``code`` is that of the record it names."""

    text = serializers.CharField()
    code = serializers.CharField(allow_null=True)


class FieldChangeSerializer(serializers.Serializer):
    """One field: its values before and after; none where it was empty. Of many-to-many links, those lost and got."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    before = ValueSerializer(many=True)
    after = ValueSerializer(many=True)


class ChangeSerializer(serializers.Serializer):
    """What was done to one record, or to the ``part`` of it that is named. ``web_url`` is null where it is gone."""

    record_type = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # hides an option of its class
    web_url = serializers.URLField(allow_null=True)
    part = serializers.CharField(allow_blank=True)
    operation = serializers.ChoiceField(choices=Change.Operation.choices)
    fields = FieldChangeSerializer(many=True)  # type: ignore[assignment]  # hides a property


class ChangeSetSerializer(serializers.Serializer):
    """Changes made at once. ``kind`` and ``editor`` are null where it is not recorded who made them.

    ``rows`` is how many rows were changed. Of large sets the list leaves ``changes`` out, as null: ask for the set.
    """

    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=ChangeSet.Kind.choices, allow_null=True)
    editor = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    undoes = serializers.IntegerField(allow_null=True)
    rows = serializers.IntegerField()
    url = serializers.URLField()
    web_url = serializers.URLField()
    changes = ChangeSerializer(many=True, allow_null=True)


@extend_schema_serializer(many=False)
class ChangeSetPageSerializer(analysis.PagedSerializer, ChangeSetSerializer):
    """One change set, with one page of its changes; ``count`` is that of its rows."""

    changes = ChangeSerializer(many=True)


class ChangeSetViewSet(StrictParamsMixin, viewsets.GenericViewSet):
    """Who changed what of the content, when and why: the newest change sets first."""

    pagination_class = StrictPageNumberPagination
    serializer_class = ChangeSetSerializer
    http_method_names = ["get", "head", "options"]
    lookup_field = "version"
    lookup_value_regex = r"[^/]+"

    def get_queryset(self) -> QuerySet:
        return LogParams.from_query(self.request.query_params).versions()

    @extend_schema(summary="Change sets", parameters=[*FILTERS, *PAGING], responses=ChangeSetSerializer(many=True))
    def list(self, request: Request) -> Response:
        params.check_params(request.query_params, (*NAMES, *params.PAGING), blank=False)
        entries = read_entries(self.paginate_queryset(self.get_queryset()) or [])
        return self.get_paginated_response(
            [self.as_json(entry, None if entry.counts else entry.records) for entry in entries]
        )

    @extend_schema(
        summary="One change set",
        operation_id="changes_retrieve",
        parameters=[
            path_parameter(
                "version",
                f"The content version from this change set on, or `{LATEST}`.",
                type="string",
                pattern=f"^({LATEST}|[0-9]{{1,18}})$",
                example=LATEST,
            ),
            *PAGING,
        ],
        responses=ChangeSetPageSerializer,
    )
    def retrieve(self, request: Request, version: str) -> Response:
        params.check_params(request.query_params, params.PAGING, blank=False)
        number = int(version) if version.isascii() and version.isdigit() and len(version) <= 18 else 0
        if version == LATEST:
            number = Change.objects.aggregate(version=Max("version"))["version"] or 0
        rows = changed_rows(number)
        page = analysis.PageParams.of(request)
        if not (count := rows.count()):
            raise NotFound(f"There is no change set '{params.printable(version)}'.")
        head = page.counted(count)
        [entry] = read_entries([number])
        records = records_of(rows[page.start : page.start + page.size])
        return Response({**head, **self.as_json(entry, records)})

    def as_json(self, entry: LogEntry, records: Iterable[RecordChanges] | None) -> dict[str, Any]:
        """A change set as ``ChangeSetSerializer`` declares it."""
        change_set = entry.change_set
        return {
            "version": entry.version,
            "at": entry.at.isoformat().replace("+00:00", "Z"),
            "kind": change_set.kind if change_set else None,
            "editor": (change_set.actor_name or None) if change_set else None,
            "reason": change_set.reason if change_set else "",
            "undoes": change_set.undoes.version if change_set and change_set.undoes else None,
            "rows": entry.number,
            "url": self._whole(reverse("api:change-detail", args=[entry.version])),
            "web_url": self._whole(reverse("change-set", args=[entry.version])),
            "changes": None
            if records is None
            else [self._change(change) for group in records for change in group.changes],
        }

    def _change(self, change: DescribedChange) -> dict[str, Any]:
        record = change.record
        return {
            "record_type": record.record_type,
            "code": record.code,
            "label": record.label,
            "web_url": self._whole(record.address) if record.address else None,
            "part": change.part,
            "operation": change.operation,
            "fields": [
                {
                    "name": field.name,
                    "label": field.label,
                    "before": [{"text": value.text, "code": value.code or None} for value in field.before],
                    "after": [{"text": value.text, "code": value.code or None} for value in field.after],
                }
                for field in change.fields
            ],
        }

    def _whole(self, path: str) -> str:
        return str(self.request.build_absolute_uri(path))
