"""Query parameters of the trace, parsed into ``TraceParams``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode

from strategy.core import params
from strategy.core.models import Notional
from strategy.models import SearchEntry, Strategy
from strategy.reader_strategy import strategy_param

from .reader import find_start, startable_entries

PARAMETERS = ("focus", "strategy", "notional")


@dataclass(frozen=True)
class TraceParams:
    """Which trace is requested.

    ``notional`` is a value of ``Notional``; ``start`` the record the trace starts from, None for everything;
    ``strategy`` the one whose records are meant, None for those of all.
    """

    notional: str
    start: SearchEntry | None = None
    strategy: Strategy | None = None

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> "TraceParams":
        """Parses ``focus``, ``strategy`` and ``notional``; raises BadParametersError.

        ``extra`` names further parameters to allow; ``blank`` allows empty values, which forms send.
        """
        query = request.GET
        params.check_params(query, (*PARAMETERS, *extra), blank=blank)
        notional = params.choice_param(query, "notional", Notional.values, Notional.EXCLUDE)
        code = query.get("focus", "").strip()
        start = find_start(code, notional) if code else None
        if code and start is None:
            raise params.BadParametersError({"focus": [_explain_unknown(code, notional)]})
        strategy = strategy_param(request) if query.get("strategy") else None
        if strategy and notional != Notional.INCLUDE and strategy.notional != (notional == Notional.ONLY):
            raise params.BadParametersError({"strategy": [_explain_notional(strategy.code, strategy.notional)]})
        return cls(notional, start, strategy)

    @property
    def querystring(self) -> str:
        """The parameters as a query string without "?", defaults left out."""
        return urlencode(({"focus": self.start.code} if self.start else {}) | self.link_params)

    @property
    def link_params(self) -> dict[str, str]:
        """The parameters that links to other traces and to lists keep."""
        named = {"strategy": self.strategy.code} if self.strategy else {}
        return named | ({"notional": self.notional} if self.notional != Notional.EXCLUDE else {})


def _explain_notional(code: str, is_training: bool) -> str:
    """Which content a record is, and how to ask for it."""
    fitting = Notional.ONLY if is_training else Notional.EXCLUDE
    return f"'{code}' is {'training' if is_training else 'sourced'} content: ask with notional={fitting}."


def _explain_unknown(code: str, notional: str) -> str:
    """Why there is no trace from this code, with the nearest that has one."""
    other = find_start(code, Notional.INCLUDE)
    if other is not None:
        return _explain_notional(code, other.notional)
    codes = startable_entries(notional).values_list("code", flat=True)[: params.MAX_COMPARED]
    return f"There is nothing to trace with the code '{code}'.{params.did_you_mean(code, codes)}"
