"""What follows every save and delete, whichever way it comes: the search index, and what a process keeps in memory."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from . import search
from .core.models import Coded, Part
from .editions import successors
from .glossary import vocabulary
from .models import Strategy, Term


@receiver(post_save)
def index_saved(sender, instance, created=False, raw=False, **kwargs):
    if isinstance(instance, Coded):
        search.index(instance)
        if not created:
            search.index_quoting(instance)
    elif isinstance(instance, Part):
        search.index(instance.parent)


@receiver(post_delete)
def forget_deleted(sender, instance, origin=None, **kwargs):
    if isinstance(instance, Coded):
        search.forget(instance)
    elif isinstance(instance, Part) and origin is instance:
        search.index(instance.parent)


@receiver([post_save, post_delete], sender=Strategy)
def forget_editions(sender, **kwargs):
    successors.forget()
    vocabulary.forget()


@receiver([post_save, post_delete], sender=Term)
def forget_terms(sender, **kwargs):
    vocabulary.forget()
