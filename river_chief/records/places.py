"""行政区划, 河湖, 河段."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import AreaLevel, Bank, Level, WaterClass, WaterKind


class Area(Record, table=True):
    """An administrative division; ``code`` is text of 12 digits, or empty where there is none."""

    __tablename__: ClassVar[str] = "area"
    __table_args__ = (UniqueConstraint("office", "parent_id", "name"), Index(None, "code"), KEEP_IDS)

    code: str = Field(default="", max_length=12)
    name: str = Field(max_length=60)
    level: AreaLevel = Field(sa_type=stored(AreaLevel))
    parent_id: int | None = Field(default=None, foreign_key="area.id")
    population: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="area.id")
    retired_on: date | None = None


class Water(Record, table=True):
    """A river, canal, reservoir or other water body."""

    __tablename__: ClassVar[str] = "water"
    __table_args__ = (UniqueConstraint("office", "code"), Index(None, "name"), KEEP_IDS)

    code: str = Field(max_length=40)
    name: str = Field(max_length=60)
    kind: WaterKind = Field(sa_type=stored(WaterKind))
    system: str = Field(default="", max_length=60)
    basin: str = Field(default="", max_length=60)
    bank: str = Field(default="", max_length=20)
    length_km: float | None = None
    catchment_km2: float | None = None
    upper_code: str = Field(default="", max_length=40)
    upper_name: str = Field(default="", max_length=60)
    source_place: str = Field(default="", max_length=120)
    source_lon: float | None = None
    source_lat: float | None = None
    mouth_place: str = Field(default="", max_length=120)
    mouth_lon: float | None = None
    mouth_lat: float | None = None
    note: str = Field(default="", max_length=500)
    retired_on: date | None = None


class Reach(Record, table=True):
    """A stretch of a water that has chiefs; it may cross several villages (``ReachArea``)."""

    __tablename__: ClassVar[str] = "reach"
    __table_args__ = (
        UniqueConstraint("office", "code"),
        Index(None, "water_id"),
        Index(None, "name"),
        KEEP_IDS,
    )

    water_id: int = Field(foreign_key="water.id")
    code: str = Field(max_length=40)
    name: str = Field(max_length=60)
    kind: WaterKind = Field(sa_type=stored(WaterKind))
    level: Level = Field(sa_type=stored(Level))
    length_km: float | None = None
    from_place: str = Field(default="", max_length=120)
    to_place: str = Field(default="", max_length=120)
    bank: Bank | None = Field(default=None, sa_type=stored(Bank))
    target_class: WaterClass | None = Field(default=None, sa_type=stored(WaterClass))
    downstream_id: int | None = Field(default=None, foreign_key="reach.id")
    note: str = Field(default="", max_length=500)
    retired_on: date | None = None


class ReachArea(Record, table=True):
    """A village a reach runs through; ``ordinal`` counts downstream from 1 (0: no longer)."""

    __tablename__: ClassVar[str] = "reach_area"
    __table_args__ = (UniqueConstraint("reach_id", "area_id"), Index(None, "area_id"), KEEP_IDS)

    reach_id: int = Field(foreign_key="reach.id")
    area_id: int = Field(foreign_key="area.id")
    ordinal: int = Field(default=1)
