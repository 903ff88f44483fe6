"""月结 asked for: which months are closed, in which edition, and the bodies they froze."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import LedgerDamaged
from river_chief.records import FrozenBody, MonthClose
from river_chief.records.columns import col
from river_chief.rules.periods import Span


def closes(session: Session) -> list[MonthClose]:
    """Every edition of every closed month, the newest month first, its newest edition first."""
    order = (col(MonthClose.year).desc(), col(MonthClose.month).desc(), col(MonthClose.edition).desc())
    return list(session.execute(select(MonthClose).order_by(*order)).scalars())


def holding(session: Session) -> list[MonthClose]:
    """The editions that hold (not reopened), in the order they were closed."""
    query = select(MonthClose).where(col(MonthClose.reopened_on).is_(None)).order_by(col(MonthClose.id))
    return list(session.execute(query).scalars())


def close_of(session: Session, span: Span, edition: int | None = None) -> MonthClose | None:
    """The edition of the month with these days that holds, or the one with that number."""
    query = select(MonthClose).where(col(MonthClose.first) == span.first, col(MonthClose.last) == span.last)
    if edition is None:
        query = query.where(col(MonthClose.reopened_on).is_(None))
    else:
        query = query.where(col(MonthClose.edition) == edition)
    return session.execute(query.order_by(col(MonthClose.edition).desc()).limit(1)).scalars().first()


def frozen_body(session: Session, digest: str) -> bytes:
    """The body with that digest; ``LedgerDamaged`` where it is gone or was changed."""
    body = session.execute(select(col(FrozenBody.body)).where(col(FrozenBody.digest) == digest)).scalar()
    if body is None or sha256(body).hexdigest() != digest:
        raise LedgerDamaged("月结保存的内容丢失或被改动过，请用备份恢复台账，不要重新月结。")
    return bytes(body)
