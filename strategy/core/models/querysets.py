"""Querysets shared by all content: visibility, the shape of a read, and expressions for counts in subqueries."""

from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from .basis import Basis


def related_manager(model: type[models.Model], name: str) -> Any:
    """The default manager of the model that the relation ``name`` of ``model`` leads to.

    A queryset names no model above it, only its own relations.
    """
    field: Any = model._meta.get_field(name)
    return field.related_model._default_manager


def count_subquery(rows: models.QuerySet, field: str, *, outer: str = "pk", distinct: str = "") -> Coalesce:
    """Expression: how many ``rows`` have the outer row's ``outer`` in ``field``, 0 for none.

    With ``distinct``, how many different values of that field they have. A subquery, unlike ``annotate(Count())``,
    keeps ``Meta.ordering``.
    """
    count = Count(distinct, distinct=True) if distinct else Count("pk")
    grouped = rows.filter(**{field: OuterRef(outer)}).order_by().values(field)
    return Coalesce(Subquery(grouped.annotate(number=count).values("number")), 0)


def first_of_each(rows: models.QuerySet, by: list[str], order: list[str], limit: int) -> models.QuerySet:
    """The first ``limit`` rows, in ``order``, of each group with the same values of ``by``.

    Each row has ``alike``: the number of rows in its group.
    """
    group = [F(name) for name in by]
    ranked = rows.annotate(
        place=Window(RowNumber(), partition_by=group, order_by=[F(name) for name in order]),
        alike=Window(Count("pk"), partition_by=group),
    )
    return ranked.filter(place__lte=limit)


class Notional(models.TextChoices):
    """Whether training content is asked for; left out unless a reader says otherwise."""

    EXCLUDE = "exclude", "Sourced content only"
    INCLUDE = "include", "Sourced and notional"
    ONLY = "only", "Notional only"


class VisibleQuerySet(models.QuerySet[Any, Any]):
    """Base of querysets whose rows are sourced or notional."""

    @property
    def notional_field(self) -> str:
        """The lookup that says whether a row is notional."""
        return "notional"

    def visible(self, notional: str = Notional.EXCLUDE):
        """The rows a reader may see. Every page, API answer, export and count starts here."""
        if notional == Notional.INCLUDE:
            return self.all()
        return self.filter(**{self.notional_field: notional == Notional.ONLY})


class CodedQuerySet(VisibleQuerySet):
    """Questions every coded model answers. Models word their own ones in subclasses."""

    def of_strategy(self, strategy):
        """The rows that belong to ``strategy``; all rows of a kind that belongs to none."""
        path = self.model.strategy_path
        return self.filter(**{path: strategy}) if path else self

    def for_detail(self):
        """With the records it points at: what the head of its own page shows, in one query."""
        names = [f.name for f in self.model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        return self.select_related(*names) if names else self

    def for_list(self):
        """With what one row of a list shows; never more than one query a relation."""
        return self.for_detail().prefetch_related(*(f.name for f in self.model._meta.many_to_many))

    def with_parts(self, *names: str):
        """With these relations to parts, each read in one query with the records the parts point at."""
        return self.prefetch_related(
            *(
                Prefetch(relation.get_accessor_name(), relation.related_model._default_manager.for_list())
                for relation in self.model._meta.related_objects
                if relation.get_accessor_name() in names
            )
        )

    def previous_and_next(self, record, within: str):
        """The records just before and after ``record`` by code, each None at the end: one query.

        Of those with the same value of the field ``within``, and sourced or notional as it is.
        """
        field: Any = self.model._meta.get_field(within)
        siblings = self.filter(**{field.attname: getattr(record, field.attname)}, notional=record.notional)
        before = siblings.filter(code_order__lt=record.code_order).order_by("-code_order")[:1]
        after = siblings.filter(code_order__gt=record.code_order).order_by("code_order")[:1]
        rows: list[Any] = list(siblings.filter(Q(pk__in=before.values("pk")) | Q(pk__in=after.values("pk"))))
        return (
            next((row for row in rows if row.code_order < record.code_order), None),
            next((row for row in rows if row.code_order > record.code_order), None),
        )

    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def without_citation(self):
        """Rows no source is given for, neither for the whole record nor for a part of it."""
        return self.filter(citations=None)

    def with_only_weak_source(self):
        """Rows all of whose citations with a source name the same one, which is rated weak."""
        cited = Count("citations__source", distinct=True)
        weak = Count("citations__source", distinct=True, filter=Q(citations__source__tier="low"))
        rows = self.order_by().values("pk").annotate(cited=cited, weak=weak).filter(cited=1, weak=1)
        return self.filter(pk__in=rows.values("pk"))

    def with_stronger_citation(self):
        """Rows with a citation, of the record as a whole, that stands on a stronger basis than the record does."""
        grades = list(Basis.values)
        weaker = Q(pk=None)
        for place, basis in enumerate(grades):
            weaker |= Q(basis=basis, citations__field="", citations__basis__in=grades[:place])
        return self.filter(pk__in=self.order_by().filter(weaker).values("pk"))


class PartQuerySet(VisibleQuerySet):
    """Rows that belong to a record and have no page of their own."""

    @property
    def notional_field(self) -> str:
        return f"{self.model.parent_field}__notional"

    def for_list(self):
        """With the records it points at, but for the one it belongs to."""
        names = [
            f.name
            for f in self.model._meta.concrete_fields
            if isinstance(f, models.ForeignKey) and f.name != self.model.parent_field
        ]
        rows = self.select_related(*names) if names else self
        return rows.prefetch_related(*(f.name for f in self.model._meta.many_to_many))
