"""环比 and 同比: a month, quarter, half-year, year or any days against those before, and those of last year.

Counts change by a part of what they were, rates by percentage points; against nothing there is no change.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from river_chief.figures.rates import RateFigure
from river_chief.figures.tally import Counts, totals
from river_chief.figures.window import Window
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, before_words, period_before, span_text, year_before
from river_chief.rules.rounding import NOTHING, half_up

COUNTS = {"found": "新增", "relapsed": "反弹", "closed": "销号", "ending": "期末", "overdue": "逾期"}


@dataclass(frozen=True, slots=True)
class CountChange:
    """A count now and before."""

    key: str
    name: str
    now: int
    before: int
    digits: int

    @property
    def difference(self) -> int:
        """How many more now."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """The change in percent of what it was, unrounded; None when it was zero."""
        return 100 * self.difference / self.before if self.before else None

    @property
    def text(self) -> str:
        """The change as printed: 上升12.5%."""
        return _words(self.percent, self.digits, "%")


@dataclass(frozen=True, slots=True)
class RateChange:
    """A rate now and before."""

    key: str
    name: str
    now: RateFigure
    before: RateFigure
    digits: int

    @property
    def points(self) -> float | None:
        """The change in percentage points, unrounded; None where one of the two has no denominator."""
        now, before = self.now.ratio.exact, self.before.ratio.exact
        return None if now is None or before is None else float(100 * (now - before))

    @property
    def text(self) -> str:
        """The change as printed: 下降2.1个百分点."""
        return _words(self.points, self.digits, "个百分点")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes of a period against the one of ``span``; ``words`` (上月, 去年同期) and ``name`` (2025年2月) call it."""

    span: Span
    words: str
    name: str
    counts: tuple[CountChange, ...]
    rates: tuple[RateChange, ...]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """环比 (``before``) and 同比 (``last_year``)."""

    before: Comparison
    last_year: Comparison


def comparisons(session: Session, settings: OfficeSettings, window: Window, now: Counts) -> Comparisons:
    """Compare *window*, whose counts are *now*, with the whole period before and the same one of last year."""
    span, start_day = window.span, settings.period_start_day
    before, last_year = period_before(span, start_day), year_before(span, start_day)
    return Comparisons(
        _against(session, settings, before, before_words(span, start_day), now),
        _against(session, settings, last_year, "去年同期", now),
    )


def _against(session: Session, settings: OfficeSettings, span: Span, words: str, now: Counts) -> Comparison:
    start_day, digits = settings.period_start_day, settings.rate_digits
    before = totals(session, Window.of(span, span.last, start_day))
    rates = zip(now.rates(digits), before.rates(digits), strict=True)
    return Comparison(
        span,
        words,
        span_text(span, start_day),
        tuple(CountChange(key, name, now[key], before[key], digits) for key, name in COUNTS.items()),
        tuple(RateChange(new.key, new.rate.name, new, old, digits) for new, old in rates),
    )


def _words(change: float | None, digits: int, unit: str) -> str:
    if change is None:
        return NOTHING
    size = half_up(abs(change), digits)
    if not size:
        return "持平"
    return f"{'上升' if change > 0 else '下降'}{size}{unit}"
