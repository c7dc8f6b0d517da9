"""Workbooks that are written row by row. Imported when the first one is: openpyxl makes a process 8 MB larger."""

import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def new_workbook(name: str) -> tuple[Workbook, Any]:
    """A workbook and its one sheet, whose first row stays in sight."""
    book = Workbook(write_only=True)
    page = book.create_sheet(NOT_IN_A_TITLE.sub(" ", name)[:31])
    page.freeze_panes = "A2"
    return book, page


def text_cell(page: Any, value: Any) -> Any:
    """A cell that holds text as text."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value))
    # Typed as text, a formula is not run, and needs no apostrophe.
    cell.data_type = "s"
    return cell
