"""文书, 附件, and the number series papers and problems are numbered from."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, LocalMoment, Record, stored
from river_chief.terms import PaperKind, Phase


class NumberSeries(Record, table=True):
    """The last number given in a series and year; numbers are never given twice."""

    __tablename__: ClassVar[str] = "number_series"
    __table_args__ = (UniqueConstraint("office", "series", "year"), KEEP_IDS)

    series: str = Field(max_length=24)
    year: int
    last: int = 0


class Paper(Record, table=True):
    """文书: an official paper with its number; ``sha256`` and ``file`` once its PDF is frozen.

    A paper of the ladder (督促) says which step of it (``ladder_step_id``) and, where it concerns a village
    and not single problems, which (``area_id``); ``due_on`` is when it is to be answered.
    """

    __tablename__: ClassVar[str] = "paper"
    __table_args__ = (UniqueConstraint("office", "number"), Index(None, "kind", "issued_on"), KEEP_IDS)

    kind: PaperKind = Field(sa_type=stored(PaperKind))
    number: str = Field(max_length=60)
    title: str = Field(max_length=120)
    addressee: str = Field(default="", max_length=120)
    issued_on: date
    due_on: date | None = None
    body: str = Field(default="", max_length=4000)
    sha256: str = Field(default="", max_length=64)
    file: str = Field(default="", max_length=120)
    ladder_step_id: int | None = Field(default=None, foreign_key="ladder_step.id")
    area_id: int | None = Field(default=None, foreign_key="area.id")
    answered_on: date | None = None
    answerer: str = Field(default="", max_length=120)
    answer: str = Field(default="", max_length=2000)
    voided_on: date | None = None
    void_reason: str = Field(default="", max_length=200)


class PaperProblem(Record, table=True):
    """A problem a paper is about; one 督办单 may cover several."""

    __tablename__: ClassVar[str] = "paper_problem"
    __table_args__ = (UniqueConstraint("paper_id", "problem_id"), Index(None, "problem_id"), KEEP_IDS)

    paper_id: int = Field(foreign_key="paper.id")
    problem_id: int = Field(foreign_key="problem.id")


class Attachment(Record, table=True):
    """附件: a photo or scan, kept in ``photos/`` under its SHA-256; belongs to one record and phase.

    ``taken_at`` the camera's local time, ``happened_on`` the day it speaks for, ``recorded_at`` when it was
    entered. ``lon`` and ``lat`` are the camera's (WGS84). ``looks`` is a fingerprint of what it shows.
    ``settled`` are the words of the clerk who went through its warnings and stands by it.
    """

    __tablename__: ClassVar[str] = "attachment"
    __table_args__ = (
        Index(None, "problem_id"),
        Index(None, "patrol_id"),
        Index(None, "patch_id"),
        Index(None, "sha256"),
        KEEP_IDS,
    )

    sha256: str = Field(max_length=64)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=60)
    size: int
    phase: Phase = Field(sa_type=stored(Phase))
    problem_id: int | None = Field(default=None, foreign_key="problem.id")
    patrol_id: int | None = Field(default=None, foreign_key="patrol.id")
    paper_id: int | None = Field(default=None, foreign_key="paper.id")
    patch_id: int | None = Field(default=None, foreign_key="patch.id")
    looks: str = Field(default="", max_length=432)
    taken_at: datetime | None = Field(default=None, sa_type=LocalMoment)
    happened_on: date | None = None
    lon: float | None = None
    lat: float | None = None
    note: str = Field(default="", max_length=200)
    settled: str = Field(default="", max_length=200)
    voided_on: date | None = None
