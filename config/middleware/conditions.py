"""The conditions of a request, as RFC 9110 has them in section 13: by tags, or by dates where no tags were given."""

from django.http import HttpRequest
from django.utils.http import parse_etags, parse_http_date_safe

NOT_MODIFIED, PRECONDITION_FAILED = 304, 412


def without_weakness(etag: str) -> str:
    """The tag as weak comparison sees it."""
    return etag.removeprefix("W/")


def condition_status(request: HttpRequest, etag: str, modified: int | None, margin: int = 0) -> int | None:
    """304 or 412 if the request's conditions ask for that instead of the response, else None (section 13.2.2).

    ``etag`` is the response's and ``modified`` its date in seconds, None if it has none. For ``margin`` seconds after
    its date, only that very date counts as one that the reader was sent.
    """
    if "If-Match" in request.headers:
        tags = parse_etags(request.headers["If-Match"])
        if tags != ["*"] and (etag.startswith("W/") or etag not in tags):
            return PRECONDITION_FAILED
    elif modified is not None and (date := date_header(request, "If-Unmodified-Since")) is not None and date < modified:
        return PRECONDITION_FAILED
    if "If-None-Match" in request.headers:
        tags = parse_etags(request.headers["If-None-Match"])
        return NOT_MODIFIED if tags == ["*"] or without_weakness(etag) in map(without_weakness, tags) else None
    date = date_header(request, "If-Modified-Since")
    if date is None or modified is None:
        return None
    return NOT_MODIFIED if date == modified or date >= modified + margin else None


def is_range_stale(request: HttpRequest, etag: str, modified: int | None) -> bool:
    """Whether the reader has parts of another state than this, and so wants the whole (section 13.1.5)."""
    known = request.headers.get("If-Range")
    if known is None:
        return False
    return known != etag if '"' in known else parse_http_date_safe(known) != modified


def date_header(request: HttpRequest, name: str) -> int | None:
    """The date in a header in seconds, None if there is none or no such date."""
    return parse_http_date_safe(request.headers.get(name, ""))
