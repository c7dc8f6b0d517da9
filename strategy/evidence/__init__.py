"""Evidence behind records: citations, conflicts, silences and observations."""

from .index import Evidence, FieldEvidence, Grounds

__all__ = ["Evidence", "FieldEvidence", "Grounds"]
