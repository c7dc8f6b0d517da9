"""The file formats rows can be had in: media types, addresses and names of columns."""

import re
import unicodedata

from django.urls import register_converter

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What the API gives in files: the lines of JSON too, which programs read and people do not.
FORMATS = MEDIA_TYPES | {"ndjson": "application/x-ndjson"}


def column_name(title: str) -> str:
    """A column's title as a key: "Line of effort" is ``line_of_effort``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class Suffix:
    """The path converter ``<suffix:suffix>``: the formats a page can be had in."""

    regex = "|".join(MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Suffix, "suffix")


def download_links(path: str, querystring: str = "") -> list[tuple[str, str]]:
    """Label and address of the page's twins: ``/activities/`` has ``/activities.csv`` and the others."""
    query = f"?{querystring.rstrip('&')}" if querystring else ""
    return [(suffix.upper(), f"{path.rstrip('/')}.{suffix}{query}") for suffix in MEDIA_TYPES]
