"""Query parameters, read strictly: what is not understood is refused by name, never ignored."""

import difflib
from collections.abc import Iterable

from django.http import QueryDict

MAX_VALUE, MAX_SHOWN = 1000, 60
# A hundred codes of sixty characters, with their commas.
MAX_LIST = 6_099
MAX_PARAMETERS = 1000
# Beyond so many names the nearest one is not looked for.
MAX_COMPARED = 5000
MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE = 200, 50
# The rows before it can still be counted by a database.
MAX_PAGE = 1_000_000_000
PAGING = ("page", "page_size")


class BadParametersError(ValueError):
    """One or more parameters were refused: ``errors`` maps each name to a sentence."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = errors


def closest_match(name: str, allowed: Iterable[str]) -> str:
    """The name in ``allowed`` most like ``name``; empty if none is like it."""
    return next(iter(difflib.get_close_matches(name, list(allowed), n=1, cutoff=0.6)), "")


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """ " Did you mean 'x'?" for the closest of ``allowed``, or nothing."""
    close = closest_match(name, allowed)
    return f" Did you mean '{close}'?" if close else ""


def printable(text: str) -> str:
    """Text of a request, safe to repeat in an answer: cut to ``MAX_SHOWN``, invisible characters escaped."""
    shown = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in shown)


def comma_separated(values: Iterable[str]) -> str:
    """The values in a sentence."""
    return ", ".join(values)


def check_params(params: QueryDict, allowed: Iterable[str], *, blank: bool) -> None:
    """Raises BadParametersError for unknown and repeated names, and for text no field can hold.

    ``blank`` allows empty values, which a browser sends for every field of a form left empty.
    """
    allowed = dict.fromkeys(allowed)
    if len(params) > MAX_PARAMETERS:
        raise BadParametersError({"parameters": [f"There are more than {MAX_PARAMETERS} of them."]})
    errors: dict[str, list[str]] = {}
    for name, values in params.lists():
        if name not in allowed:
            errors[printable(name)] = [_unknown_name(name, allowed)]
        elif len(values) > 1:
            errors[name] = ["Given more than once."]
        elif problem := _value_problem(name, values[0], blank=blank):
            errors[name] = [problem]
    if errors:
        raise BadParametersError(errors)


def check_names(params: QueryDict, allowed: Iterable[str]) -> None:
    """Raises BadParametersError for unknown names alone: where a form says itself what is wrong with its values."""
    allowed = dict.fromkeys(allowed)
    errors = {printable(name): [_unknown_name(name, allowed)] for name in params if name not in allowed}
    if errors:
        raise BadParametersError(errors)


def _unknown_name(name: str, allowed: Iterable[str]) -> str:
    known = f"Known: {comma_separated(sorted(allowed))}." if allowed else "This address takes none."
    return f"Unknown parameter.{did_you_mean(name, allowed)} {known}"


def _value_problem(name: str, value: str, *, blank: bool) -> str:
    """What is wrong with the text of a value, whatever the parameter takes; empty if nothing is."""
    if not value:
        return "" if blank else "Empty: leave the parameter out."
    longest = MAX_LIST if name.endswith("__in") else MAX_VALUE
    if len(value) > longest:
        return f"Longer than {longest} characters."
    if "\x00" in value:
        return "Holds a NUL character."
    if "\ufffd" in value or any("\ud800" <= character <= "\udfff" for character in value):
        return "Is not valid UTF-8."
    return ""


def choice_param(params: QueryDict, name: str, allowed: Iterable[str], default: str = "") -> str:
    """The value of a parameter with a closed list, or the default without one; the refusal names the list."""
    value = params.get(name) or ""
    allowed = list(allowed)
    if value and value not in allowed:
        raise BadParametersError(
            {name: [f"'{value}' is not one of: {comma_separated(allowed)}.{did_you_mean(value, allowed)}"]}
        )
    return value or default


def unknown_code_error(name: str, kind: str, code: str, valid: Iterable[str]) -> BadParametersError:
    """The error to raise for a code that no ``kind`` has; it names the nearest code and those there are."""
    valid = list(valid)
    known = f" Known: {comma_separated(valid)}." if valid else ""
    return BadParametersError({name: [f"There is no {kind} '{code}'.{did_you_mean(code, valid)}{known}"]})


def integer_param(params: QueryDict, name: str, *, default: int, maximum: int | None = None) -> int:
    """A whole number from 1 (to ``maximum``) in plain ASCII digits."""
    text = params.get(name) or ""
    if not text:
        return default
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
    if value < 1 or (maximum is not None and value > maximum):
        upper = f" to {maximum}" if maximum else ""
        raise BadParametersError({name: [f"Must be a whole number from 1{upper}, in digits 0-9."]})
    return value


def select_params(params: QueryDict, names: Iterable[str]) -> QueryDict:
    """A copy of the parameters with these names alone."""
    names = set(names)
    selected = params.copy()
    for name in params:
        if name not in names:
            del selected[name]
    return selected


def no_such_page(pages: int) -> str:
    """The sentence for a page after the last one."""
    return "There is 1 page and no more." if pages <= 1 else f"There are {pages} pages and no more."


def page_number_param(params: QueryDict) -> int:
    """``page``, 1 if left out."""
    return integer_param(params, "page", default=1, maximum=MAX_PAGE)


def page_size_param(params: QueryDict) -> int:
    """``page_size``, within what a page may have."""
    return integer_param(params, "page_size", default=DEFAULT_PAGE_SIZE, maximum=MAX_PAGE_SIZE)
