"""The findings as rows of a file, for the page and the API."""

from django.http import HttpRequest
from django.urls import reverse

from ..core.exports import Sheet
from .registry import FindingResult


def findings_sheet(request: HttpRequest, results: list[FindingResult]) -> Sheet:
    """A row for each finding, with the number of records it concerns."""
    rows = (
        (
            result.finding.id,
            result.finding.severity.value,
            result.finding.title,
            result.count,
            result.finding.why,
            request.build_absolute_uri(reverse("finding-detail", args=[result.finding.id])),
        )
        for result in results
    )
    return Sheet("findings", ("id", "severity", "title", "count", "why", "web_url"), rows)
