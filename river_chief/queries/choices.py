"""What a clerk may pick: id or code with the words shown, for pickers, filters and imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, true
from sqlmodel import Session

from river_chief.queries.chiefs import CHIEF_ROLES, in_force
from river_chief.records import Area, Campaign, Category, Person, Reach, Tenure, TenureReach, Water
from river_chief.records.columns import col
from river_chief.terms import AreaLevel, Level


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick; ``hint`` tells two of one name apart, ``parent`` is what it lies in."""

    id: int
    label: str
    code: str = ""
    hint: str = ""
    parent: int | str | None = None


def villages(session: Session) -> list[Choice]:
    """Villages in use, by code."""
    query = (
        select(col(Area.id), col(Area.name), col(Area.code), col(Area.parent_id))
        .where(col(Area.level) == AreaLevel.VILLAGE, col(Area.retired_on).is_(None))
        .order_by(col(Area.code), col(Area.id))
    )
    return [Choice(id, name, code, parent=parent) for id, name, code, parent in session.execute(query)]


def areas(session: Session, *, retired: bool = False) -> list[Choice]:
    """All divisions in use (with *retired*: and those that were), by code."""
    query = (
        select(col(Area.id), col(Area.name), col(Area.code), col(Area.level), col(Area.parent_id))
        .where(true() if retired else col(Area.retired_on).is_(None))
        .order_by(col(Area.code), col(Area.id))
    )
    return [
        Choice(id, name, code, level.label, parent)
        for id, name, code, level, parent in session.execute(query)
    ]


def waters(session: Session) -> list[Choice]:
    """Waters in use."""
    query = (
        select(col(Water.id), col(Water.name), col(Water.code))
        .where(col(Water.retired_on).is_(None))
        .order_by(col(Water.id))
    )
    return [Choice(id, name, code) for id, name, code in session.execute(query)]


def reaches(session: Session) -> list[Choice]:
    """Reaches in use; the parent is the water's id, the hint its name."""
    query = (
        select(col(Reach.id), col(Reach.name), col(Reach.code), col(Water.name), col(Reach.water_id))
        .join(Water, col(Water.id) == col(Reach.water_id))
        .where(col(Reach.retired_on).is_(None))
        .order_by(col(Reach.id))
    )
    return [
        Choice(id, name, code, water, water_id) for id, name, code, water, water_id in session.execute(query)
    ]


def categories(session: Session) -> list[Choice]:
    """Groups and leaves of the problem categories; the parent of a leaf is its group's code."""
    query = (
        select(
            col(Category.id),
            col(Category.name),
            col(Category.code),
            col(Category.alias),
            col(Category.parent_code),
        )
        .where(col(Category.retired_on).is_(None))
        .order_by(col(Category.id))
    )
    return [
        Choice(id, name, code, alias, parent or None)
        for id, name, code, alias, parent in session.execute(query)
    ]


def campaigns(session: Session, *, retired: bool = False) -> list[Choice]:
    """Campaigns in use (with *retired*: and those that were)."""
    query = (
        select(col(Campaign.id), col(Campaign.name))
        .where(true() if retired else col(Campaign.retired_on).is_(None))
        .order_by(col(Campaign.id))
    )
    return [Choice(id, name) for id, name in session.execute(query)]


def persons(session: Session) -> list[Choice]:
    """Persons in use; the hint is unit or title."""
    query = (
        select(
            col(Person.id),
            col(Person.name),
            col(Person.code),
            col(Person.unit),
            col(Person.title),
            col(Person.area_id),
        )
        .where(col(Person.retired_on).is_(None))
        .order_by(col(Person.id))
    )
    return [
        Choice(id, name, code, unit or title, area_id)
        for id, name, code, unit, title, area_id in session.execute(query)
    ]


def chiefs(session: Session, day: date, levels: tuple[Level, ...] = ()) -> list[Choice]:
    """Tenures of chiefs in force on *day* (the id is the tenure's); the hint is area and role."""
    query = (
        select(
            col(Tenure.id),
            col(Person.name),
            col(Area.name),
            col(Tenure.level),
            col(Tenure.role),
            col(Tenure.area_id),
        )
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .where(
            col(Tenure.role).in_(CHIEF_ROLES),
            col(Tenure.valid_from) <= day,
            or_(col(Tenure.valid_to).is_(None), col(Tenure.valid_to) >= day),
        )
        .order_by(col(Tenure.id))
    )
    if levels:
        query = query.where(col(Tenure.level).in_(levels))
    return [
        Choice(id, name, hint=f"{area}{level.label}{role.label}", parent=area_id)
        for id, name, area, level, role, area_id in session.execute(query)
    ]


def walkers(session: Session, day: date) -> list[Choice]:
    """Tenures of every role in force on *day*, chiefs first (the id is the tenure's, the parent its area)."""
    query = (
        select(
            col(Tenure.id),
            col(Person.name),
            col(Area.name),
            col(Tenure.level),
            col(Tenure.role),
            col(Tenure.area_id),
        )
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .where(in_force(day))
        .order_by(col(Tenure.role).not_in(CHIEF_ROLES), col(Area.code), col(Tenure.id))
    )
    return [
        Choice(id, name, hint=f"{area}{level.label}{role.label}", parent=area_id)
        for id, name, area, level, role, area_id in session.execute(query)
    ]


def charges_on(session: Session, day: date) -> dict[int, tuple[Choice, ...]]:
    """Reaches each tenure answers for on *day*, by tenure."""
    query = (
        select(col(TenureReach.tenure_id), col(Reach.id), col(Reach.name), col(Reach.code))
        .join(Reach, col(Reach.id) == col(TenureReach.reach_id))
        .where(
            col(TenureReach.valid_from) <= day,
            or_(col(TenureReach.valid_to).is_(None), col(TenureReach.valid_to) >= day),
        )
        .order_by(col(TenureReach.tenure_id), col(TenureReach.id))
    )
    found: dict[int, tuple[Choice, ...]] = {}
    for tenure_id, id, name, code in session.execute(query):
        found[tenure_id] = (*found.get(tenure_id, ()), Choice(id, name, code))
    return found
