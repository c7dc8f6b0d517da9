"""Partial dates, as precise as their source: EDTF (ISO 8601-2) with sortable bounds."""

import calendar
import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from time import struct_time

from django.core.exceptions import ValidationError
from django.db import models
from edtf import EDTFParseException, parse_edtf

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# A year, a month or a day, and "by" one of them: nearly all dates there are. The grammar of EDTF, which knows them too,
# takes eight milliseconds for each.
PLAIN_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
# How sure a date is, by the mark behind it.
DOUBTS = {"": "{}", "~": "about {}", "?": "{}, uncertain", "%": "about {}, uncertain"}
PARTS_OF_YEAR = {
    "21": "spring {}",
    "22": "summer {}",
    "23": "fall {}",
    "24": "winter {}",
    "33": "first quarter of {}",
    "34": "second quarter of {}",
    "35": "third quarter of {}",
    "36": "fourth quarter of {}",
}
PART_OF_YEAR = re.compile(rf"([0-9]{{4}})-({'|'.join(PARTS_OF_YEAR)})")
BY_DATE = re.compile(rf"\[\.\.({PLAIN_DATE.pattern})\]")


# Content has the same dates over and over.
@lru_cache(maxsize=4096)
def date_bounds(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day the EDTF ``text`` can mean; None where it is open. ValueError if not EDTF."""
    try:
        if match := PLAIN_DATE.fullmatch(text):
            year, month, day = (int(part) if part else None for part in match.groups())
            last_month = month or 12
            last_day = day or calendar.monthrange(year or 0, last_month)[1]
            return datetime.date(year or 0, month or 1, day or 1), datetime.date(year or 0, last_month, last_day)
        if match := BY_DATE.fullmatch(text):
            return None, date_bounds(match[1])[1]
        edtf = parse_edtf(text)
        return _day(edtf.lower_strict()), _day(edtf.upper_strict())
    except (EDTFParseException, AttributeError, TypeError, OverflowError, ValueError) as error:
        raise ValueError(f"'{text}' is not a date in EDTF form") from error


def _day(value: struct_time | float) -> datetime.date | None:
    if isinstance(value, struct_time):
        return datetime.date(value.tm_year, value.tm_mon, value.tm_mday)
    return None


def display_date(text: str) -> str:
    """``2025-06`` reads "June 2025", ``[..2014-09]`` "by September 2014", ``2025~`` "about 2025".

    A text that ``validate_edtf`` refuses is left as it is.
    """
    return _in_words(text) or text


def _in_words(text: str) -> str:
    """The date as people say it; empty for one that there are no words for."""
    if text.startswith("[") and text.endswith("]"):
        first, dots, last = text[1:-1].partition("..")
        if not dots or not all(PLAIN_DATE.fullmatch(end) for end in (first, last) if end):
            return ""
        return _range_in_words(first, last, "between {} and {}")
    if "/" in text:
        first, _, last = (part.removesuffix("..") for part in text.partition("/"))
        # An end left empty is not known, which is another thing than open: no day can be put to it.
        return _range_in_words(first, last, "{} to {}") if ".." in text or (first and last) else ""
    return _single_in_words(text)


def _range_in_words(first: str, last: str, words: str) -> str:
    """A range in ``words``; one of its ends may be open, and then is empty."""
    start, end = _single_in_words(first), _single_in_words(last)
    if (first and not start) or (last and not end):
        return ""
    if start and end:
        return words.format(start, end)
    return f"{start} or later" if start else f"by {end}" if end else ""


def _single_in_words(text: str) -> str:
    if match := PLAIN_DATE.fullmatch(text.rstrip("~?%")):
        year, month, day = match.groups()
        words = " ".join(filter(None, (day and str(int(day)), month and MONTHS[int(month) - 1], year)))
        return DOUBTS.get(text[match.end() :], "").format(words)
    if match := PART_OF_YEAR.fullmatch(text):
        return PARTS_OF_YEAR[match[2]].format(match[1])
    return ""


def validate_edtf(text: str) -> None:
    """Field validator: ValidationError unless ``text`` is a date that can be said in words and ends after it begins."""
    problem = f"'{text}' is a date that there are no words for"
    try:
        first, last = date_bounds(text)
    except ValueError as error:
        first, last, problem = None, None, str(error)
    if not _in_words(text) or (first is None and last is None):
        raise ValidationError(
            f"{problem}: write 2025, 2025-06, 2025-06-23, 2017/2032, 2025~ for 'about 2025', 2025-33 for its first "
            "quarter, or [..2014-09] for 'by September 2014'.",
            code="edtf",
        )
    if first and last and last < first:
        raise ValidationError(f"'{text}' ends before it begins.", code="reversed")


def validate_periods(row: models.Model, periods: Iterable[tuple[str, str]]) -> None:
    """ValidationError if a period of the row surely ends before it begins; imprecise dates may overlap.

    ``periods`` are pairs of names of partial date fields.
    """
    for first, last in periods:
        try:
            earliest = date_bounds(getattr(row, first))[0] if getattr(row, first) else None
            latest = date_bounds(getattr(row, last))[1] if getattr(row, last) else None
        except ValueError:
            continue  # The field's own validator reports it.
        if earliest and latest and latest < earliest:
            raise ValidationError({last: "Ends before it begins."}, code="dates")


class PartialDateField(models.CharField):
    """A date of year, month or day precision, a range, or an open one; blank when not stated.

    ``earliest`` and ``latest`` name DateFields of the same model, declared after this one, that
    receive the bounds on every save (as ``ImageField`` does with ``width_field``).
    """

    def __init__(self, *args, earliest: str = "", latest: str = "", **kwargs):
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_edtf]

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs | {"earliest": self.earliest, "latest": self.latest}

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        first, last = date_bounds(value) if value else (None, None)
        if self.earliest:
            setattr(model_instance, self.earliest, first)
        if self.latest:
            setattr(model_instance, self.latest, last)
        return value


def order_by_date(latest: str) -> models.expressions.OrderBy:
    """Order by a ``latest`` bound: "by 2014" has no earliest day. Undated rows come last on every database."""
    return models.F(latest).asc(nulls_last=True)


def date_bound_field() -> models.DateField:
    """The field a ``PartialDateField`` stores one of its bounds in."""
    return models.DateField(null=True, blank=True, editable=False)
