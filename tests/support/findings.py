"""Proves a finding by planting one defect beside a record that has none."""

from collections.abc import Callable
from dataclasses import dataclass

from strategy.core.models import CodedModel
from strategy.findings import get_finding
from strategy.models import SearchEntry


@dataclass(frozen=True)
class Planted:
    """``clean`` makes something the finding must leave alone, ``defect`` returns the one record it must report."""

    clean: Callable[[], object]
    defect: Callable[[], CodedModel]
    detail: str = ""


def place(row: CodedModel | SearchEntry) -> tuple[str, str]:
    """Kind and code of a record, which may be represented by what search knows of it."""
    return (row.kind if isinstance(row, SearchEntry) else row._meta.label_lower, row.code)


def rows(finding_id: str) -> dict[tuple[str, str], CodedModel | SearchEntry]:
    return {place(row): row for row in get_finding(finding_id).rows()}


def prove(finding_id: str, case: Planted) -> None:
    case.clean()
    before = rows(finding_id)
    defect = case.defect()
    result = rows(finding_id)
    new = place(defect)
    assert result.keys() - before.keys() == {new}
    assert before.keys() <= result.keys()
    assert getattr(result[new], "detail", "") == case.detail
    known = set(before)
    case.clean()
    assert rows(finding_id).keys() - known == {new}, "a clean neighbour was found"
