"""Filters that templates use to show records and their texts."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .core.models import CodedModel, Part, dates
from .glossary.terms_in_text import Linker

TEXT_FIELDS = ("statement", "objective", "description", "definition")


def edtf(text: str) -> str:
    """A partial date (EDTF) as people write it."""
    return dates.display_date(text) if text else ""


def moment(time: datetime) -> str:
    """A moment as people write it, with its time zone: "27 November 2026, 15:34 UTC"."""
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def field_name(name: str) -> str:
    """A model's field name in words."""
    return name.replace("_", " ")


def part_name(key: str) -> str:
    """The key of a part in words: "member_of FLDCOMS" is "member of FLDCOMS", "2025-06" "June 2025"."""
    return " ".join(_choice_words().get(word) or dates.display_date(word) for word in key.split(" "))


@cache
def _choice_words() -> dict[str, str]:
    """The values that keys of parts are made of, in words; a code is none of them."""
    parts = [model for model in apps.get_models() if issubclass(model, Part)]
    fields = [model._meta.get_field(name) for model in parts for name in model.key_fields]
    return {value: str(label).lower() for field in fields for value, label in getattr(field, "choices", None) or ()}


def tail(code: str) -> str:
    """The last part of a code, where what stands before it is plain from around it: IPS-A06 is A06."""
    return code.rpartition("-")[2]


def own_text(record: CodedModel) -> str:
    """What a record says at length, in whichever field its model has for that; empty without one."""
    return next((text for name in TEXT_FIELDS if (text := getattr(record, name, ""))), "")


def link_terms(text: str, request: HttpRequest, record: CodedModel | None = None, section: str = "") -> SafeString:
    """Plain text as HTML, with the first use of each term in a section linked to its entry in the glossary.

    ``request`` is that of the page, which knows the terms it has linked; ``record`` is whose text it is: its edition's
    terms are meant. Calls that name no ``section`` share the page's. Everything is escaped, lines stay lines. Not for
    use inside a link.
    """
    pieces = Linker.of(request).pieces(str(text or ""), record, section)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a class="term" href="{}">{}</a>', gloss.url, piece) if gloss else _with_breaks(piece),)
            for piece, gloss in pieces
        ),
    )


def _with_breaks(text: str) -> SafeString:
    """The text, escaped, with its line breaks."""
    first, *rest = text.replace("\r\n", "\n").split("\n")
    return format_html("{}", first) + format_html_join("", "<br>{}", ((line,) for line in rest))
