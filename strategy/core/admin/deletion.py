"""Summary of a deletion in the admin: all rows that would be deleted too, and those that prevent it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import NestedObjects, quote
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models, router
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from .forms import points_at_record


def prefetch_names(rows: Iterable[models.Model]) -> None:
    """Prefetches the records that the names of rows are built from: a query for each relation, not for each row."""
    rows_by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        rows_by_model[type(row)].append(row)
    for model, model_rows in rows_by_model.items():
        fields = [*model._meta.concrete_fields, *model._meta.private_fields]
        pointers = [f.name for f in fields if isinstance(f, GenericForeignKey) or (f.concrete and points_at_record(f))]
        prefetch_related_objects(model_rows, *pointers)


def deleted_objects(rows: Any, request: Any, site: Any) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
    """As ``django.contrib.admin.utils.get_deleted_objects``, with a query for each kind of row, not for each row.

    Returns the nested rows as HTML, the number of rows by plural name, the names of models the reader may not delete,
    and the protected rows as HTML.
    """
    if not rows:
        return [], {}, set(), []
    collector: Any = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(rows)
    prefetch_names([*(row for objs in collector.model_objs.values() for row in objs), *collector.protected])
    denied: set[str] = set()

    def as_html(row: Any) -> str:
        meta = row._meta
        if not site.is_registered(type(row)):
            return f"{capfirst(meta.verbose_name)}: {row}"
        if not site.get_model_admin(type(row)).has_delete_permission(request, row):
            denied.add(str(meta.verbose_name))
        url = reverse(f"{site.name}:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)])
        return format_html('{}: <a href="{}">{}</a>', capfirst(meta.verbose_name), url, row)

    nested = collector.nested(as_html)
    counts = {str(model._meta.verbose_name_plural): len(objs) for model, objs in collector.model_objs.items()}
    return nested, counts, denied, [as_html(row) for row in collector.protected]
