"""One person in full: what the ledger knows of them, their tenures over time and the reaches of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.queries.history import ActRow, acts_on
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.records import Area, Person, Reach, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Level, Role


@dataclass(frozen=True, slots=True)
class ReachHeld:
    """A reach a tenure answers for between two days (both counted; open end None)."""

    reach_id: int
    name: str
    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it answers for the reach on *day*."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class TenureFile:
    """A tenure of the person."""

    id: int
    version: int
    role: Role
    level: Level
    area_id: int
    area: str
    title: str
    first: date
    last: date | None
    delegate_id: int | None
    delegate: str
    delegate_from: date | None
    delegate_to: date | None
    note: str
    reaches: tuple[ReachHeld, ...]

    @property
    def words(self) -> str:
        """柳塘村村级河长."""
        return f"{self.area}{self.level.label}{self.role.label}"

    def is_in_force(self, day: date) -> bool:
        """Whether the tenure is in force on *day*."""
        return self.first <= day and (self.last is None or day <= self.last)

    def reaches_on(self, day: date) -> tuple[ReachHeld, ...]:
        """The reaches it answers for on *day*."""
        return tuple(reach for reach in self.reaches if reach.holds_on(day))


@dataclass(frozen=True, slots=True)
class PersonFile:
    """``values`` are the input of ``edit_person``; counts are of problems on today's reaches."""

    id: int
    values: dict[str, Any]
    area: str
    retired_on: date | None
    tenures: tuple[TenureFile, ...]
    reach_ids: tuple[int, ...]
    in_stock: int
    overdue: int
    history: tuple[ActRow, ...]


def person_file(session: Session, tenure_id: int, today: date) -> PersonFile:
    """The file of the person who holds *tenure_id*; newest tenure first."""
    tenure = session.get(Tenure, tenure_id)
    person = session.get(Person, tenure.person_id) if tenure is not None else None
    if tenure is None or person is None:
        raise NotFound("台账里没有这个任职，请刷新后重试。")
    tenures = _tenures(session, person.key)
    held = tuple(
        dict.fromkeys(
            reach.reach_id
            for each in tenures
            if each.is_in_force(today) and each.role.is_chief
            for reach in each.reaches_on(today)
        )
    )
    area = session.get(Area, person.area_id) if person.area_id is not None else None
    acts = [act for each in tenures for act in acts_on(session, "tenure", each.id)]
    acts += acts_on(session, "person", person.key)
    return PersonFile(
        id=person.key,
        values=person.model_dump(exclude={"uid", "office", "recorded_at", "retired_on"}),
        area=area.name if area is not None else "",
        retired_on=person.retired_on,
        tenures=tenures,
        reach_ids=held,
        in_stock=_count(session, held, ProblemFilter(in_stock=True)),
        overdue=_count(session, held, ProblemFilter(overdue_on=today)),
        history=tuple(sorted({act.id: act for act in acts}.values(), key=lambda act: -act.id)),
    )


def _count(session: Session, reach_ids: tuple[int, ...], filter: ProblemFilter) -> int:
    return PROBLEM_LEDGER.count(session, filter.only(reaches=reach_ids)) if reach_ids else 0


def _tenures(session: Session, person_id: int) -> tuple[TenureFile, ...]:
    query = (
        select(Tenure, col(Area.name), col(Person.name))
        .join(Area, col(Area.id) == col(Tenure.area_id))
        .outerjoin(Person, col(Person.id) == col(Tenure.delegate_id))
        .where(col(Tenure.person_id) == person_id)
        .order_by(col(Tenure.valid_from).desc(), col(Tenure.id).desc())
    )
    rows = list(session.execute(query))
    held = _held(session, [tenure.key for tenure, _, _ in rows])
    return tuple(
        TenureFile(
            id=tenure.key,
            version=tenure.version,
            role=tenure.role,
            level=tenure.level,
            area_id=tenure.area_id,
            area=area,
            title=tenure.title,
            first=tenure.valid_from,
            last=tenure.valid_to,
            delegate_id=tenure.delegate_id,
            delegate=delegate or "",
            delegate_from=tenure.delegate_from,
            delegate_to=tenure.delegate_to,
            note=tenure.note,
            reaches=held.get(tenure.key, ()),
        )
        for tenure, area, delegate in rows
    )


def _held(session: Session, tenure_ids: list[int]) -> dict[int, tuple[ReachHeld, ...]]:
    query = (
        select(
            col(TenureReach.tenure_id),
            col(Reach.id),
            col(Reach.name),
            col(TenureReach.valid_from),
            col(TenureReach.valid_to),
        )
        .join(Reach, col(Reach.id) == col(TenureReach.reach_id))
        .where(col(TenureReach.tenure_id).in_(tenure_ids))
        .order_by(col(TenureReach.id))
    )
    found: dict[int, tuple[ReachHeld, ...]] = {}
    for tenure_id, *reach in session.execute(query):
        found[tenure_id] = (*found.get(tenure_id, ()), ReachHeld(*reach))
    return found
