"""Admin of the strategy app, by subject as the models are."""

from .base import EvidencedAdmin
from .documents import ChapterAdmin, MentionAdmin, PassageAdmin, RelatedDocumentAdmin, StrategyAdmin, TimelineEventAdmin
from .goals import GoalAdmin
from .history import ChangeSetAdmin
from .means import MeansAdmin
from .offices import OfficeAdmin
from .risks import MitigationAdmin, RiskAdmin
from .sourced_rows import SourcedInline
from .sources import CitationAdmin, ConflictAdmin, ObservationAdmin, SilenceAdmin, SourceAdmin
from .synonyms import SynonymAdmin
from .terms import TermAdmin
from .topics import IndicatorAdmin, RecommendationAdmin, StakeholderAdmin, TopicAdmin

__all__ = [
    "ChangeSetAdmin",
    "ChapterAdmin",
    "CitationAdmin",
    "ConflictAdmin",
    "EvidencedAdmin",
    "GoalAdmin",
    "IndicatorAdmin",
    "MeansAdmin",
    "MentionAdmin",
    "MitigationAdmin",
    "ObservationAdmin",
    "OfficeAdmin",
    "PassageAdmin",
    "RecommendationAdmin",
    "RelatedDocumentAdmin",
    "RiskAdmin",
    "SilenceAdmin",
    "SourceAdmin",
    "SourcedInline",
    "StakeholderAdmin",
    "StrategyAdmin",
    "SynonymAdmin",
    "TermAdmin",
    "TimelineEventAdmin",
    "TopicAdmin",
]
