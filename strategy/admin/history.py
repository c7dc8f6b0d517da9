"""Admin of change sets: who, when and why; what they changed is read on the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..core.admin import StrictAdminMixin
from ..models import ChangeSet


@admin.register(ChangeSet)
class ChangeSetAdmin(StrictAdminMixin, admin.ModelAdmin):
    """Who changed what, when and why; nobody edits it."""

    list_display = ("at", "kind", "actor_name", "reason")
    list_filter = ("kind",)
    search_fields = ("actor_name", "reason")
    date_hierarchy = "at"
    fields = ("at", "kind", "actor_name", "reason", "changes")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Changes")
    def changes(self, change_set: ChangeSet) -> SafeString:
        return format_html(
            '{}: <a href="{}">read them on the site, where they can be undone</a>',
            change_set.changes.count(),
            reverse("change-set", args=[change_set.version]),
        )
