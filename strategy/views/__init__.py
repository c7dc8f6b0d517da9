from .base import RecordDetail, RecordList, bad_request

__all__ = ["RecordDetail", "RecordList", "bad_request"]
