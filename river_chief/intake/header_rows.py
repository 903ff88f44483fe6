"""Where the head of a sheet lies, one to three rows under merged titles, and which column brings what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from river_chief.intake.cell import shown
from river_chief.intake.characters import compact
from river_chief.intake.grid import Grid
from river_chief.intake.heads import Heads, Match, brings_nothing

_DEEPEST = 3
_SEARCHED = 30
LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its head with group and lower head parted by ``/``, and the unit it names."""

    index: int
    head: str
    key: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a sheet.

    ``top`` and ``end``  its first row and the row after its last, counted from 0.
    ``parts``            the texts of every column's head from the top, by column.
    ``unknown``          heads no field goes by.
    """

    top: int
    end: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    parts: Mapping[int, tuple[str, ...]]

    @property
    def rank(self) -> tuple[int, int]:
        """More known heads are better; of as many, fewer rows: the title is no head."""
        return len(self.columns), self.top - self.end


def find_header(grid: Grid, heads: Heads) -> Header | None:
    """The rows whose heads are known best, or None when no row has two known heads."""
    best: Header | None = None
    for top in range(min(_SEARCHED, len(grid.rows))):
        if sum(cell is not None for cell in grid.rows[top]) == 0:
            continue
        least = _rows_of_merged_heads(grid, top)
        for depth in range(least, max(least, _DEEPEST) + 1):
            if top + depth > len(grid.rows):
                break
            header = _header(grid, heads, top, depth)
            if len(header.columns) >= LEAST_COLUMNS and (best is None or header.rank > best.rank):
                best = header
    return best


def _rows_of_merged_heads(grid: Grid, top: int) -> int:
    """How many rows the head takes if it begins at *top*: a head merged downwards shows it."""
    return max(
        (span.bottom - top + 1 for span in grid.spans if span.top == top and span.bottom - top < _DEEPEST),
        default=1,
    )


def _header(grid: Grid, heads: Heads, top: int, depth: int) -> Header:
    found: dict[str, tuple[Match, Column]] = {}
    every = {index: parts for index, parts in enumerate(_parts_of_columns(grid, top, depth)) if parts}
    for index, parts in every.items():
        match = heads.match(parts)
        if match is None:
            continue
        known = found.get(match.field.key)
        if known is None or match.looseness < known[0].looseness:
            column = Column(index, "/".join(parts), match.field.key, match.unit)
            found[match.field.key] = (match, column)
    columns = tuple(sorted((column for _, column in found.values()), key=lambda column: column.index))
    taken = {column.index for column in columns}
    unknown = tuple(
        "/".join(parts)
        for index, parts in every.items()
        if index not in taken and not brings_nothing(parts[-1])
    )
    return Header(top, top + depth, columns, unknown, every)


def _parts_of_columns(grid: Grid, top: int, depth: int) -> Iterator[tuple[str, ...]]:
    """The texts of each column's head from the top, a group's text over every column of its group."""
    groups: list[str] = [""] * depth
    for column in range(grid.width):
        texts = [compact(shown(grid.value(row, column))) for row in range(top, top + depth)]
        for level in range(depth - 1):
            if texts[level]:
                groups[level:] = [texts[level], *[""] * (depth - level - 1)]
            elif any(texts[level + 1 :]):
                texts[level] = groups[level]
        yield tuple(dict.fromkeys(text for text in texts if text))
