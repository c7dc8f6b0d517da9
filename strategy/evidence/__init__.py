"""Evidence behind records: citations, conflicts, silences and observations."""

from .index import Evidence, Grounds

__all__ = ["Evidence", "Grounds"]
