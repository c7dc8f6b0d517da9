"""Models of the strategy document, its offices and its evidence, by subject; querysets in <subject>_querysets."""

# Models are listed, wherever relations are, in the order of these imports: subjects as the document has them.
from ..search.models import SearchEntry
from .base import OfStrategy, Record
from .documents import (
    Chapter,
    Mention,
    Passage,
    RelatedDocument,
    Strategy,
    StrategyDate,
    StrategyName,
    TimelineEvent,
)
from .goals import Goal
from .means import Means
from .terms import Term

# isort: split
from .content_version import ContentVersion, content_version
from .offices import Echelon, Office, OfficeEvent, OfficeName, OfficeRelation, Standing
from .risks import Mitigation, Risk
from .shipped_rows import ShippedRow
from .sources import (
    Citation,
    Conflict,
    ConflictPosition,
    Observation,
    Silence,
    Source,
    Subject,
)

__all__ = [
    "Chapter",
    "Citation",
    "Conflict",
    "ConflictPosition",
    "ContentVersion",
    "Echelon",
    "Goal",
    "Means",
    "Mention",
    "Mitigation",
    "Observation",
    "OfStrategy",
    "Office",
    "OfficeEvent",
    "OfficeName",
    "OfficeRelation",
    "Passage",
    "Record",
    "RelatedDocument",
    "Risk",
    "SearchEntry",
    "ShippedRow",
    "Silence",
    "Source",
    "Standing",
    "Strategy",
    "StrategyDate",
    "StrategyName",
    "Subject",
    "Term",
    "TimelineEvent",
    "content_version",
]
