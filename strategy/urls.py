from django.urls import path

from .core.views import pages, with_twins
from .findings.views import FindingDetail, FindingList
from .glossary.views import GlossaryPage
from .my_office.views import ForgetMyOffice, SetMyOffice
from .reading.views import ReadChapter, ReadIndex
from .risk_register.views import MitigationDetail, MitigationList, RiskDetail, RiskList
from .search.views import SearchPage
from .views import documents, ends, offices, permalinks, sources

urlpatterns = [
    *pages("strategies", "strategy", documents.StrategyList, documents.StrategyDetail),
    *pages("chapters", "chapter", documents.ChapterList, documents.ChapterDetail),
    *pages("passages", "passage", documents.PassageList, documents.PassageDetail),
    *pages("related-documents", "relateddocument", documents.RelatedDocumentList, documents.RelatedDocumentDetail),
    *pages("timeline-events", "timelineevent", documents.TimelineEventList, documents.TimelineEventDetail),
    *pages("mentions", "mention", documents.MentionList, documents.MentionDetail),
    *pages("goals", "goal", ends.GoalList, ends.GoalDetail),
    *pages("means", "means", ends.MeansList, ends.MeansDetail),
    *pages("risks", "risk", RiskList, RiskDetail),
    *pages("mitigations", "mitigation", MitigationList, MitigationDetail),
    *pages("terms", "term", ends.TermList, ends.TermDetail),
    *pages("offices", "office", offices.OfficeList, offices.OfficeDetail),
    *pages("sources", "source", sources.SourceList, sources.SourceDetail),
    *pages("citations", "citation", sources.CitationList, sources.CitationDetail),
    *pages("conflicts", "conflict", sources.ConflictList, sources.ConflictDetail),
    *pages("silences", "silence", sources.SilenceList, sources.SilenceDetail),
    *pages("observations", "observation", sources.ObservationList, sources.ObservationDetail),
    *pages("findings", "finding", FindingList, FindingDetail),
    path("my-office/", SetMyOffice.as_view(), name="my-office"),
    path("my-office/forget/", ForgetMyOffice.as_view(), name="my-office-forget"),
    path("read/", ReadIndex.as_view(), name="read"),
    path("read/<str:place>/", ReadChapter.as_view(), name="read-chapter"),
    *with_twins("glossary", "glossary", GlossaryPage),
    path("id/<str:code>", permalinks.record, name="permalink"),
    path("id/<str:code>/", permalinks.record),
    path("search/", SearchPage.as_view(), name="search"),
]
