"""Abstract models of all content: coded records and their parts."""

from functools import cache
from typing import Any, ClassVar

from django.core.checks import CheckMessage
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import get_script_prefix, reverse

from . import checks, dates
from .basis import BasisField
from .querysets import CodedQuerySet, PartQuerySet
from .sort_keys import LabelOrderField, NaturalOrderField
from .texts import ContentModel

CODE_PATTERN = r"[A-Z0-9]+(?:[-.][A-Z0-9]+)*"
validate_code = RegexValidator(
    rf"^{CODE_PATTERN}\Z",
    "A code has capital letters, digits and single - . between them.",
    code="code",
)


# A code needs no quoting in a URL, so the URL of one record gives that of another by replacing the code.
PLACEHOLDER_CODE = "CODE"


@cache
def _url_pattern(name: str, script_prefix: str) -> str:
    return reverse(name, kwargs={"code": PLACEHOLDER_CODE})


class CodedModel(ContentModel):
    """Anything with a public, permanent code: it has a page, an API address and search.

    The code is the compilers' own, never shown as a document's numbering, never reused, and never
    says which record it belongs to.
    """

    label_field: ClassVar[str] = "title"
    search_fields: ClassVar[tuple[str, ...]] = ()
    # Whether the model links two records: search lists the records before their links.
    is_link: ClassVar[bool] = False
    # Whether the model says where the content comes from or what is known of it: search lists it after the content.
    is_evidence: ClassVar[bool] = False
    # Pairs of names of partial date fields, start and end; no end may be before its start.
    periods: ClassVar[tuple[tuple[str, str], ...]] = ()
    # The order in which a list to choose from offers the records, empty for the model's own order.
    choice_order: ClassVar[tuple[str, ...]] = ("label_order", "code_order")
    # The lookup of the strategy that a record belongs to, empty where it belongs to none.
    strategy_path: ClassVar[str] = ""
    # Prefix of the codes generated for records entered without one; empty where people choose all codes.
    code_prefix: ClassVar[str] = ""

    code = models.CharField(max_length=60, unique=True, validators=[validate_code])
    code_order = NaturalOrderField()
    label_order = LabelOrderField()
    notional = models.BooleanField(
        default=False, db_index=True, help_text="Invented for training; never mixed with sourced content."
    )
    updated = models.DateTimeField("last changed", auto_now=True, editable=False)

    objects = CodedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code_order", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    def get_absolute_url(self) -> str:
        return _url_pattern(f"{self._meta.model_name}-detail", get_script_prefix()).replace(PLACEHOLDER_CODE, self.code)

    @property
    def label(self) -> str:
        """The record's name as people say it, without its code."""
        return str(getattr(self, self.label_field))

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def also_called(self) -> list[str]:
        """Other names people search by: abbreviations, former names, names as a source has them."""
        return []

    def people(self) -> list[str]:
        """Names of people it is found by; none of them is another name for it."""
        return []

    @classmethod
    def check(cls, **kwargs: Any) -> list[CheckMessage]:
        named = [cls.label_field] if cls.label is CodedModel.label else []
        return [
            *super().check(**kwargs),
            *checks.check_fields(cls, "label_field", named),
            *checks.check_fields(cls, "search_fields", cls.search_fields),
            *checks.check_periods(cls, cls.periods),
        ]

    def clean(self) -> None:
        super().clean()
        validate_not_mixed(self)
        validate_no_cycle(self)
        dates.validate_periods(self, self.periods)


class Part(ContentModel):
    """A row that belongs to one record, has no code, and is known within it by its ``key``.

    Not for anything another record points to: that is a record of its own.
    """

    parent_field: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]]
    periods: ClassVar[tuple[tuple[str, str], ...]] = ()

    basis = BasisField()
    note = models.TextField(blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

    @property
    def parent(self) -> CodedModel:
        return getattr(self, self.parent_field)

    @property
    def key(self) -> str:
        """What tells this part from its siblings; citations of a part name it."""
        values = (getattr(self, name) for name in self.key_fields)
        return " ".join(value.code if isinstance(value, CodedModel) else str(value) for value in values)

    @classmethod
    def check(cls, **kwargs: Any) -> list[CheckMessage]:
        return [
            *super().check(**kwargs),
            *checks.check_part(cls, CodedModel),
            *checks.check_periods(cls, cls.periods),
        ]

    def clean(self) -> None:
        super().clean()
        parent: Any = self._meta.get_field(self.parent_field)
        # Without a parent, the field's own error says so.
        if getattr(self, parent.attname) is not None or parent.is_cached(self):
            validate_not_mixed(self, self.parent)
        dates.validate_periods(self, self.periods)


def validate_not_mixed(row: models.Model, owner: CodedModel | None = None) -> None:
    """ValidationError if training content points at sourced content, or the other way round.

    ``owner`` is the record that ``row`` belongs to; the row itself if left out.
    """
    record: Any = owner or row
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, CodedModel):
            other: Any = getattr(row, field.name, None) if getattr(row, field.attname) or field.is_cached(row) else None
            if other is not None and other.notional != record.notional:
                raise ValidationError(
                    {
                        field.name: f"{other.code} is {'notional' if other.notional else 'sourced'} and "
                        f"{record.code} is not: they may not be linked."
                    },
                    code="notional",
                )


def validate_no_cycle(row: CodedModel) -> None:
    """ValidationError if a foreign key of the record to its own model (part of, supersedes ...) leads back to it."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is type(row):
            above, seen = getattr(row, field.attname), set()
            while above is not None and above not in seen:
                if above == row.pk:
                    raise ValidationError({field.name: f"Leads back to {row.code} itself."}, code="circle")
                seen.add(above)
                above = type(row)._base_manager.filter(pk=above).values_list(field.attname, flat=True).first()
