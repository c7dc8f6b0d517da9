"""The strategy a reader is in: that of the record on the page, the one the address names, or the home page's."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from .core import params
from .core.cache import VersionedCache
from .core.filters import requested_notional, url_with_params
from .core.models import CodedModel, Notional
from .core.views import StrictPage, rooted
from .editions import document_of
from .models import Strategy

_by_code: VersionedCache[dict[str, Strategy]] = VersionedCache(
    lambda: {strategy.code: strategy for strategy in Strategy.objects.visible(Notional.INCLUDE)}
)
_published: VersionedCache[list[Strategy]] = VersionedCache(
    lambda: list(Strategy.objects.visible(Notional.INCLUDE).without_drafts().newest_first())
)
_current_ids: VersionedCache[set[int]] = VersionedCache(
    lambda: set(Strategy.objects.current().values_list("pk", flat=True))
)


def published_strategies(notional: str = Notional.EXCLUDE) -> list[Strategy]:
    """Every published strategy a reader may see, earlier editions included, the newest first."""
    return [
        strategy
        for strategy in _published()
        if notional == Notional.INCLUDE or strategy.notional == (notional == Notional.ONLY)
    ]


def current_strategies(notional: str = Notional.EXCLUDE) -> list[Strategy]:
    """The same without those that a later edition took the place of."""
    return [strategy for strategy in published_strategies(notional) if strategy.pk in _current_ids()]


def home_strategy(notional: str = Notional.EXCLUDE) -> Strategy | None:
    """The strategy the home page shows: the one the setting names, else the newest; None if none is published."""
    strategies = current_strategies(notional)
    chosen = (strategy for strategy in strategies if strategy.code == settings.HOME_STRATEGY)
    return next(chosen, strategies[0] if strategies else None)


def named_strategy(request: HttpRequest) -> Strategy | None:
    """The strategy that ``strategy`` names, a draft and training content included; None where it names none.

    Raises BadParametersError for an unknown code, and for one that ``notional`` excludes.
    """
    code = request.GET.get("strategy", "")
    notional = params.choice_param(request.GET, "notional", Notional.values)
    if not code:
        return None
    strategy = _by_code().get(code)
    if strategy is None:
        raise params.unknown_code_error("strategy", "strategy", code, _by_code())
    if notional not in ("", Notional.INCLUDE, Notional.ONLY if strategy.notional else Notional.EXCLUDE):
        content = "training" if strategy.notional else "sourced"
        raise params.BadParametersError({"notional": [f"{code} is {content} content: leave this out."]})
    return strategy


def strategy_param(request: HttpRequest) -> Strategy | None:
    """The published strategy that ``strategy`` names, or the home page's. Raises BadParametersError for another."""
    strategy = named_strategy(request)
    if strategy is None:
        return home_strategy(requested_notional(request))
    known = published_strategies(Notional.INCLUDE)
    if strategy not in known:
        raise params.unknown_code_error("strategy", "strategy", strategy.code, [other.code for other in known])
    return strategy


def read_in(request: HttpRequest, strategy: Strategy | None, *, narrowed: bool = False) -> None:
    """Says which strategy the page of this request is about, and whether it shows less for it, for its frame."""
    request._reader_strategy, request._narrowed = strategy, narrowed  # type: ignore[attr-defined]


class InStrategyMixin(StrictPage):
    """Mixin of pages that take ``strategy``: it is refused if unknown, and the frame says that a reader is in it.

    A training strategy leads to training content. ``narrows`` says whether the page shows less for it, so that the
    frame has a way to all strategies.
    """

    narrows: ClassVar[bool] = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            strategy = named_strategy(request)
        except params.BadParametersError as error:
            return self.render_problems(error, 400)
        if strategy is not None:
            if strategy.notional and not request.GET.get("notional"):
                return redirect(url_with_params(request.path, request.GET, notional=Notional.ONLY))
            read_in(request, strategy, narrowed=self.narrows)
        return super().dispatch(request, *args, **kwargs)


def all_strategies_url(request: HttpRequest) -> str:
    """The address of the page as it is for all strategies, training content left; empty where it is not narrowed."""
    if not getattr(request, "_narrowed", False):
        return ""
    strategy = reader_strategy(request)
    left = {"notional": None} if strategy and strategy.notional else {}
    return url_with_params(request.path, request.GET, strategy=None, page=None, **left)


def read_record(request: HttpRequest, record: CodedModel) -> None:
    """The same of the page of a record, which may belong to none."""
    read_in(request, document_of(record) or (home_strategy(Notional.ONLY) if record.notional else None))


def reader_strategy(request: HttpRequest) -> Strategy | None:
    """The strategy a reader is in; that of the home page where neither the page nor the address names another."""
    strategy: Strategy | None = getattr(request, "_reader_strategy", None)
    if strategy is not None:
        return strategy
    named, notional = _by_code().get(request.GET.get("strategy", "")), requested_notional(request)
    return named or home_strategy(Notional.ONLY if notional == Notional.ONLY else Notional.EXCLUDE)


def strategy_query(strategy: Strategy | None) -> dict[str, str]:
    """The parameters that keep a reader in a strategy; none for the only sourced one."""
    if strategy is None or current_strategies() == [strategy]:
        return {}
    return {"strategy": strategy.code} | ({"notional": Notional.ONLY.value} if strategy.notional else {})


def page_url(path: str, strategy: Strategy | None) -> str:
    """The address of a page as a reader in the strategy is led there."""
    if path == "/" and strategy == home_strategy():
        return rooted(path)
    query = urlencode(strategy_query(strategy))
    return rooted(f"{path}?{query}" if query else path)
