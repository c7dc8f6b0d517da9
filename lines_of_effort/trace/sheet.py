"""The links of a trace as a table to take away: one row a link."""

from django.http import HttpRequest

from strategy.core.exports import Sheet

from .graph import Edge, Trace

COLUMNS = (
    *("from_code", "from_name", "relation", "to_code", "to_name"),
    *("basis", "reason", "sources", "from_url", "to_url"),
)


def trace_sheet(request: HttpRequest, trace: Trace) -> Sheet:
    """The table of the page; ``request`` makes addresses absolute."""
    return Sheet("trace", COLUMNS, (_row(request, edge) for edge in trace.links))


def _row(request: HttpRequest, edge: Edge) -> list[str]:
    return [
        edge.source.code,
        edge.source.title,
        edge.words,
        edge.target.code,
        edge.target.title,
        edge.basis,
        edge.reason,
        "; ".join(f"{source.code} {source.locator}".strip() for source in edge.cited),
        request.build_absolute_uri(edge.source.url),
        request.build_absolute_uri(edge.target.url),
    ]
