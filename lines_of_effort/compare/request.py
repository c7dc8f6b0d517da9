"""Query parameters of the comparison, parsed into ``CompareParams``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from strategy.core import params
from strategy.core.filters import requested_notional
from strategy.core.models import Notional
from strategy.models import Strategy
from strategy.reader_strategy import published_strategies

from .comparison import ANY_CHANGE, COMPARED_KINDS, Change, Comparison, TooManyRecordsError, compare

PARAMETERS = ("a", "b", "kind", "change", "notional")
KIND_NAMES = tuple(kind.name for kind in COMPARED_KINDS)
CHANGE_NAMES = (ANY_CHANGE, *Change.values)


@dataclass(frozen=True)
class CompareParams:
    """Which two strategies are compared, and which differences are shown.

    ``documents`` are all that may be compared; ``old`` and ``new`` are both None where no two are named and none
    follows another. ``kind`` is one of KIND_NAMES and ``change`` one of CHANGE_NAMES, or empty for all.
    """

    documents: list[Strategy]
    old: Strategy | None
    new: Strategy | None
    kind: str
    change: str
    notional: str

    @classmethod
    def from_request(cls, request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> "CompareParams":
        """Parses the parameters; raises BadParametersError. ``extra`` and ``blank`` are those of ``check_params``."""
        params.check_params(request.GET, (*PARAMETERS, *extra), blank=blank)
        params.choice_param(request.GET, "notional", Notional.values)
        kind = params.choice_param(request.GET, "kind", KIND_NAMES)
        change = params.choice_param(request.GET, "change", CHANGE_NAMES)
        notional = requested_notional(request)
        documents = list(Strategy.objects.visible(notional).without_drafts())
        old, new = _choose_documents(request.GET, documents)
        return cls(documents, old, new, kind, change, notional)

    def compare(self) -> Comparison | None:
        """The comparison, None without two documents; raises BadParametersError if they are too large for it."""
        if self.old is None or self.new is None:
            return None
        try:
            return compare(self.old, self.new)
        except TooManyRecordsError as error:
            raise params.BadParametersError({"b": [str(error)]}) from error


def _choose_documents(query: QueryDict, documents: list[Strategy]) -> tuple[Strategy | None, Strategy | None]:
    """The two that ``a`` and ``b`` name; without these the newest edition that follows another, and that other."""
    codes = {name: query.get(name, "") for name in ("a", "b")}
    by_code = {document.code: document for document in documents}
    if not any(codes.values()):
        return _newest_editions(documents)
    for name, code in codes.items():
        if not code:
            problem = f"Name the second strategy. Known: {params.comma_separated(by_code) or 'none'}."
            raise params.BadParametersError({name: [problem]})
        if code not in by_code and any(code == hidden.code for hidden in published_strategies(Notional.INCLUDE)):
            problem = f"'{code}' is not among the content asked for: add notional=include to compare it."
            raise params.BadParametersError({name: [problem]})
        if code not in by_code:
            raise params.unknown_code_error(name, "strategy", code, by_code)
    if codes["a"] == codes["b"]:
        others = params.comma_separated(code for code in by_code if code != codes["a"])
        problem = f"The same as a: a strategy differs from itself in nothing. Others: {others or 'none'}."
        raise params.BadParametersError({"b": [problem]})
    return by_code[codes["a"]], by_code[codes["b"]]


def _newest_editions(documents: list[Strategy]) -> tuple[Strategy | None, Strategy | None]:
    by_id = {document.pk: document for document in documents}
    for document in reversed(documents):
        if predecessor := by_id.get(document.supersedes_id or 0):
            return predecessor, document
    return None, None
