"""The strategy a reader is in: that of the record on the page, the one the address names, or the home page's."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

from .core import params
from .core.cache import VersionedCache
from .core.filters import requested_notional
from .core.models import CodedModel, Notional
from .core.views import rooted
from .editions import document_of
from .models import Strategy

# The pages that show one strategy; the others show what all have in common.
STRATEGY_PAGES = (
    *("/", "/goals/", "/lines-of-effort/", "/activities/", "/means/", "/risks/"),
    *("/matrix/", "/trace/", "/read/", "/glossary/"),
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


def strategy_param(request: HttpRequest) -> Strategy | None:
    """The strategy that ``strategy`` names, training content included, or the home page's.

    Raises BadParametersError for an unknown code, and for one that ``notional`` excludes.
    """
    code = request.GET.get("strategy", "")
    notional = params.choice_param(request.GET, "notional", Notional.values, Notional.EXCLUDE)
    if not code:
        return home_strategy(notional)
    named = (strategy for strategy in published_strategies(Notional.INCLUDE) if strategy.code == code)
    strategy = next(named, None)
    if strategy is None:
        known = [strategy.code for strategy in published_strategies(notional)]
        raise params.unknown_code_error("strategy", "strategy", code, known)
    if request.GET.get("notional") and strategy not in published_strategies(notional):
        content = "training" if strategy.notional else "sourced"
        raise params.BadParametersError({"notional": [f"{code} is {content} content: leave this out."]})
    return strategy


def read_in(request: HttpRequest, strategy: Strategy | None) -> None:
    """Says which strategy the page of this request is about, for the frame around it."""
    request._reader_strategy = strategy  # type: ignore[attr-defined]


def read_record(request: HttpRequest, record: CodedModel) -> None:
    """The same of the page of a record, which may belong to none."""
    read_in(request, document_of(record) or (home_strategy(Notional.ONLY) if record.notional else None))


def reader_strategy(request: HttpRequest) -> Strategy | None:
    """The strategy a reader is in; that of the home page where neither the page nor the address names another."""
    strategy: Strategy | None = getattr(request, "_reader_strategy", None)
    if strategy is not None:
        return strategy
    code, notional = request.GET.get("strategy", ""), requested_notional(request)
    named = (strategy for strategy in published_strategies(Notional.INCLUDE) if strategy.code == code)
    return next(named, home_strategy(Notional.ONLY if notional == Notional.ONLY else Notional.EXCLUDE))


def strategy_query(strategy: Strategy | None, *, names_strategy: bool = True) -> dict[str, str]:
    """The parameters that keep a reader in a strategy; none for the only sourced one.

    A page that takes no ``strategy`` keeps training content apart from sourced content, and no more.
    """
    if strategy is None or current_strategies() == [strategy]:
        return {}
    named = {"strategy": strategy.code} if names_strategy else {}
    return named | ({"notional": Notional.ONLY.value} if strategy.notional else {})


def page_url(path: str, strategy: Strategy | None) -> str:
    """The address of a page as a reader in the strategy is led there."""
    if path == "/" and strategy == home_strategy():
        return rooted(path)
    query = urlencode(strategy_query(strategy, names_strategy=path in STRATEGY_PAGES))
    return rooted(f"{path}?{query}" if query else path)
