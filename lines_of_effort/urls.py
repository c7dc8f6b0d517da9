from strategy.core.urls import pages, with_twins

from . import compare_pages, views

urlpatterns = [
    *pages("lines-of-effort", "lineofeffort", views.LineOfEffortList, views.LineOfEffortDetail),
    *pages("process-stages", "processstage", views.ProcessStageList, views.ProcessStageDetail),
    *pages("activities", "activity", views.ActivityList, views.ActivityDetail),
    *pages("assignments", "assignment", views.AssignmentList, views.AssignmentDetail),
    *with_twins("compare", "compare", compare_pages.ComparePage),
]
