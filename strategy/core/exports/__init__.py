"""Rows as files: CSV, Excel workbook, JSON and lines of JSON, for pages and for the API."""

from .formats import FORMATS, MEDIA_TYPES, column_name, download_links
from .streaming import Sheet, download, stream_records
from .writers import flatten_value

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Sheet",
    "column_name",
    "download",
    "download_links",
    "flatten_value",
    "stream_records",
]
