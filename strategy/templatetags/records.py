"""Small helpers of the record templates."""

from django import template

from ..core.models import CodedModel, dates

register = template.Library()


@register.filter
def is_record(row) -> bool:
    """Whether a row has a page of its own."""
    return isinstance(row, CodedModel)


@register.filter
def edtf(text: str) -> str:
    """A partial date as people write it."""
    return dates.display_date(text) if text else ""


@register.filter
def field_name(name: str) -> str:
    """A model's field name in words."""
    return name.replace("_", " ")


# The three lines of effort are told apart by colour, shape and name; the force activity says which is which.
HUES = {"force_design": "create", "force_development": "integrate", "force_employment": "operate"}


@register.filter
def hue(line) -> str:
    """The colour and shape of a line of effort: ``create``, ``integrate``, ``operate``; of anything else ``none``."""
    return HUES.get(getattr(line, "force_activity", ""), "none")


ROLE_WORDS = {
    "lead": {"letter": "L", "verb": "Leads"},
    "coordinating": {"letter": "C", "verb": "Coordinates"},
    "supporting": {"letter": "S", "verb": "Supports"},
}


@register.filter
def role_words(role: str) -> dict[str, str]:
    """Letter and verb of a role. "Coordinates" is never shown as "leads"."""
    return ROLE_WORDS[role]


@register.filter
def citations_of(evidence, row) -> list:
    """The citations of a record or part that a block shows: ``evidence|citations_of:row``."""
    return evidence.of_row(row)


@register.filter
def has_lead(assignments) -> bool:
    """Whether one of the assignments is a lead. Coordinating is not leading."""
    return any(assignment.role == "lead" for assignment in assignments)


@register.filter
def tail(code: str) -> str:
    """The last part of a code, where what stands before it is plain from around it: IPS-A06 is A06."""
    return code.rpartition("-")[2]
