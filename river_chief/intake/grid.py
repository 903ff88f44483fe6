"""A sheet as a grid of cells from A1 on, whatever file it came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from river_chief.errors import Refusal
from river_chief.intake.cell import CellValue
from river_chief.intake.characters import trimmed
from river_chief.intake.formula_cells import without_result
from river_chief.intake.workbook_file import Form, WorkbookFile, damaged, protected
from river_chief.intake.workbook_limits import check_rectangle, check_zip
from river_chief.intake.xls_limits import check_xls


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: first and last row and column, counted from 0, both inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet: ``rows[0][0]`` is A1; rows may differ in length; empty cells are None."""

    sheet: str
    rows: Sequence[Sequence[CellValue]]
    spans: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    @property
    def has_content(self) -> bool:
        return any(cell is not None for row in self.rows for cell in row)

    def value(self, row: int, column: int) -> CellValue:
        """The cell, None also where the row is shorter or the sheet ends before it."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None


class Workbook(Protocol):
    """The sheets of a file: ``names`` of all, ``shown`` of those that are not hidden."""

    names: tuple[str, ...]
    shown: tuple[str, ...]

    def grid(self, sheet: str) -> Grid:
        """Read the sheet of that name."""


def open_workbook(file: WorkbookFile) -> Workbook:
    """Return the sheets of *file*; raises ``Refusal`` when it cannot be read as a workbook."""
    if file.form is Form.TEXT:
        return _TextWorkbook(file)
    if file.form is Form.ZIP:
        check_zip(file.name, file.data)
    elif file.form is Form.OLE:
        check_xls(file.name, file.data)
    return _SheetWorkbook(file)


@contextmanager
def _parsing(name: str) -> Iterator[None]:
    """Turn what the parser makes of a broken workbook into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise protected(name) from error
    except CalamineError as error:
        raise damaged(name) from error
    except BaseException as error:
        # The parser's own way to give up on a broken .xls; its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error


class _SheetWorkbook:
    """A workbook of Excel, WPS or LibreOffice."""

    def __init__(self, file: WorkbookFile) -> None:
        self._name = file.name
        self._zip = file.data if file.form is Form.ZIP else None
        with _parsing(file.name):
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        sheets = [one for one in self._workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        self.names = tuple(one.name for one in sheets)
        self.shown = tuple(one.name for one in sheets if one.visible is SheetVisibleEnum.Visible)

    def grid(self, sheet: str) -> Grid:
        with _parsing(self._name):
            found = self._workbook.get_sheet_by_name(sheet)
            check_rectangle(self._name, found.total_height, found.total_width)
            rows = found.to_python(skip_empty_area=False)
        spans = tuple(
            Span(top, left, bottom, right)
            for (top, left), (bottom, right) in found.merged_cell_ranges or ()
            if (top, left) != (bottom, right)
        )
        return Grid(sheet, self._with_formulas([_without_blanks(row) for row in rows], sheet), spans)

    def _with_formulas(self, rows: list[list[CellValue]], sheet: str) -> list[list[CellValue]]:
        """*rows* with what stands in cells whose formula has no result, which the parser leaves empty."""
        if self._zip is None:
            return rows
        try:
            found = without_result(self._zip, sheet)
        except (ValueError, expat.ExpatError) as error:
            raise damaged(self._name) from error
        for (row, column), text in found.items():
            if row < len(rows):
                cells = rows[row]
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = text
        return rows


class _TextWorkbook:
    """A .csv: one sheet, named after the file."""

    def __init__(self, file: WorkbookFile) -> None:
        self._file = file
        self.names: tuple[str, ...] = (file.name.rpartition(".")[0] or file.name,)
        self.shown: tuple[str, ...] = self.names

    def grid(self, sheet: str) -> Grid:
        text = _decoded(self._file)
        try:
            rows = [
                _without_blanks(row)
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
            ]
        except csv.Error as error:
            raise damaged(self._file.name) from error
        grid = Grid(sheet, rows)
        check_rectangle(self._file.name, len(rows), grid.width)
        return grid


def _without_blanks(row: Sequence[CellValue]) -> list[CellValue]:
    """*row* with its texts trimmed and None where there is nothing."""
    return [trimmed(cell) or None if isinstance(cell, str) else cell for cell in row]


def _decoded(file: WorkbookFile) -> str:
    encodings = ("utf-16",) if file.data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return file.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"“{file.name}”的文字编码认不出来，请用 WPS 表格打开后另存为 .xlsx 再导入。")


def _delimiter(text: str) -> str:
    """The mark that parts most cells in the first lines."""
    head = "\n".join(text.split("\n", 30)[:30])
    return max(",\t;|", key=head.count)
