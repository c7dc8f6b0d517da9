"""Findings: rules that name what is missing, doubtful or disputed, with their page and API."""

from .registry import FindingResult, Rows, Severity, all_findings, finding, get, report

__all__ = [
    "FindingResult",
    "Rows",
    "Severity",
    "all_findings",
    "finding",
    "get",
    "report",
]
