"""The formulas of a workbook: held until every table has its place, then written with their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter, quote_sheetname

from river_chief.papers.characters import clean
from river_chief.papers.document import Cell
from river_chief.papers.formulas import Formula, Ref, Rows

Result = int | float | str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table lies: its sheet, what its columns from A on are called, and the rows of its cells.

    ``total`` is the row of its line of totals, 0 without one.
    """

    sheet: str
    keys: tuple[str, ...]
    rows: Sequence[int]
    total: int = 0

    def address(self, ref: Ref, row: int, *, inside: bool) -> str:
        """The address of *ref* as seen from *row*; with the sheet's name unless *inside* of it."""
        letter = get_column_letter(self.keys.index(ref.column) + 1)
        match ref.row:
            case Rows.OWN:
                found = f"${letter}{row}"
            case Rows.ALL:
                found = f"${letter}${self.rows[0]}:${letter}${self.rows[-1]}"
            case Rows.TOTAL:
                found = f"${letter}${self.total}"
            case int() as first:
                found = f"${letter}${self.rows[first]}"
                if ref.last is not None:
                    found += f":${letter}${self.rows[ref.last]}"
        return found if inside else f"{quote_sheetname(self.sheet)}!{found}"


@dataclass(frozen=True, slots=True)
class _Held:
    cell: SheetCell
    formula: Formula
    table: int


class SheetFormulas:
    """Formulas of one workbook; ``results`` are what they came to, by sheet and address."""

    def __init__(self) -> None:
        self.results: dict[str, dict[str, Result]] = {}
        self._places: list[Place | None] = []
        self._names: dict[str, int] = {}
        self._held: list[_Held] = []

    def begin(self, name: str) -> int:
        """A table called *name* is about to be written; the first of a name is the one others refer to."""
        self._places.append(None)
        self._names.setdefault(name, len(self._places) - 1)
        return len(self._places) - 1

    def settle(self, table: int, place: Place) -> None:
        """The table begun as *table* lies at *place*."""
        self._places[table] = place

    def hold(self, target: SheetCell, formula: Formula, cell: Cell, table: int) -> None:
        """*formula* belongs into *target*, a cell of *table*, and comes to what *cell* says."""
        self._held.append(_Held(target, formula, table))
        value = cell.value if isinstance(cell.value, int | float) else clean(cell.text)
        self.results.setdefault(target.parent.title, {})[target.coordinate] = value

    def write(self) -> None:
        """Write all formulas; raises ``ValueError`` where one refers to what is not in the workbook."""
        for held in self._held:
            own = self._place(held.table)
            addresses = (self._address(ref, own, held) for ref in held.formula.refs)
            held.cell.value = f"={held.formula.text.format(*addresses)}"

    def _address(self, ref: Ref, own: Place, held: _Held) -> str:
        if not ref.table:
            return own.address(ref, held.cell.row, inside=True)
        if ref.table not in self._names:
            raise ValueError(f"{held.cell.coordinate} refers to {ref.table}, which is not in the workbook")
        place = self._place(self._names[ref.table])
        return place.address(ref, held.cell.row, inside=place.sheet == own.sheet)

    def _place(self, table: int) -> Place:
        place = self._places[table]
        if place is None:
            raise ValueError("a table was begun and not settled")
        return place
