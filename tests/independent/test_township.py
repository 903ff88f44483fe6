"""Every month of the sample township counted again from its ledger, by the printed definitions alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.independent.calculator import Problem, figures, read_ledger
from tests.independent.compared import Terms, assert_counted_again

TODAY = "2026-03-31"
MONTHS = [f"2025-{month:02}" for month in range(1, 13)] + ["2024-11", "2024-12", "2026-01", "2026-03"]


@pytest.fixture(scope="module")
def sample(township: Path) -> Cli:
    return Cli(township)


@pytest.fixture(scope="module")
def problems(sample: Cli, tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    out = tmp_path_factory.mktemp("township") / "x.json"
    sample("list", "ledger", "-o", str(out), today=TODAY)
    return read_ledger(out)


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_counted_again(sample: Cli, problems: list[Problem], month: str) -> None:
    report = sample.json("report", "monthly", month, today=TODAY)
    assert assert_counted_again(report, problems, Terms()) > 1000
    for table in ("by_village", "by_category", "by_severity", "by_source"):
        for way in report["stock"]:
            assert sum(line[way] for line in report[table]) == report["stock"][way], (table, way)


@pytest.mark.parametrize("month", ["2025-03", "2025-09"])
def test_the_rows_behind_every_number(sample: Cli, problems: list[Problem], month: str) -> None:
    report = sample.json("report", "monthly", month, today=TODAY)
    counted = figures(problems, date.fromisoformat(report["from"]), date.fromisoformat(report["to"]))
    for key in set(counted.behind) - {"exceptions", "waiting_above", "rectified"}:
        rows = sample.json("report", "rows", month, key, today=TODAY)["rows"]
        assert sorted(row["number"] for row in rows) == sorted(set(counted.behind[key])), key


def test_a_month_that_still_runs(sample: Cli, problems: list[Problem]) -> None:
    report = sample.json("report", "monthly", "2025-07", today="2025-07-15")
    assert report["as_of"] == "2025-07-15"
    assert_counted_again(report, problems, Terms())
