"""The rules of the closed loop an office keeps as rows: 销号权限, 佐证要求, 时限, 督促阶梯, 回头看, 节假日, 红黄绿."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field, UniqueConstraint

from river_chief.records.record import KEEP_IDS, Record, stored
from river_chief.terms import (
    Action,
    Clock,
    Closer,
    DeadlineKind,
    PaperKind,
    Proof,
    Severity,
    Source,
    StartEvent,
    Target,
    Trigger,
)


class ClosingRule(Record, table=True):
    """销号权限: who may strike off the problems of a source, for each severity."""

    __tablename__: ClassVar[str] = "closing_rule"
    __table_args__ = (UniqueConstraint("office", "source"), KEEP_IDS)

    source: Source = Field(sa_type=stored(Source))
    minor: Closer = Field(sa_type=stored(Closer))
    serious: Closer = Field(sa_type=stored(Closer))
    major: Closer = Field(sa_type=stored(Closer))
    note: str = Field(default="", max_length=200)


class ProofRule(Record, table=True):
    """佐证要求: what an action needs before it may be done.

    ``category_code`` "" every category, a group (LD) or a leaf (LD01); ``severity`` None: every one. The row that
    says most wins; ``is_needed`` False lifts what a wider row asks for.
    """

    __tablename__: ClassVar[str] = "proof_rule"
    __table_args__ = (KEEP_IDS,)

    action: Action = Field(sa_type=stored(Action))
    proof: Proof = Field(sa_type=stored(Proof))
    category_code: str = Field(default="", max_length=8)
    severity: Severity | None = Field(default=None, sa_type=stored(Severity))
    is_needed: bool = True
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None


class DeadlineDefault(Record, table=True):
    """时限: how long a step of the loop may take, and from when; the row that says most wins.

    ``amount`` days or hours; ``on_day`` only for a fixed date; ``rolls``: natural days that end on a rest day end
    on the next working day.
    """

    __tablename__: ClassVar[str] = "deadline_default"
    __table_args__ = (KEEP_IDS,)

    clock: Clock = Field(sa_type=stored(Clock))
    start: StartEvent = Field(sa_type=stored(StartEvent))
    severity: Severity | None = Field(default=None, sa_type=stored(Severity))
    source: Source | None = Field(default=None, sa_type=stored(Source))
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    kind: DeadlineKind = Field(sa_type=stored(DeadlineKind))
    amount: int = 0
    on_day: date | None = None
    rolls: bool = True
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None


class LadderStep(Record, table=True):
    """督促阶梯: one step of the escalation ladder; ``ordinal`` 1 is the mildest.

    ``days`` before or after the deadline, ``count`` of overdue problems, ``percent`` and ``rate_key`` of a rate
    (``figures/rates.py``) for ``months`` months in a row; what its trigger does not use is None or "".
    """

    __tablename__: ClassVar[str] = "ladder_step"
    __table_args__ = (KEEP_IDS,)

    ordinal: int
    name: str = Field(max_length=40)
    trigger: Trigger = Field(sa_type=stored(Trigger))
    days: int | None = None
    count: int | None = None
    rate_key: str = Field(default="", max_length=60)
    percent: float | None = None
    months: int | None = None
    severity: Severity | None = Field(default=None, sa_type=stored(Severity))
    target: Target = Field(sa_type=stored(Target))
    paper: PaperKind = Field(sa_type=stored(PaperKind))
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None


class LookBackRule(Record, table=True):
    """回头看: how many months after the closing to look again, and at how many of a hundred problems.

    ``months`` as 1,3,6; ``early_days`` a look that many days before the date counts for it. The row that says most
    (category, then severity) wins.
    """

    __tablename__: ClassVar[str] = "look_back_rule"
    __table_args__ = (KEEP_IDS,)

    category_code: str = Field(default="", max_length=8)
    severity: Severity | None = Field(default=None, sa_type=stored(Severity))
    months: str = Field(max_length=40)
    percent: int = 100
    early_days: int = 10
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None


class Holiday(Record, table=True):
    """节假日: a day of the office's own calendar; it wins over the published one."""

    __tablename__: ClassVar[str] = "holiday"
    __table_args__ = (UniqueConstraint("office", "day"), KEEP_IDS)

    day: date
    is_working: bool = False
    name: str = Field(default="", max_length=40)
    retired_on: date | None = None


class LightRule(Record, table=True):
    """红黄绿: from which percent on a rate is green and from which yellow; below both it is red.

    For a rate where less is better (``figures/rates.py``) the two are upper limits.
    """

    __tablename__: ClassVar[str] = "light_rule"
    __table_args__ = (UniqueConstraint("office", "rate_key"), KEEP_IDS)

    rate_key: str = Field(max_length=60)
    green: float
    yellow: float
    note: str = Field(default="", max_length=200)
    retired_on: date | None = None
