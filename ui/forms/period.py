"""The days a report speaks of: a month, a quarter … of the office, the year so far, or any two days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from river_chief import terms
from river_chief.rules.periods import ONE_DAY, Span, month_of, months_in, period_of, span_text
from ui.workspace import Workspace


class PeriodKind(StrEnum):
    """How a period is chosen; the value is what the clerk reads."""

    MONTH = "月"
    QUARTER = "季度"
    HALF_YEAR = "半年"
    YEAR = "全年"
    YEAR_TO_DATE = "本年累计"
    DAYS = "自选起止"


MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
    PeriodKind.YEAR_TO_DATE: 1,
}
_WHOLE = {
    PeriodKind.QUARTER: terms.Period.QUARTER,
    PeriodKind.HALF_YEAR: terms.Period.HALF_YEAR,
    PeriodKind.YEAR: terms.Period.YEAR,
}


class Period(QObject):
    """The period all tabs of the report page share.

    ``changed``  another period was chosen; ``span()`` and ``text()`` tell it.
    ``month``    (year, month) it is, ends in, or is reckoned from; never one that has not begun.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.kind = PeriodKind.MONTH
        self.month = self.this_month()
        self.days = self._month_span()

    def span(self) -> Span:
        """First and last day, both counted; the last one may be still to come."""
        match self.kind:
            case PeriodKind.MONTH:
                return self._month_span()
            case PeriodKind.YEAR_TO_DATE:
                year, month = self.month
                settings = self._workspace.settings
                return Span(settings.month(year, 1).first, settings.month(year, month).last)
            case PeriodKind.DAYS:
                return self.days
            case _:
                start_day = self._workspace.settings.period_start_day
                return period_of(_WHOLE[self.kind], self._month_span().last, start_day)

    def text(self) -> str:
        """2025年3月, 2025年一季度, 2025年上半年, 2025年, 2025年1—3月, 2025年3月5日至3月20日."""
        if self.kind is PeriodKind.YEAR_TO_DATE:
            year, month = self.month
            return f"{year}年1—{month}月" if month > 1 else f"{year}年1月"
        return span_text(self.span(), self._start_day())

    @property
    def is_month(self) -> bool:
        """Whether it is one month of the office, however chosen."""
        return self.span() == self._workspace.settings.month(*month_of(self.span().last, self._start_day()))

    @property
    def can_go_on(self) -> bool:
        """Whether the period after it has begun."""
        return self.span().last < self._workspace.today()

    def set_kind(self, kind: PeriodKind) -> None:
        """Choose in another way, round the same month; days begin as the period shown before."""
        if kind is not self.kind:
            self.days = self.span()
            self.kind = kind
            self.changed.emit()

    def set_month(self, month: tuple[int, int]) -> None:
        """Show one *month* (year, month)."""
        self._set(PeriodKind.MONTH, month)

    def set_days(self, days: Span) -> None:
        """Show *days*; the caller has seen to it that they run forward and have begun."""
        if self.kind is not PeriodKind.DAYS or days != self.days:
            self.kind, self.days = PeriodKind.DAYS, days
            self.month = min(month_of(days.last, self._start_day()), self.this_month())
            self.changed.emit()

    def step(self, steps: int) -> None:
        """Go *steps* periods on or back; not into one that has not begun."""
        if steps > 0 and not self.can_go_on:
            return
        if self.kind is PeriodKind.DAYS:
            self.set_days(self._days_after(steps))
            return
        self._set(self.kind, _month_after(self.month, steps * MONTHS[self.kind]))

    def as_of(self) -> date:
        """The day up to which figures know."""
        return min(self.span().last, self._workspace.today())

    def _days_after(self, steps: int) -> Span:
        """As many whole months, or as many days, *steps* times later."""
        months = months_in(self.days, self._start_day())
        if not months:
            by = self.days.days * steps * ONE_DAY
            return Span(self.days.first + by, self.days.last + by)
        first, last = (
            self._workspace.settings.month(*_month_after(month, len(months) * steps))
            for month in (months[0], months[-1])
        )
        return Span(first.first, last.last)

    def _set(self, kind: PeriodKind, month: tuple[int, int]) -> None:
        month = min(month, self.this_month())
        if (kind, month) != (self.kind, self.month):
            self.kind, self.month = kind, month
            self.changed.emit()

    def _month_span(self) -> Span:
        return self._workspace.settings.month(*self.month)

    def this_month(self) -> tuple[int, int]:
        """The office's month of today."""
        return month_of(self._workspace.today(), self._start_day())

    def _start_day(self) -> int:
        return self._workspace.settings.period_start_day


def _month_after(month: tuple[int, int], months: int) -> tuple[int, int]:
    count = month[0] * 12 + month[1] - 1 + months
    return count // 12, count % 12 + 1
