"""Labels of values that have no list of their own: ``hosted_payload`` reads "Hosted payload"."""

import re

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def value_label(value: str) -> str:
    """The value in words, if it is one lower-case word or several joined by underscores; else as it is."""
    return value.replace("co_", "co-").replace("_", " ").capitalize() if NAME.fullmatch(value) else value
