"""The month of a large township (20,000 problems, 20 villages) against objects and a loop, in one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlmodel import Session, select

from river_chief.figures.tally import tally
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.records import Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.periods import month_range
from river_chief.terms import Action, Exit, Severity, Source
from tests.builders import CLERK, Office, new_office
from tests.figures import plain
from tests.figures.histories import GROUPS, Case, Lap, load_cases

PROBLEMS, VILLAGES, DAYS = 20_000, 20, 1180
LIMIT = 10
"""How many times faster than loading objects and looping the tally must be."""
TODAY = date(2024, 12, 31)
WINDOW = Window.of(month_range(2024, 3), TODAY)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_office(tmp_path_factory.mktemp("large") / "ledger", today=TODAY)
    with office.database as database:
        villages = [office.village(f"第{number}村") for number in range(VILLAGES)]
        random = Random(20)
        with database.write(by=CLERK, today=TODAY) as writer:
            load_cases(writer, [_case(random, villages) for _ in range(PROBLEMS)], database.office)
        database.analyse()
        yield office


def _case(random: Random, villages: list[int]) -> Case:
    """Nearly all are finished within weeks, one in thirty relapses."""
    found = date(2021, 1, 1) + timedelta(days=random.randrange(DAYS))
    finished = found + timedelta(days=1 + int(random.expovariate(1 / 7)))
    lap = Lap(
        found,
        assigned_on=found + timedelta(days=1),
        deadline=found + timedelta(days=random.choice((8, 8, 16, 61))),
        rectified_on=finished,
        exit=Exit.CLOSED,
        exit_on=finished + timedelta(days=2),
        acts=[(finished + timedelta(days=1), Action.ACCEPT)],
    )
    laps = [lap]
    if random.random() < 1 / 30:
        lap.reopened_on = finished + timedelta(days=60)
        laps.append(Lap(lap.reopened_on, lap.reopened_on, lap.reopened_on + timedelta(days=15)))
    severity = random.choice((Severity.MINOR,) * 8 + tuple(Severity))
    source = random.choice((Source.CHIEF,) * 10 + tuple(Source))
    return Case(random.choice(villages), random.choice(GROUPS), severity, source, (), laps)


def test_month_of_20k_problems(large: Office, benchmark: BenchmarkFixture) -> None:
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
