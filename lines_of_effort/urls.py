from django.urls import path

from strategy.core.views import record_urls, urls_with_downloads

from . import views
from .compare.views import ComparePage
from .matrix.views import MatrixPage
from .office_comparison.views import OfficeComparisonPage
from .reorganization.views import ReorganizePage
from .tasking.views import OfficeTaskingFile, OfficeTaskingText
from .trace.views import TracePage, TracePicture

urlpatterns = [
    *urls_with_downloads("matrix", "matrix", MatrixPage),
    *record_urls("lines-of-effort", "lineofeffort", views.LineOfEffortList, views.LineOfEffortDetail),
    *record_urls("process-stages", "processstage", views.ProcessStageList, views.ProcessStageDetail),
    *record_urls("activities", "activity", views.ActivityList, views.ActivityDetail),
    *record_urls("assignments", "assignment", views.AssignmentList, views.AssignmentDetail),
    path("offices/<str:code>/tasking.txt", OfficeTaskingText.as_view(), name="office-tasking-text"),
    path("offices/<str:code>/tasking.<suffix:suffix>", OfficeTaskingFile.as_view(), name="office-tasking"),
    *urls_with_downloads("trace", "trace", TracePage),
    path("trace.svg", TracePicture.as_view(), name="trace-picture"),
    *urls_with_downloads("compare", "compare", ComparePage),
    *urls_with_downloads("compare-offices", "compare-offices", OfficeComparisonPage),
    path("reorganize/", ReorganizePage.as_view(), name="reorganize"),
]
