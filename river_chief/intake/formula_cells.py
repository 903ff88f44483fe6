"""Cells of an .xlsx whose formula gave an error or was never worked out; the parser shows them as empty."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from posixpath import join, normpath
from xml.parsers import expat

from river_chief.intake.cell import Unreadable

_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_CHUNK = 2**20
# A cell holds 32,767 characters at most; what is longer is no cell.
_LONGEST_CELL = 2**18
_CELL_ENDS = b"c>"
_CELL = re.compile(rb"<(?:\w+:)?c(?=\s)([^<>]{0,800})(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TYPE = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
_RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<>]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<>]*)</")
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_LONGEST_FORMULA = 60

_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_UNWORKED = re.compile(r"=\s*[A-Za-z0-9_(+\-\"'$\[…].*", re.DOTALL)

# Row and column counted from 0 → what stands in the cell: #REF! or =1+1.
FormulaCells = Mapping[tuple[int, int], str]


def without_result(data: bytes, sheet: str) -> FormulaCells:
    """The cells of a sheet whose formula has no result, by place; none where the zip is no .xlsx.

    Raises ``ValueError`` or ``expat.ExpatError`` when the list of sheets is no plain XML.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return {}
        return {place: text for block in _blocks(archive, part) for place, text in _cells(block)}


def no_result(text: str) -> Unreadable | None:
    """Why a text that is a formula's error, or a formula itself, says nothing."""
    if not text.startswith(("#", "=")):
        return None
    words = text.strip()
    if _ERROR.fullmatch(words):
        return Unreadable("公式出错，没有结果，请在表中改成实际的内容。")
    if _UNWORKED.fullmatch(words):
        return Unreadable("公式还没有算出结果，请用 WPS 表格打开、保存后再导入，或改成实际的内容。")
    return None


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = archive.namelist()
    if _WORKBOOK not in names or _LINKS not in names:
        return None
    sheets = [one for tag, one in _elements(archive.read(_WORKBOOK)) if tag == "sheet"]
    link = next((one.get("id") for one in sheets if one.get("name") == sheet), None)
    for _, one in _elements(archive.read(_LINKS)):
        if link is not None and one.get("Id") == link:
            part = normpath(join("xl", one.get("Target", ""))).lstrip("/")
            return part if part in names else None
    return None


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of *xml* with its attributes, names without their prefixes."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((_local(tag), {_local(key): value for key, value in attributes.items()}))

    def doctype(*_: object) -> None:
        raise ValueError("a document type declaration")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(xml, True)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of a sheet in blocks that end with a whole cell, where one with a formula or error is in it."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            block = rest + chunk
            end = block.rfind(_CELL_ENDS) + len(_CELL_ENDS)
            rest = block[max(end, len(block) - _LONGEST_CELL) :]
            if end >= len(_CELL_ENDS) and (b"'e'" in block or b'"e"' in block or _HAS_FORMULA.search(block)):
                yield block[:end]


def _cells(block: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, inside in _CELL.findall(block):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        written = _TYPE.search(attributes)
        result = _RESULT.search(inside)
        if written is not None and written[1] == b"e":
            text = result[1].decode(errors="replace") if result is not None else "#VALUE!"
        elif written is None and (result is None or not result[1]) and _HAS_FORMULA.search(inside):
            formula = _FORMULA.search(inside)
            text = "=" + (
                unescape(formula[1].decode(errors="replace"))[:_LONGEST_FORMULA] if formula else "…"
            )
        else:
            continue
        yield (int(place[2]) - 1, _column(place[1])), text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
