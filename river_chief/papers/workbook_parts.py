"""The finished parts of a workbook: openpyxl's, with what it can not write, as the same bytes each time.

openpyxl writes a formula without what it came to, so that a preview which does not reckon shows nothing; it stamps
the hour of writing; and it takes minutes for ten thousands of rows. All three are put right in the parts it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from river_chief.papers.archive import FIRST_DAY
from river_chief.papers.sheet_formulas import Result

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v(?:/>|></v>)</c>')
_DIMENSION = re.compile(r'<dimension ref="A1:[A-Z]+\d+"')


def pack(
    book: Workbook,
    dated: date,
    results: Mapping[str, Mapping[str, Result]],
    rows: Mapping[str, tuple[str, str]],
) -> bytes:
    """The bytes of *book*, bearing the day *dated*.

    ``results``  what formulas came to, by sheet and address.
    ``rows``     for a sheet: the address of its last cell, and the XML of rows under those openpyxl has.
    """
    made = BytesIO()
    book.properties.created = book.properties.modified = datetime.combine(dated, time())
    with ZipFile(made, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    parts = {sheet.path.lstrip("/"): sheet.title for sheet in book.worksheets}
    packed = BytesIO()
    with ZipFile(made) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in parts:
                title = parts[name]
                data = _finished(data, results.get(title, {}), rows.get(title))
            target.writestr(ZipInfo(name, FIRST_DAY), data, ZIP_DEFLATED)
    return packed.getvalue()


def _finished(data: bytes, results: Mapping[str, Result], rows: tuple[str, str] | None) -> bytes:
    if not results and rows is None:
        return data
    text = data.decode()
    if results:
        text = _FORMULA.sub(lambda found: _with_result(found, results), text)
    if rows is not None:
        last, xml = rows
        text = _DIMENSION.sub(f'<dimension ref="A1:{last}"', text, count=1)
        head, _, tail = text.rpartition("</sheetData>")
        text = f"{head}{xml}</sheetData>{tail}"
    return text.encode()


def _with_result(found: re.Match[str], results: Mapping[str, Result]) -> str:
    address, attributes, formula = found.groups()
    value = results[address]
    if isinstance(value, str):
        return f'<c r="{address}"{attributes} t="str"><f>{formula}</f><v>{escape(value, quote=False)}</v></c>'
    return f'<c r="{address}"{attributes}><f>{formula}</f><v>{value!r}</v></c>'
