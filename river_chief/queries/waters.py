"""Divisions, waters and reaches asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.fields.areas import AREAS
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.queries.chiefs import responsible_on
from river_chief.queries.ledger_query import LedgerQuery, words_in
from river_chief.records import Area, Reach, ReachArea, Water
from river_chief.records.columns import col, table
from river_chief.terms import AreaLevel, Level, WaterKind


@dataclass(frozen=True, slots=True)
class WaterFilter:
    """Conditions on a water body; retired ones only when asked for."""

    text: str = ""
    ids: tuple[int, ...] = ()
    kinds: tuple[WaterKind, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ReachFilter:
    """Conditions on a reach; retired ones only when asked for."""

    text: str = ""
    ids: tuple[int, ...] = ()
    waters: tuple[int, ...] = ()
    villages: tuple[int, ...] = ()
    levels: tuple[Level, ...] = ()
    kinds: tuple[WaterKind, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class AreaFilter:
    """Conditions on a division; retired ones only when asked for."""

    text: str = ""
    ids: tuple[int, ...] = ()
    levels: tuple[AreaLevel, ...] = ()
    retired: bool = False


def _water_conditions(filter: WaterFilter) -> Iterator[ColumnElement[bool]]:
    yield from _chosen((col(Water.id), filter.ids), (col(Water.kind), filter.kinds))
    if not filter.retired:
        yield col(Water.retired_on).is_(None)
    yield from words_in(filter.text, col(Water.name), col(Water.code), col(Water.system))


def _reach_conditions(filter: ReachFilter) -> Iterator[ColumnElement[bool]]:
    yield from _chosen(
        (col(Reach.id), filter.ids),
        (col(Reach.water_id), filter.waters),
        (col(Reach.level), filter.levels),
        (col(Reach.kind), filter.kinds),
    )
    if filter.villages:
        yield exists().where(
            col(ReachArea.reach_id) == col(Reach.id),
            col(ReachArea.area_id).in_(filter.villages),
            col(ReachArea.ordinal) > 0,
        )
    if not filter.retired:
        yield col(Reach.retired_on).is_(None)
    yield from words_in(filter.text, col(Reach.name), col(Reach.code), col(Water.name))


def _area_conditions(filter: AreaFilter) -> Iterator[ColumnElement[bool]]:
    yield from _chosen((col(Area.id), filter.ids), (col(Area.level), filter.levels))
    if not filter.retired:
        yield col(Area.retired_on).is_(None)
    yield from words_in(filter.text, col(Area.name), col(Area.code))


def _chosen(*pairs: tuple[ColumnElement[Any], tuple[Any, ...]]) -> Iterator[ColumnElement[bool]]:
    for column, wanted in pairs:
        if wanted:
            yield column.in_(wanted)


def _finish_waters(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    query = (
        select(col(Reach.water_id), col(Reach.name))
        .where(col(Reach.water_id).in_([row["_id"] for row in rows]), col(Reach.retired_on).is_(None))
        .order_by(col(Reach.id))
    )
    names: dict[int, list[str]] = {}
    for water_id, name in session.execute(query):
        names.setdefault(water_id, []).append(name)
    for row in rows:
        own = names.get(row["_id"], [])
        row["reach_count"] = len(own)
        row["reach_names"] = "、".join(own)


def _finish_reaches(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    villages = villages_of(session, [row["_id"] for row in rows])
    chiefs = responsible_on(session, [(row["_id"], None, today) for row in rows])
    for row, who in zip(rows, chiefs, strict=True):
        row["village_names"] = "、".join(name for _, name in villages.get(row["_id"], ()))
        row["county_chief"] = who.names(Level.COUNTY)
        row["town_chief"] = who.names(Level.TOWN)
        row["village_chief"] = who.names(Level.VILLAGE)


def villages_of(session: Session, reach_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Villages (id, name) each reach runs through, downstream."""
    query = (
        select(col(ReachArea.reach_id), col(Area.id), col(Area.name))
        .join(Area, col(Area.id) == col(ReachArea.area_id))
        .where(col(ReachArea.reach_id).in_(reach_ids), col(ReachArea.ordinal) > 0)
        .order_by(col(ReachArea.reach_id), col(ReachArea.ordinal))
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for reach_id, area_id, name in session.execute(query):
        found.setdefault(reach_id, []).append((area_id, name))
    return found


_WATER_OWN = (
    "code name kind system basin bank length_km catchment_km2 upper_code upper_name source_place source_lon source_lat "
    "mouth_place mouth_lon mouth_lat note retired_on"
).split()

WATER_LEDGER: LedgerQuery[WaterFilter] = LedgerQuery(
    WATERS,
    table(Water),
    col(Water.id),
    col(Water.version),
    {name: col(getattr(Water, name)) for name in _WATER_OWN},
    _water_conditions,
    order=(col(Water.id),),
    finish=_finish_waters,
)

_Down = aliased(Reach, name="downstream")
_REACH_OWN = "code name kind level length_km from_place to_place bank target_class note retired_on".split()

REACH_LEDGER: LedgerQuery[ReachFilter] = LedgerQuery(
    REACHES,
    table(Reach)
    .join(table(Water), col(Water.id) == col(Reach.water_id))
    .outerjoin(_Down, col(_Down.id) == col(Reach.downstream_id)),
    col(Reach.id),
    col(Reach.version),
    {
        **{name: col(getattr(Reach, name)) for name in _REACH_OWN},
        "water_code": col(Water.code),
        "water_name": col(Water.name),
        "downstream_name": col(_Down.name),
    },
    _reach_conditions,
    order=(col(Reach.id),),
    finish=_finish_reaches,
)

_Parent, _Merged = aliased(Area, name="parent"), aliased(Area, name="merged")
_AREA_OWN = "code name level population valid_from valid_to retired_on".split()

AREA_LEDGER: LedgerQuery[AreaFilter] = LedgerQuery(
    AREAS,
    table(Area)
    .outerjoin(_Parent, col(_Parent.id) == col(Area.parent_id))
    .outerjoin(_Merged, col(_Merged.id) == col(Area.merged_into_id)),
    col(Area.id),
    col(Area.version),
    {
        **{name: col(getattr(Area, name)) for name in _AREA_OWN},
        "parent_code": col(_Parent.code),
        "parent_name": col(_Parent.name),
        "merged_into_name": col(_Merged.name),
    },
    _area_conditions,
    order=(col(Area.code), col(Area.id)),
)


def total_length(session: Session) -> float:
    """Length of all reaches in use, km."""
    query = select(func.coalesce(func.sum(col(Reach.length_km)), 0.0)).where(col(Reach.retired_on).is_(None))
    return float(session.execute(query).scalar_one())
