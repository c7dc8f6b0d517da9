"""Pages: lists and records on Django's own views, the panels and tables they are made of, and their addresses."""

from .counts import LinkedCount, fill_counts
from .detail import BaseRecordDetail, find_record
from .forms import PublicForm, is_same_origin
from .list import RecordList, plural_title
from .pages import NoSuchPageError, StrictListView, StrictPage, bad_request_page, page_citation, place_read, sentences
from .panels import LinksPanel, ListLink, PageLink, Panel, PanelsMixin, TemplatePanel, add_panels
from .tables import Column, TablePanel, TableRow, as_columns, column_cell, field_cell
from .urls import filtered_list_url, list_url, record_urls, rooted, urls_with_downloads

__all__ = [
    "BaseRecordDetail",
    "Column",
    "LinkedCount",
    "LinksPanel",
    "ListLink",
    "NoSuchPageError",
    "PageLink",
    "Panel",
    "PanelsMixin",
    "PublicForm",
    "RecordList",
    "StrictListView",
    "StrictPage",
    "TablePanel",
    "TableRow",
    "TemplatePanel",
    "add_panels",
    "as_columns",
    "bad_request_page",
    "column_cell",
    "field_cell",
    "fill_counts",
    "filtered_list_url",
    "find_record",
    "is_same_origin",
    "list_url",
    "page_citation",
    "place_read",
    "plural_title",
    "record_urls",
    "rooted",
    "sentences",
    "urls_with_downloads",
]
