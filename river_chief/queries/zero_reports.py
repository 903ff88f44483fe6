"""零报告 asked for: what every village has told of a month, told apart from no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, type_coerce
from sqlmodel import Session

from river_chief.fields.follow_up import ZERO_REPORTS
from river_chief.queries.ledger_query import LedgerQuery, Row, words_in
from river_chief.records import Area, Problem, ZeroReport
from river_chief.records.columns import col, table
from river_chief.records.record import stored
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span
from river_chief.terms import AreaLevel, ZeroState
from river_chief.verbs.zero_reports import NOT_FOUND


@dataclass(frozen=True, slots=True)
class ZeroFilter:
    """Conditions on the villages of a month."""

    text: str = ""
    villages: tuple[int, ...] = ()
    states: tuple[ZeroState, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroMonth:
    """The villages of a month: ``rows`` of ``zero_ledger`` and how many of each state there are.

    ``in_use``  whether villages of this office have signed zero reports at all.
    """

    year: int
    month: int
    span: Span
    rows: tuple[Row, ...]
    in_use: bool = True

    @property
    def counts(self) -> dict[ZeroState, int]:
        """Villages by what they told; they add up to all villages in use in the month."""
        found = Counter(row["state"] for row in self.rows)
        return {state: found[state] for state in ZeroState}


def zero_ledger(settings: OfficeSettings, year: int, month: int) -> LedgerQuery[ZeroFilter]:
    """The villages in use in the office's month, each with its findings and its zero report.

    A row's id is the village's, its version the report's (0 without one). What counts as a finding:
    registered, found in the month, and not 不属实, 并案 or 作废 since.
    """
    span = settings.month(year, month)
    mine = and_(
        col(ZeroReport.area_id) == col(Area.id),
        col(ZeroReport.year) == year,
        col(ZeroReport.month) == month,
        col(ZeroReport.voided_on).is_(None),
    )
    found = (
        select(func.count())
        .where(*_findings(span), col(Problem.village_id) == col(Area.id))
        .correlate(table(Area))
        .scalar_subquery()
    )
    signed = col(ZeroReport.id).is_not(None)
    state = type_coerce(
        case(
            (and_(signed, found > 0), ZeroState.CONTRADICTED.value),
            (signed, ZeroState.SIGNED.value),
            (found > 0, ZeroState.FOUND.value),
            else_=ZeroState.MISSING.value,
        ),
        stored(ZeroState)(),
    )
    own = {name: col(getattr(ZeroReport, name)) for name in ("signer", "signed_on", "words")}
    return LedgerQuery(
        ZERO_REPORTS,
        table(Area).outerjoin(table(ZeroReport), mine),
        col(Area.id),
        func.coalesce(col(ZeroReport.version), 0),
        {"village_name": col(Area.name), "found": found, "state": state, **own},
        partial(_conditions, span, state),
        order=(col(Area.code), col(Area.id)),
        finish=partial(_finish, span),
    )


def zero_month(session: Session, settings: OfficeSettings, year: int, month: int, today: date) -> ZeroMonth:
    """Every village of the office's month with what it told."""
    rows = zero_ledger(settings, year, month).all(session, ZeroFilter(), today)
    signed = select(col(ZeroReport.id)).where(col(ZeroReport.voided_on).is_(None)).limit(1)
    in_use = session.execute(signed).first() is not None
    return ZeroMonth(year, month, settings.month(year, month), tuple(rows), in_use)


def report_id(session: Session, village_id: int, year: int, month: int) -> int | None:
    """The zero report of a village for a month; None when there is none in force."""
    query = select(col(ZeroReport.id)).where(
        col(ZeroReport.area_id) == village_id,
        col(ZeroReport.year) == year,
        col(ZeroReport.month) == month,
        col(ZeroReport.voided_on).is_(None),
    )
    return session.execute(query).scalar()


def _findings(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Problem.found_on).between(span.first, span.last),
        col(Problem.state).not_in(NOT_FOUND),
    )


def _conditions(span: Span, state: ColumnElement[Any], filter: ZeroFilter) -> Iterator[ColumnElement[bool]]:
    yield col(Area.level) == AreaLevel.VILLAGE
    yield or_(col(Area.retired_on).is_(None), col(Area.retired_on) >= span.first)
    yield or_(col(Area.valid_from).is_(None), col(Area.valid_from) <= span.last)
    if filter.villages:
        yield col(Area.id).in_(filter.villages)
    if filter.states:
        yield state.in_(filter.states)
    yield from words_in(filter.text, col(Area.name), col(ZeroReport.signer))


def _finish(span: Span, session: Session, rows: list[dict[str, Any]], today: date) -> None:
    query = (
        select(col(Problem.village_id), col(Problem.number))
        .where(*_findings(span), col(Problem.village_id).in_([row["_id"] for row in rows]))
        .order_by(col(Problem.id))
    )
    numbers: dict[int, list[str]] = {}
    for village_id, number in session.execute(query):
        numbers.setdefault(village_id, []).append(number)
    for row in rows:
        row["numbers"] = "、".join(numbers.get(row["_id"], ()))
