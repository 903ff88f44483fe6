"""基本情况: how many waters, reaches, villages, chiefs and helpers the office has on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session

from river_chief.queries.chiefs import CHIEF_ROLES, in_force
from river_chief.records import Area, Reach, Tenure, Water
from river_chief.records.columns import col
from river_chief.terms import AreaLevel, Level, Role


@dataclass(frozen=True, slots=True)
class Basics:
    """Counts on a day; ``length_km`` of all reaches that have one, ``population`` of the villages.

    ``chiefs`` are persons by level; who serves at two levels counts in both, and once in ``persons``.
    ``helpers`` are persons in a role that is not a chief's.
    """

    waters: int
    reaches: int
    length_km: float
    villages: int
    population: int
    chiefs: dict[Level, int]
    persons: int
    helpers: dict[Role, int]


def basics(session: Session, day: date) -> Basics:
    """Count what was in use and in force on *day*."""
    villages, population = session.execute(
        select(func.count(), func.coalesce(func.sum(col(Area.population)), 0)).where(
            col(Area.level) == AreaLevel.VILLAGE, _in_use(col(Area.retired_on), day)
        )
    ).one()
    reaches, length = session.execute(
        select(func.count(), func.coalesce(func.sum(col(Reach.length_km)), 0.0)).where(
            _in_use(col(Reach.retired_on), day)
        )
    ).one()
    waters = session.execute(select(func.count()).where(_in_use(col(Water.retired_on), day))).scalar_one()
    held = in_force(day), col(Tenure.role).in_(CHIEF_ROLES)
    return Basics(
        waters=waters,
        reaches=reaches,
        length_km=float(length),
        villages=villages,
        population=population,
        chiefs=_persons(session, col(Tenure.level), *held),
        persons=session.execute(
            select(func.count(col(Tenure.person_id).distinct())).where(*held)
        ).scalar_one(),
        helpers=_persons(session, col(Tenure.role), in_force(day), col(Tenure.role).not_in(CHIEF_ROLES)),
    )


def _persons(session: Session, by: ColumnElement[Any], *conditions: ColumnElement[bool]) -> dict[Any, int]:
    query = select(by, func.count(col(Tenure.person_id).distinct())).where(*conditions).group_by(by)
    return {row[0]: row[1] for row in session.execute(query)}


def _in_use(retired_on: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return or_(retired_on.is_(None), retired_on > day)
