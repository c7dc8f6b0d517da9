"""Rows taken away: as CSV, Excel workbook, JSON and lines of JSON."""

from .formats import FORMATS, MEDIA_TYPES, Sheet, column_name, download, download_links
from .streaming import flatten_value

__all__ = ["FORMATS", "MEDIA_TYPES", "Sheet", "column_name", "download", "download_links", "flatten_value"]
