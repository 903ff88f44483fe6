from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sets

STOCK = ("opening", "found", "relapsed", "closed", "unfounded", "handed_over", "merged", "voided", "ending")


def test_the_month_balances_and_agrees_with_the_ledger(cli: Cli) -> None:
    report = cli.json("report", "monthly", "2025-03")
    stock = report["stock"]
    assert set(stock) == set(STOCK)
    out = sum(stock[key] for key in ("closed", "unfounded", "handed_over", "merged", "voided"))
    assert stock["ending"] == stock["opening"] + stock["found"] + stock["relapsed"] - out
    rows = cli.json("list", "ledger")["rows"]
    assert stock["found"] == sum(row["rounds"][0]["opened_on"] >= "2025-03-01" for row in rows) == 3
    assert stock["ending"] == sum(row["rounds"][-1]["exit"] is None for row in rows) == 2
    assert (report["from"], report["to"], report["closed"]) == ("2025-03-01", "2025-03-31", False)
    rate = next(item for item in report["rates"] if item["key"] == "closing_rate_cumulative")
    assert (rate["numerator"], rate["denominator"], rate["text"]) == (1, 3, "33.3%")
    assert [item["village"] for item in report["by_village"]] == ["上溪村", "柳塘村"]
    assert [item["number"] for item in report["overdue"]] == ["砚2025-002"]


def test_days_of_one_s_own(cli: Cli) -> None:
    report = cli.json("report", "monthly", "--from", "2025-03-05", "--to", "2025-03-20")
    assert (report["from"], report["to"]) == ("2025-03-05", "2025-03-20")
    assert (report["stock"]["opening"], report["stock"]["found"]) == (2, 0)


def test_the_month_for_a_person(cli: Cli) -> None:
    text = cli("report", "monthly", "2025-03").stdout
    for part in ("砚溪镇河长制办公室 2025-03-01 至 2025-03-31", "期初 0，新增 3，反弹 0，销号 1", "期末 2"):
        assert part in text
    assert "整改销号率：33.3%（1/3）" in text
    assert "逾期：砚2025-002" in text
    assert "与上月（2025年2月）比：新增 3（0，—）" in text
    assert "本年累计：新增 3，反弹 0，销号 1" in text
    assert "历年累计：新增 3，反弹 0，销号 1" in text
    heads = next(line for line in text.splitlines() if line.startswith("村\t期初")).split("\t")
    assert heads[9:] == [
        *("整改销号率", "整改完成率（累计）", "本月整改率", "按期整改率", "逾期率"),
        *("排名", "位次变化", "红黄绿"),
    ]
    liu = next(line for line in text.splitlines() if line.startswith("柳塘村\t")).split("\t")
    assert (liu[9], liu[-3:]) == ("50.0%", ["1", "新", "■ 红"])
    cli("settings", "set", 'shown_rates=["overdue_rate", "on_time_rate"]')
    assert "\t逾期\t逾期率\t按期整改率\t排名" in cli("report", "monthly", "2025-03").stdout
    running = cli("report", "monthly", "2025-03", today="2025-03-15").stdout
    assert "统计到 2025-03-15" in running


def test_a_month_to_come_is_refused(cli: Cli) -> None:
    for words in (
        ["report", "monthly", "2025-04"],
        ["report", "duty", "2025-04"],
        ["report", "duty", "--from", "2025-04-01", "--to", "2025-04-02"],
        ["report", "rows", "2025-04", "found"],
        ["list", "ledger", "--filter", "month=2025-04"],
    ):
        assert "2025-04-01 开始，现在还没有到" in cli.refused(*words)


def test_the_report_as_a_file(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "月报.json"
    result = cli("report", "monthly", "2025-03", "-o", str(out))
    assert (result.stdout, result.stderr) == ("", f"月报已写入 {out}。\n")
    assert json.loads(out.read_text("utf-8")) == cli.json("report", "monthly", "2025-03")


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pdf"])
def test_the_report_as_a_paper(cli: Cli, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"月报{suffix}"
    assert cli.json("report", "monthly", "2025-03", "-o", str(out)) == {"file": str(out)}
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


def test_the_rows_behind_a_number(cli: Cli) -> None:
    report = cli.json("report", "monthly", "2025-03")
    for key in STOCK:
        assert cli.json("report", "rows", "2025-03", key)["count"] == report["stock"][key]
    for rate in report["rates"]:
        for part in ("numerator", "denominator"):
            behind = cli.json("report", "rows", "2025-03", f"{rate['key']}.{part}")
            assert behind["count"] == rate[part]
    here = cli.json("report", "rows", "2025-03", "found", "--village", "柳塘村")
    assert [row["number"] for row in here["rows"]] == ["砚2025-001", "砚2025-003"]
    assert cli("report", "rows", "2025-03", "found").stdout.endswith("共 3 个问题\n")


def test_patrol_duty(cli: Cli) -> None:
    duty = cli.json("report", "duty", "2025-03")
    level = duty["by_level"][0]
    assert (level["level"], level["chiefs"], level["done"]) == ("village", 2, 1)
    assert level["compliant"] <= level["owed"]
    assert duty == cli.json("report", "monthly", "2025-03")["patrols"]
    cli(
        "patrol",
        "add",
        *sets(chief="钱树", reaches="上溪", started_at="2025-03-07 09:00", minutes="40", km="2"),
    )
    assert cli.json("report", "duty", "2025-03")["total"]["done"] == 2
    assert "上溪村钱树 上溪 还欠 " in cli("report", "duty", "2025-03").stdout
