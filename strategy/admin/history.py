"""Admin of change sets: for reading."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst

from ..core.admin import StrictAdminMixin
from ..history.differences import Difference, differences
from ..models import ChangeSet

# Changes on the page of one set, and characters of one value.
MAX_CHANGES, MAX_VALUE = 200, 200
# Columns that follow from others.
DERIVED = {"updated", "code_order", "label_order"}


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
        count = change_set.changes.count()
        rows = differences(change_set.changes.with_next()[:MAX_CHANGES])
        shown = f"The first {MAX_CHANGES} of {count:,} changes are shown." if count > MAX_CHANGES else ""
        return format_html(
            '<p>{} <a href="{}">On the site, where it can be undone</a></p><ul>{}</ul>',
            shown,
            reverse("change-set", args=[change_set.version]),
            format_html_join("", "<li>{}</li>", ((in_words(row),) for row in rows if not is_derived(row))),
        )


def is_derived(difference: Difference) -> bool:
    """Whether nothing was changed but what follows from other changes, such as the date of a record's last one."""
    return bool(difference.columns) and difference.columns.keys() <= DERIVED


def in_words(difference: Difference) -> SafeString:
    """One change as HTML: what was done to which row, and its values before and after."""
    image = difference.before or difference.after or {}
    name = image.get("code") or difference.change.row
    heading = f"{difference.change.get_operation_display()}: {difference.model._meta.verbose_name} {name}"
    values = format_html_join(
        "",
        "<li>{}: <del>{}</del> <ins>{}</ins></li>",
        (
            (capfirst(difference.model._meta.get_field(column).verbose_name), _short(old), _short(new))
            for column, (old, new) in difference.columns.items()
            if column not in DERIVED
        ),
    )
    return format_html("{}<ul>{}</ul>", heading, values) if values else format_html("{}", heading)


def _short(value: Any) -> str:
    return "nothing" if value in (None, "") else Truncator(str(value)).chars(MAX_VALUE)
