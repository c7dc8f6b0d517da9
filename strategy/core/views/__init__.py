"""Tables, panels and addresses of the pages."""

from .panels import LinksPanel, TemplatePanel
from .tables import Column, TablePanel, TableRow, as_columns, column_cell, field_cell
from .urls import list_url, record_urls, urls_with_downloads

__all__ = [
    "Column",
    "LinksPanel",
    "TablePanel",
    "TableRow",
    "TemplatePanel",
    "as_columns",
    "column_cell",
    "field_cell",
    "list_url",
    "record_urls",
    "urls_with_downloads",
]
