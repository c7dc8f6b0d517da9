"""The parameter ``as_of`` in the OpenAPI document: it is the middleware that reads it, not the views."""

from typing import Any

from config.middleware.as_of import PRESENT_ONLY
from strategy.core.cache import version_of_request
from strategy.core.cache.content_version import version_time
from strategy.snapshots import PARAMETER

DESCRIPTION = (
    "The content as it was: at the end of a day, month or year (UTC), at a moment with its zone, or at a version. "
    "Every address in the answer leads on at that moment."
)


def add_as_of(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds ``as_of`` to every operation that takes it: those that read content."""
    # A moment that the change log has, whenever it began.
    day = version_time(version_of_request()).date().isoformat()
    parameter = {
        "name": PARAMETER,
        "in": "query",
        "description": DESCRIPTION,
        "schema": {"type": "string", "format": "moment-of-content"},
        "examples": {"Example": {"value": day}},
    }
    for path, operations in result["paths"].items():
        if "get" in operations and not PRESENT_ONLY.match(path):
            operations["get"].setdefault("parameters", []).append(parameter)
    return result
