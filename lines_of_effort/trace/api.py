"""The trace in the API: nodes, and every link between them with its basis and its sources."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core.api import analysis
from strategy.core.exports import Sheet
from strategy.core.models import Basis
from strategy.core.openapi import NOTIONAL, code_schema, describe_analysis, named_code_schema, parameter
from strategy.models import Strategy

from .graph import CitedSource, Edge, Layer, Link, Node, Trace
from .reader import read_trace
from .request import TraceParams
from .sheet import trace_sheet
from .summary import describe_links, list_notes

LAYERS = [layer.name.lower() for layer in Layer]


class NodeSerializer(analysis.NamedSerializer):
    """A record of the trace. ``lead_stated`` is said of activities only: whether any source names a lead."""

    layer = serializers.ChoiceField(choices=LAYERS)
    line_of_effort = serializers.CharField(allow_null=True)
    lead_stated = serializers.BooleanField(allow_null=True)
    notional = serializers.BooleanField()


class TraceSourceSerializer(serializers.Serializer):
    """A source that is given for a link, and where in it."""

    code = serializers.CharField()
    title = serializers.CharField()
    locator = serializers.CharField(allow_blank=True)
    web_url = serializers.URLField()


class EdgeSerializer(serializers.Serializer):
    """One link, read from ``source`` to ``target``. ``stated``: some source says so, else it is inferred."""

    source = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    source_type = serializers.CharField()
    link = serializers.ChoiceField(choices=[link.value for link in Link])
    relation = serializers.CharField()
    target = serializers.CharField()
    target_type = serializers.CharField()
    basis = serializers.ChoiceField(choices=Basis.choices)
    stated = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    sources = TraceSourceSerializer(many=True)


class CrowdSerializer(serializers.Serializer):
    """Activities that are too many to be given one by one: their number, by line of effort or under none."""

    line_of_effort = serializers.CharField(allow_null=True)
    activities = serializers.IntegerField()


@extend_schema_serializer(many=False)
class TraceSerializer(serializers.Serializer):
    """Everything, or what is above and below one record. ``notes`` say what no source links together."""

    web_url = serializers.URLField()
    focus = analysis.NamedSerializer(allow_null=True)
    summary = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    complete = serializers.BooleanField()
    nodes = NodeSerializer(many=True)
    edges = EdgeSerializer(many=True)
    crowds = CrowdSerializer(many=True)


@describe_analysis(
    "Trace",
    TraceSerializer,
    parameter(
        "focus",
        "Code of the record to start from; all if left out.",
        **named_code_schema("traceable"),
        example="STARCOM",
    ),
    parameter("strategy", "Code of the strategy whose records are meant.", **code_schema(Strategy), example="IPS"),
    NOTIONAL,
)
class TraceViewSet(analysis.AnalysisViewSet):
    """What serves what, from ends to risks: everything, or from one record, with basis and sources of each link."""

    def get_result(self, request: Any) -> tuple[Trace, TraceParams]:
        """The trace, and the parameters it was read with."""
        trace_params = TraceParams.from_request(request, self.extra, blank=False)
        return read_trace(trace_params.notional, trace_params.start, trace_params.strategy), trace_params

    def get_sheet(self, request: Any, result: tuple[Trace, TraceParams]) -> Sheet:
        return trace_sheet(request, result[0])

    def serialize(self, request: Any, result: tuple[Trace, TraceParams]) -> dict[str, Any]:
        trace, trace_params = result
        urls = analysis.RecordURLs(request)
        return {
            "web_url": urls.of_page("trace", self.extra),
            "focus": urls.named(trace.focus.kind, trace.focus.code, trace.focus.title) if trace.focus else None,
            "summary": describe_links(trace),
            "notes": [note.text for note in list_notes(trace, trace_params.link_params)],
            "complete": trace.complete and not trace.hidden_links,
            "nodes": [_node(node, trace, urls) for node in trace.nodes if node in trace.reached],
            "edges": [_edge(edge, urls) for edge in trace.links],
            "crowds": [{"line_of_effort": crowd.line or None, "activities": crowd.count} for crowd in trace.crowds],
        }


def _node(node: Node, trace: Trace, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        **urls.named(node.kind, node.code, node.title),
        "layer": LAYERS[node.layer],
        "line_of_effort": node.line or None,
        "lead_stated": _lead_stated(node, trace),
        "notional": node.notional,
    }


def _lead_stated(node: Node, trace: Trace) -> bool | None:
    """Whether a lead is named; None for what is no activity, or where not all tasking was read."""
    if node.kind != "activity" or "office" in trace.truncated_kinds:
        return None
    return node not in trace.leaderless


def _edge(edge: Edge, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "source": edge.source.code,
        "source_type": edge.source.kind,
        "link": edge.link.value,
        "relation": edge.words,
        "target": edge.target.code,
        "target_type": edge.target.kind,
        "basis": edge.basis,
        "stated": edge.stated,
        "reason": edge.reason,
        "sources": [_source(source, urls) for source in edge.cited],
    }


def _source(source: CitedSource, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "code": source.code,
        "title": source.title,
        "locator": source.locator,
        "web_url": urls.page("source", source.code),
    }
