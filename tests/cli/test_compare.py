from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_the_four_comparisons_of_a_month(cli: Cli) -> None:
    report = cli.json("report", "compare", "2025-03")
    assert (report["from"], report["to"], report["period"]) == ("2025-03-01", "2025-03-31", "2025年3月")
    assert [each["name"] for each in report["comparisons"]] == [
        "问题比数量",
        "检查比质量",
        "整改比速度",
        "成效比高度",
    ]
    assert [each["leading"] for each in report["comparisons"]] == [
        "own_found",
        "compliance",
        "on_time_rate",
        "closing_rate_cumulative",
    ]
    monthly = cli.json("report", "monthly", "2025-03")
    lines = {line["village_id"]: line for line in monthly["by_village"]}
    for each in report["villages"]:
        line = lines[each["village_id"]]
        place, rate = each["places"]["effect"], line["rates"]["closing_rate_cumulative"]
        assert each["figures"]["closing_rate_cumulative"] == rate
        for key in ("rank", "rank_before", "rank_change", "light"):
            assert place[key] == line[key]
        assert each["figures"]["ending"]["value"] == line["ending"]
    assert report["total"]["found"]["value"] == sum(
        each["figures"]["found"]["value"] for each in report["villages"]
    )


def test_the_four_comparisons_for_a_person(cli: Cli) -> None:
    text = cli("report", "compare", "2025-03").stdout
    assert "砚溪镇河长制办公室 2025年3月 四比" in text
    assert "整改比速度（看按期整改率，位次与上月比）" in text
    assert "村\t累计排查\t累计销号\t整改销号率\t反弹率\t期末存量\t存量变化\t位次\t变化\t亮灯" in text
    assert "无任务\t—\t—" in cli("report", "compare", "2025-02").stdout


@pytest.mark.parametrize(
    ("given", "first", "last", "name"),
    [
        (["2025Q1"], "2025-01-01", "2025-03-31", "2025年一季度"),
        (["2025-q1"], "2025-01-01", "2025-03-31", "2025年一季度"),
        (["2025H1"], "2025-01-01", "2025-06-30", "2025年上半年"),
        (["2025"], "2025-01-01", "2025-12-31", "2025年"),
        (["2024H2"], "2024-07-01", "2024-12-31", "2024年下半年"),
        (["--from", "2025-03-05", "--to", "2025-03-20"], "2025-03-05", "2025-03-20", "2025年3月5日至3月20日"),
    ],
)
def test_any_period_is_compared(cli: Cli, given: list[str], first: str, last: str, name: str) -> None:
    report = cli.json("report", "compare", *given)
    assert (report["from"], report["to"], report["period"]) == (first, last, name)
    if not given[0].startswith("--"):
        assert cli.json("report", "monthly", *given)["to"] == last


@pytest.mark.parametrize("period", ["2025Q5", "2025H3", "2025Q0", "2025X1", "25", "0001"])
def test_a_period_nobody_knows(cli: Cli, period: str) -> None:
    assert f"“{period}”不是统计期" in cli.refused("report", "compare", period, code=4)


def test_a_quarter_to_come_is_refused(cli: Cli) -> None:
    assert "还没有到" in cli.refused("report", "compare", "2025Q2")


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf", "json"])
def test_the_comparisons_as_a_file(cli: Cli, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"四比.{form}"
    assert f"四比情况表已写入 {out}。" in cli("report", "compare", "2025Q1", "-o", str(out)).stderr
    assert out.stat().st_size > 1000
    if form == "json":
        assert json.loads(out.read_text("utf-8")) == cli.json("report", "compare", "2025Q1")
    assert "结尾" in cli.refused("report", "compare", "2025Q1", "-o", str(tmp_path / "a.txt"), code=4)
