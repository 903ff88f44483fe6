"""例外办理: the steps that were done without the proof they need, each with its reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.queries.rounds import excuse, of_round
from river_chief.records import Area, Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.periods import Span
from river_chief.terms import Action, Proof


class ExceptionStep(NamedTuple):
    """A step done without proof: of which problem, when, what was missing and why."""

    id: int
    number: str
    village: str
    action: Action
    day: date
    missing: tuple[Proof, ...]
    reason: str


def exceptions_in(session: Session, span: Span) -> list[ExceptionStep]:
    """Those of the days of *span*, in their order."""
    query = (
        select(
            col(Problem.id),
            col(Problem.number),
            func.coalesce(col(Area.name), ""),
            col(Step.action),
            col(Step.happened_at),
            col(Step.details),
        )
        .join(Problem, col(Problem.id) == col(Step.problem_id))
        .join(Round, of_round())
        .outerjoin(Area, col(Area.id) == col(Problem.village_id))
        .where(
            col(Round.exceptions) > 0,
            excuse().is_not(None),
            col(Step.happened_at) >= datetime.combine(span.first, time.min),
            col(Step.happened_at) < datetime.combine(span.last + timedelta(days=1), time.min),
        )
        .order_by(col(Step.happened_at), col(Step.id))
    )
    return [
        ExceptionStep(
            id,
            number,
            village,
            action,
            at.date(),
            tuple(Proof(value) for value in details["missing"]),
            details["exception"],
        )
        for id, number, village, action, at, details in session.execute(query)
    ]
