"""Questions asked of the change log."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery

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
        for model, column, fixed in pointers(type(record)):
            columns = {column: record.pk} | fixed
            table = self.model._default_manager.using(self.db).filter(table=model._meta.db_table)
            before = table.filter(**{f"before__{name}": value for name, value in columns.items()}).values("row")
            now = model._base_manager.using(self.db).filter(**columns).values("pk")
            changes |= Q(table=model._meta.db_table) & (Q(row__in=before) | Q(row__in=now))
        return self.filter(changes)


def pointers(model: Any) -> Iterator[tuple[Any, str, dict[str, int]]]:
    """The models whose rows belong to a record of ``model``: each with its column for the record's id, and the values
    of other columns by which a row does.
    """
    meta = model._meta
    for relation in meta.related_objects:
        other: Any = relation.related_model
        if relation.many_to_many:
            continue
        is_part = issubclass(other, Part) and other.parent_field == relation.field.name
        is_link = issubclass(other, CodedModel) and other.is_link and not other.is_evidence
        if is_part or is_link or not issubclass(other, Part | CodedModel):
            yield other, relation.field.attname, {}
    for field in meta.many_to_many:
        yield field.remote_field.through, field.m2m_column_name(), {}
    for field in meta.private_fields:
        if isinstance(field, GenericRelation):
            kind = ContentType.objects.get_for_model(model).pk
            yield field.related_model, "object_id", {"content_type_id": kind}
