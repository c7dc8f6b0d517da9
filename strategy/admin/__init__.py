from .documents import ChapterAdmin, MentionAdmin, PassageAdmin, RelatedDocumentAdmin, StrategyAdmin, TimelineEventAdmin
from .ends import GoalAdmin, MeansAdmin, MitigationAdmin, RiskAdmin, TermAdmin
from .evidence import EvidencedAdmin
from .offices import OfficeAdmin
from .sources import CitationAdmin, ConflictAdmin, ObservationAdmin, SilenceAdmin, SourceAdmin

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
    "TermAdmin",
    "TimelineEventAdmin",
]
