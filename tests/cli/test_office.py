from __future__ import annotations

import json

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
