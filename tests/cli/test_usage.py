from __future__ import annotations

import pytest

from tests.cli.conftest import Cli

CASES = {
    "no such command": (["foo"], "没有命令“foo”，可用的有：new、"),
    "no such command of a noun": (["problem", "foo"], "没有命令“foo”，可用的有：add、"),
    "a noun alone": (["problem"], "请写出要做什么：add、"),
    "no such option": (["problem", "show", "砚2025-001", "--foo"], "没有选项 --foo。"),
    "a near option": (["problem", "show", "砚2025-001", "--jsn"], "没有选项 --jsn，是不是 --json。"),
    "missing argument": (["problem", "show"], "缺少编号（"),
    "missing option": (["new", "x"], "缺少选项 --office（"),
    "too many arguments": (["problem", "show", "砚2025-001", "b"], "命令后面多出了“b”。"),
    "option without value": (["list", "ledger", "--sort"], "选项 --sort 的写法不对"),
    "flag with value": (["problem", "show", "砚2025-001", "--json=1"], "选项 --json 的写法不对"),
    "not a number": (["patrol", "show", "x"], "编号填得不对（巡河记录的编号，是一个整数）。"),
    "option not a number": (["undo", "--act", "x"], "选项 --act 的值填得不对（"),
    "set without =": (["problem", "add", "--set", "found_on"], "--set 的“found_on”要写成“项=值”。"),
    "set twice": (["problem", "add", "--set", "a=1", "--set", "a=2"], "--set 的“a”写了两次。"),
    "set nested and plain": (
        ["problem", "do", "砚2025-001", "submit", "--set", "work=1", "--set", "work.rubbish=2"],
        "--set 的“work”和“work.rubbish”不能同时写。",
    ),
    "unknown action": (
        ["problem", "do", "砚2025-001", "foo"],
        "没有动作“foo”，可用的有：register 登记、verify",
    ),
    "unknown list": (["list", "foo"], "没有清单“foo”，可用的有：issue、"),
    "unknown filter": (["list", "ledger", "--filter", "foo=1"], "--filter 没有“foo”这一项，可用的有：text、"),
    "unknown sort key": (["list", "ledger", "--sort", "foo"], "不能按“foo”排序，可用的有：number、"),
    "unknown kind of file": (["list", "ledger", "-o", "x.txt"], "-o 的文件名请以 .json、"),
    "bad month": (["report", "monthly", "2025-13"], "“2025-13”不是月份，请写成 2025-03 的样子。"),
    "no month": (["report", "monthly"], "请写出月份，例如 2025-03"),
    "half a span": (["report", "duty", "--from", "2025-03-01"], "--from 和 --to 要一起写。"),
    "month and span": (
        ["report", "monthly", "2025-03", "--from", "2025-03-01", "--to", "2025-03-31"],
        "月份和 --from、--to 只写一种。",
    ),
    "span upside down": (
        ["report", "duty", "--from", "2025-03-31", "--to", "2025-03-01"],
        "--to 的日期早于 --from，请核对。",
    ),
    "a month at the end of the calendar": (["report", "monthly", "9999-12"], "“9999-12”不是月份"),
    "a day at the end of the calendar": (
        ["report", "monthly", "--from", "2025-03-01", "--to", "9999-12-31"],
        "--to 的“9999-12-31”年份不对，请写 1900 到 2199 年之间的日期。",
    ),
    "a span at the end of the calendar": (
        ["list", "patrols", "--filter", "date=..9999-12-31"],
        "--filter 的“date=9999-12-31”不是日期",
    ),
    "bad day": (["report", "duty", "--from", "3月1日", "--to", "2025-03-31"], "--from 的“3月1日”不是日期"),
    "unknown number of the report": (
        ["report", "rows", "2025-03", "foo"],
        "没有数字“foo”，可用的有：opening、",
    ),
    "two undos": (["undo", "--act", "1", "--batch", "1"], "--batch、--act 和 --redo 只写一个。"),
    "nothing to find": (["search", " "], "请写出要找的文字。"),
    "name and id": (
        ["problem", "add", "--set", "village=柳塘村", "--set", "village_id=2"],
        "“village”和“village_id”只要写一个。",
    ),
    "a number too big": (["patrol", "show", "9" * 25], "编号填得不对"),
    "bytes that are no text": (["search", "\udcff柳塘"], "“?柳塘”里有读不出的字符"),
    "check without a number": (["patrol", "add", "--set", "check.x=1"], "巡查项目要写成 check.3=情况"),
    "bad year": (["calendar", "show", "25年"], "“25年”不是年份，请写成 2025 的样子。"),
    "bad JSON of a setting": (["settings", "set", "calendar_years=["], "“[”不是 JSON"),
}


@pytest.mark.parametrize(("words", "sentence"), CASES.values(), ids=CASES.keys())
def test_bad_usage_is_said_in_one_sentence(cli: Cli, words: list[str], sentence: str) -> None:
    said = cli.refused(*words, code=4)
    assert said.startswith(sentence), said
    assert len(said.splitlines()) <= 2


def test_usage_faults_point_to_the_help(cli: Cli) -> None:
    assert cli.refused("problem", "show", code=4).endswith("用法说明：river-chief problem show --help")


@pytest.mark.parametrize("day", ["2025-13-01", "31.3.2025", "x"])
def test_a_wrong_today_is_bad_usage(cli: Cli, day: str) -> None:
    result = cli("verify", code=4, today=day)
    assert result.stderr == f"--today 的“{day}”不是日期，请写成 2025-03-05 的样子。\n"


def test_bad_usage_changes_nothing(cli: Cli) -> None:
    before = cli.json("verify")["acts"]
    cli.refused("problem", "do", "砚2025-003", "foo", code=4)
    assert cli.json("verify")["acts"] == before
