from django.urls import path

from strategy.core.views import pages, with_twins

from . import views
from .compare.views import ComparePage
from .matrix.views import MatrixView
from .tasking.views import OfficeTasking, OfficeTaskingText
from .trace.views import TracePage, TracePicture

urlpatterns = [
    *with_twins("matrix", "matrix", MatrixView),
    *pages("lines-of-effort", "lineofeffort", views.LineOfEffortList, views.LineOfEffortDetail),
    *pages("process-stages", "processstage", views.ProcessStageList, views.ProcessStageDetail),
    *pages("activities", "activity", views.ActivityList, views.ActivityDetail),
    *pages("assignments", "assignment", views.AssignmentList, views.AssignmentDetail),
    path("offices/<str:code>/tasking.txt", OfficeTaskingText.as_view(), name="office-tasking-text"),
    path("offices/<str:code>/tasking.<suffix:suffix>", OfficeTasking.as_view(), name="office-tasking"),
    *with_twins("trace", "trace", TracePage),
    path("trace.svg", TracePicture.as_view(), name="trace-picture"),
    *with_twins("compare", "compare", ComparePage),
]
