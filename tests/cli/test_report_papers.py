"""report circular, half-year, year and text."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Cli

LAST = "2025-12-31"


def words_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_the_circular_of_a_month(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "通报.docx"
    made = cli.json("report", "circular", "2025-03", "-o", str(out))
    assert made["title"] == "关于2025年3月河长制工作情况的通报"
    words = words_of(out)
    for part in (
        "各村（社区）：",
        "二、排名情况",
        "四、工作要求",
        "柳塘村（50.0%）",
        "上溪村1个，最长已逾期11天",
    ):
        assert part in words


def test_the_sheet_of_a_village(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "上溪村.docx"
    made = cli.json("report", "circular", "2025-03", "--village", "上溪村", "-o", str(out))
    assert made["title"] == "上溪村2025年3月河长制工作情况"
    numbers = [
        cell.text for table in docx.Document(str(out)).tables for row in table.rows for cell in row.cells
    ]
    assert "砚2025-002" in numbers
    assert "砚2025-001" not in numbers


@pytest.mark.parametrize("text", ["2025-1", "2025上半年", "2025年上半年", "2025-H1"])
def test_the_summary_of_a_half_year(cli: Cli, tmp_path: Path, text: str) -> None:
    out = tmp_path / "小结.docx"
    made = cli.json("report", "half-year", text, "-o", str(out), today=LAST)
    assert made["title"] == "砚溪镇河长制工作半年小结（2025年上半年）"
    assert "上半年新增3个" in words_of(out)


def test_the_summary_of_a_year(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "总结.docx"
    made = cli.json("report", "year", "2025", "-o", str(out), today=LAST)
    assert made["title"] == "砚溪镇河长制工作年终总结（2025年）"
    assert "新增问题最多的是3月（3个）" in words_of(out)


def test_spans_written_wrong(cli: Cli, tmp_path: Path) -> None:
    out = str(tmp_path / "a.pdf")
    assert "不是半年" in cli.refused("report", "half-year", "2025-3", "-o", out, code=4)
    assert "不是年份" in cli.refused("report", "year", "今年", "-o", out, code=4)
    assert "结尾" in cli.refused("report", "circular", "2025-03", "-o", str(tmp_path / "a.txt"), code=4)
    assert "现在还没有到" in cli.refused("report", "year", "2026", "-o", out)


def test_words_are_shown_written_and_restored(cli: Cli, tmp_path: Path) -> None:
    shown = cli.json("report", "text", "monthly", "2025-03")
    assert [part["part"] for part in shown["parts"]] == ["situation", "measures", "lacking", "next"]
    generated = shown["parts"][2]["generated"]
    own = tmp_path / "问题.txt"
    own.write_text("（一）上溪村的问题\n上溪村1个问题逾期12天。", "utf-8")
    part = ("--part", "lacking")
    cli("report", "text", "monthly", "2025-03", *part, "--set", str(own))
    after = cli.json("report", "text", "monthly", "2025-03", *part)["parts"][0]
    assert (after["text"], after["generated"], after["stale"]) == (own.read_text("utf-8"), generated, False)
    assert "逾期12天" in after["own_numbers"][0]
    out = tmp_path / "月报.docx"
    cli("report", "monthly", "2025-03", "-o", str(out))
    assert "（一）上溪村的问题\n上溪村1个问题逾期12天。" in words_of(out)
    cli("report", "text", "monthly", "2025-03", *part, "--restore")
    assert cli.json("report", "text", "monthly", "2025-03", *part)["parts"][0]["written"] is None
    assert "没有改写过" in cli.refused("report", "text", "monthly", "2025-03", *part, "--restore")


def test_written_words_that_the_figures_left_behind_are_marked(cli: Cli, tmp_path: Path) -> None:
    own = tmp_path / "总体.txt"
    own.write_text("本月新增3个问题。", "utf-8")
    cli("report", "text", "circular", "2025-03", "--part", "总体情况", "--set", str(own))
    cli("problem", "do", "砚2025-003", "refute", "--set", "happened_at=2025-03-29", "--set", "words=现场未见")
    said = cli("report", "text", "circular", "2025-03").stdout
    assert "【总体情况】（已改写，统计数字后来有变化）\n本月新增3个问题。" in said
    out = tmp_path / "通报.docx"
    told = cli("report", "circular", "2025-03", "-o", str(out)).stderr
    assert told == "“总体情况”改写之后，统计数字有变化，请在“改写文字”里核对。\n"
    assert "本月新增3个问题。" in words_of(out)
    assert "请在“改写文字”里核对" not in words_of(out)


def test_words_asked_for_wrongly(cli: Cli, tmp_path: Path) -> None:
    text = ("report", "text")
    assert "没有可改写的文字" in cli.refused(*text, "duty", "2025-03")
    assert "不是报告的部分" in cli.refused(*text, "monthly", "2025-03", "--part", "结尾", code=4)
    assert "--part" in cli.refused(*text, "monthly", "2025-03", "--restore", code=4)
    lost = str(tmp_path / "没有.txt")
    assert "找不到文件" in cli.refused(*text, "monthly", "2025-03", "--part", "next", "--set", lost, code=3)
    empty = tmp_path / "空.txt"
    empty.write_text(" \n", "utf-8")
    assert "请填写文字" in cli.refused(*text, "monthly", "2025-03", "--part", "next", "--set", str(empty))
