"""month …: closed, shown, corrected and reopened by command; report monthly of a closed month."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sets

MARCH = "2025-03"
LATE = {
    "found_on": "2025-03-29",
    "happened_at": "2025-03-29",
    "source": "Y01",
    "village": "柳塘村",
    "reach": "柳塘河",
    "category": "LD01",
    "description": "岸坡堆放垃圾",
    "volume_m3": "3",
}
FORMS = (".json", ".pdf", ".docx", ".xlsx")


def printed(cli: Cli, folder: Path, today: str) -> list[bytes]:
    """The month's report in every form."""
    found = []
    for form in FORMS:
        path = folder / f"月报{today}{form}"
        cli("report", "monthly", MARCH, "-o", str(path), today=today)
        found.append(path.read_bytes())
    return found


def test_a_month_is_closed_and_stays(cli: Cli, tmp_path: Path) -> None:
    counted = cli.json("report", "monthly", MARCH)
    assert counted["closed"] is False
    closed = cli.json("report", "monthly", MARCH, "--close")
    assert (closed["closed"], closed["closing"]["edition"], closed["closing"]["closer"]) == (True, 1, "李海")
    assert closed["rates"] == counted["rates"]
    before = printed(cli, tmp_path, "2025-04-02")
    cli("problem", "add", *sets(**LATE), today="2025-04-03")
    assert printed(cli, tmp_path, "2025-05-20") == before

    found = cli.json("report", "monthly", "2025-04", today="2025-04-03")
    (told,) = found["corrections"]
    assert (told["year"], told["month"], told["edition"]) == (2025, 3, 1)
    number = counted["stock"]["found"]
    assert {"key": "found", "name": "新增", "before": number, "after": number + 1, "difference": 1} in told[
        "counts"
    ]
    (problem,) = told["problems"]
    assert problem["acts"][0]["by"] == "李海"
    assert cli.json("month", "corrections", "2025-04", today="2025-04-03")["corrections"] == [told]
    assert cli.json("month", "differences", MARCH, today="2025-04-03")["correction"] == told
    assert problem["number"] in cli("month", "differences", MARCH, today="2025-04-03").stdout
    rows = cli.json("report", "rows", MARCH, "found", today="2025-04-03")
    assert (rows["edition"], rows["count"]) == (1, number)


def test_reopened_and_closed_again(cli: Cli, tmp_path: Path) -> None:
    cli("month", "close", MARCH)
    before = printed(cli, tmp_path, "2025-03-31")
    assert "漏登" in cli("month", "reopen", MARCH, "--reason", "漏登一个问题").stdout
    assert cli.json("report", "monthly", MARCH)["closed"] is False
    cli("problem", "add", *sets(**LATE))
    cli("month", "close", MARCH)
    shown = cli.json("month", "show", MARCH)
    assert (shown["edition"], shown["reason"]) == (2, "漏登一个问题")
    assert [each["key"] for each in shown["differences"]["counts"]].count("found") == 1
    assert {each["table"] for each in shown["rules"]} >= {"setting", "deadline_default", "patrol_rule"}
    rows = cli.json("month", "list")["rows"]
    assert [(each["edition"], each["reopener"]) for each in rows] == [(2, ""), (1, "李海")]
    path = tmp_path / "第1版.pdf"
    cli("report", "monthly", MARCH, "--edition", "1", "-o", str(path))
    assert path.read_bytes() == before[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("month", "close", "2025-04"), "才结束"),
        (("month", "reopen", MARCH, "--reason", "漏登"), "没有月结"),
        (("month", "show", MARCH, "--edition", "2"), "没有第2版"),
        (("report", "monthly", MARCH, "--edition", "1"), "没有第1版"),
        (("month", "show", MARCH), "month list"),
    ],
)
def test_what_can_not_be_done_is_said(cli: Cli, words: tuple[str, ...], says: str) -> None:
    assert says in cli.refused(*words)


def test_days_can_not_be_closed(cli: Cli) -> None:
    days = ("--from", "2025-03-01", "--to", "2025-03-10")
    assert "月结要写月份" in cli.refused("report", "monthly", *days, "--close", code=4)
