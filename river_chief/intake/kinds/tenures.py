"""Persons and tenures of the ledger, all at once, for the sheets that name people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.intake.characters import compact
from river_chief.records import Area, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import AreaLevel, Level, Role


@dataclass(frozen=True, slots=True)
class Charge:
    """A reach a tenure answers for, from a day to a day (None: for good)."""

    reach: int
    first: date
    last: date | None

    def holds(self, first: date, last: date | None) -> bool:
        """Whether it shares a day with that time."""
        return max(first, self.first) <= min(last or date.max, self.last or date.max)


@dataclass(frozen=True, slots=True)
class Post:
    """A tenure with its person and division."""

    id: int
    version: int
    person: int
    name: str
    role: Role
    level: Level
    area: int
    area_name: str
    first: date
    last: date | None
    charges: tuple[Charge, ...]

    @property
    def words(self) -> str:
        """柳塘村村级河长."""
        return f"{self.area_name}{self.level.label}{self.role.label}"

    def reaches_on(self, day: date) -> tuple[int, ...]:
        """The reaches it answers for on *day*."""
        return tuple(dict.fromkeys(one.reach for one in self.charges if one.holds(day, day)))


class Posts:
    """Every person and tenure of the ledger, found by name, code and person."""

    def __init__(self, session: Session) -> None:
        self.persons: dict[int, Mapping[str, Any]] = {
            one.key: one.model_dump() for one in session.execute(select(Person)).scalars()
        }
        self.by_code = _indexed(self.persons.values(), "code")
        self.by_name = _indexed(self.persons.values(), "name")
        self.levels: dict[int, AreaLevel] = dict(session.execute(select(col(Area.id), col(Area.level))).all())
        self.reach_names: dict[int, str] = dict(session.execute(select(col(Reach.id), col(Reach.name))).all())
        self._by_person: dict[int, list[Post]] = {}
        self._by_reach: dict[int, list[Post]] = {}
        for post in _posts(session):
            self._by_person.setdefault(post.person, []).append(post)
            for reach in {one.reach for one in post.charges}:
                self._by_reach.setdefault(reach, []).append(post)

    def of(self, person: int) -> list[Post]:
        """The tenures of a person, oldest first."""
        return self._by_person.get(person, [])

    def rival(
        self, reach: int, level: Level, area: int, own: int | None, first: date, last: date | None
    ) -> Post | None:
        """Another 河长 of that level and division who answers for *reach* in that time."""
        for post in self._by_reach.get(reach, []):
            alike = (post.role, post.level, post.area) == (Role.CHIEF, level, area) and post.person != own
            if alike and any(one.reach == reach and one.holds(first, last) for one in post.charges):
                return post
        return None


def _indexed(persons: Iterable[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for person in persons:
        if person[key] and person["retired_on"] is None:
            found.setdefault(compact(person[key]), []).append(person)
    return found


def _posts(session: Session) -> Iterable[Post]:
    charges: dict[int, list[Charge]] = {}
    links = select(
        col(TenureReach.tenure_id),
        col(TenureReach.reach_id),
        col(TenureReach.valid_from),
        col(TenureReach.valid_to),
    ).order_by(col(TenureReach.id))
    for tenure, reach, first, last in session.execute(links):
        charges.setdefault(tenure, []).append(Charge(reach, first, last))
    query = (
        select(
            col(Tenure.id).label("id"),
            col(Tenure.version).label("version"),
            col(Tenure.person_id).label("person"),
            col(Person.name).label("name"),
            col(Tenure.role).label("role"),
            col(Tenure.level).label("level"),
            col(Tenure.area_id).label("area"),
            col(Area.name).label("area_name"),
            col(Tenure.valid_from).label("first"),
            col(Tenure.valid_to).label("last"),
        )
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .order_by(col(Tenure.id))
    )
    for row in session.execute(query).mappings():
        yield Post(**row, charges=tuple(charges.get(row["id"], ())))
