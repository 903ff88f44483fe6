"""A worksheet filled from the top, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from river_chief.papers.characters import clean, ems
from river_chief.papers.document import Cell, FormTable, Group, Kind, Quantity, Table
from river_chief.papers.number_formats import sheet_value
from river_chief.papers.sheet_formulas import Place, SheetFormulas
from river_chief.papers.sheet_looks import Look, Looks

_LINE = 1.32
"""Height of a line of text, in sizes of its type."""
LONGEST = 32_767
_HIGHEST = 409.0
_ROW_PADDING = 4.0
_CELL_PADDING = 5.0
_CAUTION = 1.06
LOOKS_LIKE_FORMULA = re.compile(r"\s*[=+\-@]")
_KIND_LOOKS = {
    Kind.TEXT: Look.TEXT,
    Kind.CODE: Look.CODE,
    Kind.NUMBER: Look.NUMBER,
    Kind.DATE: Look.DATE,
    Kind.ORDER: Look.DATE,
}
_STRONG = {
    Look.TEXT: Look.STRONG,
    Look.CODE: Look.STRONG,
    Look.NUMBER: Look.STRONG_NUMBER,
    Look.DATE: Look.STRONG,
}


class SheetPage:
    """A sheet filled from the top; *widths* are its columns' widths in points, *formulas* those of the workbook."""

    def __init__(
        self, sheet: Worksheet, widths: Sequence[float], looks: Looks, formulas: SheetFormulas
    ) -> None:
        self.sheet = sheet
        self.widths = widths
        self.looks = looks
        self.formulas = formulas
        self.row = 0
        for number, width in enumerate(widths, start=1):
            # A column's width counts digits of 7 pixels, and 5 pixels of padding come on top.
            sheet.column_dimensions[get_column_letter(number)].width = round((width / 0.75 - 5) / 7, 2)

    def across(self, text: str, look: Look, height: float = 0) -> None:
        """One text over the whole width, as high as its lines need or *height* lines."""
        self._merged(self.row + 1, 1, len(self.widths), text, look)
        self._next(max(height, self._lines(text, sum(self.widths), look)) * self.looks.size(look) * _LINE + 2)

    def spread(self, texts: Sequence[str], height: float = 1.3) -> None:
        """Texts from left to right, each over its share of the columns."""
        if not texts:
            return
        count = min(len(texts), len(self.widths))
        shown = [*texts[: count - 1], "　　".join(texts[count - 1 :])]
        for at, text in enumerate(shown):
            first, last = len(self.widths) * at // count + 1, len(self.widths) * (at + 1) // count
            end = at == count - 1 and at > 0
            self._merged(self.row + 1, first, last, text, Look.LINE_END if end else Look.LINE)
        self._next(height * self.looks.size(Look.LINE) * _LINE)

    def table(self, table: Table) -> None:
        """Head, rows and total; the head stays in view and is printed on every page."""
        first = self.row + 1
        for depth, cells in enumerate(table.head):
            for cell in cells:
                right = cell.column + cell.columns
                self._merged(first + depth, cell.column + 1, right, cell.text, Look.HEAD, rows=cell.rows)
        self._head_heights(table)
        self.sheet.print_title_rows = f"{first}:{self.row}"
        self.sheet.freeze_panes = f"A{self.row + 1}"
        looks = [_KIND_LOOKS[column.kind] for column in table.columns]
        own = self.formulas.begin(table.caption)
        rows: list[int] = []
        for row in table.rows:
            if isinstance(row, Group):
                self._line(row.text, Look.STRONG)
            else:
                self._cells(row, looks, own, table.lines)
                rows.append(self.row)
        if not table.rows:
            self._line(table.empty, Look.DATE)
        if table.total:
            self._cells(table.total, [_STRONG[look] for look in looks], own)
        self.formulas.settle(own, Place(self.sheet.title, table.keys, rows, self.row if table.total else 0))

    def form(self, form: FormTable) -> None:
        """Labels and values with their spans."""
        top = self.row + 1
        for down, right, cell in form.placed:
            look = Look.LABEL if cell.label else Look.TEXT
            self._merged(
                top + down,
                right + 1,
                right + cell.columns,
                cell.text,
                look,
                rows=cell.rows,
                value=cell.value,
            )
        for row in form.rows:
            lines = max((cell.lines / cell.rows for cell in row), default=1)
            self._next(lines * self._table_line + 2 * _ROW_PADDING)

    def _head_heights(self, table: Table) -> None:
        """Room for the longest label of each head row; one over two rows takes half from each."""
        for cells in table.head:
            lines = [
                self._lines(cell.text, sum(self.widths[cell.column : cell.column + cell.columns]), Look.HEAD)
                / cell.rows
                for cell in cells
            ]
            self._next(max(lines) * self._table_line + _ROW_PADDING)

    @property
    def _table_line(self) -> float:
        return self.looks.size(Look.TEXT) * _LINE

    def _lines(self, text: str, width: float, look: Look) -> int:
        """How many lines *text* takes in *width* points; never too few, so that nothing is hidden."""
        characters = (width - _CELL_PADDING) / self.looks.size(look)
        if len(text) <= characters and "\n" not in text:
            return 1
        return sum(max(1, ceil(ems(line) * _CAUTION / characters)) for line in text.split("\n"))

    def _cells(self, cells: Sequence[Cell], looks: Sequence[Look], table: int, least: float = 1) -> None:
        for number, (cell, look) in enumerate(zip(cells, looks, strict=True), start=1):
            target = self._cell(self.row + 1, number)
            if cell.formula is None:
                self._put(target, cell.text, cell.value, look)
            else:
                self.looks.dress(target, look, number_format=cell.formula.number_format)
                self.formulas.hold(target, cell.formula, cell, table)
        lines = max(
            self._lines(cell.text, width, look)
            for cell, width, look in zip(cells, self.widths, looks, strict=True)
        )
        self._next(max(lines, least) * self._table_line + _ROW_PADDING)

    def _line(self, text: str, look: Look) -> None:
        self._merged(self.row + 1, 1, len(self.widths), text, look)
        self._next(self._table_line + _ROW_PADDING)

    def _merged(
        self,
        row: int,
        first: int,
        last: int,
        text: str,
        look: Look,
        *,
        rows: int = 1,
        value: Quantity | None = None,
    ) -> None:
        for down in range(rows):
            for number in range(first, last + 1):
                self.looks.dress(self._cell(row + down, number), look)
        self._put(self._cell(row, first), text, value, look)
        if first != last or rows > 1:
            self.sheet.merge_cells(start_row=row, start_column=first, end_row=row + rows - 1, end_column=last)

    def _cell(self, row: int, column: int) -> SheetCell:
        cell = self.sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            raise ValueError(f"{cell.coordinate} is covered by a merged cell")
        return cell

    def _put(self, target: SheetCell, text: str, value: Quantity | None, look: Look) -> None:
        """Text stays text, whatever it looks like; a formula is never made of it."""
        kept = sheet_value(clean(text), value)
        if isinstance(kept.value, str):
            words = kept.value[:LONGEST]
            self.looks.dress(target, look, quoted=bool(LOOKS_LIKE_FORMULA.match(words)))
            if words:
                target.value = words
                target.data_type = "s"
        else:
            target.value = kept.value
            self.looks.dress(target, look, number_format=kept.number_format)

    def _next(self, height: float) -> None:
        self.row += 1
        self.sheet.row_dimensions[self.row].height = round(min(height, _HIGHEST), 1)
