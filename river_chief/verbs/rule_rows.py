"""规则行: the tables of rules an office keeps for itself, their rows added, changed and retired.

One verb each serves every table: the input says by its class which table it is for.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import (
    Campaign,
    Category,
    ClosingRule,
    DeadlineDefault,
    Holiday,
    LadderStep,
    LightRule,
    LookBackRule,
    ProofRule,
    Record,
)
from river_chief.records.columns import col
from river_chief.rules.deadlines import DeadlineRule
from river_chief.rules.ladder import LADDER_PAPERS, RATE_NAMES
from river_chief.rules.lights import LIT, Limits, contradiction
from river_chief.rules.proof import PROVABLE
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
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, unchanged


def _rate_key(text: object) -> object:
    """The key of a rate that was given by its name."""
    return next((key for key, words in LIT.items() if words.name == text), text)


RateKey = Annotated[str, BeforeValidator(_rate_key)]


class RuleRow(Input):
    """The values of a row; ``record`` is its table, ``what`` the table's name in words.

    With ``id`` it is the change of that row, without it a new one.
    """

    record: ClassVar[type[Record]]
    what: ClassVar[str]

    id: int | None = None
    version: int | None = None

    @property
    def said(self) -> str:
        """The row in a few words, for the journal."""
        raise NotImplementedError


class ClosingRow(RuleRow):
    """销号权限: who may strike off the problems of a source."""

    record = ClosingRule
    what = "销号权限"

    source: Source = Field(title="问题来源")
    minor: Closer = Field(title="一般")
    serious: Closer = Field(title="较严重")
    major: Closer = Field(title="重大")
    note: str = Field("", title="备注", max_length=200)

    @property
    def said(self) -> str:
        """The source."""
        return self.source.label


class ProofRow(RuleRow):
    """佐证要求: what an action needs."""

    record = ProofRule
    what = "佐证要求"

    action: Action = Field(title="环节")
    proof: Proof = Field(title="佐证")
    category_code: str = Field("", title="问题类型", max_length=8)
    severity: Severity | None = Field(None, title="严重程度")
    is_needed: bool = Field(True, title="是否需要")
    note: str = Field("", title="备注", max_length=200)

    @field_validator("action")
    @classmethod
    def _is_checked(cls, action: Action) -> Action:
        if action not in PROVABLE:
            raise ValueError(f"“{action.label}”不核对佐证，请另选")
        return action

    @property
    def said(self) -> str:
        """What is needed where."""
        return f"{self.action.label}{'要有' if self.is_needed else '不要'}{self.proof.label}"


class DeadlineDefaultRow(RuleRow):
    """时限: how long a step may take."""

    record = DeadlineDefault
    what = "时限"

    clock: Clock = Field(title="环节")
    start: StartEvent = Field(title="起算")
    severity: Severity | None = Field(None, title="严重程度")
    source: Source | None = Field(None, title="问题来源")
    campaign_id: int | None = Field(None, title="专项")
    kind: DeadlineKind = Field(title="时限类型")
    amount: int = Field(0, title="数量", ge=0, le=3660)
    on_day: date | None = Field(None, title="固定日期")
    rolls: bool = Field(True, title="逢休息日顺延")
    note: str = Field("", title="备注", max_length=200)

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        _ = self.rule
        return self

    @property
    def rule(self) -> DeadlineRule:
        """The row as a rule."""
        return DeadlineRule(kind=self.kind, amount=self.amount, on=self.on_day, roll=self.rolls)

    @property
    def said(self) -> str:
        """The clock and how long."""
        return f"{self.clock.label}{self.rule.text}"


class LadderRow(RuleRow):
    """督促阶梯: a step of the escalation ladder."""

    record = LadderStep
    what = "督促阶梯"

    ordinal: int = Field(title="级次", ge=1, le=20)
    name: str = Field(title="名称", min_length=1, max_length=40)
    trigger: Trigger = Field(title="条件")
    days: int | None = Field(None, title="天数", ge=0, le=3660)
    count: int | None = Field(None, title="件数或次数", ge=1, le=1000)
    rate_key: RateKey = Field("", title="比率", max_length=60)
    percent: float | None = Field(None, title="低于", ge=0, le=100)
    months: int | None = Field(None, title="连续月数", ge=1, le=24)
    severity: Severity | None = Field(None, title="严重程度")
    target: Target = Field(title="对象")
    paper: PaperKind = Field(title="文书种类")
    note: str = Field("", title="备注", max_length=200)

    @model_validator(mode="after")
    def _has_what_its_trigger_needs(self) -> Self:
        missing = [title for name, title in _TRIGGER_NEEDS[self.trigger] if getattr(self, name) in (None, "")]
        if missing:
            raise ValueError(f"条件“{self.trigger.label}”还要填写{'、'.join(missing)}")
        if self.paper not in LADDER_PAPERS:
            raise ValueError(f"{self.paper.label}不是督促文书")
        if self.rate_key and self.rate_key not in RATE_NAMES:
            raise ValueError(f"比率“{self.rate_key}”不能用来督促")
        return self

    @property
    def said(self) -> str:
        """The step's name."""
        return self.name


_TRIGGER_NEEDS: dict[Trigger, tuple[tuple[str, str], ...]] = {
    Trigger.BEFORE_DUE: (("days", "天数"),),
    Trigger.AFTER_DUE: (("days", "天数"),),
    Trigger.OVERDUE_COUNT: (("count", "件数或次数"),),
    Trigger.RATE_BELOW: (("rate_key", "比率"), ("percent", "低于"), ("months", "连续月数")),
    Trigger.RANK_LAST: (("months", "连续月数"),),
    Trigger.RELAPSE: (("count", "件数或次数"),),
}


