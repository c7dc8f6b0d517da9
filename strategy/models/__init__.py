"""Models of the strategy document, its offices and its evidence, by subject; querysets in <subject>_querysets."""

# Models are listed, wherever relations are, in the order of these imports: subjects as the document has them.
from ..search.models import SearchEntry
from .base import OfStrategy, ReasonedLink, Record
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
from .synonyms import Synonym
from .terms import Term

# isort: split
from ..history.models import Change, ChangeSet
from ..proposals.models import Proposal
from .content_version import ContentVersion, content_version
from .offices import Echelon, Office, OfficeEvent, OfficeHead, OfficeName, OfficeRelation, Standing
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

# isort: split
from .indicators import Indicator
from .recommendations import Recommendation, RecommendationOffice, RecommendationRisk
from .stakeholders import Stakeholder
from .topics import OfficeTopic, Topic, TopicLink

__all__ = [
    "Change",
    "ChangeSet",
    "Chapter",
    "Citation",
    "Conflict",
    "ConflictPosition",
    "ContentVersion",
    "Echelon",
    "Goal",
    "Indicator",
    "Means",
    "Mention",
    "Mitigation",
    "Observation",
    "OfStrategy",
    "Office",
    "OfficeEvent",
    "OfficeHead",
    "OfficeName",
    "OfficeRelation",
    "OfficeTopic",
    "Passage",
    "Proposal",
    "ReasonedLink",
    "Recommendation",
    "RecommendationOffice",
    "RecommendationRisk",
    "Record",
    "RelatedDocument",
    "Risk",
    "SearchEntry",
    "ShippedRow",
    "Silence",
    "Source",
    "Stakeholder",
    "Standing",
    "Strategy",
    "StrategyDate",
    "StrategyName",
    "Subject",
    "Synonym",
    "Term",
    "TimelineEvent",
    "Topic",
    "TopicLink",
    "content_version",
]
