"""Pages of synonyms."""

from ..filters import record_filter
from ..models import Synonym
from .base import RecordDetail, RecordList


class SynonymList(RecordList):
    """Names that a search takes to mean the same."""

    filterset_class = record_filter(Synonym)
    columns = ("note", "basis")
    intro = (
        "Names that mean the same to a search. Abbreviations of terms and other names of offices, partners and "
        "frameworks count as well."
    )


class SynonymDetail(RecordDetail):
    """One group of names."""

    model = Synonym
