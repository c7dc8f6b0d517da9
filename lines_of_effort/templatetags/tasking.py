"""What the page of an office needs to show its tasking."""

from django import template

from strategy.evidence import Evidence

from ..tasking import text as text
from ..tasking.office import Tasking

register = template.Library()


@register.simple_tag(takes_context=True)
def tasking_text(context, tasking: Tasking, evidence: Evidence) -> str:
    """The tasking as plain text with the full address of the office's page."""
    address = context["request"].build_absolute_uri(tasking.office.get_absolute_url())
    return text.tasking_text(tasking, evidence.of_row, address)
