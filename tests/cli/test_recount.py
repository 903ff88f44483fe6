"""Every month of the sample counted again from ``list ledger``, by the printed definitions alone.

Shares no code with the product: it reads what a person outside would read, two JSON documents.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import Cli

TODAY = "2026-03-31"
MONTHS = [f"2025-{month:02}" for month in range(1, 13)] + ["2024-11", "2024-12", "2026-01", "2026-03"]
OWN = ("Y01", "Y02", "Y03")
LINES = {
    "by_village": ("village", "village_name"),
    "by_category": ("name", "category_group"),
    "by_severity": ("severity", "severity"),
    "by_source": ("source", "source"),
}
Problem = dict[str, Any]


class Lap(NamedTuple):
    """A round of a problem; ``first`` and ``newest`` as of the cut-off day."""

    problem: Problem
    first: bool
    newest: bool
    reopened: bool
    opened: date
    assigned: date | None
    deadline: date | None
    rectified: date | None
    exit: str | None
    gone: date | None

    @property
    def finished(self) -> date | None:
        """The day of the report; of an old case without one, the day it was struck off."""
        return self.rectified or (self.gone if self.exit == "closed" else None)


def laps(problems: list[Problem], cut: date) -> Iterator[Lap]:
    """The rounds begun up to *cut*; a way out taken later is not known yet."""
    for problem in problems:
        begun = [round for round in problem["rounds"] if known(round["opened_on"], cut)]
        for place, round in enumerate(begun):
            gone = known(round["exit_on"], cut)
            yield Lap(
                problem,
                place == 0,
                place == len(begun) - 1,
                place < len(begun) - 1,
                date.fromisoformat(round["opened_on"]),
                day(round["assigned_on"]),
                day(round["deadline"]),
                known(round["rectified_on"], cut),
                round["exit"] if gone else None,
                gone,
            )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def known(text: str | None, cut: date) -> date | None:
    """The day of *text* unless it came after *cut*."""
    return None if text is None or date.fromisoformat(text) > cut else date.fromisoformat(text)


def recount(problems: list[Problem], first: date, cut: date) -> dict[str, Any]:
    """Counts by key; a rate is (numerator, denominator)."""
    every = list(laps(problems, cut))
    real = [lap for lap in every if lap.exit in (None, "closed")]
    newest = [lap for lap in real if lap.newest]
    fresh = [lap for lap in every if lap.opened >= first]
    stock = [lap for lap in every if not lap.gone]
    unfinished = [lap for lap in stock if not lap.rectified]
    late = [lap for lap in unfinished if lap.deadline and lap.deadline < cut]
    due = [lap for lap in real if lap.deadline and first <= lap.deadline <= cut]
    on_time = [lap for lap in due if lap.finished and lap.deadline and lap.finished <= lap.deadline]
    owed = [lap for lap in real if lap.deadline and lap.deadline <= cut]
    owed = [lap for lap in owed if not (lap.finished and lap.finished < first)]
    closed = [lap for lap in every if lap.exit == "closed"]
    found = [lap for lap in fresh if lap.first and lap in real]
    days = [
        (lap.rectified - lap.assigned).days
        for lap in real
        if lap.rectified and lap.assigned and lap.rectified >= first
    ]
    return {
        "opening": sum(lap.opened < first and not (lap.gone and lap.gone < first) for lap in every),
        "found": sum(lap.first for lap in fresh),
        "relapsed": sum(not lap.first for lap in fresh),
        **{
            way: sum(lap.exit == way and lap.gone is not None and lap.gone >= first for lap in every)
            for way in ("closed", "unfounded", "handed_over", "merged", "voided")
        },
        "ending": len(stock),
        "due": len(due),
        "on_time": len(on_time),
        "overdue": len(late),
        "average_days": pytest.approx(sum(days) / len(days)) if days else None,
        "rates": {
            "closing_rate_cumulative": (sum(bool(lap.gone) for lap in newest), len(newest)),
            "completion_rate_cumulative": (sum(bool(lap.finished) for lap in newest), len(newest)),
            "rectification_rate": (sum(bool(lap.finished) for lap in owed), len(owed)),
            "on_time_rate": (len(on_time), len(due)),
            "overdue_rate": (len(late), len(unfinished)),
            "relapse_rate": (sum(lap.reopened for lap in closed), len(closed)),
            "own_finding_rate": (sum(lap.problem["source"] in OWN for lap in found), len(found)),
        },
        "late": sorted(lap.problem["number"] for lap in late),
        "unfinished": [(lap.problem["number"], lap.deadline) for lap in unfinished],
    }


def assert_line(line: dict[str, Any], rates: dict[str, Any], counted: dict[str, Any]) -> None:
    assert {key: line[key] for key in counted if key in line and key not in ("rates", "overdue")} == {
        key: value for key, value in counted.items() if key in line and key not in ("rates", "overdue")
    }
    for key, (numerator, denominator) in counted["rates"].items():
        rate = rates[key]
        assert (rate["numerator"], rate["denominator"]) == (numerator, denominator), key
        assert rate["value"] == (pytest.approx(100 * numerator / denominator) if denominator else None)
        assert (rate["text"] == "—") == (denominator == 0)
        assert rate["text"].startswith("100") == (0 < numerator == denominator)


@pytest.fixture(scope="module")
def sample(township: Path) -> Cli:
    return Cli(township)


@pytest.fixture(scope="module")
def problems(sample: Cli, tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    out = tmp_path_factory.mktemp("recount") / "x.json"
    sample("list", "ledger", "-o", str(out), today=TODAY)
    rows: list[Problem] = json.loads(out.read_text("utf-8"))["rows"]
    return rows


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_counted_again(sample: Cli, problems: list[Problem], month: str) -> None:
    report = sample.json("report", "monthly", month, today=TODAY)
    first, last = date.fromisoformat(report["from"]), date.fromisoformat(report["to"])
    counted = recount(problems, first, last)
    assert_line(
        {**report["stock"], "average_days": report["average_days"]},
        {rate["key"]: rate for rate in report["rates"]},
        counted,
    )
    assert sorted(item["number"] for item in report["overdue"]) == counted["late"]
    start = last + timedelta(days=1)
    end = start.replace(day=monthrange(start.year, start.month)[1])
    assert sorted(item["number"] for item in report["due_next"]) == sorted(
        number for number, deadline in counted["unfinished"] if deadline and start <= deadline <= end
    )
    for table, (key, column) in LINES.items():
        for line in report[table]:
            mine = [row for row in problems if (row[column] or None) == line[key]]
            again = recount(mine, first, last)
            assert_line(line, line["rates"], again)
            assert line["overdue"] == again["overdue"]
        for way in report["stock"]:
            assert sum(line[way] for line in report[table]) == report["stock"][way], (table, way)


def test_a_month_that_still_runs(sample: Cli, problems: list[Problem]) -> None:
    report = sample.json("report", "monthly", "2025-07", today="2025-07-15")
    assert report["as_of"] == "2025-07-15"
    counted = recount(problems, date(2025, 7, 1), date(2025, 7, 15))
    assert_line(
        {**report["stock"], "average_days": report["average_days"]},
        {rate["key"]: rate for rate in report["rates"]},
        counted,
    )


def test_the_villages_are_ranked_by_the_closing_rate(sample: Cli) -> None:
    lines = sample.json("report", "monthly", "2025-03", today=TODAY)["by_village"]
    rates = {line["village"]: line["rates"]["closing_rate_cumulative"]["value"] for line in lines}
    for line in lines:
        mine = rates[line["village"]]
        better = sum(value is not None and mine is not None and value > mine for value in rates.values())
        assert line["rank"] == (None if mine is None else 1 + better)
