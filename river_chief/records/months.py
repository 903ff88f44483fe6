"""What stays of a month: its closing with the frozen body, the words edited into reports, saved reports."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import ReportPart


class MonthClose(Record, table=True):
    """月结: one edition (版次) of a closed month of the office.

    ``first`` to ``last`` are its days, ``cut`` the day it knows up to. ``digest``,
    ``proof_digest`` and ``papers_digest`` name the ``FrozenBody`` with the figures and rules, with the rows behind them
    and with the papers; ``head`` is the journal's head when it was closed. ``reason`` says why
    there is a further edition. An edition with ``reopened_on`` no longer holds; the next one replaces it.
    """

    __tablename__: ClassVar[str] = "month_close"
    __table_args__ = (UniqueConstraint("office", "year", "month", "edition"), KEEP_IDS)

    year: int
    month: int
    first: date
    last: date
    cut: date
    edition: int
    closed_on: date
    closer: str = Field(max_length=40)
    reason: str = Field(default="", max_length=200)
    digest: str = Field(max_length=64)
    proof_digest: str = Field(max_length=64)
    papers_digest: str = Field(max_length=64)
    head: str = Field(default="", max_length=64)
    reopened_on: date | None = None
    reopener: str = Field(default="", max_length=40)
    reopen_reason: str = Field(default="", max_length=200)


class FrozenBody(SQLModel, table=True):
    """What a closed month froze, packed; named by the SHA-256 of its bytes, never changed.

    Not journalled: the digest in the journalled ``MonthClose`` proves it.
    """

    __tablename__: ClassVar[str] = "frozen_body"
    __table_args__ = (UniqueConstraint("digest"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64)
    body: bytes = Field(sa_type=LargeBinary)


class ReportText(Record, table=True):
    """A part of a report as the office has written it, in place of the generated words.

    ``kind`` is the paper's (monthly, half-year …), ``first`` to ``last`` its days. ``based_on`` are the generated
    words the office had before it when it wrote: where they have changed since, its own are out of date.
    """

    __tablename__: ClassVar[str] = "report_text"
    __table_args__ = (UniqueConstraint("office", "kind", "first", "last", "part"), KEEP_IDS)

    kind: str = Field(max_length=24)
    first: date
    last: date
    part: ReportPart = Field(sa_type=stored(ReportPart))
    text: str = Field(default="", max_length=8000)
    based_on: str = Field(default="", max_length=8000)
    retired_on: date | None = None


class SavedReport(Record, table=True):
    """自定义报表: a filter, a grouping and columns kept under a name; ``definition`` as the verb's input gives it."""

    __tablename__: ClassVar[str] = "saved_report"
    __table_args__ = (UniqueConstraint("office", "name"), KEEP_IDS)

    name: str = Field(max_length=60)
    definition: dict[str, Any] = Field(sa_type=JSON)
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None
