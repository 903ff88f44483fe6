from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from river_chief.cli import app
from river_chief.storage.keys import KeyRing
from tests.cli.conftest import Cli, sets

SECRET = "yanxi-2025-ok"


def run(*words: str, code: int = 0, password: str | None = None) -> Result:
    result = CliRunner().invoke(app, [*words], env={"RIVER_CHIEF_PASSWORD": password})
    assert result.exit_code == code, (result.stderr, result.stdout)
    return result


def test_a_new_open_ledger_is_the_one_used_from_then_on(tmp_path: Path) -> None:
    made = run("new", str(tmp_path / "台账"), "--office", "砚溪镇", "--area", "990121103", "--open", "--json")
    document: dict[str, Any] = json.loads(made.stdout)
    assert (document["office"], document["recovery_code"]) == ("砚溪镇", "")
    shown = json.loads(run("settings", "show", "--json").stdout)
    assert (shown["office_name"], shown["short"], shown["area_code"]) == (
        "砚溪镇河长制办公室",
        "砚",
        "990121103",
    )
    assert sorted(path.name for path in (tmp_path / "台账").iterdir() if path.is_file()) == [
        "keys.json",
        "ledger.db",
    ]


def test_a_new_ledger_with_a_password(tmp_path: Path) -> None:
    folder = str(tmp_path / "l")
    made = run("--as", "李海", "new", folder, "--office", "砚溪镇", password=SECRET)
    code = made.stdout.strip().rpartition("：")[2]
    assert [slot.user for slot in KeyRing.load(tmp_path / "l").slots] == ["李海", ""]
    for secret in (SECRET, code):
        assert json.loads(run("verify", "--json", password=secret).stdout)["whole"]
    assert "口令 李海\n恢复码" in run("users", password=SECRET).stdout
    assert run("verify", code=2, password="wrong-password-1").stderr.startswith("口令不正确")
    assert run("verify", code=2).stderr.startswith("这个台账要口令：请用 --password-file")
    assert run("--as", "王文", "verify", code=2, password=SECRET).stderr.startswith(
        "口令是“李海”的，不能以“王文”"
    )


def test_the_password_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "口令.txt"
    file.write_text(f"{SECRET}\r\n", encoding="utf-8-sig")
    run("--password-file", str(file), "new", str(tmp_path / "l"), "--office", "砚溪镇")
    run("verify", password=SECRET)
    run("--password-file", str(file), "verify")
    missing = run("--password-file", str(tmp_path / "x"), "verify", code=3)
    assert missing.stderr == f"找不到口令文件“{tmp_path / 'x'}”，请核对路径。\n"
    file.write_bytes(b"\xff\xfe\x00")
    assert run("--password-file", str(file), "verify", code=3).stderr.startswith("读不出口令文件")


@pytest.mark.parametrize(
    ("words", "password", "code", "sentence"),
    [
        (["--office", "砚溪镇"], None, 4, "请用 --password-file 或环境变量 RIVER_CHIEF_PASSWORD 给出口令"),
        (["--office", "砚溪镇"], "short", 2, "口令至少 10 位"),
        (["--office", "砚溪镇", "--area", "12", "--open"], None, 2, "行政区代码“12”"),
        (["--office", " ", "--open"], None, 2, "请填写乡镇名称"),
    ],
)
def test_a_ledger_that_can_not_be_made_leaves_nothing(
    tmp_path: Path, words: list[str], password: str | None, code: int, sentence: str
) -> None:
    said = run("new", str(tmp_path / "l"), *words, code=code, password=password).stderr
    assert said.splitlines()[-1].startswith(sentence)
    assert not (tmp_path / "l").exists()


def test_a_ledger_is_not_made_twice(cli: Cli) -> None:
    assert "已经有一个台账" in cli.refused("new", str(cli.ledger), "--office", "砚溪镇", "--open")
    assert cli.json("list", "ledger")["count"] == 3


def test_no_ledger_was_ever_opened() -> None:
    assert run("verify", code=4).stderr.startswith("还没有打开过台账：请用 --ledger")


