"""Workbooks that are written row by row. Imported when the first one is: openpyxl makes a process 8 MB larger.

Numbers are numbers, days are days, and text is text: it is never run as a formula. What the format cannot hold is said
where it is missing: more rows go on to another sheet, a longer text ends with how much of it there is.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from ..models.texts import NOT_IN_XML

NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]|^'|'$")
DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
MAX_ROWS, MAX_COLUMNS, MAX_CELL, MAX_TITLE = 1_048_576, 16_384, 32_767, 31
MIN_WIDTH, MAX_WIDTH = 8, 60


class WorkbookWriter:
    """A workbook of one table: its sheets as rows are added, and at the end one that says what it is."""

    def __init__(self, name: str, columns: Sequence[str]):
        self.name, self.columns = name, columns
        self.book = Workbook(write_only=True)
        self.widths: list[int] = []
        self.sheets: list[Any] = []
        self.total = self.rows = self.shortened = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows of cells; the first decide how wide the columns are."""
        rows = [list(row) for row in rows]
        if not self.widths:
            columns = zip(self.columns, *rows[:200], strict=True)
            longest = [max(len(str(cell)) for cell in column if cell is not None) for column in columns]
            self.widths = [min(max(width + 2, MIN_WIDTH), MAX_WIDTH) for width in longest]
        for row in rows:
            if not self.sheets or self.rows == MAX_ROWS:
                self._add_sheet()
            self.sheets[-1].append([self._cell(value) for value in row])
            self.rows += 1
            self.total += 1

    def save(self, file: Any) -> None:
        if not self.sheets:
            self.add([])
            self._add_sheet()
        self._close_sheet()
        self._add_about()
        self.book.save(file)

    def _add_sheet(self) -> None:
        if self.sheets:
            self._close_sheet()
        number = f" {len(self.sheets) + 1}" if self.sheets else ""
        sheet = self.book.create_sheet(f"{sheet_title(self.name)[: MAX_TITLE - len(number)]}{number}")
        sheet.freeze_panes = "A2"
        for place, width in enumerate(self.widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = settings.MARKING.replace("&", "&&")
        sheet.oddFooter.left.text = f"Retrieved {timezone.now():%Y-%m-%d}"
        sheet.oddFooter.right.text = "&P of &N"
        sheet.print_title_rows = "1:1"
        self.sheets.append(sheet)
        sheet.append([self._cell(column) for column in self.columns])
        self.rows = 1

    def _close_sheet(self) -> None:
        last = f"{get_column_letter(len(self.columns))}{self.rows}"
        self.sheets[-1].auto_filter.ref = f"A1:{last}"

    def _add_about(self) -> None:
        """The sheet that says what the file is: apart, so that programs read the table from its first row."""
        about = self.book.create_sheet("About this file" if sheet_title(self.name) != "About this file" else "About")
        about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, MAX_WIDTH
        facts = [
            ("Marking", settings.MARKING),
            ("Site", settings.SITE_NAME),
            ("Table", self.name),
            ("Retrieved", timezone.now().replace(tzinfo=None, microsecond=0)),
            ("Rows", self.total),
        ]
        if len(self.sheets) > 1:
            facts.append(("Sheets", f"{len(self.sheets)}: a sheet holds {MAX_ROWS:,} rows at most."))
        if self.shortened:
            words = f"{self.shortened}: a cell holds {MAX_CELL:,} characters. CSV and JSON have them whole."
            facts.append(("Shortened texts", words))
        for label, value in facts:
            about.append([self._cell(label, about), self._cell(value, about)])

    def _cell(self, value: Any, sheet: Any = None) -> Any:
        sheet = sheet or self.sheets[-1]
        if isinstance(value, str) and DAY.fullmatch(value):
            with suppress(ValueError):
                value = date.fromisoformat(value)
        if isinstance(value, date):
            return date_cell(sheet, value)
        if not isinstance(value, str):
            return value
        text = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value)
        if utf16_length(text) > MAX_CELL:
            self.shortened += 1
            text = shortened(text)
        cell = WriteOnlyCell(sheet, text)
        # Typed as text, a formula is not run, and needs no apostrophe.
        cell.data_type = "s"
        return cell


def sheet_title(name: str) -> str:
    """The name as one that a sheet may have."""
    return NOT_IN_A_TITLE.sub(" ", name)[:MAX_TITLE] or "Table"


def date_cell(sheet: Any, value: date) -> Any:
    """A day or moment; a spreadsheet knows no time zones, so a moment is in UTC."""
    is_moment = isinstance(value, datetime)
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(timezone.get_fixed_timezone(0)).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "yyyy-mm-dd hh:mm:ss" if is_moment else "yyyy-mm-dd"
    return cell


def utf16_length(text: str) -> int:
    """The length as spreadsheets count it, where a character beyond the first 65,536 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str) -> str:
    """As much of the text as a cell holds, with a word on what is missing."""
    ending = f"… [of {len(text):,} characters; CSV and JSON have them all]"
    units = text.encode("utf-16-le", "surrogatepass")[: (MAX_CELL - len(ending)) * 2]
    return units.decode("utf-16-le", "ignore") + ending
