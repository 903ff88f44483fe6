"""How the cells of a sheet look: a few looks, each made once."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from enum import Enum

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_SONG = "宋体"
_RULE = Side(style="thin", color="FF000000")
_RULED = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_SHADE = PatternFill("solid", fgColor="FFE8E8E8")


@dataclass(frozen=True, slots=True)
class _Traits:
    align: str = "left"
    bold: bool = False
    wrap: bool = True
    ruled: bool = False
    shaded: bool = False
    size: float = 0
    """In points; 0 is the size of the table's text."""


class Look(Enum):
    """What a cell is, as the eye sees it."""

    TITLE = _Traits("center", bold=True, size=18)
    SUBTITLE = _Traits("center", size=11)
    LINE = _Traits(size=10.5)
    LINE_END = _Traits("right", size=10.5)
    HEADING = _Traits(bold=True, size=14)
    SUBHEADING = _Traits(size=12.5)
    WORDS = _Traits(size=12)
    NOTE = _Traits(size=9.5)
    HEAD = _Traits("center", bold=True, ruled=True, shaded=True)
    LABEL = _Traits("center", ruled=True, shaded=True)
    STRONG = _Traits(bold=True, ruled=True)
    TEXT = _Traits(ruled=True)
    CODE = _Traits(ruled=True, wrap=False)
    NUMBER = _Traits("right", ruled=True, wrap=False)
    DATE = _Traits("center", ruled=True, wrap=False)
    STRONG_NUMBER = _Traits("right", bold=True, ruled=True)
    DATA_TITLE = _Traits(bold=True, wrap=False, size=14)
    DATA = _Traits(wrap=False)
    DATA_MIDDLE = _Traits("center", wrap=False)
    DATA_SUM = _Traits("center", bold=True, wrap=False, shaded=True)


class Looks:
    """The looks of one workbook, whose tables are set in *table_size* points."""

    def __init__(self, table_size: float) -> None:
        self._table_size = table_size
        self._made: dict[tuple[Look, str, bool], SheetCell] = {}

    def size(self, look: Look) -> float:
        """Size of the look's text in points."""
        return look.value.size or self._table_size

    def dress(
        self, cell: SheetCell, look: Look, *, number_format: str = "General", quoted: bool = False
    ) -> None:
        """Give *cell* the look; *quoted* marks a text that must never be read as a formula."""
        key = (look, number_format, quoted)
        model = self._made.get(key)
        if model is None:
            self._make(cell, look, number_format, quoted)
            self._made[key] = cell
        else:
            # openpyxl offers no other way to share a look, and making each anew is 8 times slower.
            cell._style = copy(model._style)  # type: ignore[attr-defined]

    def _make(self, cell: SheetCell, look: Look, number_format: str, quoted: bool) -> None:
        traits = look.value
        cell.font = Font(name=_SONG, size=self.size(look), bold=traits.bold)
        cell.alignment = Alignment(horizontal=traits.align, vertical="center", wrap_text=traits.wrap)
        if traits.ruled:
            cell.border = _RULED
        if traits.shaded:
            cell.fill = _SHADE
        cell.number_format = number_format
        cell.quotePrefix = quoted
