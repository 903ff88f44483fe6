"""工作量 asked for: what was done in a span of days, by kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlmodel import Session

from river_chief.records import Patrol, Problem, Work
from river_chief.records.columns import col, table
from river_chief.terms import State, WorkKind


def work_done(session: Session, days: tuple[date, date]) -> dict[WorkKind, float]:
    """Amounts done on *days* in the unit of each kind; work of voided problems and patrols is left out."""
    source = (
        table(Work)
        .outerjoin(table(Problem), col(Problem.id) == col(Work.problem_id))
        .outerjoin(table(Patrol), col(Patrol.id) == col(Work.patrol_id))
    )
    query = (
        select(col(Work.kind), col(Work.amount), func.count())
        .select_from(source)
        .where(
            col(Work.done_on).between(*days),
            or_(col(Problem.id).is_(None), col(Problem.state) != State.VOIDED),
            col(Patrol.voided_on).is_(None),
        )
        .group_by(col(Work.kind), col(Work.amount))
    )
    found: dict[WorkKind, Decimal] = {}
    for kind, amount, times in session.execute(query):
        # An amount is the number it prints as, so that 0.1 three times is 0.3.
        found[kind] = found.get(kind, Decimal(0)) + Decimal(repr(amount)) * times
    return {kind: float(found[kind]) for kind in WorkKind if kind in found}
