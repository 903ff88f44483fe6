"""Workbooks written for the tests, and changed where only their bytes can be changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

Cell = str | int | float | date | datetime | None
Rows = Sequence[Sequence[Cell]]

DATA = Path(__file__).resolve().parent.parent / "data"
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def write_book(path: Path, sheets: dict[str, Rows], merges: Iterable[str] = ()) -> Path:
    """Write an .xlsx; *merges* are ranges of its first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for merge in merges:
        book.worksheets[0].merge_cells(merge)
    book.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the workbook again with the bytes of one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
