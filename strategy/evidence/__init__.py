"""Evidence behind records: citations, conflicts, silences and observations."""

from .index import EvidenceIndex
from .record import Evidence, FieldEvidence

__all__ = ["Evidence", "EvidenceIndex", "FieldEvidence"]
