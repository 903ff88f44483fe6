"""A look into a zipped workbook before it is parsed: sizes of its parts and reach of its cells.

The parser keeps a sheet as one rectangle, so a single cell far out would ask for all the memory
there is and end the program; nothing here is kept in memory but the part being looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from river_chief.errors import Refusal
from river_chief.intake.workbook_file import damaged, not_a_workbook, protected

MOST_ROWS = 300_000
MOST_COLUMNS = 500
MOST_CELLS = 12_000_000

_MOST_UNPACKED = 800 * 2**20
_MOST_RATIO = 400
_SMALL_PART = 4 * 2**20
_CHUNK = 2**20
_MANIFEST = "META-INF/manifest.xml"
_LONGEST_TAG = 2**16
_PLACED_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_CELL_TAGS = (b"<c ", b"<c>", b"<c\t", b"<c\r", b"<c\n")
# Attributes are bounded, so that no text can make the search slow.
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s>])([^<>]{0,800})>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(slots=True)
class _Reach:
    """How far the cells with something in them go: counts from A1, so both are 0 for an empty sheet."""

    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def check_zip(name: str, data: bytes) -> None:
    """Let pass a zipped workbook that can be parsed safely.

    Raises ``Refusal`` for a damaged, protected or foreign zip, for one that unpacks to far more
    than it holds, and for a sheet with more than 300,000 rows or 500 columns.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(name, archive)
            for part in archive.infolist():
                if not part.is_dir() and "/media/" not in part.filename:
                    reach = _reach(archive, part)
                    check_rectangle(name, reach.rows, reach.columns)
    except RuntimeError as error:
        raise protected(name) from error
    except (*_BROKEN, expat.ExpatError) as error:
        raise damaged(name) from error


def fits(rows: int, columns: int) -> bool:
    """Whether a sheet of that size can be taken in at once."""
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS and rows * columns <= MOST_CELLS


def check_rectangle(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet of more rows, columns or cells than can be taken in at once."""
    if not fits(rows, columns):
        raise Refusal(
            f"“{name}”的表格有 {rows} 行、{columns} 列，最多能导入 {MOST_ROWS} 行、{MOST_COLUMNS} 列。"
            "如果远处有误填的单元格，请删去多余的行和列，或分成几份再导入。"
        )


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.bin" in names:
        raise not_a_workbook(name, ".xlsb 文件（请用 WPS 表格打开后另存为 .xlsx）")
    if any(part.startswith("word/") for part in names):
        raise not_a_workbook(name, "Word 文档")
    if not any(part.endswith("workbook.xml") for part in names) and "content.xml" not in names:
        raise not_a_workbook(name)
    if "" in names or len(set(names)) != len(names):
        raise damaged(name)
    if _MANIFEST in names:
        with archive.open(_MANIFEST) as manifest:
            if b"encryption-data" in manifest.read(_SMALL_PART):
                raise protected(name)
    large = any(part.file_size > _SMALL_PART + _MOST_RATIO * part.compress_size for part in parts)
    if large or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Refusal(f"“{name}”解开后异常庞大，不像正常的表格，为安全起见没有打开。")


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _reach(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Reach:
    """The reach of one part; reading it to its end also proves its checksum."""
    if part.filename == "content.xml":
        return _OpenDocument().reach(_chunks(archive, part))
    bound = _bound(_chunks(archive, part))
    if bound is not None and fits(bound.rows, bound.columns):
        return bound
    return _exact(_chunks(archive, part))


def _blocks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes in blocks that end with a whole tag."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        end = block.rfind(b">") + 1
        yield block[:end]
        rest = block[max(end, len(block) - _LONGEST_TAG) :]


def _bound(chunks: Iterator[bytes]) -> _Reach | None:
    """A quick upper bound of the reach of an .xlsx sheet, or None if it is not written the usual way."""
    reach = _Reach()
    for block in _blocks(chunks):
        cells = _PLACED_CELL.findall(block)
        if b":c" in block or len(cells) != sum(map(block.count, _CELL_TAGS)):
            return None
        rows, letters = {row for _, row in cells}, {letter for letter, _ in cells}
        reach.take(max(map(int, rows), default=0), max(map(_column, letters), default=0))
    return reach


def _exact(chunks: Iterator[bytes]) -> _Reach:
    """The reach of an .xlsx sheet: cells with only a format do not count, and need not name their place."""
    reach, row, column = _Reach(), 0, 0
    for block in _blocks(chunks):
        for tag, attributes in _ROW_OR_CELL.findall(block):
            place = _PLACE.search(attributes)
            if tag == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            row, column = (int(place[2]), _column(place[1])) if place else (row, column + 1)
            if not attributes.endswith(b"/"):
                reach.take(row, column)
    return reach


def _column(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27; letters beyond the widest sheet count as far out."""
    if len(letters) > 3:
        return 2**20
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _OpenDocument:
    """Counts the reach of an .ods: rows and cells may stand once and be repeated a million times."""

    def __init__(self) -> None:
        self._reach = _Reach()
        self._row = self._column = 0
        self._row_repeats = 1
        self._row_has_value = False
        self._columns = 0

    def reach(self, chunks: Iterator[bytes]) -> _Reach:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return self._reach

    def _doctype(self, *_: object) -> None:
        raise ValueError("a document type declaration")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "table":
                self._row = 0
            case "table-row":
                self._row_repeats = int(attributes.get("table:number-rows-repeated", "1"))
                self._column = 0
                self._row_has_value = False
            case "table-cell" | "covered-table-cell":
                self._column += int(attributes.get("table:number-columns-repeated", "1"))
                if any(key.endswith(":value-type") for key in attributes):
                    self._row_has_value = True
                    self._columns = self._column

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            self._row += self._row_repeats
            if self._row_has_value:
                self._reach.take(self._row, self._columns)
