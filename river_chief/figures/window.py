"""The days a report speaks of, and the day up to which it knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from river_chief.errors import Refusal
from river_chief.rules.periods import ONE_DAY, Span, month_of, month_range


@dataclass(frozen=True, slots=True)
class Window:
    """``first`` to ``last``, as of the end of ``cut`` (截止日 T): the last day, or today in a running period.

    ``next`` are the days of the office's month after it.
    """

    first: date
    last: date
    cut: date
    next: Span

    @classmethod
    def of(cls, span: Span, today: date, period_start_day: int = 1) -> Window:
        """The window of *span* as seen on *today*; a period that has not begun is refused."""
        if span.last < span.first:
            raise Refusal(f"统计期的止日 {span.last} 早于起日 {span.first}，请改正。")
        if today < span.first:
            raise Refusal(f"统计期从 {span.first} 开始，现在还没有到，请选已经开始的月份。")
        after = span.last + ONE_DAY
        until = month_range(*month_of(after, period_start_day), period_start_day).last
        return cls(span.first, span.last, min(span.last, today), Span(after, until))

    @property
    def known(self) -> Span:
        """The days of the window that have come."""
        return Span(self.first, self.cut)

    @property
    def span(self) -> Span:
        """All days of the window."""
        return Span(self.first, self.last)
