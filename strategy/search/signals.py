"""Signal receivers that bring the search index up to date after every save and delete."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..core.models import CodedModel, Part
from . import indexing


@receiver(post_save)
def index_saved(sender, instance, created=False, raw=False, **kwargs):
    """Indexes a saved record, the records whose texts quote it, and the record a saved part belongs to."""
    if isinstance(instance, CodedModel):
        indexing.index(instance)
        if not created:
            indexing.index_quoting(instance)
    elif isinstance(instance, Part):
        indexing.index(instance.parent)


@receiver(post_delete)
def forget_deleted(sender, instance, origin=None, **kwargs):
    """Takes a deleted record out of the index, and indexes the record that a deleted part belonged to."""
    if isinstance(instance, CodedModel):
        indexing.forget(instance)
    elif isinstance(instance, Part) and origin is instance:
        indexing.index(instance.parent)
