"""Admin of synonyms."""

from django.contrib import admin

from ..models import Synonym
from .base import EvidencedAdmin


@admin.register(Synonym)
class SynonymAdmin(EvidencedAdmin):
    columns = ("note",)
