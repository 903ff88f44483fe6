"""回头看: on which days after the closing a problem is to be looked at again, and whether it is among a sample.

Which months and which share hold is the office's own table; the ministry asks for looking back, not for dates.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from river_chief.terms import Severity

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class LookBackPlan:
    """A row of the table: ``months`` after the closing, at ``percent`` of a hundred problems.

    A look ``early_days`` before a date counts for it. ``category_code`` "" stands for every category, else a group
    (LD) or a leaf (LD01); ``severity`` None for every one.
    """

    months: tuple[int, ...]
    percent: int = HUNDRED
    early_days: int = 10
    category_code: str = ""
    severity: Severity | None = None

    def fits(self, category_code: str, severity: Severity | None) -> bool:
        """Whether the row is about a problem of that category and severity."""
        return category_code.startswith(self.category_code) and self.severity in (None, severity)

    @property
    def weight(self) -> tuple[int, bool]:
        """How much the row says: a leaf before a group before any category, then a severity before any."""
        return len(self.category_code), self.severity is not None


@dataclass(frozen=True, slots=True)
class DueLook:
    """A date of looking back: so many months after the closing."""

    months: int
    due_on: date

    @property
    def name(self) -> str:
        """What the date is called: 3个月."""
        return f"{self.months}个月"


def months_in(text: str) -> tuple[int, ...]:
    """The months of ``1,3,6`` (also parted by ， or 、), in order, each once."""
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(sorted({int(part) for part in parts}))


def applicable(
    plans: Iterable[LookBackPlan], category_code: str, severity: Severity | None
) -> LookBackPlan | None:
    """The row that says most about a problem, the later one where two say as much; None: it is not looked at again."""
    found: LookBackPlan | None = None
    for plan in plans:
        if plan.fits(category_code, severity) and (found is None or plan.weight >= found.weight):
            found = plan
    return found


def due_looks(plan: LookBackPlan, closed_on: date) -> tuple[DueLook, ...]:
    """Every date of *plan* for a problem closed on a day; the 31st of a short month is its last day."""
    return tuple(DueLook(months, months_after(closed_on, months)) for months in plan.months)


def open_looks(plan: LookBackPlan, closed_on: date, looked_on: date | None) -> tuple[DueLook, ...]:
    """The dates still to be kept, where the last look since the closing was on a day (None: not yet looked)."""
    dates = due_looks(plan, closed_on)
    if looked_on is None or looked_on < closed_on:
        return dates
    covered = looked_on + timedelta(days=plan.early_days)
    return tuple(each for each in dates if each.due_on > covered)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_drawn(uid: UUID, percent: int) -> bool:
    """Whether a problem is among *percent* of a hundred.

    Drawn by a digest of its uid: the same problems every time, and all of a smaller sample in every larger one.
    """
    return int.from_bytes(sha256(uid.bytes).digest()[:8], "big") % HUNDRED < percent
