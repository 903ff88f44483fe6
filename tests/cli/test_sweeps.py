"""sweep, zero and undo --redo on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sets


def test_a_sweep_from_the_question_to_the_table(cli: Cli, tmp_path: Path) -> None:
    made = cli.json("sweep", "ask", "砚2025-001", *sets(scope="逐村", due_on="2025-04-08"))
    assert (made["id"], made["asked"], made["due_on"]) == (1, 2, "2025-04-08")
    assert made["sentence"] == "就问题砚2025-001逐村举一反三，共2个村"
    assert made["question"].startswith("请全面排查本村河湖有无“乱扔乱堆生活垃圾”类问题")
    cli("sweep", "answer", "1", "上溪村", *sets(answerer="钱树", words="没有"))
    found = cli.json(
        "sweep", "found", "1", "柳塘村", *sets(reach="柳塘河", description="桥下有垃圾", volume_m3="3")
    )
    assert found["sentence"] == "举一反三：柳塘村发现同类问题，登记为砚2025-004"
    shown = cli.json("sweep", "show", "1")
    assert (shown["asked"], shown["none"], shown["found"], shown["unanswered"]) == (2, 1, 1, 0)
    assert [(row["place"], row["reply"], row["found_number"]) for row in shown["answers"]] == [
        ("上溪村", "none", None),
        ("柳塘村", "found", "砚2025-004"),
    ]
    assert "已查无此类问题" in cli("sweep", "show", "1").stdout
    for name in ("表.xlsx", "表.json"):
        cli("sweep", "show", "1", "-o", str(tmp_path / name))
    assert json.loads((tmp_path / "表.json").read_text("utf-8"))["answers"] == shown["answers"]
    assert (tmp_path / "表.xlsx").stat().st_size > 1000
    assert cli.json("sweep", "list")["count"] == 1
    assert cli.json("sweep", "list", "--unanswered")["count"] == 0


def test_all_that_is_open_answered_at_once_and_corrected(cli: Cli) -> None:
    cli("sweep", "ask", "砚2025-002", *sets(scope="逐河段", asked_on="2025-03-10", due_on="2025-03-20"))
    assert cli.json("sweep", "list", "--overdue")["count"] == 1
    cli("sweep", "answer", "1")
    assert "已经答齐" in cli.refused("sweep", "answer", "1", code=4)
    assert "已经答复过" in cli.refused("sweep", "answer", "1", "上溪")
    cli("sweep", "answer", "1", "上溪", *sets(reply="不涉及", corrects="是"))
    assert "没有答复单位" in cli.refused("sweep", "answer", "1", "石桥")
    assert "请登记发现的问题" in cli.refused(
        "sweep", "answer", "1", "上溪", *sets(reply="found", corrects="是")
    )
    cli("sweep", "void", "1", *sets(words="布置重复"))
    assert cli.json("sweep", "list")["count"] == 0
    assert cli.json("sweep", "list", "--voided")["rows"][0]["progress"] == "已作废"
    assert "没有举一反三 9" in cli.refused("sweep", "show", "9")


def test_zero_reports_of_a_month(cli: Cli, tmp_path: Path) -> None:
    assert "不能签报零报告" in cli.refused("zero", "sign", "2025-03", "柳塘村", *sets(signer="赵春"))
    done = cli.json("zero", "sign", "2025-02", "柳塘村", "上溪村", *sets(words="签字表已收"))
    assert done["sentence"] == "柳塘村、上溪村签报2025年2月零报告"
    month = cli.json("zero", "month", "2025-02")
    assert (month["signed"], month["missing"], month["found"], month["contradicted"]) == (2, 0, 0, 0)
    assert [row["signer"] for row in month["villages"]] == ["钱树", "赵春"]
    cli("zero", "void", "2025-02", "上溪村", *sets(words="签错"))
    assert "没有2025年2月的零报告" in cli.refused("zero", "void", "2025-02", "上溪村", *sets(words="签错"))
    assert "未报 1" in cli("zero", "month", "2025-02").stdout
    cli("zero", "month", "2025-02", "-o", str(tmp_path / "零.xlsx"))
    assert (tmp_path / "零.xlsx").stat().st_size > 1000
    reported = cli.json("report", "monthly", "2025-02")["zero_reports"]
    assert (reported["signed"], reported["missing"]) == (1, 1)
    assert cli.json("report", "monthly", "2025-03")["zero_reports"]["found"] == 2


def test_a_later_find_does_not_fit_the_report(cli: Cli) -> None:
    cli("zero", "sign", "2025-02", "柳塘村")
    cli(
        "problem",
        "add",
        *sets(
            found_on="2025-02-27",
            source="群众投诉",
            village="柳塘村",
            reach="柳塘河",
            category="乱扔乱堆生活垃圾",
            description="桥下有垃圾",
            volume_m3="3",
        ),
    )
    month = cli.json("zero", "month", "2025-02")
    assert month["contradicted"] == 1
    village = next(row for row in month["villages"] if row["village"] == "柳塘村")
    assert (village["state"], village["numbers"]) == ("contradicted", ["砚2025-004"])


@pytest.mark.parametrize("month", ["2025-13", "三月", "2025"])
def test_what_is_no_month(cli: Cli, month: str) -> None:
    assert "不是月份" in cli.refused("zero", "month", month, code=4)


def test_what_was_taken_back_is_brought_back(cli: Cli) -> None:
    cli("sweep", "ask", "砚2025-001")
    assert cli("undo").stdout == "撤销：就问题砚2025-001逐村举一反三，共2个村。\n"
    assert cli.json("sweep", "list")["count"] == 0
    assert cli("undo", "--redo").stdout == "恢复：就问题砚2025-001逐村举一反三，共2个村。\n"
    assert cli.json("sweep", "list")["count"] == 1
    assert "没有可以恢复的撤销" in cli.refused("undo", "--redo")
    assert "只写一个" in cli.refused("undo", "--redo", "--act", "3", code=4)
    assert cli.json("verify", "--replay")["whole"]
