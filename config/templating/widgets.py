"""Fields of Django's forms as values that a macro draws, in place of one template per option."""

from typing import Any

from django.forms import BoundField


def widget_context(field: BoundField) -> dict[str, Any]:
    """What Django's own template of the field's widget would be given as ``widget``.

    Keys: ``name``, ``value``, ``attrs``, ``type`` (of an input), ``optgroups`` (of a list or a set of boxes: tuples of
    the group's name, its options and its number).
    """
    widget = field.field.widget
    attrs = field.build_widget_attrs({}, widget)
    if field.auto_id and "id" not in widget.attrs:
        attrs["id"] = field.auto_id
    context: dict[str, Any] = widget.get_context(field.html_name, field.value(), attrs)
    return context["widget"]
