"""Labels of values that have no list of their own: ``hosted_payload`` reads "Hosted payload"."""

import re

JOINED = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def value_label(value: str) -> str:
    """The value in words, if it is one that is joined by underscores; else as it is."""
    return value.replace("_", " ").capitalize() if JOINED.fullmatch(value) else value
