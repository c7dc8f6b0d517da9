"""Choices and field for how well a fact is supported; every record, link and citation uses them."""

from django.db import models


class Basis(models.TextChoices):
    """Strongest first. It grades the evidence for a fact, not the importance of the fact."""

    OFFICIAL = "official", "Official text"
    SUMMARY = "summary", "Published summary"
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
