"""Small helpers of the record templates."""

from django import template

from ..core import dates
from ..core.models import Coded

register = template.Library()


@register.filter
def is_record(row) -> bool:
    """Whether a row has a page of its own."""
    return isinstance(row, Coded)


@register.filter
def edtf(text: str) -> str:
    """A partial date as people write it."""
    return dates.display(text) if text else ""


@register.filter
def field_name(name: str) -> str:
    """A model's field name in words."""
    return name.replace("_", " ")
