"""saved: reports kept, shown, run, changed and retired by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Cli

UNITS = ("saved", "save", "单位统计", "--by", "责任单位", "--columns", "新增、销号、on_time_rate")


def test_a_report_is_saved_by_names_and_run_for_any_month(cli: Cli) -> None:
    assert cli(*UNITS, "--filter", "group=乱堆", "--sort", "-新增").stdout.startswith(
        "保存自定义报表“单位统计”"
    )
    assert "每次要选定统计期" in cli.refused("saved", "run", "单位统计", code=4)
    found = cli.json("saved", "run", "单位统计", "--month", "2025-03")
    assert (found["from"], found["to"], found["adds_up"]) == ("2025-03-01", "2025-03-31", True)
    assert found["definition"] == {
        "form": 1,
        "by": ["unit"],
        "columns": ["found", "closed", "on_time_rate"],
        "conditions": {"groups": ["LD"]},
        "sort": "found",
        "descending": True,
    }
    assert [(line["names"], line["figures"]["found"]) for line in found["lines"]] == [
        ({"unit": "柳塘村"}, 1),
        ({"unit": "未填"}, 1),
    ]
    assert (found["total"]["found"], found["total"]["closed"]) == (2, 1)
    assert found["total"]["on_time_rate"]["numerator"] <= found["total"]["on_time_rate"]["denominator"]
    text = cli("saved", "run", "单位统计", "--from", "2025-02-01", "--to", "2025-03-31").stdout
    assert "单位统计 2025-02-01 至 2025-03-31" in text
    assert "责任单位\t新增\t销号\t按期整改率" in text


def test_its_own_days_are_reckoned_from_the_month(cli: Cli) -> None:
    cli(*UNITS, "--span", "本年累计", "--days", "registered")
    assert cli.json("saved", "run", "单位统计")["from"] == "2025-01-01"
    year = cli.json("saved", "run", "单位统计", "--month", "2024-06")
    assert (year["from"], year["to"]) == ("2024-01-01", "2024-06-30")
    quarter = cli.json("saved", "run", "单位统计", "--month", "2025Q1")
    assert (quarter["from"], quarter["to"]) == ("2025-01-01", "2025-03-31")


def test_the_rows_behind_a_number(cli: Cli) -> None:
    cli(*UNITS, "--span", "本月")
    behind = cli.json("saved", "rows", "单位统计", "found", "--line", "柳塘村")
    assert (behind["count"], [row["number"] for row in behind["rows"]]) == (1, ["砚2025-001"])
    assert cli.json("saved", "rows", "单位统计", "found")["count"] == 3
    assert cli.json("saved", "rows", "单位统计", "on_time_rate", "--line", "柳塘村")["count"] == 1
    assert "没有“下溪村”这一行" in cli.refused(
        "saved", "rows", "单位统计", "found", "--line", "下溪村", code=4
    )
    assert "没有数字“due”" in cli.refused("saved", "rows", "单位统计", "due", code=4)


def test_a_list_is_written_to_files(cli: Cli, tmp_path: Path) -> None:
    words = (
        "saved",
        "save",
        "在账明细",
        "--list",
        "--columns",
        "问题编号、所在村、deadline",
        "--by",
        "village",
    )
    cli(*words, "--days", "stock", "--span", "本月", "--filter", "state=整改中、待核实")
    found = cli.json("saved", "run", "在账明细")
    assert found["count"] == 2
    assert [(group["names"]["village"], group["count"]) for group in found["groups"]] == [
        ("上溪村", 1),
        ("柳塘村", 1),
    ]
    for suffix in (".json", ".xlsx", ".docx", ".pdf"):
        out = tmp_path / f"明细{suffix}"
        assert cli("saved", "run", "在账明细", "-o", str(out)).stdout == ""
        assert out.stat().st_size > 100
    assert json.loads((tmp_path / "明细.json").read_text("utf-8")) == found
    sheet = load_workbook(tmp_path / "明细.xlsx").active
    assert sheet is not None
    assert any("上溪村（1个问题）" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "明细表" in cli.refused("saved", "rows", "在账明细", "number", code=4)


def test_patrols_are_reported_too(cli: Cli) -> None:
    words = (
        "saved",
        "save",
        "巡河",
        "--patrols",
        "--by",
        "walker",
        "--columns",
        "logs、with_finding、finding_rate",
    )
    cli(*words, "--span", "this_year", "--filter", "level=village")
    found = cli.json("saved", "run", "巡河")
    assert [(line["names"]["walker"], line["figures"]["logs"]) for line in found["lines"]] == [
        ("钱树", 1),
        ("赵春", 1),
    ]
    behind = cli.json("saved", "rows", "巡河", "finding_rate.numerator", "--line", "赵春")
    assert behind["count"] == 1
    assert "日期由统计期定" in cli.refused(*words, "--filter", "date=2025-03", code=4)


def test_a_name_is_taken_once_and_can_be_replaced(cli: Cli) -> None:
    cli(*UNITS)
    assert cli.refused(*UNITS) == "自定义报表“单位统计”已经有了；请换一个名称（name）"
    assert (
        "修改自定义报表“单位统计”"
        in cli(*UNITS, "--set", "note=每月打印", "--set", "upright=竖", "--replace").stdout
    )
    kept = cli.json("saved", "list")["reports"][0]
    assert (kept["note"], kept["definition"]["upright"], kept["version"]) == ("每月打印", True, 2)
    assert "改名为“月度”" in cli("saved", "rename", "单位统计", "月度").stdout
    cli("saved", "retire", "月度")
    assert cli.json("saved", "list")["count"] == 0
    assert cli.json("saved", "list", "--all")["count"] == 1
    cli("saved", "reuse", "月度")
    shown = cli("saved", "show", "月度").stdout
    assert "样式：问题统计表" in shown
    assert "列：新增、销号、按期整改率" in shown
    cli("undo")
    assert cli.json("saved", "list")["count"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "luck", "--columns", "found"), 4, "--by 没有“luck”，可选：village（所在村）"),
        (("--by", "unit", "--columns", "brief"), 4, "--columns 没有“brief”这一列"),
        (("--by", "unit", "--columns", "found", "--sort", "due"), 2, "只能按列出的列排序"),
        (("--columns", "found"), 2, "统计表至少要选一级分组"),
        (("--by", "unit"), 2, "列至少要有 1 项"),
        (("--by", "unit", "--columns", "found", "--span", "固定日期"), 2, "固定日期要填开始日期和结束日期"),
        (("--by", "unit", "--columns", "found", "--set", "colour=red"), 4, "--set 没有“colour”这一项"),
        (("--by", "unit", "--columns", "found", "--filter", "month=2025-03"), 4, "月份用 --span 定"),
        (("--by", "unit", "--columns", "found", "--filter", "number=砚2025-001"), 2, "不能存为报表"),
        (("--by", "unit", "--columns", "found", "--filter", "chief=无此人"), 2, "没有人员“无此人”"),
    ],
)
def test_what_can_not_be_saved_says_why(cli: Cli, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in cli.refused("saved", "save", "试", *words, code=code)
    assert cli.json("saved", "list", "--all")["count"] == 0


def test_a_report_that_is_not_there(cli: Cli) -> None:
    assert "没有自定义报表“月度”，还没有保存过报表" in cli.refused("saved", "run", "月度")
    cli(*UNITS)
    assert "已保存的有：单位统计" in cli.refused("saved", "retire", "月度")


def test_conditions_of_the_day_and_of_chiefs(cli: Cli) -> None:
    cli(*UNITS, "--span", "本月", "--filter", "overdue=yes", "--filter", "chief=钱树")
    found = cli.json("saved", "run", "单位统计")
    assert [line["names"]["unit"] for line in found["lines"]] == ["上溪村"]
    cli(
        "saved",
        "save",
        "临期",
        "--by",
        "unit",
        "--columns",
        "problems",
        "--filter",
        "due_soon=yes",
        "--span",
        "本月",
    )
    assert cli.json("saved", "run", "临期")["definition"]["conditions"] == {"due_soon": True}
