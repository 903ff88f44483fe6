"""人员, 任职. A person is not a chief; a tenure is."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import Gender, Level, Role


class Person(Record, table=True):
    """A person; two persons of one name are told apart by their unit (单位)."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (Index(None, "name"), KEEP_IDS)

    name: str = Field(max_length=40)
    code: str = Field(default="", max_length=40)
    gender: Gender | None = Field(default=None, sa_type=stored(Gender))
    phone: str = Field(default="", max_length=40)
    unit: str = Field(default="", max_length=80)
    title: str = Field(default="", max_length=80)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    note: str = Field(default="", max_length=500)
    retired_on: date | None = None


class Tenure(Record, table=True):
    """任职: a person in a role at a level for an area, from a day to a day (inclusive; open end None).

    A delegate (受托人) patrols for the chief between ``delegate_from`` and ``delegate_to``.
    """

    __tablename__: ClassVar[str] = "tenure"
    __table_args__ = (Index(None, "person_id"), Index(None, "area_id"), KEEP_IDS)

    person_id: int = Field(foreign_key="person.id")
    role: Role = Field(sa_type=stored(Role))
    level: Level = Field(sa_type=stored(Level))
    area_id: int = Field(foreign_key="area.id")
    title: str = Field(default="", max_length=80)
    valid_from: date
    valid_to: date | None = None
    delegate_id: int | None = Field(default=None, foreign_key="person.id")
    delegate_from: date | None = None
    delegate_to: date | None = None
    note: str = Field(default="", max_length=500)


class TenureReach(Record, table=True):
    """A reach a tenure answers for, for the days of the tenure or a part of them (inclusive)."""

    __tablename__: ClassVar[str] = "tenure_reach"
    __table_args__ = (
        UniqueConstraint("tenure_id", "reach_id", "valid_from"),
        Index(None, "reach_id"),
        KEEP_IDS,
    )

    tenure_id: int = Field(foreign_key="tenure.id")
    reach_id: int = Field(foreign_key="reach.id")
    valid_from: date
    valid_to: date | None = None
