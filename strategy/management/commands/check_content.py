import json
import sys
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from strategy.core.models import CodedModel, Notional
from strategy.findings import FindingResult, Severity, run_findings
from strategy.models import SearchEntry


class Command(BaseCommand):
    help = "Show what in the content deserves a second look; for scripts, by the exit status too."
    # Templates are checked at start.
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser):
        parser.add_argument("--notional", action="store_true", help="the training content instead of the sourced one")
        parser.add_argument("--format", dest="form", choices=["text", "json"], default="text")
        parser.add_argument(
            "--severity",
            choices=Severity.values,
            default=Severity.WARNING,
            help="least severity for which the exit status is 1 if there is anything to show (default: warning)",
        )

    def handle(self, *, notional, form, severity, verbosity=1, **options):
        scope = Notional.ONLY if notional else Notional.EXCLUDE
        results = run_findings(scope)
        if form == "json":
            self.stdout.write(json.dumps([as_dict(result, scope) for result in results], indent=1, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(table(results, scope, with_rows=verbosity > 1)))
        if any(result.count and result.finding.severity.reaches(Severity(severity)) for result in results):
            sys.exit(1)


def table(results: list[FindingResult], scope: str, *, with_rows: bool) -> list[str]:
    """The lines of the text format: each severity with its findings, and their rows if ``with_rows``."""
    lines = []
    for severity in Severity:
        lines.append(str(severity.label).upper())
        for result in results:
            if result.finding.severity == severity:
                lines.append(f"{result.count:6}  {result.finding.id:38}{result.finding.title}")
                if with_rows:
                    lines += [" " * 8 + description(row) for row in result.finding.rows(scope)]
    return lines


def kind(row: CodedModel | SearchEntry) -> str:
    """App label and model name of a row, or of the record that an index entry is about."""
    return row.kind if isinstance(row, SearchEntry) else row._meta.label_lower


def description(row: CodedModel | SearchEntry) -> str:
    """Code, name and detail of a row in one line."""
    detail = getattr(row, "detail", "")
    return f"{row.code} {row.label}" + (f" ({detail})" if detail else "")


def as_dict(result: FindingResult, scope: str) -> dict[str, Any]:
    """The JSON format of a finding: id, severity, title, why, count and rows (kind, code, label, detail)."""
    finding = result.finding
    rows = [
        {"kind": kind(row), "code": row.code, "label": row.label, "detail": getattr(row, "detail", "")}
        for row in finding.rows(scope)
    ]
    return {
        "id": finding.id,
        "severity": finding.severity,
        "title": finding.title,
        "why": finding.why,
        "count": result.count,
        "rows": rows,
    }