class LookBackRow(RuleRow):
    """回头看: when to look again, at how many."""

    record = LookBackRule
    what = "回头看间隔"

    category_code: str = Field("", title="问题类型", max_length=8)
    severity: Severity | None = Field(None, title="严重程度")
    months: str = Field(title="销号后几个月", pattern=r"^\d{1,2}([,，、]\d{1,2})*$")
    percent: int = Field(100, title="抽查比例", ge=1, le=100)
    early_days: int = Field(10, title="可提前天数", ge=0, le=60)
    note: str = Field("", title="备注", max_length=200)

    @property
    def said(self) -> str:
        """The months and the share."""
        return f"销号后{self.months}个月，{self.percent}%"


class HolidayRow(RuleRow):
    """节假日: a day of the office's own calendar."""

    record = Holiday
    what = "节假日"

    day: date = Field(title="日期")
    is_working: bool = Field(False, title="是否上班")
    name: str = Field("", title="名称", max_length=40)

    @property
    def said(self) -> str:
        """The day and what it is."""
        return f"{self.day.isoformat()}{self.name or ('上班' if self.is_working else '放假')}"


class LightRow(RuleRow):
    """红黄绿标准: from which percent on a rate is green, from which yellow."""

    record = LightRule
    what = "红黄绿标准"

    rate_key: RateKey = Field(title="比率", max_length=60)
    green: float = Field(title="绿", ge=0, le=100)
    yellow: float = Field(title="黄", ge=0, le=100)
    note: str = Field("", title="备注", max_length=200)

    @model_validator(mode="after")
    def _runs_with_the_rate(self) -> Self:
        wrong = contradiction(self.rate_key, self.green, self.yellow)
        if wrong:
            raise ValueError(wrong)
        return self

    @property
    def said(self) -> str:
        """The rate and its limits."""
        words = LIT[self.rate_key]
        return f"{words.name}{Limits(self.green, self.yellow, bool(words.less_is_better)).text}"


def put(session: Session, entry: RuleRow, /, *, by: str, today: date) -> Changes:
    """Add a row, or change the one whose ``id`` is given."""
    values = entry.model_dump(exclude={"id", "version"})
    _check_links(session, entry)
    if entry.id is None:
        row = _retired_twin(session, entry) or entry.record()
        for name, value in values.items():
            setattr(row, name, value)
        if "retired_on" in entry.record.model_fields:
            setattr(row, "retired_on", None)  # noqa: B010 - not every table has it
        session.add(row)
        session.flush()
        return Changes(f"新增{entry.what}：{entry.said}", row.key)
    row = existing(session, entry.record, entry.id, f"条{entry.what}")
    unchanged(row, entry.version, f"{entry.what}“{entry.said}”")
    _retired_twin(session, entry)
    for name, value in values.items():
        setattr(row, name, value)
    return Changes(f"修改{entry.what}：{entry.said}", row.key)


class RuleRetirement(Input):
    """The row that no longer holds (停用); ``ledger`` is its table's name."""

    ledger: str
    id: int
    version: int | None = None


def retire(session: Session, entry: RuleRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a row; what was done by it stays as it is."""
    kind = RETIRABLE.get(entry.ledger)
    if kind is None:
        raise Refusal("这张表的行只能修改，不能停用。")
    row = existing(session, kind.record, entry.id, f"条{kind.what}")
    unchanged(row, entry.version, f"这条{kind.what}")
    if getattr(row, "retired_on") is not None:  # noqa: B009 - not every table has it
        raise Refusal(f"这条{kind.what}已经停用。")
    setattr(row, "retired_on", today)  # noqa: B010 - not every table has it
    fields = {name: getattr(row, name) for name in kind.model_fields if name not in ("id", "version")}
    return Changes(f"停用{kind.what}：{kind.model_construct(**fields).said}", row.key)


TABLES: dict[str, type[RuleRow]] = {
    str(kind.record.__tablename__): kind
    for kind in (ClosingRow, ProofRow, DeadlineDefaultRow, LadderRow, LookBackRow, HolidayRow, LightRow)
}
"""Every table of rules by its name, with what its rows accept."""
RETIRABLE = {name: kind for name, kind in TABLES.items() if "retired_on" in kind.record.model_fields}
_ONLY = {ClosingRow: "source", HolidayRow: "day", LightRow: "rate_key"}


def _retired_twin(session: Session, entry: RuleRow) -> Record | None:
    """The retired row of the same key (one day, one source, one rate); refuse when it is in force."""
    name = _ONLY.get(type(entry))
    if name is None:
        return None
    column = col(getattr(entry.record, name))
    twin = session.exec(select(entry.record).where(column == getattr(entry, name))).first()
    if twin is None or twin.id == entry.id:
        return None
    if getattr(twin, "retired_on", None) is None or entry.id is not None:
        raise Refusal(f"{entry.what}里已经有“{entry.said}”这一条，请直接修改它。")
    return twin


def _check_links(session: Session, entry: RuleRow) -> None:
    code, campaign_id = getattr(entry, "category_code", ""), getattr(entry, "campaign_id", None)
    if code and session.exec(select(Category.id).where(Category.code == code)).first() is None:
        raise Refusal(f"分类表里没有代码“{code}”，请核对。")
    if campaign_id is not None:
        existing(session, Campaign, campaign_id, "个专项")
