"""Patrols counted by the day they began."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.queries.patrols import on_days
from river_chief.records import Patrol
from river_chief.records.columns import col
from river_chief.rules.periods import Span


def patrols_by_day(session: Session, days: Span) -> dict[date, int]:
    """How many patrols began on each of *days*; a voided log is none, a day without any is missing."""
    day = func.date(col(Patrol.started_at))
    query = (
        select(day, func.count())
        .where(col(Patrol.voided_on).is_(None), *on_days((days.first, days.last)))
        .group_by(day)
    )
    # SQLite gives the day as text, PostgreSQL as a day.
    return {date.fromisoformat(str(on)): count for on, count in session.execute(query)}
