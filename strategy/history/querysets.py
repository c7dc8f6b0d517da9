"""Questions asked of the change log."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery

from ..core.cache.content_version import version_time
from ..core.models import CodedModel, Part


class ChangeQuerySet(models.QuerySet):
    """Changes of rows, in the order in which they were made."""

    def with_next(self) -> "ChangeQuerySet":
        """Each with ``next_before``, what its row was before the next change of it; None where there was none."""
        later = self.model._default_manager.using(self.db).filter(
            table=OuterRef("table"), row=OuterRef("row"), pk__gt=OuterRef("pk")
        )
        return self.annotate(next_before=Subquery(later.order_by("pk").values("before")[:1]))

    def of_record(self, record: CodedModel) -> "ChangeQuerySet":
        """Changes of a record's row and of all rows that belong to it, now or before the change.

        Those are its parts, its many-to-many links, the links to other records such as assignments, its citations and
        what is remarked about it.
        """
        changes = Q(table=record._meta.db_table, row=record.pk)
        for model, columns in _pointers(record):
            table = self.model._default_manager.using(self.db).filter(table=model._meta.db_table)
            before = table.filter(**{f"before__{column}": key for column, key in columns.items()}).values("row")
            now = model._base_manager.using(self.db).filter(**columns).values("pk")
            changes |= Q(table=model._meta.db_table) & (Q(row__in=before) | Q(row__in=now))
        return self.filter(changes)

    def last_of_record(self, record: CodedModel) -> datetime.datetime:
        """When a record or what belongs to it was last changed; before the log began, as the record itself has it."""
        version = self.of_record(record).aggregate(version=Max("version"))["version"]
        return version_time(version) if version else record.updated


def _pointers(record: CodedModel) -> Iterator[tuple[Any, dict[str, int]]]:
    """The models whose rows belong to a record, and the values of the columns by which a row does."""
    meta = record._meta
    for relation in meta.related_objects:
        model: Any = relation.related_model
        if relation.many_to_many:
            continue
        is_part = issubclass(model, Part) and model.parent_field == relation.field.name
        is_link = issubclass(model, CodedModel) and model.is_link and not model.is_evidence
        if is_part or is_link or not issubclass(model, Part | CodedModel):
            yield model, {relation.field.attname: record.pk}
    for field in meta.many_to_many:
        yield field.remote_field.through, {field.m2m_column_name(): record.pk}
    for field in meta.private_fields:
        if isinstance(field, GenericRelation):
            kind = ContentType.objects.get_for_model(record).pk
            yield field.related_model, {"content_type_id": kind, "object_id": record.pk}
