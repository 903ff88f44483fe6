"""What kind of sheets a workbook holds, told by their heads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from river_chief.intake.grid import Grid, open_workbook
from river_chief.intake.header_rows import Header, find_header
from river_chief.intake.heads import Heads
from river_chief.intake.sheet_kinds import SHEET_KINDS, SheetKind
from river_chief.intake.workbook_file import open_workbook_file
from river_chief.terms import ImportKind


@dataclass(frozen=True, slots=True)
class Look:
    """A workbook at first sight: its sheets that are not hidden, and the kind its heads fit best.

    ``kind`` is None when no sheet has all columns some kind must have.
    """

    sheets: tuple[str, ...]
    kind: ImportKind | None


def look_at(path: Path) -> Look:
    """Look at the heads of *path*; raises as ``read_sheet`` does when it is no workbook."""
    workbook = open_workbook(open_workbook_file(path))
    grids = [grid for name in workbook.shown if (grid := workbook.grid(name)).width]
    ranks = {kind: _rank(grids, sheet_kind) for kind, sheet_kind in SHEET_KINDS.items()}
    best = max(ranks, key=lambda kind: ranks[kind])
    return Look(tuple(grid.sheet for grid in grids), best if ranks[best] > (0, 0) else None)


def _rank(grids: list[Grid], kind: SheetKind) -> tuple[int, int]:
    """How many heads of the best sheet the kind knows, and how few it does not; (0, 0) for none."""
    heads = Heads(kind.fields)
    found = [header for grid in grids if (header := find_header(grid, heads)) is not None]
    whole = [header for header in found if _has_all(header, kind)]
    return max(((len(header.columns), -len(header.unknown)) for header in whole), default=(0, 0))


def _has_all(header: Header, kind: SheetKind) -> bool:
    return {column.key for column in header.columns} >= set(kind.required)
