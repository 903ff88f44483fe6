"""The tables of rules asked for: 时限, 节假日, 回头看, 督促阶梯, 红黄绿 …"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlmodel import Session

from river_chief.fields.rules import CLOSINGS, DEADLINES, HOLIDAYS, LADDER, LIGHTS, LOOK_BACKS, PROOFS
from river_chief.queries.ledger_query import LedgerQuery, words_in
from river_chief.queries.office_tables import OfficeFilter
from river_chief.records import (
    Campaign,
    Category,
    ClosingRule,
    DeadlineDefault,
    Holiday,
    LadderStep,
    LightRule,
    LookBackRule,
    ProofRule,
)
from river_chief.records.columns import col, table
from river_chief.rules.calendar import weekday_text
from river_chief.rules.deadlines import DeadlineRule
from river_chief.rules.ladder import condition
from river_chief.rules.lights import LIT, LightTable, Limits
from river_chief.rules.proof import PROVABLE
from river_chief.terms import Clock, DeadlineKind, Source


@dataclass(frozen=True, slots=True)
class HolidayFilter:
    """Conditions on days of the office's own calendar; retired ones only when asked for."""

    text: str = ""
    years: tuple[int, ...] = ()
    retired: bool = False


def _deadline_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(DeadlineDefault.retired_on).is_(None)
    yield from words_in(filter.text, col(DeadlineDefault.note), col(Campaign.name))


def _finish_deadlines(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        rule = DeadlineRule(kind=row["kind"], amount=row["amount"], on=row["on_day"], roll=row["rolls"])
        row["length"] = rule.text
        row["rolls"] = row["rolls"] if rule.kind is DeadlineKind.NATURAL_DAYS else None


DEADLINE_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    DEADLINES,
    table(DeadlineDefault).outerjoin(table(Campaign), col(Campaign.id) == col(DeadlineDefault.campaign_id)),
    col(DeadlineDefault.id),
    col(DeadlineDefault.version),
    {
        **{
            name: col(getattr(DeadlineDefault, name))
            for name in "clock severity source start kind amount on_day rolls note retired_on".split()
        },
        "campaign_name": col(Campaign.name),
    },
    _deadline_conditions,
    order=(
        case(*((col(DeadlineDefault.clock) == clock, place) for place, clock in enumerate(Clock))),
        col(DeadlineDefault.id),
    ),
    finish=_finish_deadlines,
)


