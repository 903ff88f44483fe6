"""Whose paper logs may lie on the desk: everyone in charge of a reach on some day of a span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session

from river_chief.queries.rounds import Span
from river_chief.records import Area, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Level, Role


@dataclass(frozen=True, slots=True)
class Charge:
    """A reach someone answers for between two days (both counted; open end None)."""

    reach_id: int
    reach: str
    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the charge holds on *day*."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Walker:
    """A tenure with the reaches it answers for in the span asked."""

    tenure_id: int
    name: str
    area: str
    level: Level
    role: Role
    charges: tuple[Charge, ...]


def walkers_in(session: Session, days: Span, areas: tuple[int, ...] = ()) -> list[Walker]:
    """Everyone in charge of a reach on some of the *days*, by area; only of *areas* when given."""
    first, last = days
    query = (
        select(
            col(Tenure.id),
            col(Person.name),
            col(Area.name),
            col(Tenure.level),
            col(Tenure.role),
            col(Reach.id),
            col(Reach.name),
            col(TenureReach.valid_from),
            col(TenureReach.valid_to),
        )
        .join(TenureReach, col(TenureReach.tenure_id) == col(Tenure.id))
        .join(Reach, col(Reach.id) == col(TenureReach.reach_id))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .where(or_(col(TenureReach.valid_to).is_(None), col(TenureReach.valid_to) >= first))
        .order_by(col(Area.code), col(Area.id), col(Tenure.id), col(TenureReach.id))
    )
    if last is not None:
        query = query.where(col(TenureReach.valid_from) <= last)
    if areas:
        query = query.where(col(Tenure.area_id).in_(areas))
    found: dict[int, Walker] = {}
    for tenure_id, name, area, level, role, *charge in session.execute(query):
        known = found.get(tenure_id)
        held = (*(known.charges if known else ()), Charge(*charge))
        found[tenure_id] = Walker(tenure_id, name, area, level, role, held)
    return list(found.values())
