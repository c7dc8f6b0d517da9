"""What the tools share: the API's refusals as sentences for the model, and records by their code."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from rest_framework.exceptions import APIException

from strategy.core.models import Notional
from strategy.core.params import BadParametersError, comma_separated, printable
from strategy.models import SearchEntry
from strategy.search import suggestions

from .protocol import Json, ToolError

TRAINING_NOTICE = "Some of this is training content: invented, and not the strategy. Say so wherever you use it."


def tool_answer(function: Callable[..., Json]) -> Callable[..., Json]:
    """Decorator of a tool's function: the API's refusals become a ``ToolError``, and training content is announced."""

    @wraps(function)
    def wrapper(request: Any, **arguments: Any) -> Json:
        try:
            result = function(request, **arguments)
        except BadParametersError as error:
            raise ToolError(
                "\n".join(f"{name}: {' '.join(messages)}" for name, messages in error.errors.items())
            ) from error
        except APIException as error:
            raise ToolError(str(error.detail)) from error
        return {"notice": TRAINING_NOTICE, **result} if has_training_content(result) else result

    return wrapper


def has_training_content(value: Any) -> bool:
    """Whether a value of JSON holds a notional record at any depth."""
    if isinstance(value, dict):
        return value.get("notional") is True or any(map(has_training_content, value.values()))
    return isinstance(value, list) and any(map(has_training_content, value))


def find_entry(code: str, notional: str, kind: str = "", name: str = "code") -> SearchEntry:
    """The search entry of the record with this code, or a ``ToolError`` that says what is near.

    ``kind`` is the model's name in small letters, ``name`` the argument to blame.
    """
    entries = SearchEntry.objects.all()
    entries = entries.filter(kind__endswith=f".{kind}") if kind else entries
    matches = entries.visible(notional).with_code(code)
    if len(matches) == 1:
        return matches[0]
    if matches:
        kinds = comma_separated(match.kind.partition(".")[2] for match in matches)
        raise ToolError(f"{name}: Several records have the code '{printable(code)}'. Say which record_type: {kinds}.")
    if hidden := entries.with_code(code):
        needed = Notional.ONLY if hidden[0].notional else Notional.EXCLUDE
        quality = "training" if hidden[0].notional else "sourced"
        raise ToolError(f"{name}: '{printable(code)}' is {quality} content: ask with notional={needed}.")
    near = suggestions.nearest(code, entries.visible(notional), 1)
    hint = f" Did you mean '{near[0].code}' ({near[0].title})?" if near else ""
    raise ToolError(f"{name}: There is no {kind or 'record'} '{printable(code)}'.{hint}")
