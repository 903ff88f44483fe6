import errno
import os
from pathlib import Path

import pytest

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.papers.files import save, sentence_for
from river_chief.papers.output import write
from tests.papers.examples import issue_list


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "mark"), [("清单.pdf", b"%PDF-"), ("清单.xlsx", b"PK"), ("清单.DOCX", b"PK")]
)
def test_the_ending_of_the_name_says_what_is_written(folder: Path, name: str, mark: bytes) -> None:
    write(issue_list(1), folder / name)
    assert (folder / name).read_bytes().startswith(mark)
    assert [file.name for file in folder.iterdir()] == [name]


def test_another_ending_is_refused_with_what_to_do(folder: Path) -> None:
    with pytest.raises(Refusal, match=r"请以 \.pdf、\.xlsx 或 \.docx 结尾"):
        write(issue_list(1), folder / "清单.doc")
    assert list(folder.iterdir()) == []


def test_a_missing_folder_is_named(folder: Path) -> None:
    with pytest.raises(EnvironmentFault, match="没有这个夹”不存在"):
        save(folder / "没有这个夹" / "清单.pdf", b"")


def test_a_folder_in_the_file_s_place_is_named_and_nothing_is_left(folder: Path) -> None:
    (folder / "清单.pdf").mkdir()
    with pytest.raises(EnvironmentFault, match="是一个文件夹"):
        save(folder / "清单.pdf", b"%PDF-")
    assert [file.name for file in folder.iterdir()] == ["清单.pdf"]


def test_a_folder_that_may_not_be_written_is_named() -> None:
    if not Path("/sys").is_dir():
        pytest.skip("needs a folder that nobody may write")
    with pytest.raises(EnvironmentFault, match="不允许写入"):
        save(Path("/sys/清单.pdf"), b"")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "“清单.xlsx”：文件正被 WPS 打开或不允许改写，请关闭后再试"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EIO, "没有写成"),
    ],
)
def test_each_fault_of_the_disk_has_its_sentence(folder: Path, number: int, words: str) -> None:
    target = folder / "清单.xlsx"
    target.write_bytes(b"old")
    assert words in sentence_for(target, OSError(number, os.strerror(number)))
