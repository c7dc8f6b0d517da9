"""Workbooks: what is a number or a day is one, and what the format cannot hold is said."""

from contextlib import closing
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from strategy.core.exports import Sheet, download, workbook
from strategy.core.params import BadParametersError

pytestmark = pytest.mark.django_db
COLUMNS = ["code", "value"]


def book(rows: list[list[Any]], name: str = "goals", columns: list[str] = COLUMNS) -> Any:
    with closing(download(Sheet(name, columns, rows), "xlsx")) as response:
        return load_workbook(BytesIO(response.getvalue()))


def facts(opened: Any) -> dict[str, Any]:
    return dict(opened["About this file"].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("value", "cell", "kind"),
    [
        (1, 1, "n"),
        (1.5, 1.5, "n"),
        (True, True, "b"),
        ("2025-06-23", datetime(2025, 6, 23), "d"),
        (date(2025, 6, 23), datetime(2025, 6, 23), "d"),
        (datetime(2025, 6, 23, 8, tzinfo=UTC), datetime(2025, 6, 23, 8), "d"),
        ("2025-06", "2025-06", "s"),
        ("2025-02-30", "2025-02-30", "s"),
        ("1", "1", "s"),
        ("=1+1", "=1+1", "s"),
        ("#N/A", "#N/A", "s"),
        (None, None, "n"),
    ],
)
def test_a_cell_is_what_the_value_is(value: Any, cell: Any, kind: str) -> None:
    found = book([["A1", value]]).active["B2"]
    assert (found.value, found.data_type) == (cell, kind)


def test_the_sheet_is_ready_to_work_with(settings: Any) -> None:
    settings.MARKING = "CUI & MORE"
    opened = book([["A1", "word " * 40], ["A2", "short"]])
    page = opened.active
    assert (page.title, page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == (
        "goals",
        "A2",
        "A1:B3",
        "$1:$1",
    )
    assert [page.column_dimensions[name].width for name in "AB"] == [workbook.MIN_WIDTH, workbook.MAX_WIDTH]
    assert page.oddHeader.center.text == page.oddFooter.center.text == "CUI && MORE"
    assert page.oddFooter.left.text.startswith("Retrieved 20")
    assert opened.sheetnames == ["goals", "About this file"]
    about = facts(opened)
    assert (about["Marking"], about["Table"], about["Rows"]) == ("CUI & MORE", "goals", 2)
    assert isinstance(about["Retrieved"], datetime)


@pytest.mark.parametrize("letter", ["x", "\N{GRINNING FACE}"])
def test_a_text_that_no_cell_holds_says_so(letter: str) -> None:
    long, fits = letter * 40_000, letter * (workbook.MAX_CELL // workbook.utf16_length(letter))
    opened = book([["A1", long], ["A2", fits]])
    cell = opened.active["B2"].value
    assert workbook.utf16_length(cell) <= workbook.MAX_CELL
    assert cell.endswith("… [of 40,000 characters; CSV and JSON have them all]")
    assert opened.active["B3"].value == fits
    assert facts(opened)["Shortened texts"].startswith("1: a cell holds 32,767 characters.")


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    opened = book([[f"A{n}", n] for n in range(7)], name="a" * 40)
    assert opened.sheetnames == ["a" * 31, f"{'a' * 29} 2", f"{'a' * 29} 3", "About this file"]
    rows = [list(page.iter_rows(values_only=True)) for page in opened.worksheets[:3]]
    assert [page[0] for page in rows] == [("code", "value")] * 3
    assert [row[1] for page in rows for row in page[1:]] == list(range(7))
    assert facts(opened)["Rows"] == 7
    assert facts(opened)["Sheets"].startswith("3: ")


def test_more_columns_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_COLUMNS", 1)
    with pytest.raises(BadParametersError, match="take CSV or JSON"):
        book([])


@pytest.mark.parametrize("name", ["a/b:c*d?[e]", "'quoted'", "", "About this file"])
def test_any_name_is_one_a_sheet_may_have(name: str) -> None:
    assert len(book([["A1", 1]], name=name).sheetnames) == 2
