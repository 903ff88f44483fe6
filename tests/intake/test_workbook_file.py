from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.intake.workbook_file import Form, open_workbook_file
from tests.intake.books import DATA, write_book

NOBODY = 65534


def zip_of(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def test_a_missing_file_is_the_environments_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.xlsx", write_book(tmp_path / "a.xlsx", {"表": [["姓名"]]}) / "b.xlsx"):
        with pytest.raises(EnvironmentFault, match="找不到文件"):
            open_workbook_file(path)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs POSIX users")
def test_a_file_that_may_not_be_read_is_the_environments_fault(tmp_path: Path) -> None:
    path = write_book(tmp_path / "问题.xlsx", {"表": [["姓名"]]})
    path.chmod(0)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(EnvironmentFault, match="正被其他程序（如 WPS）打开"):
            open_workbook_file(path)
    finally:
        if was_root:
            os.seteuid(0)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.xlsx", b"", "空文件（0 字节）"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "其实是一张图片"),
        ("照片.csv", b"\xff\xd8\xff\xe0" + b"\0" * 99, "其实是一张图片"),
        ("通知.xls", b"%PDF-1.7\n", "其实是PDF 文件"),
        ("台账.xls", "\ufeff<html><table>".encode(), "网页"),
        ("台账.xlsx", b"\x8a\x01\xfe" * 500, "不是表格文件"),
        ("台账.xlsx", "姓名,电话\n".encode(), "不是表格文件"),
        ("台账.csv", b"a,b\0c\n", "不是表格文件"),
        ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是表格文件"),
        ("报告.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word 文档"),
        ("~$台账.xlsx", b"\x06WPS", "临时文件"),
    ],
)
def test_what_is_no_workbook_gets_one_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refusal, match=words) as caught:
        open_workbook_file(path)
    assert name in caught.value.sentence
    assert caught.value.sentence.count("。") == 1


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="是文件夹"):
        open_workbook_file(tmp_path)


def test_the_form_is_told_by_the_bytes_not_by_the_name(tmp_path: Path) -> None:
    renamed = tmp_path / "河流.et"
    renamed.write_bytes((DATA / "waters.xls").read_bytes())
    assert open_workbook_file(renamed).form is Form.OLE
    misnamed = write_book(tmp_path / "台账.xlsx", {"表": [["姓名"]]}).rename(tmp_path / "台账.xls")
    assert open_workbook_file(misnamed).form is Form.ZIP
    plain = tmp_path / "名单.CSV"
    plain.write_text("姓名,电话\n", encoding="gb18030")
    assert open_workbook_file(plain).form is Form.TEXT


def test_an_archive_of_something_else_is_only_known_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "资料.xlsx"
    path.write_bytes(zip_of(**{"a.txt": "x"}))
    assert open_workbook_file(path).form is Form.ZIP
