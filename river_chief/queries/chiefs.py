"""Persons and tenures asked for; and who answers for a reach on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.fields.chiefs import CHIEFS
from river_chief.queries.ledger_query import LedgerQuery, words_in
from river_chief.records import Area, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col, table
from river_chief.rules.masking import mask_phone
from river_chief.terms import Level, Role

_Delegate = aliased(Person, name="delegate")
CHIEF_ROLES = tuple(role for role in Role if role.is_chief)


@dataclass(frozen=True, slots=True)
class ChiefFilter:
    """Conditions on a tenure; ``on`` keeps those in force that day (None: all there ever were).

    ``reaches``  it answers for one of them on that day (None: ever did).
    """

    text: str = ""
    ids: tuple[int, ...] = ()
    on: date | None = None
    levels: tuple[Level, ...] = ()
    roles: tuple[Role, ...] = ()
    areas: tuple[int, ...] = ()
    reaches: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsible:
    """The chiefs of a reach on a day, as (level, area id, name)."""

    chiefs: tuple[tuple[Level, int, str], ...]
    village_id: int | None

    def names(self, level: Level) -> str:
        """Names of the chiefs of *level*; of the village chiefs only the village's own."""
        found = [
            name
            for own, area_id, name in self.chiefs
            if own is level and (level is not Level.VILLAGE or self.village_id in (None, area_id))
        ]
        return "、".join(dict.fromkeys(found))

    def lowest(self) -> str:
        """Names of the lowest level that has a chief here (河长姓名 of a problem sheet)."""
        for level in (Level.VILLAGE, Level.TOWN, Level.COUNTY, Level.CITY):
            if names := self.names(level):
                return names
        return ""


def responsible_on(
    session: Session, asked: Sequence[tuple[int | None, int | None, date]]
) -> list[Responsible]:
    """Return who answers for each (reach id, village id, day)."""
    reach_ids = {reach_id for reach_id, _, _ in asked if reach_id is not None}
    query = (
        select(
            col(TenureReach.reach_id),
            col(TenureReach.valid_from),
            col(TenureReach.valid_to),
            col(Tenure.level),
            col(Tenure.area_id),
            col(Person.name),
        )
        .join(Tenure, col(Tenure.id) == col(TenureReach.tenure_id))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .where(col(TenureReach.reach_id).in_(reach_ids), col(Tenure.role).in_(CHIEF_ROLES))
        .order_by(col(Tenure.id))
    )
    by_reach: dict[int, list[tuple[date, date | None, Level, int, str]]] = {}
    for reach_id, first, last, level, area_id, name in session.execute(query):
        by_reach.setdefault(reach_id, []).append((first, last, level, area_id, name))
    answers = []
    for reach_id, village_id, day in asked:
        chiefs = tuple(
            (level, area_id, name)
            for first, last, level, area_id, name in by_reach.get(reach_id or 0, ())
            if first <= day and (last is None or day <= last)
        )
        answers.append(Responsible(chiefs, village_id))
    return answers


def _conditions(filter: ChiefFilter) -> Iterator[ColumnElement[bool]]:
    for column, wanted in (
        (col(Tenure.id), filter.ids),
        (col(Tenure.level), filter.levels),
        (col(Tenure.role), filter.roles),
        (col(Tenure.area_id), filter.areas),
        (col(Tenure.person_id), filter.persons),
    ):
        if wanted:
            yield column.in_(wanted)
    if filter.on is not None:
        yield in_force(filter.on)
    if filter.reaches:
        charged = select(col(TenureReach.tenure_id)).where(col(TenureReach.reach_id).in_(filter.reaches))
        if filter.on is not None:
            charged = charged.where(*within_days(TenureReach, filter.on))
        yield col(Tenure.id).in_(charged)
    yield from words_in(
        filter.text, col(Person.name), col(Person.unit), col(Tenure.title), col(Area.name), col(Person.phone)
    )


def in_force(day: date) -> ColumnElement[bool]:
    """The tenure is in force on *day*."""
    return and_(*within_days(Tenure, day))


def within_days(kind: type[Tenure | TenureReach], day: date) -> tuple[ColumnElement[bool], ...]:
    """The record's days, both ends counted, take in *day*."""
    return (
        col(kind.valid_from) <= day,
        or_(col(kind.valid_to).is_(None), col(kind.valid_to) >= day),
    )


_SOURCE = (
    table(Tenure)
    .join(table(Person), col(Person.id) == col(Tenure.person_id))
    .join(
        table(Area),
        col(Area.id) == col(Tenure.area_id),
    )
    .outerjoin(_Delegate, col(_Delegate.id) == col(Tenure.delegate_id))
)

_COLUMNS: dict[str, ColumnElement[Any]] = {
    "name": col(Person.name),
    "code": col(Person.code),
    "gender": col(Person.gender),
    "phone": col(Person.phone),
    "unit": col(Person.unit),
    "title": col(Tenure.title),
    "area_name": col(Area.name),
    "role": col(Tenure.role),
    "level": col(Tenure.level),
    "valid_from": col(Tenure.valid_from),
    "valid_to": col(Tenure.valid_to),
    "delegate_name": col(_Delegate.name),
    "delegate_from": col(Tenure.delegate_from),
    "delegate_to": col(Tenure.delegate_to),
    "note": col(Tenure.note),
    "retired_on": col(Person.retired_on),
}


def _finish(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    """Name the reaches of today; of a tenure that is over or yet to begin, those of its last or first day."""
    query = (
        select(
            col(TenureReach.tenure_id),
            col(TenureReach.valid_from),
            col(TenureReach.valid_to),
            col(Reach.name),
        )
        .join(Reach, col(Reach.id) == col(TenureReach.reach_id))
        .where(col(TenureReach.tenure_id).in_([row["_id"] for row in rows]))
        .order_by(col(TenureReach.id))
    )
    charges: dict[int, list[tuple[date, date | None, str]]] = {}
    for tenure_id, first, last, name in session.execute(query):
        charges.setdefault(tenure_id, []).append((first, last, name))
    for row in rows:
        day = max(min(today, row["valid_to"] or today), row["valid_from"])
        names = [
            name
            for first, last, name in charges.get(row["_id"], ())
            if first <= day and (last is None or day <= last)
        ]
        row["reach_names"] = "、".join(dict.fromkeys(names))


CHIEF_LEDGER: LedgerQuery[ChiefFilter] = LedgerQuery(
    CHIEFS,
    _SOURCE,
    col(Tenure.id),
    col(Tenure.version),
    _COLUMNS,
    _conditions,
    order=(col(Tenure.id),),
    extras={"_person_id": col(Tenure.person_id)},
    finish=_finish,
)


def _finish_masked(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    _finish(session, rows, today)
    for row in rows:
        row["phone"] = mask_phone(row["phone"])


# What a table on the screen shows: phones are masked, also in what is copied from it.
CHIEF_TABLE: LedgerQuery[ChiefFilter] = LedgerQuery(
    CHIEFS,
    _SOURCE,
    col(Tenure.id),
    col(Tenure.version),
    _COLUMNS,
    _conditions,
    order=(col(Tenure.id),),
    finish=_finish_masked,
)
