"""The rows that were left out, as a copy of the sender's sheet with the reasons beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from river_chief.errors import Refusal
from river_chief.intake.cell import CellValue, shown
from river_chief.intake.grid import Grid, open_workbook
from river_chief.intake.plan import Plan, RowState
from river_chief.intake.workbook_file import open_workbook_file

HEAD = "没有导入的原因"
LEFT_OUT = frozenset({RowState.REFUSED, RowState.DOUBTFUL})
_WIDTH = 60
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")


def rejects(path: Path, plan: Plan, states: Iterable[RowState] = LEFT_OUT) -> bytes:
    """An .xlsx of the rows of *plan* in *states* as they stand in *path*, head and all, to be mended.

    Raises ``Refusal`` when *path* is no longer the file the plan was made from.
    """
    file = open_workbook_file(path)
    if sha256(file.data).hexdigest() != plan.sheet.sha256:
        raise Refusal(f"“{file.name}”在预览之后被改过，请重新预览。")
    grid = open_workbook(file).grid(plan.sheet.sheet)
    wanted = set(states)
    reasons = {row.row: "；".join(row.reasons) for row in plan.rows if row.state in wanted}
    book = Workbook()
    sheet = book.worksheets[0]
    # A .csv gives its file's name, which may hold what a sheet's name may not.
    sheet.title = _NOT_IN_A_TITLE.sub("", plan.sheet.sheet)[:31] or "表"
    head = plan.sheet.header_rows[-1]
    for target, number in enumerate([*range(1, head + 1), *sorted(reasons)], 1):
        for column, value in enumerate(grid.rows[number - 1], 1):
            _put(sheet.cell(target, column), value)
    column = grid.width + 1
    _put(sheet.cell(head, column), HEAD)
    sheet.cell(head, column).font = Font(bold=True)
    for target, number in enumerate(sorted(reasons), head + 1):
        _fill_merged(grid, number, [sheet.cell(target, place + 1) for place in range(grid.width)])
        _put(sheet.cell(target, column), reasons[number])
        sheet.cell(target, column).alignment = Alignment(wrap_text=True, vertical="top")
    for span in grid.spans:
        if span.bottom < head:
            sheet.merge_cells(
                start_row=span.top + 1,
                start_column=span.left + 1,
                end_row=span.bottom + 1,
                end_column=span.right + 1,
            )
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _fill_merged(grid: Grid, number: int, cells: list[Cell | MergedCell]) -> None:
    """A row taken out of merged cells keeps what they say."""
    for span in grid.spans:
        if span.top < number - 1 <= span.bottom and span.left < len(cells):
            _put(cells[span.left], grid.value(span.top, span.left))


def _put(cell: Cell | MergedCell, value: CellValue) -> None:
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, str):
        # The reason names such a character; no sheet can hold it.
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # Text that begins with = stays text.
        cell.data_type = "s"
    elif isinstance(value, int | float | date | datetime | time) and not isinstance(value, bool):
        cell.value = value
    elif value is not None:
        cell.value = shown(value)
