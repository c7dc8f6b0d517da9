"""Query parameters of the trace, parsed into ``TraceParams``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from strategy.core import params
from strategy.core.models import Notional
from strategy.models import SearchEntry

from .reader import find_start, startable_entries

PARAMETERS = ("focus", "notional")


@dataclass(frozen=True)
class TraceParams:
    """Which trace is requested.

    ``notional`` is a value of ``Notional``; ``start`` the record the trace starts from, None for the whole strategy.
    """

    notional: str
    start: SearchEntry | None = None

    @classmethod
    def from_query(cls, query: QueryDict, extra: Iterable[str] = (), *, blank: bool = True) -> "TraceParams":
        """Parses ``focus`` and ``notional``; raises BadParametersError.

        ``extra`` names further parameters to allow; ``blank`` allows empty values, which forms send.
        """
        params.check_params(query, (*PARAMETERS, *extra), blank=blank)
        notional = params.choice_param(query, "notional", Notional.values, Notional.EXCLUDE)
        code = query.get("focus", "").strip()
        start = find_start(code, notional) if code else None
        if code and start is None:
            raise params.BadParametersError({"focus": [_explain_unknown(code, notional)]})
        return cls(notional, start)

    @property
    def querystring(self) -> str:
        """The parameters as a query string without "?", defaults left out."""
        return trace_querystring(self.start.code if self.start else "", self.notional)


def trace_querystring(focus: str, notional: str) -> str:
    """``focus=...&notional=...`` with what is empty or the default left out."""
    parameters = {"focus": focus} if focus else {}
    if notional != Notional.EXCLUDE:
        parameters["notional"] = notional
    return urlencode(parameters)


def _explain_unknown(code: str, notional: str) -> str:
    """Why there is no trace from this code, with the nearest that has one."""
    other = find_start(code, Notional.INCLUDE)
    if other is not None:
        fitting = Notional.ONLY if other.notional else Notional.EXCLUDE
        return f"'{code}' is {'training' if other.notional else 'sourced'} content: ask with notional={fitting}."
    codes = startable_entries(notional).values_list("code", flat=True)[: params.MAX_COMPARED]
    return f"There is nothing to trace with the code '{code}'.{params.did_you_mean(code, codes)}"
