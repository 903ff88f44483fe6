"""A file the clerk chose: its bytes and which kind of workbook they are, or one sentence why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from river_chief.errors import EnvironmentFault, Refusal

MOST_MEGABYTES = 100

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = {
    b"\x89PNG": "一张图片",
    b"\xff\xd8\xff": "一张图片",
    b"GIF8": "一张图片",
    b"BM": "一张图片",
    b"%PDF": "PDF 文件",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序文件",
}
# [MS-XLS] 2.4.21 BOF of the globals; 2.4.117 FilePass follows it in a protected workbook.
_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_BOF_LENGTH = 20
_FILE_PASS = b"\x2f\x00"
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OWNER_FILES = ("~$", ".~")


class Form(Enum):
    """How the bytes of a workbook are laid out; ZIP is an .xlsx or .ods, OLE an .xls or .et."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A file read whole, so that what is checked is what is read; ``name`` stands in every refusal."""

    name: str
    data: bytes
    form: Form


def open_workbook_file(path: Path) -> WorkbookFile:
    """Read *path* and tell its form.

    Raises ``EnvironmentFault`` when it is missing, locked or cannot be read, and ``Refusal`` when
    it is no workbook, empty, too large or protected by a password.
    """
    data = _bytes(path)
    return WorkbookFile(path.name, data, _form(path.name, data))


def damaged(name: str) -> Refusal:
    """The refusal for a workbook that is cut off or broken."""
    return Refusal(f"“{name}”已损坏或不完整（可能没有复制完），请重新复制，或用 WPS 表格打开后另存再导入。")


def protected(name: str) -> Refusal:
    """The refusal for a workbook that opens only with a password."""
    return Refusal(f"“{name}”设有打开密码，请先在 WPS 表格中取消密码并保存，再导入。")


def not_a_workbook(name: str, what: str = "") -> Refusal:
    """The refusal for a file that is something else; *what* says what, where that is known."""
    known = f"，其实是{what}" if what else "，或者已经损坏"
    return Refusal(f"“{name}”不是表格文件{known}，请选择 .xlsx、.xls、.et、.ods 或 .csv 文件。")


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refusal(f"“{path.name}”是文件夹，请选择其中的表格文件。")
        if path.stat().st_size > MOST_MEGABYTES * 2**20:
            raise Refusal(f"“{path.name}”超过 {MOST_MEGABYTES} MB，请删去表中的图片或分成几份再导入。")
        data = path.read_bytes()
    except PermissionError as error:
        sentence = f"文件“{path.name}”正被其他程序（如 WPS）打开，或没有读取的权限，请关闭后再导入。"
        raise EnvironmentFault(sentence) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EnvironmentFault(f"找不到文件“{path}”，请检查文件名和位置。") from error
    except OSError as error:
        raise EnvironmentFault(f"读不出文件“{path.name}”，请检查磁盘、U 盘或网络后再试。") from error
    if not data:
        raise Refusal(f"“{path.name}”是空文件（0 字节），请重新取得这份表格。")
    return data


def _form(name: str, data: bytes) -> Form:
    if name.startswith(_OWNER_FILES):
        raise Refusal(f"“{name}”是表格打开时留下的临时文件，请选择表格本身。")
    if data.startswith(_ZIP):
        return Form.ZIP
    if data.startswith(_OLE):
        return _ole_form(name, data)
    for signature, what in _FOREIGN.items():
        if data.startswith(signature):
            raise not_a_workbook(name, what)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise not_a_workbook(name, "网页（请用 WPS 表格打开后另存为 .xlsx）")
    is_text = data.startswith(_UTF_16) or b"\0" not in data
    if Path(name).suffix.lower() in _TEXT_SUFFIXES and is_text:
        return Form.TEXT
    raise not_a_workbook(name)


def _ole_form(name: str, data: bytes) -> Form:
    """The names of streams stand in the file in UTF-16; they tell a workbook from a document."""
    if "EncryptedPackage".encode("utf-16-le") in data or _has_file_pass(data):
        raise protected(name)
    if "WordDocument".encode("utf-16-le") in data:
        raise not_a_workbook(name, "Word 文档")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return Form.OLE
    raise not_a_workbook(name)


def _has_file_pass(data: bytes) -> bool:
    start = data.find(_GLOBALS)
    return start >= 0 and data.startswith(_FILE_PASS, start + _BOF_LENGTH)
