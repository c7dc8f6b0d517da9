"""Admin of the strategy app, by subject as the models are."""

from .base import EvidencedAdmin
from .documents import ChapterAdmin, MentionAdmin, PassageAdmin, RelatedDocumentAdmin, StrategyAdmin, TimelineEventAdmin
from .goals import GoalAdmin
from .means import MeansAdmin
from .offices import OfficeAdmin
from .risks import MitigationAdmin, RiskAdmin
from .sources import CitationAdmin, ConflictAdmin, ObservationAdmin, SilenceAdmin, SourceAdmin
from .synonyms import SynonymAdmin
from .terms import TermAdmin

__all__ = [
    "ChapterAdmin",
    "CitationAdmin",
    "ConflictAdmin",
    "EvidencedAdmin",
    "GoalAdmin",
    "MeansAdmin",
    "MentionAdmin",
    "MitigationAdmin",
    "ObservationAdmin",
    "OfficeAdmin",
    "PassageAdmin",
    "RelatedDocumentAdmin",
    "RiskAdmin",
    "SilenceAdmin",
    "SourceAdmin",
    "StrategyAdmin",
    "SynonymAdmin",
    "TermAdmin",
    "TimelineEventAdmin",
]
