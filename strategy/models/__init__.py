from ..core.cache import version_of_request
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
from .goals import Goal, Means, Term
from .offices import Echelon, Office, OfficeEvent, OfficeName, OfficeRelation, Standing
from .risks import Mitigation, Risk
from .sources import (
    Citation,
    Conflict,
    ConflictPosition,
    Observation,
    Silence,
    Source,
    Subject,
)
from .version import ContentVersion, content_version

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
    "version_of_request",
]
