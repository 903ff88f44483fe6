"""What a reader finds in the files: the texts of their pages, cells and paragraphs."""

from __future__ import annotations

import re
from io import BytesIO

import docx
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from river_chief.papers.document import Document, FormTable, Group

_BLANK = re.compile("[\\s\u200b]+")


def packed(text: str) -> str:
    """*text* without blanks and line ends, which a page may put anywhere."""
    return _BLANK.sub("", text)


def pages_of(pdf: bytes) -> list[str]:
    return [packed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def sheets_of(workbook: bytes) -> list[Worksheet]:
    """The sheets as a viewer shows them that does not reckon: what each formula came to."""
    return [*load_workbook(BytesIO(workbook), data_only=True).worksheets]


def shown(cell: SheetCell) -> str:
    """The text a sheet shows for the formats the papers use."""
    value, pattern = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "strftime"):
        assert pattern == "yyyy-mm-dd"
        return str(value)[:10]
    assert isinstance(value, int | float)
    if ";" in pattern:
        above, below, nothing = pattern.split(";")
        pattern, value = (above if value > 0 else below if value < 0 else nothing), abs(value)
    sign = pattern[0] if pattern[0] in "+-" else ""
    pattern = pattern.removeprefix(sign)
    if pattern.endswith("%"):
        return f"{value:.{max(0, len(pattern) - 3)}%}"
    if pattern == "#,##0":
        return f"{value:,}"
    pattern, _, unit = pattern.partition('"')
    digits = len(pattern.partition(".")[2])
    return f"{sign}{value:.{digits}f}{unit.rstrip(chr(34))}"


def sheet_rows(sheet: Worksheet) -> list[list[str]]:
    return [[shown(cell) for cell in row if isinstance(cell, SheetCell)] for row in sheet.iter_rows()]


def word_tables(word: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(BytesIO(word)).tables
    ]


def printed_rows(document: Document) -> list[list[list[str]]]:
    """The rows of each table as the document holds them, group lines left out."""
    tables = []
    for table in document.tables:
        if isinstance(table, FormTable):
            tables.append([[cell.text for cell in row] for row in table.rows])
        else:
            rows = [row for row in table.rows if not isinstance(row, Group)]
            kept = [*rows, *([table.total] if table.total else [])]
            tables.append([[cell.text for cell in row] for row in kept])
    return tables
