"""A county by the rows: a small share of it, as consistent as what the verbs make."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from river_chief.queries.ledger_query import LedgerQuery
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.records import (
    Act,
    Paper,
    Patrol,
    PatrolReach,
    Problem,
    Reach,
    ReachArea,
    Round,
    Step,
    Tenure,
)
from river_chief.rules.workflow import IN_STOCK, target
from river_chief.sample.agenda import PRESENT
from river_chief.sample.bulk.sizes import CITY, COUNTY, make
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from river_chief.terms import Action, Exit, State
from river_chief.verbs import problems
from river_chief.verbs.input import understood

SIZE = COUNTY.times(0.012)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulk") / "ledger"
    make(folder, SIZE)
    return folder


@pytest.fixture(scope="module")
def bulk(ledger: Path) -> Iterator[Session]:
    with Database.open(ledger) as database, database.read() as session:
        yield session


def count(session: Session, kind: type[Problem] | type[Patrol] | type[PatrolReach] | type[Tenure]) -> int:
    return session.exec(select(func.count()).select_from(kind)).one()


def test_sizes() -> None:
    assert (COUNTY.towns * 12, COUNTY.problems, COUNTY.patrols) == (300, 100_000, 1_000_000)
    assert 4_500 <= COUNTY.towns * 12 * 7 * 2 + COUNTY.towns * 28 <= 5_500
    assert (CITY.towns, CITY.problems, CITY.patrols) == (75, 300_000, 3_000_000)
    assert (SIZE.towns, SIZE.problems, SIZE.patrols) == (1, 1_200, 12_000)
    assert COUNTY.first_day == date(2022, 4, 1)


def test_as_many_as_asked_for(bulk: Session) -> None:
    assert count(bulk, Problem) == SIZE.problems
    assert SIZE.patrols * 0.99 <= count(bulk, Patrol) <= SIZE.patrols
    assert count(bulk, PatrolReach) == count(bulk, Patrol)
    assert count(bulk, Tenure) == 12 * 7 * 2 + 28


def test_steps_rounds_and_states_agree(bulk: Session) -> None:
    states: dict[int, State] = {}
    ends: dict[int, date] = {}
    for step in bulk.exec(select(Step).order_by("problem_id", "ordinal")):
        before = states.get(step.problem_id, State.DRAFT)
        assert step.from_state is before
        assert step.to_state is target(before, step.action)
        states[step.problem_id] = step.to_state
        ends[step.problem_id] = step.happened_at.date()
        assert step.happened_at.date() <= PRESENT
    rounds = {each.problem_id: each for each in bulk.exec(select(Round))}
    for problem in bulk.exec(select(Problem)):
        each = rounds[problem.key]
        assert problem.state is states[problem.key]
        assert (each.exit is None) is (problem.state in IN_STOCK)
        if each.exit is not None:
            assert each.exit_on == ends[problem.key]
        assert (each.rectified_on is None) or (each.assigned_on or date.max) <= each.rectified_on
    exits = Counter(each.exit for each in rounds.values())
    assert exits[Exit.CLOSED] > 1000
    assert exits[None] >= 1
    assert exits[Exit.UNFOUNDED] >= 10


def test_problems_lie_where_their_reach_does(bulk: Session) -> None:
    crossed = {(row.reach_id, row.area_id) for row in bulk.exec(select(ReachArea))}
    waters = {reach.key: reach.water_id for reach in bulk.exec(select(Reach))}
    for problem in bulk.exec(select(Problem)):
        assert problem.reach_id is not None
        assert (problem.reach_id, problem.village_id) in crossed
        assert problem.water_id == waters[problem.reach_id]


def test_it_is_a_whole_ledger(ledger: Path) -> None:
    with Database.open(ledger) as database:
        assert verify(database, replayed=True).faults == []


def test_queries_and_verbs_work_on_it(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ledger, copy)
    with Database.open(copy) as database:
        with database.read() as session:
            query: LedgerQuery[ProblemFilter] = PROBLEM_LEDGER
            assert query.count(session, ProblemFilter(in_stock=True)) >= 1
            assert session.exec(select(func.count()).select_from(Act)).one() < 60
            numbers = session.exec(select(Paper.number)).all()
            assert len(set(numbers)) == len(numbers)
            spot = session.exec(select(ReachArea)).first()
            assert spot is not None
        entry = understood(
            problems.NewProblem,
            {
                "found_on": PRESENT,
                "source": "Y01",
                "reach_id": spot.reach_id,
                "village_id": spot.area_id,
                "category_code": "BJ01",
                "description": "水面漂浮垃圾",
                "area_m2": 20,
            },
        )
        with database.write(by="何文秀", today=PRESENT) as writer:
            done = writer.do(problems.register, entry)
        with database.read() as session:
            number = session.get_one(Problem, done.id).number
            assert (
                Action.REGISTER in session.exec(select(Step.action).where(Step.problem_id == done.id)).all()
            )
            last = max(
                int(each.rsplit("-")[-1]) for each in session.exec(select(Problem.number)) if "砚2026" in each
            )
        assert number == f"砚2026-{last:03}"
