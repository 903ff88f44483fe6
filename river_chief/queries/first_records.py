"""Since when the ledger is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.records import Patrol, Round
from river_chief.records.columns import col


def first_record(session: Session) -> date | None:
    """The day of the first problem or patrol; None in a ledger that has neither."""
    opened = session.execute(select(func.min(col(Round.opened_on)))).scalar()
    walked = session.execute(select(func.min(col(Patrol.started_at)))).scalar()
    days = [day for day in (opened, walked.date() if walked is not None else None) if day is not None]
    return min(days, default=None)
