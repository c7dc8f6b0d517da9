"""Rows taken away: as CSV, Excel workbook, JSON and lines of JSON."""

from .formats import FORMATS, MEDIA_TYPES, Sheet, column_name, download, links
from .streaming import flat

__all__ = ["FORMATS", "MEDIA_TYPES", "Sheet", "column_name", "download", "flat", "links"]
