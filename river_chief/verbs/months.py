"""月结: a month is closed with what it froze, and reopened with a reason."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import FrozenBody, MonthClose
from river_chief.records.columns import col
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, unchanged


class MonthClosing(Input):
    """A month to be closed, with what is frozen; ``head`` is the journal's head it was counted at.

    ``figures``, ``proof`` and ``papers`` are the packed bodies.
    """

    year: int = Field(title="年", ge=1900, le=2999)
    month: int = Field(title="月", ge=1, le=12)
    first: date = Field(title="起日")
    last: date = Field(title="止日")
    cut: date = Field(title="截止日")
    head: str = Field(title="日志校验码", max_length=64)
    figures: bytes
    proof: bytes
    papers: bytes


def close(session: Session, entry: MonthClosing, /, *, by: str, today: date) -> Changes:
    """Keep the month as the next edition of its report."""
    named = f"{entry.year}年{entry.month}月"
    if today < entry.last:
        raise Refusal(f"{named}的统计期到 {entry.last} 才结束，结束之后再月结。")
    earlier = _editions(session, entry.year, entry.month)
    if earlier and earlier[-1].reopened_on is None:
        raise Refusal(f"{named}已经月结（第{earlier[-1].edition}版），要改请先重开这个月。")
    edition = earlier[-1].edition + 1 if earlier else 1
    record = MonthClose(
        year=entry.year,
        month=entry.month,
        first=entry.first,
        last=entry.last,
        cut=entry.cut,
        edition=edition,
        closed_on=today,
        closer=by,
        reason=earlier[-1].reopen_reason if earlier else "",
        digest=_kept(session, entry.figures),
        proof_digest=_kept(session, entry.proof),
        papers_digest=_kept(session, entry.papers),
        head=entry.head,
    )
    session.add(record)
    session.flush()
    return Changes(f"月结{named}第{edition}版", record.key)


class MonthReopening(Input):
    """A closed month to be opened again."""

    id: int
    version: int | None = None
    reason: str = Field(title="重开原因", min_length=2, max_length=200)


def reopen(session: Session, entry: MonthReopening, /, *, by: str, today: date) -> Changes:
    """Open the month again; its edition stays readable, the next closing makes the next one."""
    record = existing(session, MonthClose, entry.id, "次月结")
    named = f"{record.year}年{record.month}月"
    unchanged(record, entry.version, f"{named}的月结")
    if record.reopened_on is not None:
        raise Refusal(f"{named}第{record.edition}版已经重开过。")
    record.reopened_on = today
    record.reopener = by
    record.reopen_reason = entry.reason
    return Changes(f"重开{named}（第{record.edition}版）：{entry.reason}", record.key)


def _editions(session: Session, year: int, month: int) -> list[MonthClose]:
    query = select(MonthClose).where(col(MonthClose.year) == year, col(MonthClose.month) == month)
    return list(session.exec(query.order_by(col(MonthClose.edition))))


def _kept(session: Session, body: bytes) -> str:
    """Keep *body* under its digest, once."""
    digest = sha256(body).hexdigest()
    if session.exec(select(FrozenBody.id).where(col(FrozenBody.digest) == digest)).first() is None:
        session.add(FrozenBody(digest=digest, body=body))
    return digest
