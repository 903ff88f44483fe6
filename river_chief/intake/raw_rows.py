"""The rows under a head: one cell for every known column, and the rows that bring no record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from river_chief.fields.field import FieldSet, Kind
from river_chief.intake.cell import CellValue, RawCell, shown
from river_chief.intake.formula_cells import no_result
from river_chief.intake.grid import Grid
from river_chief.intake.header_rows import Header
from river_chief.intake.row_kinds import NOTHING, kind_of_row

# Further columns a merged cell covers before it is a line across the table.
_ACROSS = 2
# An amount merged over several rows belongs to them together; repeating it would multiply it.
_NOT_SPREAD = (Kind.NUMBER, Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of data: its number in the sheet, and a cell for every known column, empty or not."""

    row_number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that brings no record: its number, why (合计行 …), and what it begins with."""

    row_number: int
    reason: str
    text: str


def raw_rows(
    grid: Grid, header: Header, fields: FieldSet
) -> tuple[tuple[RawRow, ...], tuple[SkippedRow, ...]]:
    """The rows of data of *grid* and those that were skipped; a cell merged downwards counts for each row."""
    across = {(span.top, span.left) for span in grid.spans if span.right - span.left >= _ACROSS}
    merged = _merged(grid, header, fields)
    places = [(column.key, column.index, letters(column.index)) for column in header.columns]
    rows: list[RawRow] = []
    skipped: list[SkippedRow] = []
    for index in range(header.end, len(grid.rows)):
        cells = grid.rows[index]
        filled = {column: cell for column, cell in enumerate(cells) if cell is not None}
        if not filled:
            continue
        # A formula drawn down over empty rows gives errors there; they are no record.
        said = {column: cell for column, cell in filled.items() if not _is_without_result(cell)}
        lies_across = bool(across) and (index, next(iter(filled))) in across
        reason = kind_of_row(said, header, across=lies_across) if said else NOTHING
        if reason is not None:
            skipped.append(SkippedRow(index + 1, reason, shown(next(iter(filled.values())))))
            continue
        number = index + 1
        found = {key: RawCell(f"{letter}{number}", filled.get(column)) for key, column, letter in places}
        for key, cell in merged.get(index, ()):
            found[key] = cell
        rows.append(RawRow(number, found))
    return tuple(rows), tuple(skipped)


def _is_without_result(cell: CellValue) -> bool:
    return isinstance(cell, str) and no_result(cell) is not None


def _merged(grid: Grid, header: Header, fields: FieldSet) -> Mapping[int, list[tuple[str, RawCell]]]:
    """Row → the cells that are merged into one above it, with that one's address and value."""
    keys = {column.index: column.key for column in header.columns}
    merged: dict[int, list[tuple[str, RawCell]]] = {}
    covered: set[tuple[int, int]] = set()
    for span in grid.spans:
        key = keys.get(span.left)
        if key is None or span.top < header.end or fields[key].kind in _NOT_SPREAD:
            continue
        top = RawCell(address(span.top, span.left), grid.value(span.top, span.left))
        for row in range(span.top + 1, min(span.bottom + 1, len(grid.rows))):
            # Merged cells never overlap; a file where they do would take time without end.
            if (row, span.left) in covered:
                break
            covered.add((row, span.left))
            merged.setdefault(row, []).append((key, top))
    return merged


def address(row: int, column: int) -> str:
    """The name of a cell counted from 0: (6, 5) → F7."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """The name of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
