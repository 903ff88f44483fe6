"""What is asked of a paper: of which ledger, of which days, for which village and audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.errors import Refusal
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be made; see ``produce`` for the conditions.

    ``session`` is one snapshot of the ledger: everything on the paper is read through it.
    """

    session: Session
    settings: OfficeSettings
    today: date
    span: Span | None = None
    village: int | None = None
    filter: Any = None
    sort: str = ""
    descending: bool = False
    public: bool = False
    every_column: bool = False

    @property
    def day(self) -> date:
        """The day up to which the paper knows: the last of its days, or today if that comes first."""
        return self.today if self.span is None else min(self.span.last, self.today)

    @property
    def month(self) -> Span:
        """Its days; ``Refusal`` where none are given or they have not begun."""
        if self.span is None:
            raise Refusal("请先选定月份。")
        if self.today < self.span.first:
            raise Refusal(f"统计期从 {self.span.first} 开始，现在还没有到，请选已经开始的月份。")
        return self.span

    def span_text(self) -> str:
        """2025年3月 for a month of the office, else the two days."""
        year, month = month_of(self.month.last, self.settings.period_start_day)
        if self.month == self.settings.month(year, month):
            return f"{year}年{month}月"
        return days_text(self.month)


def day_text(day: date) -> str:
    """2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def days_text(span: Span) -> str:
    """2025年3月1日至3月31日, the year once where it is the same."""
    last = day_text(span.last)
    if span.first == span.last:
        return last
    return f"{day_text(span.first)}至{last.partition('年')[2] if span.first.year == span.last.year else last}"
