"""Findings: rules that name what is missing, doubtful or disputed, with their page and API."""

from .registry import (
    FindingResult,
    Rows,
    Severity,
    all_findings,
    findings_among,
    get_finding,
    register_finding,
    run_findings,
)

__all__ = [
    "FindingResult",
    "Rows",
    "Severity",
    "all_findings",
    "findings_among",
    "get_finding",
    "register_finding",
    "run_findings",
]
