"""Cells that get a formula: what is printed becomes what the formula comes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from river_chief.papers.document import Cell, Cells, Group, Table
from river_chief.papers.formulas import Formula, Ref, Rows
from river_chief.papers.number_formats import sheet_value
from river_chief.rules.rounding import half_up

Attach = Callable[[int | None, str, Cell], Formula | None]
"""The formula for a cell, by the row (None: the line of totals), the label of its column, and the cell."""
_PRINTED = re.compile(r"([+-]?\d+(?:\.\d+)?)(%?)")


def reckoned(cell: Cell, formula: Formula) -> Cell:
    """*cell* with its formula; behind it stands the number as printed, not the unrounded one."""
    match = _PRINTED.fullmatch(cell.text)
    if match is None:
        return replace(cell, value=None, formula=formula)
    number = Decimal(match[1]) / (100 if match[2] else 1)
    value = int(number) if number == number.to_integral_value() else float(number)
    return replace(cell, value=value, formula=formula)


def summed(total: Cell, cells: Iterable[Cell], column: str) -> Cell:
    """*total* as the sum of its *column*, where the numbers a sheet keeps of *cells* come to what is printed."""
    kept = [sheet_value(cell.text, cell.value).value for cell in cells if cell.text]
    numbers = [Decimal(repr(value)) for value in kept if isinstance(value, int | float)]
    shown = sheet_value(total.text, total.value)
    if len(numbers) < len(kept) or not isinstance(shown.value, int | float):
        return total
    digits = len(total.text.partition(".")[2].rstrip("%"))
    if half_up(sum(numbers, Decimal(0)), digits) != Decimal(repr(shown.value)):
        return total
    text = f"ROUND(SUM({{0}}),{digits})" if digits else "SUM({0})"
    return replace(
        total, value=shown.value, formula=Formula(text, (Ref(column, Rows.ALL),), shown.number_format)
    )


def with_sums(table: Table, columns: Collection[str]) -> Table:
    """*table* with its totals as sums of *columns* (``Table.keys``), where their rows come to what is printed."""
    if not table.total:
        return table
    rows = list(table.cell_rows)
    total = tuple(
        summed(cell, (row[at] for row in rows), key) if key in columns else cell
        for at, (key, cell) in enumerate(zip(table.keys, table.total, strict=True))
    )
    return replace(table, total=total)


def with_formulas(table: Table, attach: Attach) -> Table:
    """*table* with the formulas *attach* knows; cells that have one already keep it."""
    labels = [column.label for column in table.columns]

    def filled(row: int | None, cells: Cells) -> Cells:
        made = []
        for label, cell in zip(labels, cells, strict=True):
            formula = attach(row, label, cell) if cell.formula is None and cell.text else None
            made.append(cell if formula is None else reckoned(cell, formula))
        return tuple(made)

    rows: list[Cells | Group] = []
    at = 0
    for row in table.rows:
        if isinstance(row, Group):
            rows.append(row)
        else:
            rows.append(filled(at, row))
            at += 1
    return replace(table, rows=tuple(rows), total=filled(None, table.total) if table.total else ())
