from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from river_chief.errors import Refusal
from river_chief.intake.grid import open_workbook
from river_chief.intake.workbook_file import open_workbook_file
from river_chief.intake.workbook_limits import check_zip
from river_chief.intake.xls_limits import check_xls
from tests.intake.books import DATA, FIRST_SHEET, with_part, write_book

ROWS = [["姓名", "电话"], ["赵春树", "12000000001"]]


def read(path: Path) -> None:
    workbook = open_workbook(open_workbook_file(path))
    for name in workbook.names:
        workbook.grid(name)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "台账.xlsx", {"表": ROWS})


FAR = (
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1048576'><c s='1' r='XFD1048576'><v>1</v></c></row>",
    b'<row r="3"><c r="XFD1048576" t="n"><v>1</v></c></row>',
    b'<row r="1048576">' + b"<c><v>1</v></c>" * 600 + b"</row>",
    b'<row r="300001"><c r="A300001"><v>1</v></c></row>',
    b'<row r="3"><c r="SG3"><v>1</v></c></row>',
    b'<row r="299999"><c r="SF299999"><v>1</v></c></row>',
    b'<row r="3"><c r="ABCDEFGH99999999999999999999"><v>1</v></c></row>',
)


@pytest.mark.parametrize("cell", FAR, ids=range(len(FAR)))
def test_a_cell_far_out_is_refused_before_it_is_parsed(book: Path, cell: bytes) -> None:
    with_part(book, FIRST_SHEET, lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))
    with pytest.raises(Refusal, match="最多能导入 300000 行、500 列"):
        read(book)


def test_formats_and_heights_far_out_do_no_harm(book: Path) -> None:
    empty = b'<row r="1048575" ht="15"/><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    with_part(book, FIRST_SHEET, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    read(book)


def test_cells_that_do_not_name_their_places_are_counted(book: Path) -> None:
    with_part(book, FIRST_SHEET, lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml))
    read(book)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(book: Path, share: float) -> None:
    data = book.read_bytes()
    book.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read(book)


def test_a_sheet_that_breaks_off_is_refused(book: Path) -> None:
    with_part(book, FIRST_SHEET, lambda xml: xml[: len(xml) // 2])
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read(book)


def test_a_wrong_checksum_is_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        part = archive.getinfo(FIRST_SHEET)
        start = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    data[start] ^= 0xFF
    book.write_bytes(data)
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read(book)


def test_what_unpacks_to_far_more_than_it_holds_is_refused(book: Path) -> None:
    with_part(
        book, FIRST_SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * 50_000_000 + b"</sheetData>")
    )
    with pytest.raises(Refusal, match="异常庞大"):
        read(book)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("a.txt", "不是表格文件"),
        ("word/document.xml", "Word 文档"),
        ("xl/workbook.bin", ".xlsb"),
        ("", "不是表格文件"),
    ],
)
def test_another_kind_of_archive_is_refused(part: str, words: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if part:
            archive.writestr(part, "x")
    with pytest.raises(Refusal, match=words):
        check_zip("资料.xlsx", buffer.getvalue())


@pytest.mark.parametrize("name", ["protected.xlsx", "protected.xls", "protected.ods"])
def test_a_workbook_with_a_password_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="设有打开密码"):
        read(DATA / name)


def open_document(tmp_path: Path, rows: str) -> Path:
    """A spreadsheet of LibreOffice with *rows* in place of its own."""
    path = tmp_path / "台账.ods"
    path.write_bytes((DATA / "problems.ods").read_bytes())

    def change(xml: bytes) -> bytes:
        start, end = xml.index(b"<table:table-row"), xml.rindex(b"</table:table-row>")
        return xml[:start] + rows.encode() + xml[end + len(b"</table:table-row>") :]

    return with_part(path, "content.xml", change)


CELL = '<table:table-cell office:value-type="float" office:value="1"{}><text:p>1</text:p></table:table-cell>'


def test_repeated_cells_of_an_open_document_are_counted(tmp_path: Path) -> None:
    wide = CELL.format(' table:number-columns-repeated="16384"')
    deep = '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'
    gap = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    for rows in (
        f"<table:table-row>{wide}</table:table-row>",
        deep.format(CELL.format("")),
        f"{gap}<table:table-row>{CELL.format('')}</table:table-row>",
    ):
        with pytest.raises(Refusal, match="最多能导入"):
            read(open_document(tmp_path, rows))


def test_empty_repeated_rows_of_an_open_document_do_no_harm(tmp_path: Path) -> None:
    tail = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    read(open_document(tmp_path, f"<table:table-row>{CELL.format('')}</table:table-row>{tail}"))


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = open_document(tmp_path, "")
    with_part(path, "content.xml", lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1))
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read(path)


XLS = (DATA / "patrols.xls").read_bytes()
SHEET = XLS.index(b"\x09\x08\x10\x00\x00\x06\x10\x00")
DIMENSIONS = XLS.index(b"\x00\x02\x0e\x00", SHEET)
TEXT_CELL = XLS.index(b"\xfd\x00\x0a\x00", SHEET)


@pytest.mark.parametrize(
    ("place", "byte"),
    [(DIMENSIONS + 4, 0xFF), (DIMENSIONS + 10, 0xFF), (DIMENSIONS + 15, 0x7F), (TEXT_CELL + 7, 0x7F)],
    ids=["first row after the last", "rows", "columns", "column of a cell"],
)
def test_an_xls_whose_records_reach_too_far_is_refused(tmp_path: Path, place: int, byte: int) -> None:
    check_xls("巡河.xls", XLS)
    data = bytearray(XLS)
    data[place] = byte
    path = tmp_path / "巡河.xls"
    path.write_bytes(data)
    with pytest.raises(Refusal, match="已损坏或不完整"):
        read(path)


def test_an_xls_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "巡河.xls"
    path.write_bytes(XLS[: len(XLS) * 2 // 3])
    with pytest.raises(Refusal, match=r"已损坏或不完整|不是表格文件"):
        read(path)
