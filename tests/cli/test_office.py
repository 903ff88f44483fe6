from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_settings_are_shown_and_changed(cli: Cli) -> None:
    assert cli.json("settings", "show")["period_start_day"] == 1
    changed = cli("settings", "set", "period_start_day=26", "calendar_years=[2027]")
    assert changed.stdout == "修改设置：统计月起始日、已录入放假安排的年份。\n"
    shown = cli.json("settings", "show")
    assert (shown["period_start_day"], shown["calendar_years"]) == (26, [2027])
    text = cli("settings", "show").stdout
    for line in ("统计月起始日（period_start_day）：26", "核实与交办合并办理（merge_verify_assign）：否"):
        assert line in text
    cli("settings", "set", "due_soon_days=5", "rate_digits=2")
    shown = cli.json("settings", "show")
    assert (shown["due_soon_days"], shown["rate_digits"]) == (5, 2)


def test_patterns_begin_with_a_brace_and_are_no_json(cli: Cli) -> None:
    kept = cli.json("settings", "show")["problem_pattern"]
    cli("settings", "set", "problem_pattern={年}-{简称}-{序号:4}")
    found = (
        "found_on=2025-03-20 source=Y01 village=柳塘村 reach=柳塘河 category=LD01 description=垃圾".split()
    )
    made = cli.json("problem", "add", *(word for item in found for word in ("--set", item)))
    assert made["number"] == "2025-砚-0004"
    cli("settings", "set", f"problem_pattern={kept}")
    assert "缺少“{年}”" in cli.refused("settings", "set", "problem_pattern={序号}")
    assert "不是 JSON" in cli.refused("settings", "set", "calendar_years=[5", code=4)


def test_settings_that_do_not_fit_are_refused(cli: Cli) -> None:
    assert "没有“foo”这项设置" in cli.refused("settings", "set", "foo=1")
    assert cli.refused("settings", "set", "period_start_day=40").startswith("统计月起始日应不大于 28")


def test_the_month_follows_the_settings(cli: Cli) -> None:
    cli("settings", "set", "period_start_day=26")
    report = cli.json("report", "monthly", "2025-03")
    assert (report["from"], report["to"]) == ("2025-02-26", "2025-03-25")


def test_rules(cli: Cli) -> None:
    document = cli.json("rules")
    assert {"name", "level", "period", "count"} <= set(document["patrol_rules"][0])
    assert {"code": "LD01", "name": "乱扔乱堆生活垃圾", "group": "LD"} in document["categories"]
    assert "LD01 乱扔乱堆生活垃圾" in cli("rules").stdout


def test_a_noun_alone_shows(cli: Cli) -> None:
    for noun in ("settings", "rules", "users", "calendar"):
        assert cli.json(noun) == cli.json(noun, "show")


def test_users(cli: Cli) -> None:
    assert cli.json("users") == {"slots": [{"kind": "open", "user": ""}]}
    assert cli("users").stdout == "不设口令\n"


def test_the_calendar(cli: Cli) -> None:
    document = cli.json("calendar")
    assert (document["year"], document["published"]) == (2025, True)
    assert {"day": "2025-01-26", "working": True, "reason": "春节调休上班"} in document["days"]
    assert "2025-10-01 国庆节" in cli("calendar", "show", "2025").stdout
    far = cli.json("calendar", "show", "2099")
    assert (far["published"], far["days"]) == (False, [])
    assert "只按周末算" in cli("calendar", "show", "2099").stdout
    assert json.loads(cli("calendar", "show", "2024", "--json").stdout)["year"] == 2024


def test_every_table_of_rules_is_shown(cli: Cli) -> None:
    document = cli.json("rules")
    tables = "closing_rule proof_rule deadline_default ladder_step look_back_rule light_rule"
    assert set(tables.split()) <= set(document)
    assert document["grades"]["LZ03"] == "A>=5000:3|A>=1000:2|1"
    row = next(row for row in document["deadline_default"] if row["severity"] == "major")
    assert (row["clock"], row["kind"], row["amount"], row["rolls"]) == ("rectify", "natural_days", 60, True)
    text = cli("rules").stdout
    assert (
        "  环节 整改，起算 交办，严重程度 重大，时限类型 自然日，数量 60，逢休息日顺延 是，备注 默认，可改"
        in text
    )
    assert "LZ03 种植阻碍行洪的高秆作物　建议等级：面积≥5000㎡ 重大；≥1000㎡ 较严重；其余一般" in text


