"""Evidence behind records: citations, conflicts, silences and observations."""

from .attribution import is_attributed
from .citation_text import record_citation, source_name, strategy_name
from .index import EvidenceIndex
from .record import Evidence, FieldEvidence

__all__ = [
    "Evidence",
    "EvidenceIndex",
    "FieldEvidence",
    "is_attributed",
    "record_citation",
    "source_name",
    "strategy_name",
]
