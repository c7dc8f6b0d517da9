"""The colour and shape a line of effort is shown with, by its force activity."""

from typing import Any

# The three lines of effort are told apart by colour, shape and name; the force activity says which is which.
HUES = {"force_design": "create", "force_development": "integrate", "force_employment": "operate"}


def hue(line: Any) -> str:
    """The colour and shape of a line of effort: ``create``, ``integrate``, ``operate``; of anything else ``none``."""
    return HUES.get(getattr(line, "force_activity", ""), "none")
