"""Patrols counted along the groupings of a saved report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, distinct, func, select
from sqlmodel import Session

from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.report_counts import month_key
from river_chief.records import Area, Patrol, Person, Tenure
from river_chief.records.columns import col, table
from river_chief.terms import Grouping


class PatrolCount(NamedTuple):
    """How many patrols, of how many persons, how many found something; minutes and kilometres in all."""

    logs: int
    walkers: int
    with_finding: int
    minutes: int
    km: float


def patrols_along(
    session: Session, filter: PatrolFilter, by: Sequence[Grouping], start_day: int
) -> dict[tuple[Any, ...], PatrolCount]:
    """The patrols *filter* lets through, counted by the values of the groupings."""
    values: dict[Grouping, ColumnElement[Any]] = {
        Grouping.WALKER: col(Patrol.person_id),
        Grouping.AREA: col(Tenure.area_id),
        Grouping.LEVEL: col(Tenure.level),
        Grouping.PATROL_MONTH: month_key(col(Patrol.started_at), start_day),
    }
    chosen = [values[grouping] for grouping in by]
    query = (
        select(
            *chosen,
            func.count(),
            func.count(distinct(col(Patrol.person_id))),
            func.count(case((col(Patrol.has_finding).is_(True), 1))),
            func.coalesce(func.sum(col(Patrol.minutes)), 0),
            func.coalesce(func.sum(col(Patrol.km)), 0.0),
        )
        .select_from(table(Patrol).join(table(Tenure), col(Tenure.id) == col(Patrol.tenure_id)))
        .where(col(Patrol.id).in_(PATROL_LEDGER.matching(filter)))
        .group_by(*chosen)
    )
    size = len(chosen)
    return {tuple(row[:size]): PatrolCount(*row[size:]) for row in session.execute(query)}


def walkers(session: Session) -> dict[int, str]:
    """Every person, by division and then as entered; where two share a name, each with their place."""
    query = (
        select(col(Person.id), col(Person.name), func.coalesce(col(Area.name), ""))
        .outerjoin(Area, col(Area.id) == col(Person.area_id))
        .order_by(col(Area.code), col(Person.id))
    )
    rows = session.execute(query).all()
    held = Counter(name for _, name, _ in rows)
    return {id: name if held[name] == 1 else f"{name}（{area or id}）" for id, name, area in rows}
