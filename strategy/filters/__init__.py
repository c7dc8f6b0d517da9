"""Filters of the strategy's models, one FilterSet a model."""

from .base import RecordFilter, record_filter
from .documents import ChapterFilter, PassageFilter, RelatedDocumentFilter, StrategyFilter, TimelineEventFilter
from .goals import GoalFilter, IndicatorFilter
from .means import MeansFilter
from .offices import MentionFilter, OfficeFilter
from .risks import MitigationFilter, RiskFilter
from .sources import CitationFilter, ConflictFilter, ObservationFilter, SilenceFilter, SourceFilter
from .stakeholders import StakeholderFilter
from .terms import TermFilter
from .topics import RecommendationFilter, TopicFilter

__all__ = [
    "ChapterFilter",
    "CitationFilter",
    "ConflictFilter",
    "GoalFilter",
    "IndicatorFilter",
    "MeansFilter",
    "MentionFilter",
    "MitigationFilter",
    "ObservationFilter",
    "OfficeFilter",
    "PassageFilter",
    "RecommendationFilter",
    "RecordFilter",
    "RelatedDocumentFilter",
    "RiskFilter",
    "SilenceFilter",
    "SourceFilter",
    "StakeholderFilter",
    "StrategyFilter",
    "TermFilter",
    "TimelineEventFilter",
    "TopicFilter",
    "record_filter",
]
