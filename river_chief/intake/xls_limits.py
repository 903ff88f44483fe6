"""A look into an .xls or .et before it is parsed: the reach of the cells its records name.

The parser makes room for what a sheet says of itself, so one wrong byte in a cell's column could
ask for all the memory there is and end the program. The records are those of [MS-XLS].
"""

from __future__ import annotations

import struct

from river_chief.intake.workbook_file import damaged

MOST_ROWS, MOST_COLUMNS = 65_536, 256

# 2.4.21 BOF of a sheet.
_SHEET_BEGINS = b"\x09\x08\x10\x00\x00\x06\x10\x00"
_EOF = 0x000A
_RECORD = struct.Struct("<HH")
# 2.4.90 Dimensions: rows from, to, columns from, to.
_DIMENSIONS = 0x0200
_SIZE = struct.Struct("<IIHH")
# BoolErr, Formula, Label, LabelSst, Number, RK, RString: each begins with row and column.
_CELLS = frozenset((0x0205, 0x0006, 0x0406, 0x0204, 0x00FD, 0x0203, 0x027E, 0x00D6))
_PLACE = struct.Struct("<HH")
# 2.4.175 MulRk: row, first column, six bytes for each cell, last column.
_MANY_CELLS = 0x00BD
_BYTES_OF_MANY = 6


def check_xls(name: str, data: bytes) -> None:
    """Let pass an .xls whose sheets stay within 65,536 rows and 256 columns.

    Raises ``Refusal`` for one that is damaged. Sheets are looked for in the file itself, where
    every writer puts them in one piece; what is scattered is left to the parser.
    """
    start = data.find(_SHEET_BEGINS)
    while start >= 0:
        if not _stays_inside(data, start):
            raise damaged(name)
        start = data.find(_SHEET_BEGINS, start + 1)


def _stays_inside(data: bytes, start: int) -> bool:
    """Whether all cells of the sheet that begins at *start* lie where cells may be."""
    while start + _RECORD.size <= len(data):
        kind, length = _RECORD.unpack_from(data, start)
        body = start + _RECORD.size
        start = body + length
        if kind == _EOF or start > len(data):
            return True
        if kind == _DIMENSIONS and length >= _SIZE.size:
            rows_from, rows_to, columns_from, columns_to = _SIZE.unpack_from(data, body)
            if not (rows_from <= rows_to <= MOST_ROWS and columns_from <= columns_to <= MOST_COLUMNS):
                return False
        elif kind in _CELLS or kind == _MANY_CELLS:
            cells = (length - _BYTES_OF_MANY) // _BYTES_OF_MANY if kind == _MANY_CELLS else 1
            if length >= _PLACE.size and _PLACE.unpack_from(data, body)[1] + cells > MOST_COLUMNS:
                return False
    return True
