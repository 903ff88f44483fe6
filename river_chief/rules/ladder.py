"""督促阶梯 (the escalation ladder) as values: its steps, the letters that went out, whom they may concern.

The steps are the office's own rows: no law orders them, and places differ in which of 通报 and 约谈 comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
RATE_KEYS: tuple[str, ...] = (
    "on_time_rate",
    "rectification_rate",
    "closing_rate_cumulative",
    "completion_rate_cumulative",
)
"""Rates (``figures/rates.py``) a village may be urged for: those where less is worse."""
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
