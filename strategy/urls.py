from django.urls import path

from .core.views import record_urls, urls_with_downloads
from .findings.views import FindingDetail, FindingList
from .glossary.views import GlossaryPage
from .history.urls import history_urls
from .my_office.views import ForgetMyOffice, SetMyOffice
from .org_chart.views import OrgChartPage
from .reading.views import ReadChapter, ReadIndex
from .risk_register.views import MitigationDetail, MitigationList, RiskDetail, RiskList
from .search.views import SearchPage, SearchSuggestions
from .theme.views import SetTheme
from .views import documents, goals, means, offices, recommendations, sources, stakeholders, terms, topics
from .views.permalinks import Permalink
from .views.synonyms import SynonymDetail, SynonymList

urlpatterns = [
    *record_urls("strategies", "strategy", documents.StrategyList, documents.StrategyDetail),
    *record_urls("chapters", "chapter", documents.ChapterList, documents.ChapterDetail),
    *record_urls("passages", "passage", documents.PassageList, documents.PassageDetail),
    *record_urls(
        "related-documents", "relateddocument", documents.RelatedDocumentList, documents.RelatedDocumentDetail
    ),
    *record_urls("timeline-events", "timelineevent", documents.TimelineEventList, documents.TimelineEventDetail),
    *record_urls("mentions", "mention", documents.MentionList, documents.MentionDetail),
    *record_urls("goals", "goal", goals.GoalList, goals.GoalDetail),
    *record_urls("means", "means", means.MeansList, means.MeansDetail),
    *record_urls("risks", "risk", RiskList, RiskDetail),
    *record_urls("mitigations", "mitigation", MitigationList, MitigationDetail),
    *record_urls("terms", "term", terms.TermList, terms.TermDetail),
    *record_urls("offices", "office", offices.OfficeList, offices.OfficeDetail),
    *record_urls("stakeholders", "stakeholder", stakeholders.StakeholderList, stakeholders.StakeholderDetail),
    *record_urls("indicators", "indicator", goals.IndicatorList, goals.IndicatorDetail),
    *record_urls("topics", "topic", topics.TopicList, topics.TopicDetail),
    *record_urls(
        "recommendations",
        "recommendation",
        recommendations.RecommendationList,
        recommendations.RecommendationDetail,
    ),
    *record_urls("sources", "source", sources.SourceList, sources.SourceDetail),
    *record_urls("citations", "citation", sources.CitationList, sources.CitationDetail),
    *record_urls("conflicts", "conflict", sources.ConflictList, sources.ConflictDetail),
    *record_urls("silences", "silence", sources.SilenceList, sources.SilenceDetail),
    *record_urls("observations", "observation", sources.ObservationList, sources.ObservationDetail),
    *record_urls("synonyms", "synonym", SynonymList, SynonymDetail),
    *record_urls("findings", "finding", FindingList, FindingDetail),
    *urls_with_downloads("org-chart", "org-chart", OrgChartPage),
    path("my-office/", SetMyOffice.as_view(), name="my-office"),
    path("my-office/forget/", ForgetMyOffice.as_view(), name="my-office-forget"),
    path("theme/", SetTheme.as_view(), name="theme"),
    path("read/", ReadIndex.as_view(), name="read"),
    path("read/<str:place>/", ReadChapter.as_view(), name="read-chapter"),
    *urls_with_downloads("glossary", "glossary", GlossaryPage),
    *history_urls,
    path("id/<str:code>", Permalink.as_view(), name="permalink"),
    path("id/<str:code>/", Permalink.as_view()),
    path("search/", SearchPage.as_view(), name="search"),
    path("search/suggest/", SearchSuggestions.as_view(), name="search-suggest"),
]
