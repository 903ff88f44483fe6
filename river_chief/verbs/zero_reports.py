"""零报告: a village signs that it found nothing in a month of the office; that differs from no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Problem, ZeroReport
from river_chief.records.columns import col
from river_chief.rules.periods import Span
from river_chief.terms import AreaLevel, State
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import (
    existing,
    ids_exist,
    listed,
    not_after,
    refuse_retired,
    unchanged,
    village_chief,
)
from river_chief.verbs.office import settings_of

NOT_FOUND = (State.DRAFT, State.UNFOUNDED, State.MERGED, State.VOIDED)
"""States of problems that are no finding of the village: never registered, none at all, or told twice."""


class ZeroSigning(Input):
    """Villages that report nothing for the month ``year``-``month``.

    Without ``signer`` each village's chief of that day signs for it.
    """

    area_ids: tuple[int, ...] = Field(title="村", min_length=1)
    year: int = Field(title="年", ge=1980, le=2199)
    month: int = Field(title="月", ge=1, le=12)
    signer: str = Field("", title="签报人", max_length=120)
    signed_on: date | None = Field(None, title="签报日期")
    words: str = Field("", title="说明", max_length=200)


def sign(session: Session, entry: ZeroSigning, /, *, by: str, today: date) -> Changes:
    """Book the zero reports of villages: of all of them, or of none."""
    span = settings_of(session).month(entry.year, entry.month)
    signed_on = entry.signed_on or today
    _check_day(entry, span, signed_on, today)
    villages = ids_exist(session, Area, dict.fromkeys(entry.area_ids), "个村")
    month = f"{entry.year}年{entry.month}月"
    for village in villages:
        if village.level is not AreaLevel.VILLAGE:
            raise Refusal(f"{village.name}不是村（社区），零报告由村（社区）签报。")
        refuse_retired(village, span.first)
        _refuse_signed(session, village, entry, month)
        _refuse_findings(session, village, span, month)
    for village in villages:
        report = ZeroReport(
            area_id=village.key,
            year=entry.year,
            month=entry.month,
            signer=entry.signer or _signer(session, village, signed_on),
            signed_on=signed_on,
            words=entry.words,
        )
        session.add(report)
        session.flush()
    return Changes(f"{listed([village.name for village in villages])}签报{month}零报告", report.key)


class ZeroVoid(Input):
    """The zero report that is withdrawn."""

    id: int
    version: int | None = None
    words: str = Field(title="原因", min_length=1, max_length=200)


def void_zero(session: Session, entry: ZeroVoid, /, *, by: str, today: date) -> Changes:
    """Withdraw a zero report; the village counts as not having reported."""
    report = existing(session, ZeroReport, entry.id, "份零报告")
    village = existing(session, Area, report.area_id, "个村")
    name = f"{village.name}{report.year}年{report.month}月的零报告"
    unchanged(report, entry.version, name)
    if report.voided_on is not None:
        raise Refusal(f"{name}已经作废。")
    report.voided_on = today
    report.void_reason = entry.words
    return Changes(f"作废{name}：{entry.words}", report.key)


def _check_day(entry: ZeroSigning, span: Span, signed_on: date, today: date) -> None:
    not_after(signed_on, today, "签报日期")
    if signed_on < span.first:
        raise InvalidInput(
            {"signed_on": f"{entry.month}月从 {span.first.isoformat()} 开始，签报日期不能早于这一天"}
        )


def _refuse_signed(session: Session, village: Area, entry: ZeroSigning, month: str) -> None:
    query = select(ZeroReport).where(
        ZeroReport.area_id == village.key,
        ZeroReport.year == entry.year,
        ZeroReport.month == entry.month,
        col(ZeroReport.voided_on).is_(None),
    )
    before = session.exec(query).first()
    if before is not None:
        raise Refusal(
            f"{village.name}{month}的零报告已由{before.signer}于 {before.signed_on.isoformat()} 签报，不必重复。"
        )


def _refuse_findings(session: Session, village: Area, span: Span, month: str) -> None:
    query = (
        select(Problem.number)
        .where(
            Problem.village_id == village.key,
            col(Problem.found_on).between(span.first, span.last),
            col(Problem.state).not_in(NOT_FOUND),
        )
        .order_by(col(Problem.id))
    )
    numbers: Sequence[str] = session.exec(query).all()
    if numbers:
        raise Refusal(f"{village.name}{month}已登记发现的问题{listed(numbers)}，不能签报零报告。")


def _signer(session: Session, village: Area, day: date) -> str:
    """The village's chief of that day; refuse when there is none."""
    name = village_chief(session, village.key, day)
    if not name:
        raise InvalidInput({"signer": f"{village.name}在 {day.isoformat()} 没有村级河长，请填写签报人"})
    return name
