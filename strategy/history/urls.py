"""Addresses of the history: what changed, and the history of any record below the record's own address."""

from django.urls import path

from .confirm import RestorePage, UndoPage
from .feed import ChangeFeedPage
from .views import ChangeLogPage, ChangeSetPage, RecordHistory

history_urls = [
    path("changes/", ChangeLogPage.as_view(), name="changes"),
    path("changes.atom", ChangeFeedPage.as_view(), name="changes-feed"),
    path("changes/<int:version>/", ChangeSetPage.as_view(), name="change-set"),
    path("changes/<int:version>/undo/", UndoPage.as_view(), name="change-set-undo"),
    path("<str:segment>/<str:code>/history/", RecordHistory.as_view(), name="record-history"),
    path("<str:segment>/<str:code>/history/<int:version>/restore/", RestorePage.as_view(), name="record-restore"),
]
