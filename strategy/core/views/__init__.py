"""Pages: lists and records on Django's own views, the panels and tables they are made of, and their addresses."""

from .counts import LinkedCount, fill_counts
from .detail import BaseRecordDetail
from .list import RecordList, plural_title
from .pages import NoSuchPageError, StrictListView, StrictPage, bad_request_page, page_citation, place_read, sentences
from .panels import LinksPanel, ListLink, Panel, PanelsMixin, TemplatePanel, TraceLink, add_panels
from .tables import Column, TablePanel, TableRow, as_columns, column_cell, field_cell
from .urls import filtered_list_url, list_url, record_urls, urls_with_downloads

__all__ = [
    "BaseRecordDetail",
    "Column",
    "LinkedCount",
    "LinksPanel",
    "ListLink",
    "NoSuchPageError",
    "Panel",
    "PanelsMixin",
    "RecordList",
    "StrictListView",
    "StrictPage",
    "TablePanel",
    "TableRow",
    "TemplatePanel",
    "TraceLink",
    "add_panels",
    "as_columns",
    "bad_request_page",
    "column_cell",
    "field_cell",
    "fill_counts",
    "filtered_list_url",
    "list_url",
    "page_citation",
    "place_read",
    "plural_title",
    "record_urls",
    "sentences",
    "urls_with_downloads",
]
