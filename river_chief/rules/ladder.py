"""督促阶梯 (the escalation ladder) as values: its steps, the letters that went out, whom they may concern.

The steps are the office's own rows: no law orders them, and places differ in which of 通报 and 约谈 comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from river_chief.rules.rate_words import LESS_IS_WORSE
from river_chief.terms import PaperKind, Severity, Target, Trigger

LADDER_PAPERS: tuple[PaperKind, ...] = (
    PaperKind.REMIND,
    PaperKind.URGE,
    PaperKind.SUPERVISE,
    PaperKind.CIRCULATE,
    PaperKind.SUMMON,
    PaperKind.ACCOUNT,
)
"""The papers a step of the ladder may be; the mildest first."""
RATE_NAMES: dict[str, str] = dict(LESS_IS_WORSE)
"""Rates a village may be urged for, those where less is worse, by key."""
_OF_PROBLEM = (Trigger.BEFORE_DUE, Trigger.AFTER_DUE, Trigger.RELAPSE)


@dataclass(frozen=True, slots=True)
class LadderRule:
    """A step of the ladder (``records.LadderStep``); what its trigger does not use is None or ""."""

    id: int
    ordinal: int
    name: str
    trigger: Trigger
    target: Target
    paper: PaperKind
    days: int | None = None
    count: int | None = None
    rate_key: str = ""
    percent: float | None = None
    months: int | None = None
    severity: Severity | None = None

    @property
    def is_of_problem(self) -> bool:
        """Whether the step looks at one problem; else at a village."""
        return self.trigger in _OF_PROBLEM

    @property
    def condition(self) -> str:
        """When the step is due, in words: 逾期7日."""
        return condition(self.trigger, self.days, self.count, self.rate_key, self.percent, self.months)


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper of the ladder that went out and is not void; ``rule_id`` None: without a step of the ladder."""

    kind: PaperKind
    number: str
    rule_id: int | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A problem that is being put right; ``letters`` are those of its current round, the oldest first."""

    id: int
    number: str
    assign_number: str
    deadline: date
    severity: Severity | None
    village_id: int | None
    village: str
    unit: str
    officer: str
    village_chief: str
    town_chief: str
    relapses: int
    letters: tuple[Letter, ...] = ()
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """A village; ``letters`` are those sent to it in the running month of the office."""

    id: int
    name: str
    chief: str
    town_chief: str = ""
    letters: tuple[Letter, ...] = ()


def level_of(letters: Iterable[Letter], ladder: Sequence[LadderRule]) -> int:
    """The highest level (级次) the letters stand for; 0 without any.

    A letter of no step, or of one that was retired, stands for the mildest step of its kind.
    """
    levels = [0]
    for letter in letters:
        own = [rule.ordinal for rule in ladder if rule.id == letter.rule_id]
        levels += own or [min((rule.ordinal for rule in ladder if rule.paper is letter.kind), default=0)]
    return max(levels)


def condition(
    trigger: Trigger,
    days: int | None,
    count: int | None,
    rate_key: str,
    percent: float | None,
    months: int | None,
) -> str:
    """What a step waits for, in words: 到期前3日, 按期整改率连续2个月低于80%."""
    match trigger:
        case Trigger.BEFORE_DUE:
            return f"到期前{days}日"
        case Trigger.AFTER_DUE:
            return f"逾期{days}日"
        case Trigger.OVERDUE_COUNT:
            return f"一个村同时逾期{count}件"
        case Trigger.RATE_BELOW:
            return f"{RATE_NAMES.get(rate_key, rate_key)}连续{months}个月低于{percent:g}%"
        case Trigger.RANK_LAST:
            return f"连续{months}个月排名末位"
        case Trigger.RELAPSE:
            return f"同一问题反弹{count}次"
