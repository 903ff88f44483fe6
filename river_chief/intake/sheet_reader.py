"""Reads a county's workbook into raw rows: finds the sheet, its head and its columns; decides nothing.

What a cell means is ``cells.read``; here a cell is only found, with its address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from river_chief.errors import Refusal
from river_chief.intake.cell import shown
from river_chief.intake.cells import Context
from river_chief.intake.characters import compact
from river_chief.intake.grid import Grid, Workbook, open_workbook
from river_chief.intake.header_rows import Column, Header, find_header
from river_chief.intake.heads import Heads
from river_chief.intake.raw_rows import RawRow, SkippedRow, raw_rows
from river_chief.intake.sheet_kinds import SheetKind
from river_chief.intake.workbook_file import open_workbook_file

_SHOWN = 20
_YEAR = re.compile(r"(?<!\d)(20\d{2})年?(?!\d)")


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was found.

    ``header_rows``   numbers of the head's rows, from 1.
    ``year``          the one year its title, sheet name or file name gives, for dates without one.
    ``other_sheets``  further sheets of the workbook with such a head, not read.
    ``sha256``        of the file.
    """

    file: str
    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    unknown_columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    skipped: tuple[SkippedRow, ...]
    year: int | None
    other_sheets: tuple[str, ...]
    sha256: str

    @property
    def keys(self) -> dict[str, str]:
        """Head of each known column → key of its field."""
        return {column.head: column.key for column in self.columns}

    def context(self, key: str) -> Context:
        """What the sheet says about the cells of a column."""
        unit = next((column.unit for column in self.columns if column.key == key), "")
        return Context(year=self.year, unit=unit)


def read_sheet(path: Path, kind: SheetKind, sheet: str | None = None) -> RawSheet:
    """Read one sheet of *path*: the one named, else the one whose head is known best.

    Raises ``EnvironmentFault`` when the file is missing or locked, ``Refusal`` when it is no
    workbook, has no such sheet or no head, or a column it must have is missing.
    """
    file = open_workbook_file(path)
    workbook = open_workbook(file)
    heads = Heads(kind.fields)
    found = [(grid, find_header(grid, heads)) for grid in _grids(workbook, file.name, sheet)]
    known = [(grid, header) for grid, header in found if header is not None]
    if not known:
        raise _no_header([grid for grid, _ in found], kind)
    grid, header = max(known, key=lambda pair: len(pair[1].columns))
    _check_required(grid, header, kind)
    rows, skipped = raw_rows(grid, header, kind.fields)
    title = " ".join(shown(cell) for row in grid.rows[: header.top] for cell in row)
    return RawSheet(
        file=file.name,
        sheet=grid.sheet,
        header_rows=tuple(range(header.top + 1, header.end + 1)),
        columns=header.columns,
        unknown_columns=header.unknown,
        rows=tuple(rows),
        skipped=tuple(skipped),
        year=_year(title, grid.sheet, path.stem),
        other_sheets=tuple(other.sheet for other, _ in known if other is not grid),
        sha256=sha256(file.data).hexdigest(),
    )


def _grids(workbook: Workbook, file_name: str, sheet: str | None) -> list[Grid]:
    if sheet is not None:
        if sheet not in workbook.names:
            names = "、".join(workbook.names)
            raise Refusal(f"“{file_name}”里没有工作表“{sheet}”，只有：{names}。")
        return [workbook.grid(sheet)]
    grids = [grid for name in workbook.shown if (grid := workbook.grid(name)).has_content]
    if not grids:
        raise Refusal(f"“{file_name}”里没有内容，请确认选对了文件。")
    return grids


def _no_header(grids: list[Grid], kind: SheetKind) -> Refusal:
    grid = grids[0]
    seen = [shown(cell)[:_SHOWN] for row in grid.rows[:5] for cell in row if cell is not None]
    wanted = "、".join(field.label for field in list(kind.fields)[:8])
    return Refusal(
        f"工作表“{grid.sheet}”里没有找到表头。表头应有 {wanted} 等列；"
        f"前几行是：{'、'.join(seen[:12]) or '（空）'}。"
    )


def _check_required(grid: Grid, header: Header, kind: SheetKind) -> None:
    brought = {column.key for column in header.columns}
    missing = [kind.fields[key] for key in kind.required if key not in brought]
    if missing:
        heads = "、".join("/".join(parts) for parts in header.parts.values())
        wanted = "；".join(f"“{field.label}”（也可写作 {'、'.join(field.synonyms)}）" for field in missing)
        raise Refusal(f"工作表“{grid.sheet}”缺少必需的列：{wanted}。现有的列：{heads}。")


def _year(*texts: str) -> int | None:
    """The year of the first text that names one year and no other."""
    for text in texts:
        years = set(_YEAR.findall(compact(text)))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
