"""Patrol logs asked for; the facts and charges patrol duty is reckoned from; one log in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlmodel import Session

from river_chief.fields.patrols import PATROLS
from river_chief.queries.ledger_query import LedgerQuery, words_in
from river_chief.queries.rounds import Span
from river_chief.records import (
    Act,
    ActChange,
    Area,
    Patrol,
    PatrolCheck,
    PatrolReach,
    Person,
    Reach,
    Tenure,
    TenureReach,
    Water,
)
from river_chief.records import PatrolRule as RuleRecord
from river_chief.records.columns import col, table
from river_chief.rules.patrol_duty import Assignment, PatrolFact
from river_chief.rules.patrol_rule import DutyRule, RuleBook
from river_chief.terms import Answer, Entry, Level, WaterKind


@dataclass(frozen=True, slots=True)
class PatrolFilter:
    """Conditions on a patrol, all of which must hold; ``days`` is an inclusive span."""

    text: str = ""
    ids: tuple[int, ...] = ()
    days: Span | None = None
    levels: tuple[Level, ...] = ()
    areas: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    tenures: tuple[int, ...] = ()
    reaches: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    with_finding: bool = False
    voided: bool = False
    batch: int | None = None


def _conditions(filter: PatrolFilter) -> Iterator[ColumnElement[bool]]:
    for column, wanted in (
        (col(Patrol.id), filter.ids),
        (col(Tenure.level), filter.levels),
        (col(Tenure.area_id), filter.areas),
        (col(Patrol.person_id), filter.persons),
        (col(Patrol.tenure_id), filter.tenures),
        (col(Patrol.entry), filter.entries),
    ):
        if wanted:
            yield column.in_(wanted)
    if not filter.voided:
        yield col(Patrol.voided_on).is_(None)
    if filter.with_finding:
        yield col(Patrol.has_finding).is_(True)
    if filter.reaches:
        yield exists().where(
            col(PatrolReach.patrol_id) == col(Patrol.id), col(PatrolReach.reach_id).in_(filter.reaches)
        )
    if filter.batch is not None:
        acts = select(col(Act.id)).where(col(Act.batch_id) == filter.batch)
        yield col(Patrol.id).in_(
            select(col(ActChange.record_id)).where(
                col(ActChange.ledger) == "patrol", col(ActChange.act_id).in_(acts)
            )
        )
    yield from on_days(filter.days)
    yield from words_in(
        filter.text,
        col(Person.name),
        col(Area.name),
        col(Patrol.finding),
        col(Patrol.from_place),
        col(Patrol.note),
    )


def on_days(days: Span | None) -> Iterator[ColumnElement[bool]]:
    """The patrol began on one of the inclusive *days*."""
    if days is None:
        return
    first, last = days
    if first is not None:
        yield col(Patrol.started_at) >= datetime.combine(first, time.min)
    if last is not None:
        yield col(Patrol.started_at) < datetime.combine(last + timedelta(days=1), time.min)


_SOURCE = (
    table(Patrol)
    .join(table(Tenure), col(Tenure.id) == col(Patrol.tenure_id))
    .join(table(Person), col(Person.id) == col(Patrol.person_id))
    .join(table(Area), col(Area.id) == col(Tenure.area_id))
)
_OWN = (
    "started_at ended_at minutes km from_place to_place performer companions mode weather has_finding finding "
    "handling entry note voided_on"
).split()
_COLUMNS: dict[str, ColumnElement[Any]] = {
    "person_name": col(Person.name),
    "role": col(Tenure.role),
    "level": col(Tenure.level),
    "area_name": col(Area.name),
    "unit": col(Person.unit),
    **{name: col(getattr(Patrol, name)) for name in _OWN},
}


def _finish(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    book = RuleBook(duty_rules(session))
    query = (
        select(col(PatrolReach.patrol_id), col(Reach.name), col(Water.name), col(Reach.kind))
        .join(Reach, col(Reach.id) == col(PatrolReach.reach_id))
        .join(Water, col(Water.id) == col(Reach.water_id))
        .where(col(PatrolReach.patrol_id).in_([row["_id"] for row in rows]))
        .order_by(col(PatrolReach.id))
    )
    found: dict[int, list[Any]] = {}
    for patrol_id, *reach in session.execute(query):
        found.setdefault(patrol_id, []).append(reach)
    for row in rows:
        reaches = found.get(row["_id"], [])
        row["reach_names"] = "、".join(name for name, _, _ in reaches)
        row["water_name"] = "、".join(dict.fromkeys(water for _, water, _ in reaches))
        row["valid"] = _valid(row, [kind for _, _, kind in reaches], book)


def _valid(row: dict[str, Any], kinds: list[WaterKind], book: RuleBook) -> bool | None:
    """Whether the log is long enough by the rule of its day for any of its reaches.

    None where no rule speaks of it, where it is voided, or where the gap to the log before decides.
    """
    day = row["started_at"].date()
    known = []
    for kind in kinds if row["voided_on"] is None else ():
        rule = book.rule_on(day, (row["role"], row["level"], kind))
        if rule is not None:
            long_enough = rule.counts(row["minutes"], row["km"], kind)
            known.append(None if long_enough and rule.min_gap_hours else long_enough)
    return True if True in known else None if None in known or not known else False


PATROL_LEDGER: LedgerQuery[PatrolFilter] = LedgerQuery(
    PATROLS,
    _SOURCE,
    col(Patrol.id),
    col(Patrol.version),
    _COLUMNS,
    _conditions,
    order=(col(Patrol.started_at).desc(), col(Patrol.id).desc()),
    finish=_finish,
)


def _of(column: ColumnElement[Any], tenures: Collection[int] | None) -> list[ColumnElement[bool]]:
    """Only these tenures; None means every one."""
    return [] if tenures is None else [column.in_(tenures)]


def facts(session: Session, days: Span, tenures: Collection[int] | None = None) -> list[PatrolFact]:
    """What was walked on *days*: one fact for each patrol and reach; minutes are the patrol's own."""
    query = (
        select(
            col(Patrol.tenure_id),
            col(PatrolReach.reach_id),
            col(Patrol.started_at),
            col(Patrol.minutes),
            col(Patrol.km),
        )
        .join(PatrolReach, col(PatrolReach.patrol_id) == col(Patrol.id))
        .where(col(Patrol.voided_on).is_(None), *on_days(days), *_of(col(Patrol.tenure_id), tenures))
    )
    return [
        PatrolFact(tenure_id, reach_id, started.date(), minutes, km)
        for tenure_id, reach_id, started, minutes, km in session.execute(query)
    ]


