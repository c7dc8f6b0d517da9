"""Pages of the strategy's models, and what the pages of other packages and apps are built on."""

from .base import RecordDetail, RecordList, bad_request_page, page_citation

__all__ = ["RecordDetail", "RecordList", "bad_request_page", "page_citation"]
