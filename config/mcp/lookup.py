"""How the tools ask: the API's own functions, whose refusals become sentences for the model."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from rest_framework.exceptions import APIException

from strategy.core.models import Notional
from strategy.core.params import BadParametersError, comma_separated, printable
from strategy.models import SearchEntry
from strategy.search import suggestions

from .protocol import Json, ToolError

NOTICE = "Some of this is training content: invented, and not the strategy. Say so wherever you use it."


def as_tool(answer: Callable[..., Json]) -> Callable[..., Json]:
    """Decorator of a tool's function: what the API refuses is said in words, and training content is announced."""

    @wraps(answer)
    def asked(request: Any, **arguments: Any) -> Json:
        try:
            found = answer(request, **arguments)
        except BadParametersError as error:
            raise ToolError("\n".join(f"{name}: {' '.join(said)}" for name, said in error.errors.items())) from error
        except APIException as error:
            raise ToolError(str(error.detail)) from error
        return {"notice": NOTICE, **found} if has_training_content(found) else found

    return asked


def has_training_content(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("notional") is True or any(map(has_training_content, value.values()))
    return isinstance(value, list) and any(map(has_training_content, value))


def entry(code: str, notional: str, kind: str = "", name: str = "code") -> SearchEntry:
    """What search knows of the record with this code, among what was asked for; ``name`` is the argument to blame."""
    every = SearchEntry.objects.all()
    every = every.filter(kind__endswith=f".{kind}") if kind else every
    found = every.visible(notional).with_code(code)
    if len(found) == 1:
        return found[0]
    if found:
        kinds = comma_separated(one.kind.partition(".")[2] for one in found)
        raise ToolError(f"{name}: Several records have the code '{printable(code)}'. Say which record_type: {kinds}.")
    if hidden := every.with_code(code):
        asked = Notional.ONLY if hidden[0].notional else Notional.EXCLUDE
        sort = "training" if hidden[0].notional else "sourced"
        raise ToolError(f"{name}: '{printable(code)}' is {sort} content: ask with notional={asked}.")
    near = suggestions.nearest(code, every.visible(notional), 1)
    hint = f" Did you mean '{near[0].code}' ({near[0].title})?" if near else ""
    raise ToolError(f"{name}: There is no {kind or 'record'} '{printable(code)}'.{hint}")
