"""Random ledgers: every rate and every count of the monthly report equals an independent calculation.

The calculation (tests/independent) reads what ``list ledger -o x.json`` wrote and shares no code with the
program. ``dev.py faults`` proves 40 ledgers of 3,000 problems; the suite two small ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from river_chief.figures.breakdown import Line
from river_chief.figures.by import lines_by
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.rules.periods import Span
from river_chief.storage.database import Database
from river_chief.verbs.office import settings_of
from tests.builders import new_office
from tests.cli.conftest import Cli
from tests.independent.calculator import Problem, figures, month_days, read_ledger
from tests.independent.compared import Report, Terms, assert_counted_again, assert_table, parted
from tests.independent.histories import FIRST, LAST
from tests.independent.ledgers import fill
from tests.independent.retold import TOLD, rounds_from

LEDGERS = int(os.environ.get("RIVER_CHIEF_LEDGERS", "2"))
PROBLEMS = int(os.environ.get("RIVER_CHIEF_LEDGER_PROBLEMS", "60"))
TODAY = LAST.isoformat()
OFFICES = (
    Terms(),
    Terms(digits=2, start_day=26),
    Terms(digits=2, official="on_time_rate"),
    Terms(start_day=26, official="rectification_rate"),
)


@dataclass(frozen=True)
class Proof:
    """A random ledger as the outside sees it: the program, its list of problems, the office's terms."""

    cli: Cli
    problems: list[Problem]
    terms: Terms
    chance: Random

    def reports(self) -> Iterator[Report]:
        """The first month, one in the middle, one that runs, one before everything, others by chance."""
        for month in (f"{FIRST:%Y-%m}", "2023-06", "2025-12", *self._months(3)):
            yield self.cli.json("report", "monthly", month, today=TODAY)
        for _ in range(2):
            first, last = month_days(2025, self.chance.randint(1, 12), self.terms.start_day)
            running = first + timedelta(days=self.chance.randint(0, (last - first).days))
            yield self.cli.json("report", "monthly", f"{last:%Y-%m}", today=min(running, LAST).isoformat())
        for length in (0, 9, 120, 600):
            begin = FIRST + timedelta(days=self.chance.randint(-10, 725 - length))
            span = (begin.isoformat(), (begin + timedelta(days=length)).isoformat())
            yield self.cli.json("report", "monthly", "--from", span[0], "--to", span[1], today=TODAY)

    def _months(self, count: int) -> list[str]:
        return [f"{self.chance.choice((2024, 2025))}-{self.chance.randint(1, 12):02}" for _ in range(count)]


def made(folder: Path, seed: int) -> Proof:
    """Make a ledger and list it by the command line."""
    terms = OFFICES[seed % len(OFFICES)]
    office = new_office(folder)
    by_verbs = min(PROBLEMS, 40 if seed else 1500)
    fill(office, seed, by_verbs=by_verbs, at_once=PROBLEMS - by_verbs)
    office.database.close()
    cli = Cli(folder)
    cli(
        "settings",
        "set",
        f"period_start_day={terms.start_day}",
        f"rate_digits={terms.digits}",
        f"official_rate={terms.official}",
    )
    out = folder.parent / "x.json"
    cli("list", "ledger", "-o", str(out), today=TODAY)
    return Proof(cli, read_ledger(out), terms, Random(seed))


@pytest.mark.parametrize("seed", range(LEDGERS))
def test_every_figure_is_that_of_the_calculator(tmp_path: Path, seed: int) -> None:
    proof = made(tmp_path / "ledger", seed)
    assert all(problem["registered"] for problem in proof.problems)
    drafts = proof.cli.json("list", "ledger", "--filter", "state=草稿", today=TODAY)
    assert all(not problem["registered"] and not problem["rounds"] for problem in drafts["rows"])
    held, texts = 0, set[str]()
    for report in proof.reports():
        held += assert_counted_again(report, proof.problems, proof.terms)
        texts.update(rate["text"] for rate in report["rates"])
    assert {"—", "100.0%" if proof.terms.digits == 1 else "100.00%"} & texts
    _assert_rows(proof)
    held += _held_by_dimension(proof)
    assert _assert_steps(proof.problems) > 100
    print(f"ledger {seed}: {held} figures held")


def _held_by_dimension(proof: Proof) -> int:
    """The breakdowns the monthly report does not print: by unit, leaf, water, reach, finder and chief."""
    days = month_days(2025, 4, proof.terms.start_day)
    held = 0
    with Database.open(proof.cli.ledger) as database, database.read() as session:
        settings = settings_of(session)
        window = Window.of(Span(*days), LAST, proof.terms.start_day)
        for dimension, groups in DIMENSIONS.items():
            lines = [
                {**_as_json(line), "key": line.key or None}
                for line in lines_by(session, settings, window, dimension)
            ]
            held += assert_table(lines, "key", parted(proof.problems, groups), days, proof.terms)
    return held


def _as_json(line: Line) -> dict[str, Any]:
    """A line as the report's JSON has one."""
    return {
        **asdict(line.stock),
        **{name: getattr(line, name) for name in ("due", "on_time", "overdue", "average_days")},
        "rates": {
            each.key: {
                "numerator": each.ratio.numerator,
                "denominator": each.ratio.denominator,
                "value": each.ratio.value,
                "text": each.ratio.text,
            }
            for each in line.rates
        },
    }


def _chiefs(problem: Problem) -> list[int | None]:
    """钱树 of the town answers for the first two reaches, 赵春 for the first where no other village is named."""
    zhao, qian = 1, 2
    reach, village = problem["reach_id"], problem["village_id"]
    found: list[int | None] = [zhao] if reach == 1 and village in (2, None) else []
    return [*found, qian] if reach in (1, 2) else [None]


DIMENSIONS: dict[Dimension, Callable[[Problem], list[Any]]] = {
    Dimension.UNIT: lambda problem: [problem["unit"] or None],
    Dimension.CATEGORY: lambda problem: [problem["category_code"] or None],
    Dimension.WATER: lambda problem: [problem["water_id"]],
    Dimension.REACH: lambda problem: [problem["reach_id"]],
    Dimension.FINDER: lambda problem: [problem["finder"] or None],
    Dimension.CHIEF: _chiefs,
}


def _assert_steps(problems: list[Problem]) -> int:
    """Of what the verbs did, the rounds are those its steps tell; returns how many steps were read."""
    done = [
        problem for problem in problems if problem["steps"] and problem["steps"][0]["action"] == "register"
    ]
    for problem in done:
        rounds = [{key: item[key] for key in TOLD} for item in problem["rounds"]]
        assert rounds == rounds_from(problem["steps"]), problem["number"]
    return sum(len(problem["steps"]) for problem in done)


def _assert_rows(proof: Proof) -> None:
    """The rows behind a number are the problems the calculator counted."""
    report = proof.cli.json("report", "monthly", "2025-06", today=TODAY)
    counted = figures(proof.problems, date.fromisoformat(report["from"]), date.fromisoformat(report["to"]))
    keys = sorted(set(counted.behind) - {"exceptions", "waiting_above", "rectified"})
    for key in proof.chance.sample(keys, 6):
        rows = proof.cli.json("report", "rows", "2025-06", key, today=TODAY)["rows"]
        assert sorted(row["number"] for row in rows) == sorted(set(counted.behind[key])), key
