"""A cell of a sheet as it was found, and the answer when it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: where it stands (``"F7"``) and what is in it; an empty cell is None, never a blank text."""

    address: str
    value: CellValue


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The cell does not say what its field needs; ``reason`` is a Chinese sentence for the clerk."""

    reason: str


def shown(value: CellValue) -> str:
    """*value* as the clerk saw it in the sheet, for a list of refused cells."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
    return str(value)
