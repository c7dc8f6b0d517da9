"""When a record last changed: its ``updated`` moves with every row that its answer shows, not with its own alone.

Which rows those are follows from the serializers of the resources, so that a new list needs nothing here: the parts of
a record, its links of many to many, the records listed inside it. Codes are permanent, and names of others are not
shown. It holds for what models save and delete; as with ``auto_now``, what ``QuerySet.update`` and bulk writes change
moves the content version alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from rest_framework import serializers

from ..models import CodedModel
from . import expansion


class ShownRows(NamedTuple):
    """Rows that the answer of a model's records shows: ``owner`` and ``other`` are their columns for either end."""

    model: type[models.Model]
    owner: str
    other: str = ""


@cache
def shown_rows() -> dict[Any, list[ShownRows]]:
    """What answers show beside the record's own row, by the model of the rows."""
    # The resources are registered as their addresses are.
    import_module(settings.ROOT_URLCONF)
    result: dict[Any, list[ShownRows]] = defaultdict(list)
    for model, (_, serializer) in expansion._resources.items():
        for field in serializer().fields.values():
            if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
                relation: Any = model._meta.get_field(str(field.source))
                if not relation.many_to_many:
                    result[relation.related_model].append(ShownRows(model, relation.field.attname))
                    continue
                link = relation if relation.concrete else relation.field
                ends = [f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"]
                through = link.remote_field.through
                result[through].append(ShownRows(model, *(ends if relation.concrete else reversed(ends))))
    return dict(result)


def touch(model: Any, keys: Iterable[Any]) -> None:
    """Moves ``updated`` of the records with these keys."""
    if keys := {key for key in keys if key is not None}:
        model._base_manager.filter(pk__in=keys).update(updated=timezone.now())


@receiver(pre_save)
def remember_owners(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Keeps which records a row is shown by before it is saved: it may move to others."""
    if (shown := shown_rows_of(sender)) and instance.pk and not raw:
        columns = [rows.owner for rows in shown]
        instance._owners_before = sender._base_manager.filter(pk=instance.pk).values(*columns).first() or {}


@receiver(post_save)
@receiver(post_delete)
def touch_owners(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A row was saved or deleted."""
    if raw:
        return
    before = instance.__dict__.pop("_owners_before", {})
    for rows in shown_rows_of(sender):
        touch(rows.model, (getattr(instance, rows.owner), before.get(rows.owner)))


@receiver(m2m_changed)
def touch_ends(sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any) -> None:
    """Links were added or removed; all of them, before they go."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    for rows in shown_rows_of(sender):
        if isinstance(instance, rows.model):
            touch(rows.model, [instance.pk])
        elif pk_set is not None:
            touch(rows.model, pk_set)
        else:
            touch(rows.model, linked(sender, rows, instance))


@receiver(pre_delete)
def touch_linked(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A record goes, and with it, without a signal of their own, its links and what points at it in a column."""
    if not isinstance(instance, CodedModel):
        return
    for relation in (*sender._meta.related_objects, *sender._meta.many_to_many):
        if relation.many_to_many:
            through = relation.remote_field.through if relation.concrete else relation.through
            for rows in shown_rows_of(through):
                touch(rows.model, linked(through, rows, instance))
        elif relation.on_delete is models.SET_NULL and issubclass(relation.related_model, CodedModel):
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: instance})
            touch(relation.related_model, pointing.values_list("pk", flat=True))


def shown_rows_of(model: Any) -> list[ShownRows]:
    """Where the rows of a model are shown; nowhere for models that are no content, as those of migrations."""
    return shown_rows().get(model, [])


def linked(through: Any, rows: ShownRows, instance: Any) -> models.QuerySet:
    """The keys of the records that links lead to from ``instance``, at their other end."""
    return through._base_manager.filter(**{rows.other: instance.pk}).values_list(rows.owner, flat=True)
