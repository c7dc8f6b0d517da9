"""Pages of terms."""

from ..core.views import Column
from ..filters import TermFilter
from ..models import Term
from .base import RecordDetail, RecordList


class TermList(RecordList):
    """Terms and abbreviations, with their definitions where a source gives one."""

    filterset_class = TermFilter
    columns = ("abbreviation", Column("definition", empty="No source defines it"), "defined_in", "basis")
    intro = "Terms the strategy uses. Definitions are other documents' where named so; some have none."


class TermDetail(RecordDetail):
    """One term and its definition."""

    model = Term
    statement = "definition"
