"""The months before: stock, rates and what was found, month by month up to the one shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from river_chief.figures.frozen import frozen_month
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RateFigure
from river_chief.figures.stock import Stock
from river_chief.figures.tally import totals
from river_chief.figures.window import Window
from river_chief.queries.month_closes import close_of
from river_chief.queries.round_counts import counted, families
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import month_of

MONTHS = 12
_FOUND = next(measure for measure in STOCK if measure.key == "found")
_GROUP = 1
"""Place of the category group among the values of a row of counts."""


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A month of a trend: ``found`` is 新增 by category group; ``is_closed`` says its numbers are frozen."""

    year: int
    month: int
    window: Window
    stock: Stock
    rates: tuple[RateFigure, ...]
    found: Mapping[str, int]
    is_closed: bool

    def rate(self, key: str) -> RateFigure:
        """The rate *key* of the whole office."""
        return next(figure for figure in self.rates if figure.key == key)


def trend(
    session: Session, settings: OfficeSettings, shown: MonthFigures, today: date, months: int = MONTHS
) -> tuple[MonthPoint, ...]:
    """The office's *months* up to the one in which the figures *shown* end, as of *today*.

    A closed month keeps its frozen numbers; the figures shown are not counted again.
    """
    year, month = month_of(shown.window.cut, settings.period_start_day)
    newest = year * 12 + month - 1
    return tuple(
        _point(session, settings, shown, today, divmod(at, 12))
        for at in range(newest - months + 1, newest + 1)
    )


def _point(
    session: Session, settings: OfficeSettings, shown: MonthFigures, today: date, at: tuple[int, int]
) -> MonthPoint:
    year, month = at[0], at[1] + 1
    span = settings.month(year, month)
    if span == shown.window.span:
        return _of_figures(year, month, shown)
    close = close_of(session, span)
    if close is not None:
        return _of_figures(year, month, frozen_month(session, close).figures)
    window = Window.of(span, today, settings.period_start_day)
    counts = totals(session, window)
    return MonthPoint(
        year,
        month,
        window,
        counts.stock,
        counts.rates(settings.rate_digits),
        found_by_group(session, window),
        False,
    )


def _of_figures(year: int, month: int, figures: MonthFigures) -> MonthPoint:
    found = {str(line.key or ""): line.stock.found for line in figures.by_category if line.stock.found}
    closed = figures.closing is not None
    return MonthPoint(year, month, figures.window, figures.stock, figures.rates, found, closed)


def found_by_group(session: Session, window: Window) -> dict[str, int]:
    """新增 of the window by category group; groups without any are missing."""
    found: dict[str, int] = {}
    for family in families({_FOUND.key: _FOUND.filter(window)}):
        for values, (count,) in counted(session, family):
            group = values[_GROUP] or ""
            found[group] = found.get(group, 0) + count
    return {group: count for group, count in found.items() if count}
