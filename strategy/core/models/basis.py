"""Choices and field for how well a fact is supported; every record, link and citation uses them."""

from django.db import models


class Basis(models.TextChoices):
    """Strongest first. It grades the evidence for a fact, not the importance of the fact.

    The labels are the only place where a basis is put into words: pages, files, filters and the admin read them here.
    """

    OFFICIAL = "official", "Official document"
    SUMMARY = "summary", "Unofficial summary"
    REPORTED = "reported", "Reported"
    INFERRED = "inferred", "Inferred"
    ENTERED = "entered", "Entered by staff"


class Confidence(models.TextChoices):
    """How sure the compilers are of a reading of theirs."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class YesNoUnknown(models.TextChoices):
    """Whether a thing is so, where "we could not see" is an answer of its own."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


class BasisField(models.CharField):
    """Field for a ``Basis``; "entered" by default, so that staff who add a row without a source claim none."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("choices", Basis.choices)
        kwargs.setdefault("default", Basis.ENTERED)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Without the choices: rewording a label changes no table, and needs no migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs
