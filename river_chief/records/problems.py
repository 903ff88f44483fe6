"""问题分类, 专项, 问题 with its rounds and steps.

A *round* (轮次) is one run of a problem through the loop: from being found, or from relapsing,
to its exit. A relapse opens a second round with its own deadline, so both clocks are kept, and
stock and flows of any period are plain ranges over rounds.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, text
from sqlmodel import Field, Index, UniqueConstraint

from river_chief.records.record import KEEP_IDS, LocalMoment, Record, stored
from river_chief.terms import (
    Action,
    Bank,
    Datum,
    Disposal,
    Exit,
    LookBack,
    Measure,
    Origin,
    Severity,
    Source,
    State,
    WorkKind,
)


class Category(Record, table=True):
    """问题分类: a group (乱占) or a leaf (LZ03); ``grade`` is the rule for the suggested severity."""

    __tablename__: ClassVar[str] = "category"
    __table_args__ = (UniqueConstraint("office", "code"), KEEP_IDS)

    code: str = Field(max_length=8)
    parent_code: str = Field(default="", max_length=8)
    name: str = Field(max_length=60)
    alias: str = Field(default="", max_length=200)
    measure: Measure | None = Field(default=None, sa_type=stored(Measure))
    grade: str = Field(default="", max_length=120)
    tags: str = Field(default="", max_length=120)
    standard: str = Field(default="", max_length=500)
    retired_on: date | None = None


class Campaign(Record, table=True):
    """专项: a tag many problems share, with its days; ``keeps_clear`` asks for 动态清零."""

    __tablename__: ClassVar[str] = "campaign"
    __table_args__ = (UniqueConstraint("office", "name"), KEEP_IDS)

    name: str = Field(max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None
    target_on: date | None = None
    keeps_clear: bool = False
    note: str = Field(default="", max_length=500)
    retired_on: date | None = None


class Problem(Record, table=True):
    """A problem of the ledger: what it is, who answers for it, how it is being put right."""

    __tablename__: ClassVar[str] = "problem"
    __table_args__ = (
        UniqueConstraint("office", "number"),
        Index(None, "state"),
        Index(None, "village_id"),
        Index(None, "reach_id"),
        Index(None, "found_on"),
        Index(None, "category_code"),
        Index(None, "outside_number"),
        KEEP_IDS,
    )

    number: str = Field(max_length=40)
    outside_number: str = Field(default="", max_length=60)
    state: State = Field(default=State.DRAFT, sa_type=stored(State))
    round_no: int = 0

    found_on: date | None = None
    finder: str = Field(default="", max_length=60)
    source: Source | None = Field(default=None, sa_type=stored(Source))
    patrol_id: int | None = Field(default=None, foreign_key="patrol.id")
    water_id: int | None = Field(default=None, foreign_key="water.id")
    reach_id: int | None = Field(default=None, foreign_key="reach.id")
    village_id: int | None = Field(default=None, foreign_key="area.id")
    place: str = Field(default="", max_length=200)
    stake: str = Field(default="", max_length=40)
    bank: Bank | None = Field(default=None, sa_type=stored(Bank))
    lon: float | None = None
    lat: float | None = None
    datum: Datum | None = Field(default=None, sa_type=stored(Datum))
    position_text: str = Field(default="", max_length=80)
    category_code: str = Field(default="", max_length=8)
    description: str = Field(default="", max_length=2000)
    area_m2: float | None = None
    length_m: float | None = None
    volume_m3: float | None = None
    weight_t: float | None = None
    count_n: float | None = None
    severity: Severity | None = Field(default=None, sa_type=stored(Severity))
    severity_reason: str = Field(default="", max_length=200)
    party: str = Field(default="", max_length=120)
    patch_number: str = Field(default="", max_length=60)
    disposal: Disposal | None = Field(default=None, sa_type=stored(Disposal))
    note: str = Field(default="", max_length=500)

    unit: str = Field(default="", max_length=80)
    lead_department: str = Field(default="", max_length=80)
    helping_departments: str = Field(default="", max_length=200)
    leader: str = Field(default="", max_length=40)
    officer: str = Field(default="", max_length=40)
    officer_title: str = Field(default="", max_length=80)
    officer_phone: str = Field(default="", max_length=40)
    assign_number: str = Field(default="", max_length=60)
    supervisor: str = Field(default="", max_length=40)
    responsibility_note: str = Field(default="", max_length=500)

    goal: str = Field(default="", max_length=500)
    measures: str = Field(default="", max_length=2000)
    progress: str = Field(default="", max_length=2000)
    acceptors: str = Field(default="", max_length=120)
    look_back: LookBack | None = Field(default=None, sa_type=stored(LookBack))
    look_back_on: date | None = None
    unfinished_reason: str = Field(default="", max_length=500)
    next_step: str = Field(default="", max_length=500)
    rectification_note: str = Field(default="", max_length=500)

    merged_into_id: int | None = Field(default=None, foreign_key="problem.id")
    handed_to: str = Field(default="", max_length=120)
    letter_number: str = Field(default="", max_length=60)
    hand_over_reply: str = Field(default="", max_length=500)
    replied_on: date | None = None
    suspended_until: date | None = None
    suspended_by: str = Field(default="", max_length=120)


class ProblemCampaign(Record, table=True):
    """A problem carries the tag of a campaign, until the tag is taken off (``removed_on``)."""

    __tablename__: ClassVar[str] = "problem_campaign"
    __table_args__ = (UniqueConstraint("problem_id", "campaign_id"), Index(None, "campaign_id"), KEEP_IDS)

    problem_id: int = Field(foreign_key="problem.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    removed_on: date | None = None


class Round(Record, table=True):
    """轮次: one run of a problem through the loop; days are local dates of the trade.

    In stock from ``opened_on`` to ``exit_on``. ``rectified_on`` is the day of the report that was
    not sent back. ``accepted_on`` is the township's acceptance; where a level above closes,
    ``reported_on`` is the day the closing was asked for, ``exit_on`` the day of its answer.
    ``reopened_on`` is the day the next round began. ``exceptions`` counts the steps done without
    the proof they need, each with its reason.
    """

    __tablename__: ClassVar[str] = "problem_round"
    __table_args__ = (
        UniqueConstraint("problem_id", "ordinal"),
        Index(None, "opened_on", "problem_id"),
        Index(None, "exit_on", "problem_id"),
        Index(None, "deadline", "problem_id"),
        Index(None, "problem_id", sqlite_where=text("exceptions > 0")),
        KEEP_IDS,
    )

    problem_id: int = Field(foreign_key="problem.id")
    ordinal: int = 1
    origin: Origin = Field(default=Origin.FOUND, sa_type=stored(Origin))
    opened_on: date
    verified_on: date | None = None
    assigned_on: date | None = None
    signed_on: date | None = None
    first_deadline: date | None = None
    deadline: date | None = None
    extensions: int = 0
    rectified_on: date | None = None
    rejections: int = 0
    accepted_on: date | None = None
    reported_on: date | None = None
    exceptions: int = 0
    exit: Exit | None = Field(default=None, sa_type=stored(Exit))
    exit_on: date | None = None
    reopened_on: date | None = None


class Step(Record, table=True):
    """步骤: one action on a problem; append-only.

    ``happened_at`` local time of the trade; ``actor`` who did it in the trade (签收人, 验收人);
    ``details`` the input's other values as JSON.
    """

    __tablename__: ClassVar[str] = "step"
    __table_args__ = (
        UniqueConstraint("problem_id", "ordinal"),
        Index(None, "action", "happened_at", "problem_id"),
        KEEP_IDS,
    )

    problem_id: int = Field(foreign_key="problem.id")
    ordinal: int
    round_no: int
    action: Action = Field(sa_type=stored(Action))
    from_state: State = Field(sa_type=stored(State))
    to_state: State = Field(sa_type=stored(State))
    happened_at: datetime = Field(sa_type=LocalMoment)
    actor: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=2000)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Work(Record, table=True):
    """工作量 done for a problem (or on a patrol): an amount in the unit of its kind."""

    __tablename__: ClassVar[str] = "work"
    __table_args__ = (Index(None, "done_on"), Index(None, "problem_id"), KEEP_IDS)

    problem_id: int | None = Field(default=None, foreign_key="problem.id")
    patrol_id: int | None = Field(default=None, foreign_key="patrol.id")
    done_on: date
    kind: WorkKind = Field(sa_type=stored(WorkKind))
    amount: float
