"""The findings in the API: the list of rules with their counts, and the records that one of them concerns."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound

from ..core import exports, params
from ..core.api import FilesMixin, StrictPageNumberPagination, StrictParamsMixin, query_options
from ..core.models import Notional
from ..core.openapi import NOTIONAL, PAGING, analysis_schema, path_parameter
from ..models import SearchEntry
from .registry import FindingResult, Severity, all_findings, get_finding, no_such_finding, run_findings
from .sheet import findings_sheet

FINDING_SCHEMA: Any = {"type": "string", "enum": sorted(finding.id for finding in all_findings())}


class FindingSerializer(serializers.Serializer):
    """One finding with the number of records it concerns."""

    id = serializers.CharField(source="finding.id")
    severity = serializers.ChoiceField(choices=Severity.choices, source="finding.severity")
    title = serializers.CharField(source="finding.title")
    why = serializers.CharField(source="finding.why")
    count = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    web_url = serializers.SerializerMethodField()

    def get_url(self, result: FindingResult) -> str:
        return self._absolute_url("api:finding-detail", result)

    def get_web_url(self, result: FindingResult) -> str:
        return self._absolute_url("finding-detail", result)

    def _absolute_url(self, name: str, result: FindingResult) -> str:
        path = reverse(name, kwargs={"code": result.finding.id})
        return self.context["request"].build_absolute_uri(path)


class FoundSerializer(serializers.Serializer):
    """A record a finding concerns."""

    record_type = serializers.SerializerMethodField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    detail = serializers.SerializerMethodField()
    web_url = serializers.SerializerMethodField()

    def get_record_type(self, record) -> str:
        kind = record.kind if isinstance(record, SearchEntry) else record._meta.label_lower
        return kind.partition(".")[2]

    def get_detail(self, record) -> str:
        return getattr(record, "detail", "")

    def get_web_url(self, record) -> str:
        return self.context["request"].build_absolute_uri(record.get_absolute_url())


class FindingViewSet(FilesMixin, StrictParamsMixin, viewsets.GenericViewSet):
    """What is missing, doubtful or disputed in the content. The detail of one lists its records."""

    file_actions = ("list", "retrieve")
    pagination_class = StrictPageNumberPagination
    serializer_class = FindingSerializer
    lookup_field = "code"
    lookup_value_regex = r"[^/]+"

    def _parse_params(self) -> tuple[str, str]:
        """``notional``, and the suffix of a file, empty for JSON; raises BadParametersError."""
        query = self.request.query_params
        params.check_params(query, ("notional", "format", *params.PAGING), blank=False)
        notional = params.choice_param(query, "notional", Notional.values, Notional.EXCLUDE)
        return notional, query_options.file_format(self.request)

    @extend_schema(summary="Findings", **analysis_schema(FindingSerializer(many=True), NOTIONAL, *PAGING))
    def list(self, request) -> HttpResponseBase:
        notional, suffix = self._parse_params()
        results = run_findings(notional)
        if suffix:
            return exports.download(findings_sheet(request, results), suffix, for_people=False)
        page = self.paginate_queryset(results)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="findings_records_list",
        summary="Records of a finding",
        **analysis_schema(
            FoundSerializer(many=True),
            path_parameter("code", "Name of the finding.", **FINDING_SCHEMA, example="record-without-source"),
            NOTIONAL,
            *PAGING,
        ),
    )
    def retrieve(self, request, code: str) -> HttpResponseBase:
        try:
            finding = get_finding(code)
        except KeyError:
            raise NotFound(no_such_finding(code)) from None
        notional, suffix = self._parse_params()
        records: Any = finding.rows(notional)
        context = self.get_serializer_context()
        if suffix:
            rows = (tuple(FoundSerializer(record, context=context).data.values()) for record in records)
            sheet = exports.Sheet(finding.id, tuple(FoundSerializer().fields), rows)
            return exports.download(sheet, suffix, for_people=False)
        serializer = FoundSerializer(self.paginate_queryset(records), many=True, context=context)
        return self.get_paginated_response(serializer.data)
