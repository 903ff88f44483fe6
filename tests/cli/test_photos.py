"""photo, and --photo of problem add and do."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sets
from tests.cli.test_problems import NEW
from tests.photographs import photograph

FOUND, DONE = datetime(2025, 3, 3, 9, 12), datetime(2025, 3, 8, 15, 30)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder with photos of one bank before and after, and one that is no photo."""
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "前.jpg").write_bytes(photograph(1, rubbish=3, taken=FOUND))
    (folder / "后.jpg").write_bytes(photograph(1, taken=DONE))
    (folder / "坏.jpg").write_bytes(b"no photo")
    return folder


def kept(cli: Cli) -> list[Path]:
    """The originals that lie in the ledger."""
    photos = cli.ledger / "photos"
    return [path for path in photos.rglob("*") if path.is_file() and path.parent.name != "thumbs"]


def test_a_problem_is_registered_with_its_photo_and_undone_with_it(cli: Cli, room: Path) -> None:
    made = cli.json("problem", "add", *NEW, "--photo", f"前={room / '前.jpg'}")
    assert made["sentence"] == "登记问题砚2025-004，附1张照片"
    [photo] = cli.json("problem", "show", "砚2025-004")["attachments"]
    assert (photo["phase"], photo["name"]) == ("before", "前.jpg")
    assert photo["taken_at"] == "2025-03-03T09:12:00"
    assert photo["happened_on"] == "2025-03-12"
    assert photo["sha256"] == sha256((room / "前.jpg").read_bytes()).hexdigest()
    cli("undo")
    assert "没有问题砚2025-004" in cli.refused("problem", "show", "砚2025-004")


def test_a_step_is_done_with_the_photos_it_needs(cli: Cli, room: Path) -> None:
    given = sets(progress="已拆除", happened_at="2025-03-28", work__拆除="30")
    photos = ["--photo", f"前={room / '前.jpg'}", "--photo", f"后={room / '后.jpg'}"]
    done = cli.json("problem", "do", "砚2025-002", "submit", *given, *photos)
    assert done["state"] == "to_accept"
    assert done["sentence"].endswith("，附2张照片")
    shown = cli.json("problem", "show", "砚2025-002")
    assert [item["phase"] for item in shown["attachments"]] == ["before", "after"]
    assert shown["photo_warnings"] == []


def test_a_refused_step_or_photo_leaves_nothing_behind(cli: Cli, room: Path) -> None:
    before = kept(cli)
    assert "不能销号" in cli.refused(
        "problem", "do", "砚2025-002", "close", "--photo", f"后={room / '后.jpg'}"
    )
    files = [f"前={room / '前.jpg'}", f"后={room / '坏.jpg'}"]
    assert "不是能读取的图片" in cli.refused("photo", "add", "砚2025-002", *files)
    assert "找不到文件" in cli.refused("photo", "add", "砚2025-002", f"后={room / '无.jpg'}", code=3)
    assert kept(cli) == before
    assert cli.json("photo", "list", "砚2025-002")["photos"] == []


def test_photos_are_checked_settled_put_right_and_taken_off(cli: Cli, room: Path) -> None:
    same = f"后={room / '前.jpg'}"
    added = cli.json("photo", "add", "砚2025-002", f"前={room / '前.jpg'}", same)
    assert [item["doubt"] for item in added["photo_warnings"]] == ["same_file", "too_old"]
    found = cli.json("photo", "check")
    assert (found["count"], found["problems"][0]["number"]) == (1, "砚2025-002")
    assert "⚠ 与整改前照片“前.jpg”是同一张" in cli("photo", "check").stdout
    assert "⚠ 整改后照片“前.jpg”：与整改前照片" in cli("problem", "show", "砚2025-002").stdout
    after = str(added["photos"][1]["id"])
    settled = cli.json("photo", "settle", after, "已到现场核对")
    assert settled["sentence"] == "核对砚2025-002的附件前.jpg：已到现场核对"
    assert cli("photo", "check").stdout.strip() == "没有存疑的照片。"
    assert "已核对：已到现场核对" in cli("photo", "list", "砚2025-002").stdout
    assert "由整改后改为整改中" in cli("photo", "rephase", after, "中").stdout
    cli("photo", "remove", after)
    assert cli.json("photo", "list", "砚2025-002")["count"] == 1


def test_the_original_comes_out_as_it_went_in(cli: Cli, room: Path, tmp_path: Path) -> None:
    [photo] = cli.json("photo", "add", "1", f"巡河={room / '前.jpg'}", "--of", "patrol")["photos"]
    out = tmp_path / "取出.jpg"
    cli("photo", "save", str(photo["id"]), "-o", str(out))
    assert out.read_bytes() == (room / "前.jpg").read_bytes()
    assert cli.json("verify")["photos"] == 1
    [original] = kept(cli)
    original.write_bytes(photograph(7))
    assert "被改动过" in cli("verify", code=3).stdout
    assert "被改动过" in cli.refused("photo", "save", str(photo["id"]), "-o", str(out), code=3)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "砚2025-002", "后.jpg"), 4, "要写成“阶段=文件”"),
        (("add", "砚2025-002", "昨天=后.jpg"), 4, "没有阶段“昨天”"),
        (("list", "砚2025-099"), 2, "没有问题砚2025-099"),
        (("list", "甲", "--of", "patrol"), 4, "应是一个整数"),
        (("list", "甲", "--of", "paper"), 2, "没有文书甲"),
        (("list", "甲", "--of", "patch"), 2, "没有图斑甲"),
        (("list", "1", "--of", "river"), 4, "--of 没有“river”"),
        (("remove", "99"), 2, "没有这个附件"),
        (("save", "99", "-o", "x.jpg"), 2, "没有这个附件"),
    ],
)
def test_bad_words_are_refused(cli: Cli, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in cli.refused("photo", *words, code=code)