def assignments(
    session: Session, days: tuple[date, date], tenures: Collection[int] | None = None
) -> list[Assignment]:
    """Who answered for which reach on any of *days*."""
    query = (
        select(
            col(Tenure.id),
            col(Tenure.person_id),
            col(Tenure.role),
            col(Tenure.level),
            col(Tenure.area_id),
            col(TenureReach.reach_id),
            col(Reach.kind),
            col(TenureReach.valid_from),
            col(TenureReach.valid_to),
        )
        .join(TenureReach, col(TenureReach.tenure_id) == col(Tenure.id))
        .join(Reach, col(Reach.id) == col(TenureReach.reach_id))
        .where(col(TenureReach.valid_from) <= days[1], *_of(col(Tenure.id), tenures))
        .order_by(col(Tenure.id), col(TenureReach.id))
    )
    rows = [Assignment(*row) for row in session.execute(query)]
    return [row for row in rows if row.valid_to is None or row.valid_to >= days[0]]


def duty_rules(session: Session) -> list[DutyRule]:
    """The office's patrol rules."""
    names = [name for name in DutyRule.__dataclass_fields__ if name not in ("active_months", "exempt")]
    query = select(RuleRecord).where(col(RuleRecord.retired_on).is_(None)).order_by(col(RuleRecord.id))
    return [
        DutyRule(**{name: getattr(record, name) for name in names})
        for record in session.execute(query).scalars()
    ]


class Logs(NamedTuple):
    """How many patrols a tenure made, and how many of them found something."""

    tenure_id: int
    patrols: int
    found: int


def logs(session: Session, days: Span, tenures: Collection[int] | None = None) -> list[Logs]:
    """The patrols that were begun on *days*, for every tenure that made any."""
    found = func.count(case((col(Patrol.has_finding).is_(True), 1)))
    query = (
        select(col(Patrol.tenure_id), func.count(), found)
        .where(col(Patrol.voided_on).is_(None), *on_days(days), *_of(col(Patrol.tenure_id), tenures))
        .group_by(col(Patrol.tenure_id))
    )
    return [Logs(*row) for row in session.execute(query)]


def tenure_names(session: Session) -> dict[int, tuple[str, str]]:
    """Name of the person and of the area, by tenure."""
    query = (
        select(col(Tenure.id), col(Person.name), col(Area.name))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
    )
    return {tenure_id: (person, area) for tenure_id, person, area in session.execute(query)}


def reach_names(session: Session) -> dict[int, str]:
    """Name of every reach there ever was."""
    return dict(session.execute(select(col(Reach.id), col(Reach.name))).all())


def checks(session: Session, patrol_id: int) -> dict[int, tuple[Answer, str]]:
    """Answers to the items of a log that are not simply in order, by item number (1 to 9)."""
    query = select(col(PatrolCheck.item), col(PatrolCheck.answer), col(PatrolCheck.note)).where(
        col(PatrolCheck.patrol_id) == patrol_id,
        or_(col(PatrolCheck.answer) != Answer.YES, col(PatrolCheck.note) != ""),
    )
    return {item: (answer, note) for item, answer, note in session.execute(query)}
