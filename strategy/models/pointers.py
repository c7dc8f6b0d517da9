"""Receivers that keep rows true to what they point at without a foreign key of their own.

Citations and subjects follow a part whose key changes, and go with a part or record that is deleted. What a row needs
at least one of is not deleted while it is the last.
"""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from ..core.models import CodedModel, Part
from .sources import Citation, Subject

POINTERS: tuple[Any, ...] = (Citation, Subject)


def _pointers_at(part: Any) -> list[Any]:
    """The citations and subjects that name this part by its key."""
    parent = part._meta.get_field(part.parent_field)
    about = {"content_type": ContentType.objects.get_for_model(parent.related_model)}
    about |= {"object_id": getattr(part, parent.attname), "field": parent.remote_field.name}
    rows = [row for model in POINTERS for row in model.objects.filter(**about).exclude(part="")]
    return [row for row in rows if row.part == part.key]


@receiver(pre_save)
def follow_part(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Citations and subjects that name a part by its key get its new key, and its new parent."""
    if raw or not isinstance(instance, Part) or instance.pk is None:
        return
    old = sender._base_manager.filter(pk=instance.pk).first()
    if old is not None and (old.key, old.parent) != (instance.key, instance.parent):
        for row in _pointers_at(old):
            row.part, row.object_id = instance.key, instance.parent.pk
            row.save()


@receiver(pre_delete)
def go_with_deleted(sender: Any, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Deletes the citations and subjects of a part, and those of a record that no generic relation takes along."""
    if isinstance(instance, Part):
        for row in _pointers_at(instance):
            row.delete()
    elif isinstance(instance, CodedModel):
        cascading = {f.related_model for f in instance._meta.private_fields if isinstance(f, GenericRelation)}
        for model in POINTERS:
            if model not in cascading:
                about = ContentType.objects.get_for_model(instance)
                model.objects.filter(content_type=about, object_id=instance.pk).delete()
        refuse_last(instance, origin)


def refuse_last(record: CodedModel, origin: Any) -> None:
    """ProtectedError if a row needs at least one record like this, and would be left without.

    ``origin`` is what was asked to be deleted; where that is another record, its rows go with it.
    """
    going = origin if isinstance(origin, models.QuerySet) else type(record)._default_manager.filter(pk=record.pk)
    if (origin != record and going is not origin) or going.model is not type(record):
        return
    staying = type(record)._default_manager.exclude(pk__in=going.values("pk"))
    for relation in record._meta.related_objects:
        if relation.many_to_many and not relation.field.blank:
            rows, name = relation.related_model._default_manager, relation.field.name
            others = rows.filter(**{f"{name}__in": staying})
            last = rows.filter(**{name: record}).exclude(pk__in=others.values("pk"))
            row: Any = last.first()
            if row is not None:
                kind = row._meta.verbose_name
                message = f"{record.code} is the last of the {name} of the {kind} {row.code}, which needs at least one."
                raise models.ProtectedError(message, set(last))
