"""月结 asked for: which months are closed, in which edition, and the bodies they froze."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import ColumnElement, false, select
from sqlmodel import Session

from river_chief.errors import LedgerDamaged
from river_chief.records import FrozenBody, MonthClose
from river_chief.records.columns import col
from river_chief.rules.periods import Span, month_of, month_range
from river_chief.verbs.office import settings_of


def closes(session: Session) -> list[MonthClose]:
    """Every edition of every closed month, the newest month first, its newest edition first."""
    order = (col(MonthClose.year).desc(), col(MonthClose.month).desc(), col(MonthClose.edition).desc())
    return list(session.execute(select(MonthClose).order_by(*order)).scalars())


def holding(session: Session) -> list[MonthClose]:
    """The editions that hold (not reopened), in the order they were closed."""
    query = select(MonthClose).where(col(MonthClose.reopened_on).is_(None)).order_by(col(MonthClose.id))
    return list(session.execute(query).scalars())


def close_of(session: Session, span: Span, edition: int | None = None) -> MonthClose | None:
    """The edition of the month *span* that holds, or the one with that number.

    A month that was closed when the office still began its months on another day is found by its name.
    """
    days = (col(MonthClose.first) == span.first, col(MonthClose.last) == span.last)
    return _newest(session, edition, *days) or _newest(session, edition, *_named(session, span))


def _named(session: Session, span: Span) -> tuple[ColumnElement[bool], ...]:
    """The name of the office's month with these days; other days have none."""
    start_day = settings_of(session).period_start_day
    year, month = month_of(span.last, start_day)
    if month_range(year, month, start_day) != span:
        return (false(),)
    return col(MonthClose.year) == year, col(MonthClose.month) == month


def _newest(session: Session, edition: int | None, *conditions: ColumnElement[bool]) -> MonthClose | None:
    wanted = col(MonthClose.reopened_on).is_(None) if edition is None else col(MonthClose.edition) == edition
    query = select(MonthClose).where(wanted, *conditions).order_by(col(MonthClose.edition).desc()).limit(1)
    return session.execute(query).scalars().first()


def frozen_body(session: Session, digest: str) -> bytes:
    """The body with that digest; ``LedgerDamaged`` where it is gone or was changed."""
    body = session.execute(select(col(FrozenBody.body)).where(col(FrozenBody.digest) == digest)).scalar()
    if body is None or sha256(body).hexdigest() != digest:
        raise LedgerDamaged("月结保存的内容丢失或被改动过，请用备份恢复台账，不要重新月结。")
    return bytes(body)
