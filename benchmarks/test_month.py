"""The figures of a month against objects and a loop, and cold in a fresh process, in one run.

A large township has 20,000 problems in 20 villages; the hard form is 100,000 in 300.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlmodel import Session, select

from benchmarks.townships import TODAY, township
from river_chief.figures.tally import tally
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.records import Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.periods import month_range
from river_chief.terms import Action
from tests.builders import Office
from tests.figures import plain
from tests.figures.histories import Case, Lap

ROOT = Path(__file__).parents[1]
SIZES = ((20_000, 20), (100_000, 20), (100_000, 300))
LIMIT = 40
"""How many times faster than loading objects and looping the tally must be."""
MOST_WALKS = 8
"""How many walks over all rounds the whole month may cost: 150 ms on a machine that walks 100,000 in 19 ms."""
RUNS = 5
WINDOW = Window.of(month_range(2024, 3), TODAY)


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}-problems-{size[1]}-villages")
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = township(tmp_path_factory.mktemp("large") / "ledger", *request.param)
    with office.database:
        yield office


def test_the_tally_against_a_loop(large: Office, benchmark: BenchmarkFixture) -> None:
    with large.database.read() as session:
        found = benchmark(tally, session, WINDOW)
        started = perf_counter()
        looped = _looped(session)
        seconds = perf_counter() - started
    for village, counts in looped.items():
        assert {key: found.by[Dimension.VILLAGE][village][key] for key in counts} == counts
    measured = benchmark.stats
    assert measured is not None, "there is no ratio without measuring"
    ratio = seconds / measured.stats.median
    benchmark.extra_info["times faster than objects and a loop"] = round(ratio, 1)
    assert ratio >= LIMIT


@pytest.mark.parametrize("month", ["2022 6", "2024 3"])
def test_the_whole_month_cold(large: Office, month: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = large.database.folder.path
    walks, months = [], []
    for _ in range(RUNS):  # in turn, so that noise hits both alike
        walks.append(_cold(folder, "walk"))
        months.append(_cold(folder, *month.split()))
    cpu = {"month": median(each["cpu"] for each in months), "walk": median(each["cpu"] for each in walks)}
    wall = median(each["wall"] for each in months)
    problems = _problems(large)
    with capsys.disabled():
        print(
            f"\n{problems} problems, month {month}: cold {cpu['month']:.0f} ms of processor ({wall:.0f} ms of clock), "
            f"one walk over the rounds {cpu['walk']:.0f} ms"
        )
    if problems >= 100_000:  # in a small ledger what does not grow with it outweighs the walk
        assert cpu["month"] <= MOST_WALKS * cpu["walk"]


def _cold(folder: Path, *asked: str) -> dict[str, float]:
    words = [sys.executable, "-m", "benchmarks.cold_month", str(folder), *asked]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    spent: dict[str, float] = json.loads(told)
    return spent


def _problems(office: Office) -> int:
    with office.database.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM problem").scalar_one())


def _looped(session: Session) -> dict[int | None, dict[str, int]]:
    """What every village has, the slow way: all records as objects, one loop."""
    laps: dict[int, list[Lap]] = defaultdict(list)
    for each in session.exec(select(Round).order_by(col(Round.problem_id), col(Round.ordinal))):
        names = "opened_on assigned_on deadline rectified_on exit exit_on reopened_on".split()
        laps[each.problem_id].append(Lap(**{name: getattr(each, name) for name in names}))
    for step in session.exec(select(Step)):
        lap, day = laps[step.problem_id][step.round_no - 1], step.happened_at.date()
        if step.action is Action.LOOK_BACK:
            lap.looks.append(day)
        elif step.action is not Action.RELAPSE:  # the second lap says so already
            lap.acts.append((day, step.action))
    by_village: dict[int | None, list[Case]] = defaultdict(list)
    for problem in session.exec(select(Problem)):
        assert problem.source is not None
        group = problem.category_code[:2]
        case = Case(problem.village_id, group, problem.severity, problem.source, (), laps[problem.key])
        by_village[problem.village_id].append(case)
    return {
        village: {key: len(ids) for key, ids in plain.counts(own, WINDOW.first, WINDOW.last).items()}
        for village, own in by_village.items()
    }
