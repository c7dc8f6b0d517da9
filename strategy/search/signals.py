"""Signal receivers that bring the search index up to date after every save and delete."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ..core.models import CodedModel, Part
from . import indexing


@receiver(post_save)
def index_saved(sender, instance, created=False, raw=False, **kwargs):
    """Brings the index up to date with a saved row."""
    indexing.index_saved(instance, created=created)


@receiver(post_delete)
def forget_deleted(sender, instance, origin=None, **kwargs):
    """Takes a deleted record out of the index, and indexes the record that a deleted part belonged to."""
    if isinstance(instance, CodedModel):
        indexing.forget(instance)
    elif isinstance(instance, Part) and origin is instance:
        indexing.index(instance.parent)
