"""更正: how the figures of a closed month would read today, and what made the difference; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from river_chief.figures.proof import Proven
from river_chief.figures.ratio import Ratio
from river_chief.terms import WorkKind


@dataclass(frozen=True, slots=True)
class CountChanged:
    """A count before and now."""

    key: str
    name: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How many more now."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class RateChanged:
    """A rate before and now."""

    key: str
    name: str
    before: Ratio
    after: Ratio

    @property
    def points(self) -> float | None:
        """The change in percentage points, unrounded; None where one of the two has no denominator."""
        before, after = self.before.exact, self.after.exact
        return None if before is None or after is None else float(100 * (after - before))


@dataclass(frozen=True, slots=True)
class LineChanged:
    """A line of a table (a village, a source …) whose figures changed; ``dimension`` as ``figures.rows`` narrows."""

    dimension: str
    key: int | str | None
    name: str
    counts: tuple[CountChanged, ...]
    rates: tuple[RateChanged, ...]


@dataclass(frozen=True, slots=True)
class FactChanged:
    """A fact of a problem that it is counted by, in words before and now: 整改时限 2026-03-20 → 2026-04-20."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ActTold:
    """An act of the journal that wrote the problem after the closing; ``at`` is aware UTC."""

    at: datetime
    by: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProblemChanged:
    """A problem that is counted otherwise now; ``after`` is its part of the proof from now on."""

    id: int
    number: str
    counts: tuple[CountChanged, ...]
    facts: tuple[FactChanged, ...]
    acts: tuple[ActTold, ...]
    after: Proven


@dataclass(frozen=True, slots=True)
class DutyChanged:
    """A chief's patrol duty of the month before and now: 应巡, 实巡, 有效, 达标, 日志, 发现 by key."""

    tenure_id: int
    name: str
    area: str
    figures: tuple[CountChanged, ...]


@dataclass(frozen=True, slots=True)
class WorkChanged:
    """An amount of work before and now, in the unit of its kind."""

    kind: WorkKind
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Correction:
    """What later edits make of a closed month: ``edition`` of ``year`` and ``month``.

    ``counts``, ``rates`` and the average are of the whole office; ``lines`` of its tables. Everything not told is as
    it was.
    """

    year: int
    month: int
    edition: int
    counts: tuple[CountChanged, ...]
    rates: tuple[RateChanged, ...]
    average_before: float | None
    average_after: float | None
    lines: tuple[LineChanged, ...]
    problems: tuple[ProblemChanged, ...]
    duties: tuple[DutyChanged, ...]
    work: tuple[WorkChanged, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.problems or self.duties or self.work)

    def count(self, key: str) -> CountChanged | None:
        """The change of the count *key* of the whole office; None when it is as it was."""
        return next((each for each in self.counts if each.key == key), None)
