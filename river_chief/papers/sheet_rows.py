"""A data sheet of a workbook: notes, sums of what the filter shows, head, and thousands of plain rows.

The rows are written as XML: a cell costs a hundredth of what openpyxl takes for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from river_chief.papers.characters import clean, ems
from river_chief.papers.document import Cell, Column, DataSheet, Kind
from river_chief.papers.formulas import Formula, Ref, Rows
from river_chief.papers.layout import head_lines
from river_chief.papers.sheet_formulas import Place, SheetFormulas
from river_chief.papers.sheet_looks import Look, Looks
from river_chief.papers.sheet_page import LONGEST, LOOKS_LIKE_FORMULA

SIZE = 9.0
_CHARACTER = SIZE * 1.06
_PADDING = 7.0
_LINE = 1.32
_DAY_0 = date(1899, 12, 30)
_LOOKS = {
    Kind.TEXT: (Look.DATA, "General"),
    Kind.CODE: (Look.DATA, "General"),
    Kind.NUMBER: (Look.DATA_MIDDLE, "0"),
    Kind.ORDER: (Look.DATA_MIDDLE, "0"),
    Kind.DATE: (Look.DATA_MIDDLE, "yyyy-mm-dd"),
}


class RowsSheet:
    """One data sheet; ``rows`` is the XML of its rows with the address of the last cell, None without rows."""

    def __init__(self, sheet: Worksheet, data: DataSheet, formulas: SheetFormulas) -> None:
        self.sheet = sheet
        self.data = data
        self.looks = Looks(SIZE)
        self.formulas = formulas
        self._letters = [get_column_letter(at) for at in range(1, len(data.columns) + 1)]
        for letter, column in zip(self._letters, data.columns, strict=True):
            width = column.width * _CHARACTER + _PADDING
            sheet.column_dimensions[letter].width = round((width / 0.75 - 5) / 7, 2)

    def fill(self) -> tuple[str, str] | None:
        """Write everything but the rows; the rows as XML and the address of the last cell."""
        self._text(1, self.data.name, Look.DATA_TITLE)
        self.sheet.row_dimensions[1].height = 22
        for row, note in enumerate(self.data.notes, 2):
            self._text(row, note, Look.DATA)
        head = len(self.data.notes) + 3
        first, last = head + 1, head + max(1, len(self.data.rows))
        own = self.formulas.begin(self.data.name)
        labels = tuple(column.label for column in self.data.columns)
        self.formulas.settle(own, Place(self.sheet.title, labels, range(first, last + 1)))
        self._sums(head - 1, own)
        self._head(head)
        self.sheet.freeze_panes = f"{self._letters[self.data.key]}{first}"
        self.sheet.auto_filter.ref = f"A{head}:{self._letters[-1]}{last}"
        self.sheet.print_title_rows = f"{head}:{head}"
        self.sheet.print_title_cols = f"A:{self._letters[self.data.key - 1]}"
        if not self.data.rows:
            return None
        return f"{self._letters[-1]}{last}", "".join(self._rows(first))

    def _text(self, row: int, text: str, look: Look) -> None:
        target = self._cell(row, 1)
        self.looks.dress(target, look)
        target.value, target.data_type = clean(text), "s"

    def _sums(self, row: int, own: int) -> None:
        """The sums of the columns that count, of the rows in sight."""
        for at, column in enumerate(self.data.columns):
            target = self._cell(row, at + 1)
            if column.kind is Kind.NUMBER:
                counted = sum(cell for each in self.data.rows if isinstance(cell := each[at], int | float))
                self.looks.dress(target, Look.DATA_SUM, number_format="0")
                shown = Formula("SUBTOTAL(109,{0})", (Ref(column.label, Rows.ALL),))
                self.formulas.hold(target, shown, Cell(str(counted), counted), own)
            else:
                self.looks.dress(target, Look.DATA_SUM)
        first = self._cell(row, 1)
        first.value, first.data_type = "筛选合计", "s"

    def _head(self, row: int) -> None:
        most = 1
        for at, column in enumerate(self.data.columns, 1):
            target = self._cell(row, at)
            self.looks.dress(target, Look.HEAD)
            target.value, target.data_type = clean(column.label), "s"
            most = max(most, head_lines(column.label, column.width).count("\n") + 1, _lines(column))
        self.sheet.row_dimensions[row].height = round(most * SIZE * _LINE + 6, 1)

    def _rows(self, first: int) -> Iterator[str]:
        styles = [(self._style(column), self._style(column, quoted=True)) for column in self.data.columns]
        for number, row in enumerate(self.data.rows, first):
            cells = "".join(
                _cell(f"{letter}{number}", style, value)
                for letter, style, value in zip(self._letters, styles, row, strict=True)
                if value is not None and value != ""
            )
            yield f'<row r="{number}">{cells}</row>'

    def _style(self, column: Column, *, quoted: bool = False) -> int:
        """The number of the column's look in the workbook; *quoted* for what must never be read as a formula."""
        model = SheetCell(self.sheet, row=1, column=1)
        look, number_format = _LOOKS[column.kind]
        self.looks.dress(model, look, number_format=number_format, quoted=quoted)
        return model.style_id

    def _cell(self, row: int, column: int) -> SheetCell:
        cell = self.sheet.cell(row, column)
        if not isinstance(cell, SheetCell):
            raise ValueError(f"{cell.coordinate} is covered by a merged cell")
        return cell


def _lines(column: Column) -> int:
    """How many lines the label takes, each of whole characters."""
    return -(-int(ems(column.label) + 0.99) // max(1, int(column.width)))


def _cell(address: str, styles: tuple[int, int], value: str | int | float | date) -> str:
    """The XML of a cell; text is text whatever it looks like."""
    plain, quoted = styles
    if isinstance(value, str):
        text = clean(value)[:LONGEST]
        style = quoted if LOOKS_LIKE_FORMULA.match(text) else plain
        words = f'<t xml:space="preserve">{escape(text, quote=False)}</t>'
        return f'<c r="{address}" s="{style}" t="inlineStr"><is>{words}</is></c>'
    shown = (value - _DAY_0).days if isinstance(value, date) else value
    return f'<c r="{address}" s="{plain}"><v>{shown!r}</v></c>'
