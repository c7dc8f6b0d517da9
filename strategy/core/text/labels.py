"""Labels of values that have no list of their own: ``hosted_payload`` reads "Hosted payload"."""

import re

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
# Of a text in several words. Not a name that is written in lower case, such as an address.
FIRST_WORD = re.compile(r"[a-z]+(?=[ ,;-])")


def value_label(value: str) -> str:
    """The value in words, if it is one lower-case word or several joined by underscores; a text begins as one."""
    if NAME.fullmatch(value):
        return value.replace("co_", "co-").replace("_", " ").capitalize()
    return value[0].upper() + value[1:] if FIRST_WORD.match(value) else value