@pytest.mark.parametrize("name", ["时限.xlsx", "时限.csv"])
def test_the_deadline_table_goes_out_and_comes_back(cli: Cli, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    assert cli("rules", "export", "时限", "-o", str(out)).stdout == f"时限 9 条写入“{out}”。\n"
    again = cli("rules", "import", "deadline_default", str(out)).stdout
    assert again == "替换时限表：新增0条、停用0条、不变9条。\n"


def test_a_changed_table_replaces_the_one_before(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "时限.csv"
    cli("rules", "export", "时限", "-o", str(out))
    text = out.read_text("utf-8-sig").replace("整改,交办,一般,,,自然日,7,", "整改,交办,一般,,四乱,工作日,5,")
    out.write_text(text, "utf-8-sig")
    assert cli("rules", "import", "时限", str(out)).stdout == "替换时限表：新增1条、停用1条、不变8条。\n"
    rows = [row for row in cli.json("rules")["deadline_default"] if row["clock"] == "rectify"]
    assert ("working_days", 5) in {(row["kind"], row["amount"]) for row in rows}
    assert [row["amount"] for row in rows if row["severity"] == "minor"] == [5]
    cli("undo")
    rows = cli.json("rules")["deadline_default"]
    assert [row["amount"] for row in rows if row["severity"] == "minor"] == [7]


def test_the_lights_go_out_by_name_and_come_back_changed(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "红黄绿标准.csv"
    assert cli("rules", "export", "light_rule", "-o", str(out)).stdout == f"红黄绿标准 9 条写入“{out}”。\n"
    text = out.read_text("utf-8-sig")
    assert text.startswith("比率,绿,黄,备注\n整改销号率,95,85,")
    assert "  比率 逾期率，绿 5，黄 15，备注 程序默认" in cli("rules").stdout
    out.write_text(text.replace("整改销号率,95,85", "整改销号率,98,90"), "utf-8-sig")
    assert "新增1条、停用1条、不变8条" in cli("rules", "import", "红黄绿标准", str(out)).stdout
    rows = {row["rate_key"]: row for row in cli.json("rules")["light_rule"]}
    assert (rows["closing_rate_cumulative"]["green"], len(rows)) == (98, 9)
    out.write_text(text.replace("逾期率,5,15", "逾期率,15,5"), "utf-8-sig")
    refused = cli.refused("rules", "import", "红黄绿标准", str(out))
    assert "第6行" in refused
    assert "逾期率越低越好，绿的上限要不高于黄的上限" in refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("环节,起算\n整改,交办\n", "第一行缺少“时限类型”"),
        ("环节,起算,时限类型,数量\n整改,交办,自然日,多\n", "第2行：数量“多”应是整数"),
        ("环节,起算,时限类型,数量,固定日期\n整改,交办,固定日期,,\n", "第2行：固定日期的时限要填写日期"),
        ("环节,起算,时限类型,数量,专项\n整改,交办,自然日,7,没有的专项\n", "台账里没有专项“没有的专项”"),
    ],
)
def test_a_table_that_is_refused(cli: Cli, tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "坏.csv"
    file.write_text(text, "utf-8-sig")
    before = cli.json("rules")["deadline_default"]
    assert sentence in cli.refused("rules", "import", "时限", str(file))
    assert cli.json("rules")["deadline_default"] == before


def test_a_table_nobody_knows(cli: Cli, tmp_path: Path) -> None:
    assert "没有“天气”这张规则表" in cli.refused("rules", "export", "天气", "-o", "a.xlsx", code=4)
    assert "以 .xlsx 或 .csv 结尾" in cli.refused("rules", "export", "时限", "-o", "a.doc", code=4)


NOTICE = """元旦：1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
清明节：4月3日（周六）至5日（周一）放假，共3天。"""


def test_a_year_is_taken_in_and_deadlines_reviewed(cli: Cli, tmp_path: Path) -> None:
    cli("problem", "do", "砚2025-003", "verify", today="2026-12-21")
    cli("problem", "do", "砚2025-003", "assign", "--set", "unit=柳塘村", today="2026-12-26")
    (doubt,) = cli.json("calendar", "review")["doubts"]
    assert (doubt["deadline"], doubt["published"]) == ("2027-01-04", False)
    assert "待国务院公布后复核" in doubt["why"]
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, "utf-8")
    done = cli("calendar", "import", "2027", str(notice), today="2026-12-27").stdout
    assert done == "录入2027年放假安排：放假13天、调休上班2天，已录全。\n"
    shown = cli.json("calendar", "show", "2027")
    assert (shown["published"], len(shown["days"])) == (True, 15)
    assert cli("calendar", "review").stdout == "砚2025-003  现时限 2027-01-04  应为 2027-01-04\n"
    sheet = tmp_path / "2027.xlsx"
    cli("calendar", "export", "2027", "-o", str(sheet))
    again = cli("calendar", "import", "2027", str(sheet), "--partial", today="2026-12-27").stdout
    assert again == "录入2027年放假安排：放假13天、调休上班2天。\n"
    assert cli.json("calendar", "show", "2027")["published"] is False