def _holiday_conditions(filter: HolidayFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(Holiday.retired_on).is_(None)
    if filter.years:
        spans = ((date(year, 1, 1), date(year, 12, 31)) for year in filter.years)
        yield or_(*(and_(col(Holiday.day) >= first, col(Holiday.day) <= last) for first, last in spans))
    yield from words_in(filter.text, col(Holiday.name))


def _finish_holidays(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["weekday"] = weekday_text(row["day"])
        row["what"] = "上班" if row["_is_working"] else "放假"


HOLIDAY_TABLE: LedgerQuery[HolidayFilter] = LedgerQuery(
    HOLIDAYS,
    table(Holiday),
    col(Holiday.id),
    col(Holiday.version),
    {name: col(getattr(Holiday, name)) for name in ("day", "name", "retired_on")},
    _holiday_conditions,
    order=(col(Holiday.day),),
    extras={"_is_working": col(Holiday.is_working)},
    finish=_finish_holidays,
)


def holiday_years(session: Session) -> list[int]:
    """The years the office's own calendar has days of."""
    days = session.execute(select(col(Holiday.day)).where(col(Holiday.retired_on).is_(None))).scalars()
    return sorted({day.year for day in days})


def _look_back_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(LookBackRule.retired_on).is_(None)
    yield from words_in(filter.text, col(LookBackRule.note), col(Category.name))


def _finish_look_backs(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["category_name"] = row["category_name"] or "各种类型"


LOOK_BACK_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    LOOK_BACKS,
    table(LookBackRule).outerjoin(
        table(Category),
        and_(
            col(Category.code) == col(LookBackRule.category_code),
            col(Category.office) == col(LookBackRule.office),
        ),
    ),
    col(LookBackRule.id),
    col(LookBackRule.version),
    {
        **{
            name: col(getattr(LookBackRule, name))
            for name in "severity months percent early_days note retired_on".split()
        },
        "category_name": col(Category.name),
    },
    _look_back_conditions,
    order=(col(LookBackRule.category_code), col(LookBackRule.id)),
    finish=_finish_look_backs,
)


def _ladder_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(LadderStep.retired_on).is_(None)
    yield from words_in(filter.text, col(LadderStep.name), col(LadderStep.note))


def _finish_ladder(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    names = "trigger _days _count _rate_key _percent _months".split()
    for row in rows:
        row["condition"] = condition(*(row[name] for name in names))


LADDER_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    LADDER,
    table(LadderStep),
    col(LadderStep.id),
    col(LadderStep.version),
    {
        name: col(getattr(LadderStep, name))
        for name in "ordinal name severity target paper trigger note retired_on".split()
    },
    _ladder_conditions,
    order=(col(LadderStep.ordinal), col(LadderStep.id)),
    extras={
        f"_{name}": col(getattr(LadderStep, name)) for name in "days count rate_key percent months".split()
    },
    finish=_finish_ladder,
)


def _closing_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    wanted = [source for source in Source if filter.text.strip() in source.label]
    yield or_(col(ClosingRule.source).in_(wanted), *words_in(filter.text, col(ClosingRule.note)))


CLOSING_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    CLOSINGS,
    table(ClosingRule),
    col(ClosingRule.id),
    col(ClosingRule.version),
    {name: col(getattr(ClosingRule, name)) for name in "source minor serious major note".split()},
    _closing_conditions,
    order=(col(ClosingRule.source),),
)


def _proof_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(ProofRule.retired_on).is_(None)
    yield from words_in(filter.text, col(ProofRule.note), col(Category.name))


def _finish_proofs(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["category_name"] = row["category_name"] or "各种类型"
        row["_texts"] = {} if row["severity"] else {"severity": "各种程度"}


PROOF_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    PROOFS,
    table(ProofRule).outerjoin(
        table(Category),
        and_(
            col(Category.code) == col(ProofRule.category_code), col(Category.office) == col(ProofRule.office)
        ),
    ),
    col(ProofRule.id),
    col(ProofRule.version),
    {
        **{
            name: col(getattr(ProofRule, name))
            for name in "action proof is_needed severity note retired_on".split()
        },
        "category_name": col(Category.name),
    },
    _proof_conditions,
    order=(
        case(*((col(ProofRule.action) == action, place) for place, action in enumerate(PROVABLE))),
        col(ProofRule.id),
    ),
    finish=_finish_proofs,
)


def _light_conditions(filter: OfficeFilter) -> Iterator[ColumnElement[bool]]:
    if not filter.retired:
        yield col(LightRule.retired_on).is_(None)
    named = [key for key, words in LIT.items() if filter.text.strip() in words.name]
    yield or_(col(LightRule.rate_key).in_(named), *words_in(filter.text, col(LightRule.note)))


def _finish_lights(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        words = LIT[row["_rate_key"]]
        limits = Limits(row["green"], row["yellow"], bool(words.less_is_better))
        row["name"], row["words"] = words.name, limits.text
        row["direction"] = "越低越好" if limits.less_is_better else "越高越好"


LIGHT_TABLE: LedgerQuery[OfficeFilter] = LedgerQuery(
    LIGHTS,
    table(LightRule),
    col(LightRule.id),
    col(LightRule.version),
    {name: col(getattr(LightRule, name)) for name in "green yellow note retired_on".split()},
    _light_conditions,
    order=(
        case(*((col(LightRule.rate_key) == key, place) for place, key in enumerate(LIT))),
        col(LightRule.id),
    ),
    extras={"_rate_key": col(LightRule.rate_key)},
    finish=_finish_lights,
)


def light_table(session: Session) -> LightTable:
    """The office's limits in force, by key of the rate."""
    columns = (col(LightRule.rate_key), col(LightRule.green), col(LightRule.yellow))
    query = select(*columns).where(col(LightRule.retired_on).is_(None))
    return {
        key: Limits(green, yellow, bool(LIT[key].less_is_better))
        for key, green, yellow in session.execute(query)
    }
