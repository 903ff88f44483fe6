"""One reach, water or division in full: its row, its own values for a form, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.queries.chiefs import responsible_on, within_days
from river_chief.queries.history import ActRow, acts_on
from river_chief.queries.ledger_query import LedgerQuery, Row
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.queries.rounds import Span
from river_chief.queries.waters import AREA_LEDGER, REACH_LEDGER, WATER_LEDGER, villages_of
from river_chief.records import Area, Person, Reach, ReachArea, Record, Tenure, TenureReach, Water
from river_chief.records.columns import col
from river_chief.terms import Level, Role

NOT_VALUES = {"uid", "office", "recorded_at", "retired_on"}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Someone in charge of a reach on a day; ``village`` is the area of the tenure."""

    tenure_id: int
    name: str
    level: Level
    role: Role
    area: str


@dataclass(frozen=True, slots=True)
class ReachDetail:
    """A reach; counts are of problems in stock, overdue, and of patrols in the days asked."""

    row: Row
    values: dict[str, Any]
    villages: tuple[tuple[int, str], ...]
    keepers: tuple[Keeper, ...]
    in_stock: int
    overdue: int
    patrols: int
    history: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class WaterDetail:
    """A water with its reaches in use as (id, name)."""

    row: Row
    values: dict[str, Any]
    reaches: tuple[tuple[int, str], ...]
    in_stock: int
    overdue: int
    history: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class AreaDetail:
    """A division with the reaches that run through it and the tenures in force there."""

    row: Row
    values: dict[str, Any]
    reaches: tuple[tuple[int, str], ...]
    keepers: tuple[Keeper, ...]
    in_stock: int
    overdue: int
    history: tuple[ActRow, ...]


def reach_detail(session: Session, id: int, today: date, days: Span) -> ReachDetail:
    """The reach with *id*; its patrols of *days* are counted."""
    row, values = _own(session, REACH_LEDGER, Reach, id, today, "个河段")
    villages = tuple(villages_of(session, [id]).get(id, ()))
    in_stock, overdue = _problems(session, ProblemFilter(reaches=(id,)), today)
    return ReachDetail(
        row=row,
        values={**values, "area_ids": tuple(area_id for area_id, _ in villages)},
        villages=villages,
        keepers=_keepers(session, today, reach_id=id),
        in_stock=in_stock,
        overdue=overdue,
        patrols=PATROL_LEDGER.count(session, PatrolFilter(reaches=(id,), days=days)),
        history=tuple(acts_on(session, "reach", id)),
    )


def water_detail(session: Session, id: int, today: date) -> WaterDetail:
    """The water with *id*."""
    row, values = _own(session, WATER_LEDGER, Water, id, today, "条河湖")
    in_stock, overdue = _problems(session, ProblemFilter(waters=(id,)), today)
    query = select(col(Reach.id), col(Reach.name)).where(
        col(Reach.water_id) == id, col(Reach.retired_on).is_(None)
    )
    reaches = session.execute(query.order_by(col(Reach.id)))
    return WaterDetail(
        row=row,
        values=values,
        reaches=tuple((reach_id or 0, name) for reach_id, name in reaches),
        in_stock=in_stock,
        overdue=overdue,
        history=tuple(acts_on(session, "water", id)),
    )


def area_detail(session: Session, id: int, today: date) -> AreaDetail:
    """The division with *id*; problems are those of a village."""
    row, values = _own(session, AREA_LEDGER, Area, id, today, "个行政区")
    in_stock, overdue = _problems(session, ProblemFilter(villages=(id,)), today)
    query = (
        select(col(Reach.id), col(Reach.name))
        .join(ReachArea, col(ReachArea.reach_id) == col(Reach.id))
        .where(col(ReachArea.area_id) == id, col(ReachArea.ordinal) > 0, col(Reach.retired_on).is_(None))
        .order_by(col(Reach.id))
    )
    return AreaDetail(
        row=row,
        values=values,
        reaches=tuple((reach_id or 0, name) for reach_id, name in session.execute(query)),
        keepers=_keepers(session, today, area_id=id),
        in_stock=in_stock,
        overdue=overdue,
        history=tuple(acts_on(session, "area", id)),
    )


def missing_chiefs(session: Session, reach_id: int, today: date) -> tuple[Level, ...]:
    """Levels from the reach's own down to the village that have no chief today."""
    reach = session.get(Reach, reach_id)
    if reach is None:
        return ()
    wanted = tuple(Level)[tuple(Level).index(reach.level) :]
    who = responsible_on(session, [(reach_id, None, today)])[0]
    return tuple(level for level in wanted if not who.names(level))


def _own(
    session: Session, query: LedgerQuery[Any], kind: type[Record], id: int, today: date, what: str
) -> tuple[Row, dict[str, Any]]:
    rows = query.rows(session, [id], today)
    record = session.get(kind, id)
    if not rows or record is None:
        raise NotFound(f"台账里没有这{what}，请刷新后重试。")
    return rows[0], record.model_dump(exclude=NOT_VALUES)


def _problems(session: Session, filter: ProblemFilter, today: date) -> tuple[int, int]:
    in_stock = PROBLEM_LEDGER.count(session, filter.only(in_stock=True))
    return in_stock, PROBLEM_LEDGER.count(session, filter.only(overdue_on=today)) if in_stock else 0


def _keepers(
    session: Session, today: date, *, reach_id: int | None = None, area_id: int | None = None
) -> tuple[Keeper, ...]:
    """Everyone in charge today of a reach, or holding a tenure in an area, by level."""
    query = (
        select(col(Tenure.id), col(Person.name), col(Tenure.level), col(Tenure.role), col(Area.name))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .order_by(col(Tenure.id))
    )
    if reach_id is not None:
        query = query.join(TenureReach, col(TenureReach.tenure_id) == col(Tenure.id)).where(
            col(TenureReach.reach_id) == reach_id, *within_days(TenureReach, today)
        )
    else:
        query = query.where(col(Tenure.area_id) == area_id, *within_days(Tenure, today))
    order = list(Level)
    found = [Keeper(id or 0, *rest) for id, *rest in session.execute(query)]
    return tuple(sorted(found, key=lambda keeper: (not keeper.role.is_chief, order.index(keeper.level))))
