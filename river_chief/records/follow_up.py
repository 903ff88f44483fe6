"""What follows a problem or goes before it: 举一反三, 零报告, 图斑核查."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import Datum, Scope, SweepReply, Verdict


class Sweep(Record, table=True):
    """举一反三: the question of one problem, asked of every village or every reach."""

    __tablename__: ClassVar[str] = "sweep"
    __table_args__ = (Index(None, "problem_id"), KEEP_IDS)

    problem_id: int = Field(foreign_key="problem.id")
    question: str = Field(max_length=500)
    scope: Scope = Field(sa_type=stored(Scope))
    asked_on: date
    due_on: date | None = None
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=200)


class SweepAnswer(Record, table=True):
    """What one village or reach answers to a sweep; ``reply`` None: not answered yet."""

    __tablename__: ClassVar[str] = "sweep_answer"
    __table_args__ = (
        UniqueConstraint("sweep_id", "area_id", "reach_id"),
        Index(None, "problem_id"),
        KEEP_IDS,
    )

    sweep_id: int = Field(foreign_key="sweep.id")
    area_id: int | None = Field(default=None, foreign_key="area.id")
    reach_id: int | None = Field(default=None, foreign_key="reach.id")
    reply: SweepReply | None = Field(default=None, sa_type=stored(SweepReply))
    answered_on: date | None = None
    answerer: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=500)
    problem_id: int | None = Field(default=None, foreign_key="problem.id")


class ZeroReport(Record, table=True):
    """零报告: a village has signed that it found nothing in a month of the office."""

    __tablename__: ClassVar[str] = "zero_report"
    __table_args__ = (Index(None, "year", "month", "area_id"), KEEP_IDS)

    area_id: int = Field(foreign_key="area.id")
    year: int
    month: int
    signer: str = Field(max_length=120)
    signed_on: date
    words: str = Field(default="", max_length=200)
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=200)


class Patch(Record, table=True):
    """图斑: a place on a picture from above that is to be checked on the spot.

    ``shows`` what stands there (桥梁, 临河房屋 …); ``verdict`` None: not checked yet. ``exception`` says why one that
    is no problem has no photo. A real one becomes the problem ``problem_id``.
    """

    __tablename__: ClassVar[str] = "patch"
    __table_args__ = (UniqueConstraint("office", "number"), Index(None, "village_id"), KEEP_IDS)

    number: str = Field(max_length=60)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    village_id: int | None = Field(default=None, foreign_key="area.id")
    reach_id: int | None = Field(default=None, foreign_key="reach.id")
    place: str = Field(default="", max_length=200)
    lon: float | None = None
    lat: float | None = None
    datum: Datum | None = Field(default=None, sa_type=stored(Datum))
    area_m2: float | None = None
    suspected: str = Field(default="", max_length=120)
    handed_on: date | None = None
    due_on: date | None = None
    checked_on: date | None = None
    checker: str = Field(default="", max_length=120)
    shows: str = Field(default="", max_length=120)
    verdict: Verdict | None = Field(default=None, sa_type=stored(Verdict))
    words: str = Field(default="", max_length=500)
    exception: str = Field(default="", max_length=200)
    problem_id: int | None = Field(default=None, foreign_key="problem.id")
    note: str = Field(default="", max_length=500)
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=200)
