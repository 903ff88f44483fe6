"""What is reckoned from counted rounds is what SQL finds over the records, for any filter."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.queries.census import Census, rounds_of
from river_chief.queries.rounds import RoundFilter, conditions
from river_chief.records import Problem, Round
from river_chief.records.columns import col
from river_chief.terms import Action, Exit, Origin, Severity
from tests.builders import Office
from tests.figures.histories import START, Case, random_cases
from tests.figures.test_tally import CAMPAIGNS, IN_A_LEDGER, SEEDS, filled, villages_of

DATES = st.integers(min_value=-20, max_value=330).map(lambda days: START + timedelta(days=days))
SPANS = st.tuples(st.none() | DATES, st.none() | DATES)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "origins": st.lists(st.sampled_from(Origin), min_size=1, max_size=2, unique=True).map(tuple),
    "exits": st.lists(st.sampled_from(Exit), min_size=1, max_size=3, unique=True).map(tuple),
    **dict.fromkeys(("opened", "exited", "deadline", "assigned", "finished", "reopened"), SPANS),
    **dict.fromkeys(
        ("real_on", "stock_before", "stock_on", "closed_on", "finished_on", "unfinished_on"), DATES
    ),
    **dict.fromkeys(("unfinished_before", "assigned_by", "overdue_on", "last_on", "reported_by"), DATES),
    "stock_during": st.tuples(DATES, DATES),
    "on_time": st.just(True),
}
FILTERS = (
    st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=3, unique=True)
    .flatmap(lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names}))
    .map(lambda values: RoundFilter(**values))
)


def odd_cases(office: Office, seed: int) -> list[Case]:
    """Random problems, some with days in an order no office would have."""
    random = Random(seed)
    cases = random_cases(random, 40, villages_of(office), CAMPAIGNS)
    for case in cases:
        for lap in case.laps:
            if random.random() < 0.2:
                lap.deadline = START + timedelta(days=random.randint(-20, 330))
            if random.random() < 0.1:
                lap.rectified_on = START + timedelta(days=random.randint(-20, 330))
    return cases


def found_by_sql(session: Session, *values: Any, filter: RoundFilter) -> list[tuple[Any, ...]]:
    query = select(*values).join(Problem, col(Problem.id) == col(Round.problem_id)).where(*conditions(filter))
    return [tuple(row) for row in session.execute(query)]


@IN_A_LEDGER
@given(SEEDS, st.lists(FILTERS, min_size=8, max_size=8))
def test_any_filter_finds_the_rounds_that_sql_finds(
    empty: Office, seed: int, asked: list[RoundFilter]
) -> None:
    with filled(empty, odd_cases(empty, seed)) as session:
        for filter in asked:
            expected = found_by_sql(session, col(Round.id), filter=filter)
            assert sorted(rounds_of(session, filter, "id")) == sorted(expected), filter


@IN_A_LEDGER
@given(SEEDS, st.lists(FILTERS, min_size=2, max_size=3), st.none() | st.sampled_from(Severity))
def test_any_filters_together_count_what_sql_counts(
    empty: Office, seed: int, asked: list[RoundFilter], severity: Severity | None
) -> None:
    named = {str(place): filter for place, filter in enumerate(asked)}
    with filled(empty, odd_cases(empty, seed)) as session:
        counted = Census(session, named, ("village_id", "kind"), severity=severity).by("village_id")
        for key, filter in named.items():
            only = [] if severity is None else [col(Problem.severity) == severity]
            query = (
                select(col(Problem.village_id), func.count())
                .join(Round, col(Problem.id) == col(Round.problem_id))
                .where(*conditions(filter), *only)
                .group_by(col(Problem.village_id))
            )
            found: Counter[int | None] = Counter()
            for (village, keys), rounds in counted.items():
                found[village] += rounds if key in keys else 0
            assert +found == Counter(dict(session.execute(query).all())), filter


@pytest.mark.parametrize(
    "filter",
    [
        RoundFilter(rejected=True),
        RoundFilter(excepted=(START, START)),
        RoundFilter(villages=(1,)),
        RoundFilter(acted=(Action.ACCEPT,), acted_in=(START, START), stock_on=START),
        RoundFilter(looked=(None, START)),
        RoundFilter(acted=(Action.ACCEPT,)),
    ],
)
def test_what_a_census_does_not_know_is_refused(empty: Office, filter: RoundFilter) -> None:
    with empty.database.read() as session, pytest.raises(ValueError, match="a census"):
        Census(session, {"asked": filter})


def test_a_filter_of_steps_has_no_rounds(empty: Office) -> None:
    with empty.database.read() as session, pytest.raises(ValueError, match="asks for steps"):
        rounds_of(session, RoundFilter(looked=(START, START)), "id")


def test_settled_rounds_are_not_told_apart_by_finders(empty: Office) -> None:
    cases = random_cases(Random(1), 20, villages_of(empty), ())
    later = date(2027, 1, 1)
    with filled(empty, cases) as session:
        census = Census(session, {"own": RoundFilter(own_finding=True, stock_on=later)}, ("kind",))
        with pytest.raises(ValueError, match="who found them"):
            census.by("kind")


def test_clocks_of_settled_rounds_are_refused(empty: Office) -> None:
    cases = random_cases(Random(1), 20, villages_of(empty), ())
    with filled(empty, cases) as session:
        census = Census(session, {"ever": RoundFilter(opened=(None, date(2027, 1, 1)))}, clocked="ever")
        with pytest.raises(ValueError, match="no clock"):
            census.by_all()
