"""The common entrance to every table: what a reader may see, and the shape of a read."""

from typing import Any

from django.db import models
from django.db.models import Prefetch, Q


def related_manager(model: type[models.Model], name: str) -> Any:
    """The rows of the model a relation leads to. A queryset names no model above it, only its own relations."""
    field: Any = model._meta.get_field(name)
    return field.related_model._default_manager


class Notional(models.TextChoices):
    """Whether training content is asked for; left out unless a reader says otherwise."""

    EXCLUDE = "exclude", "Sourced content only"
    INCLUDE = "include", "Sourced and notional"
    ONLY = "only", "Notional only"


class CodedQuerySet(models.QuerySet):
    """Questions every coded model answers. Models word their own ones in subclasses."""

    def visible(self, notional: str = Notional.EXCLUDE):
        """The rows a reader may see. Every page, API answer, export and count starts here."""
        if notional == Notional.INCLUDE:
            return self.all()
        return self.filter(notional=notional == Notional.ONLY)

    def for_detail(self):
        """With the records it points at: what the head of its own page shows, in one query."""
        names = [f.name for f in self.model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        return self.select_related(*names) if names else self

    def for_list(self):
        """With what one row of a list shows; never more than one query a relation."""
        return self.for_detail().prefetch_related(*(f.name for f in self.model._meta.many_to_many))

    def for_api(self):
        """With its parts as well: what the API gives of one record."""
        rows = self.for_list()
        read = {getattr(lookup, "prefetch_to", lookup) for lookup in rows._prefetch_related_lookups}
        return rows.prefetch_related(*(part for part in parts_of(self.model) if part.prefetch_to not in read))

    def with_parts(self, *names: str):
        """With these relations to parts only."""
        return self.prefetch_related(*(part for part in parts_of(self.model) if part.prefetch_to in names))

    def beside(self, record, within: str):
        """The records just before and after ``record`` by code, among those with the same ``within``: one query."""
        field: Any = self.model._meta.get_field(within)
        place = field.attname
        same = self.filter(**{place: getattr(record, place)}, notional=record.notional)
        before = same.filter(code_order__lt=record.code_order).order_by("-code_order")[:1]
        after = same.filter(code_order__gt=record.code_order).order_by("code_order")[:1]
        near: list[Any] = list(same.filter(Q(pk__in=before.values("pk")) | Q(pk__in=after.values("pk"))))
        return (
            next((row for row in near if row.code_order < record.code_order), None),
            next((row for row in near if row.code_order > record.code_order), None),
        )

    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def without_citation(self):
        """Rows no source is given for, neither for the whole record nor for a part of it."""
        return self.filter(citations=None)


def parts_of(model: Any) -> list[Prefetch]:
    """Every relation to parts of ``model``, each read in one query with the records the parts point at."""
    return [
        Prefetch(relation.get_accessor_name(), relation.related_model._default_manager.for_list())
        for relation in model._meta.related_objects
        if getattr(relation.related_model, "parent_field", None) == relation.field.name
    ]


class PartQuerySet(models.QuerySet):
    """Rows that belong to a record and have no page of their own."""

    model: Any

    def for_list(self):
        """With the records it points at, but for the one it belongs to."""
        names = [
            f.name
            for f in self.model._meta.concrete_fields
            if isinstance(f, models.ForeignKey) and f.name != self.model.parent_field
        ]
        rows = self.select_related(*names) if names else self
        return rows.prefetch_related(*(f.name for f in self.model._meta.many_to_many))

    def visible(self, notional: str = Notional.EXCLUDE):
        if notional == Notional.INCLUDE:
            return self.all()
        return self.filter(Q(**{f"{self.model.parent_field}__notional": notional == Notional.ONLY}))
