from .base import RecordDetail, RecordList, bad_request_page

__all__ = ["RecordDetail", "RecordList", "bad_request_page"]
