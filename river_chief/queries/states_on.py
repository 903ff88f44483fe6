"""In which state the problems in stock stood at the end of a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.rounds import RoundFilter, problem_ids
from river_chief.records import Problem, Step
from river_chief.records.columns import col
from river_chief.terms import State


def states_on(session: Session, day: date) -> dict[State, tuple[int, ...]]:
    """The ids of the problems in stock at the end of *day* by the state their last step up to then left them in."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    last = (
        select(col(Step.to_state))
        .where(col(Step.problem_id) == col(Problem.id), col(Step.happened_at) < midnight)
        .order_by(col(Step.ordinal).desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(col(Problem.id), last)
        .where(col(Problem.id).in_(problem_ids(RoundFilter(stock_on=day))))
        .order_by(col(Problem.id))
    )
    found: dict[State, list[int]] = {}
    for id, state in session.execute(query):
        found.setdefault(state, []).append(id)
    return {state: tuple(found[state]) for state in State if state in found}