def test_undo_of_the_last_act_and_of_one_by_its_number(cli: Cli) -> None:
    cli("problem", "do", "砚2025-003", "verify", *sets(severity="一般"))
    cli("problem", "do", "砚2025-003", "assign", *sets(unit="柳塘村"))
    acts = {item["verb"]: item["id"] for item in cli.json("problem", "history", "砚2025-003")["acts"]}
    said = cli.refused("undo", "--act", str(acts["verifying.verify"]))
    assert said.startswith("不能撤销：问题砚2025-003之后又有改动，见“砚2025-003交办给柳塘村")
    done = cli.json("undo")
    assert done["sentence"].startswith("撤销：砚2025-003交办")
    assert {"ledger": "problem", "id": 3} in done["touched"]
    assert cli("undo", "--act", str(acts["verifying.verify"])).stdout == "撤销：砚2025-003核实属实，一般。\n"
    assert cli.json("problem", "show", "砚2025-003")["state"] == "to_verify"
    assert cli.refused("undo", "--act", "9999") == "日志里没有这一步操作，请刷新后重试。"
    assert "--act 的值填得不对" in cli.refused("undo", "--act", "9" * 25, code=4)
    assert cli.refused("undo", "--batch", "7") == "没有这个批次，请核对批次号。"
    assert cli.json("verify", "--replay")["whole"]


def test_search(cli: Cli) -> None:
    found = cli.json("search", "上溪")
    assert {key: found[key]["count"] for key in ("problems", "reaches", "waters", "chiefs")} == {
        "problems": 1,
        "reaches": 1,
        "waters": 1,
        "chiefs": 1,
    }
    assert found["problems"]["rows"][0]["number"] == "砚2025-002"
    assert "问题 1 条" in cli("search", "棚房 上溪").stdout
    assert cli("search", "北河").stdout == "没有找到“北河”。\n"


def test_verify(cli: Cli) -> None:
    found = cli.json("verify", "--replay")
    assert (found["whole"], found["replayed"], found["faults"]) == (True, True, [])
    assert found["acts"] > 20
    assert cli("verify").stdout.startswith("台账完好：日志 ")
    assert cli.json("verify", "--anchor", found["head"][:16])["whole"]
    wrong = cli("verify", "--anchor", "0123456789abcdef", "--json", code=3)
    assert not json.loads(wrong.stdout)["whole"]
    assert wrong.stderr.startswith("台账有 1 处问题")


def test_a_folder_that_is_no_ledger(cli: Cli, tmp_path: Path) -> None:
    nothing = Cli(tmp_path / "没有")
    assert "不是台账文件夹" in nothing.refused("verify", code=3)
    (cli.ledger / "ledger.db").unlink()
    assert "没有 ledger.db" in cli.refused("verify", code=3)


def test_a_moved_ledger_opens_where_it_lies_now(cli: Cli, tmp_path: Path) -> None:
    cli("problem", "do", "砚2025-003", "verify", *sets(severity="一般"))
    moved = Cli(cli.ledger.rename(tmp_path / "U盘 '100%'"))
    assert moved.json("verify", "--replay")["whole"]
    assert "不是台账文件夹" in cli.refused("verify", code=3)


def test_a_new_ledger_takes_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    said = run("new", str(tmp_path / "空"), "--office", "砚溪镇", code=2, password="short").stderr
    assert said.startswith("口令至少 10 位")
    assert list((tmp_path / "空").iterdir()) == []
    run("new", str(tmp_path / "空"), "--office", "砚溪镇", "--open")
    (tmp_path / "满").mkdir()
    (tmp_path / "满/照片.txt").write_text("x")
    said = run("new", str(tmp_path / "满"), "--office", "砚溪镇", "--open", code=2).stderr
    assert said.endswith("里已经有别的文件，请另选或新建一个空文件夹。\n")
    assert [path.name for path in (tmp_path / "满").iterdir()] == ["照片.txt"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"format": 1, "site": 5, "slots": []}',
        '{"format": "1"}',
        '{"format": 1, "site": "%(site)s", "slots": [{"kind": "open", "wrapped": "&&"}]}',
        '{"format": 1, "site": "%(site)s", "slots": [{"kind": "open", "wrapped": "AAAA"}]}',
        '{"format": 1, "site": "%(site)s", "slots": [{"kind": "password", "user": "x"}]}',
        '{"format": 1, "site": "%(site)s", "slots": ["x"]}',
    ],
)
def test_a_damaged_keys_file_is_told(cli: Cli, content: str) -> None:
    (cli.ledger / "keys.json").write_text(content % {"site": KeyRing.load(cli.ledger).site}, "utf-8")
    assert cli.refused("verify", code=3).endswith("keys.json”已损坏，请从备份中恢复这个文件。")


def test_a_damaged_ledger_is_the_environment_s_fault(cli: Cli) -> None:
    path = cli.ledger / "ledger.db"
    path.write_bytes(b"x" * path.stat().st_size)
    assert cli.refused("verify", code=3)


def test_a_plain_database_is_not_taken_for_a_ledger(cli: Cli) -> None:
    path = cli.ledger / "ledger.db"
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert "无法解密" in cli.refused("verify", code=3)
