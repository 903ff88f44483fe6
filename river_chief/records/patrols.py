"""巡河规则, 巡河记录 with its reaches and its checklist."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, LocalMoment, Record, stored
from river_chief.terms import (
    Answer,
    DutyMethod,
    DutyUnit,
    Entry,
    Level,
    PatrolMode,
    Performer,
    Period,
    Role,
    WaterKind,
)


class PatrolRule(Record, table=True):
    """How often a chief of a level owes a patrol and when one counts; the first fitting, most special wins.

    ``count`` times a ``period``, ``flood_count`` in the flood season (None: the same);
    ``role`` and ``kind`` narrow it; ``months`` is a text such as "3-12" (empty: all year).
    ``exempt_kinds`` are codes of water kinds, joined by ";", whose length need not be walked.
    """

    __tablename__: ClassVar[str] = "patrol_rule"
    __table_args__ = (UniqueConstraint("office", "name", "valid_from"), KEEP_IDS)

    name: str = Field(max_length=60)
    level: Level = Field(sa_type=stored(Level))
    role: Role | None = Field(default=None, sa_type=stored(Role))
    kind: WaterKind | None = Field(default=None, sa_type=stored(WaterKind))
    unit: DutyUnit = Field(default=DutyUnit.PER_REACH, sa_type=stored(DutyUnit))
    period: Period = Field(sa_type=stored(Period))
    count: int
    flood_count: int | None = None
    months: str = Field(default="", max_length=40)
    method: DutyMethod = Field(default=DutyMethod.CAPPED, sa_type=stored(DutyMethod))
    min_minutes: int = 0
    min_km: float = 0.0
    min_gap_hours: int = 0
    exempt_kinds: str = Field(default="", max_length=120)
    valid_from: date
    valid_to: date | None = None
    note: str = Field(default="", max_length=500)
    retired_on: date | None = None


class Patrol(Record, table=True):
    """One patrol of one tenure; a patrol over several reaches is one record (minutes are shared)."""

    __tablename__: ClassVar[str] = "patrol"
    __table_args__ = (
        Index(None, "started_at"),
        Index(None, "tenure_id", "started_at"),
        Index(None, "person_id", "started_at"),
        KEEP_IDS,
    )

    tenure_id: int = Field(foreign_key="tenure.id")
    person_id: int = Field(foreign_key="person.id")
    performer: Performer = Field(default=Performer.SELF, sa_type=stored(Performer))
    companions: str = Field(default="", max_length=200)
    started_at: datetime = Field(sa_type=LocalMoment)
    ended_at: datetime | None = Field(default=None, sa_type=LocalMoment)
    minutes: int | None = None
    km: float | None = None
    from_place: str = Field(default="", max_length=120)
    to_place: str = Field(default="", max_length=120)
    mode: PatrolMode = Field(default=PatrolMode.WALK, sa_type=stored(PatrolMode))
    weather: str = Field(default="", max_length=20)
    entry: Entry = Field(default=Entry.TYPED, sa_type=stored(Entry))
    has_finding: bool = False
    finding: str = Field(default="", max_length=2000)
    handling: str = Field(default="", max_length=2000)
    note: str = Field(default="", max_length=500)
    voided_on: date | None = None


class PatrolReach(Record, table=True):
    """A reach walked in a patrol."""

    __tablename__: ClassVar[str] = "patrol_reach"
    __table_args__ = (UniqueConstraint("patrol_id", "reach_id"), Index(None, "reach_id"), KEEP_IDS)

    patrol_id: int = Field(foreign_key="patrol.id")
    reach_id: int = Field(foreign_key="reach.id")


class PatrolCheck(Record, table=True):
    """The answer to one of the nine items of the patrol log (1 to 9); only those not clean are kept.

    ``answer`` YES means: the item is in order.
    """

    __tablename__: ClassVar[str] = "patrol_check"
    __table_args__ = (UniqueConstraint("patrol_id", "item"), KEEP_IDS)

    patrol_id: int = Field(foreign_key="patrol.id")
    item: int
    answer: Answer = Field(sa_type=stored(Answer))
    note: str = Field(default="", max_length=500)
