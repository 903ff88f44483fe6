"""The months before: stock, rates and what was found, month by month up to the one shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from river_chief.figures.frozen import frozen_month
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.stock import Stock
from river_chief.figures.window import Window
from river_chief.queries.census import Census
from river_chief.queries.month_closes import close_of
from river_chief.records.counted_rounds import kind_parts
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import month_of

MONTHS = 12
_FOUND, _ON_TIME = "found", "on_time_rate"
_KIND = "kind"
"""The column of a census that holds group, severity and source."""


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A month of a trend: ``rates`` are at least those a trend tells, ``found`` is 新增 by category group.

    ``is_closed`` says its numbers are frozen.
    """

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
    return _counted(session, year, month, Window.of(span, today, settings.period_start_day), settings)


def told_rates(settings: OfficeSettings) -> tuple[str, ...]:
    """The rates a trend tells: the official one and 按期整改率."""
    return tuple(dict.fromkeys((settings.official_rate, _ON_TIME)))


def _counted(session: Session, year: int, month: int, window: Window, settings: OfficeSettings) -> MonthPoint:
    """A month that is not closed, by one census of what a trend tells."""
    rates = [BY_KEY[key] for key in told_rates(settings)]
    asked = {measure.key: measure.filter(window) for measure in STOCK}
    for rate in rates:
        asked[f"{rate.key}.numerator"] = rate.numerator(window)
        asked[f"{rate.key}.denominator"] = rate.denominator(window)
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for (kind, keys), rounds in Census(session, asked, (_KIND,)).by(_KIND).items():
        counts.update(dict.fromkeys(keys, rounds))
        if _FOUND in keys:
            found[kind_parts(kind)[0] or ""] += rounds
    ratios = (
        Ratio(counts[f"{rate.key}.numerator"], counts[f"{rate.key}.denominator"], settings.rate_digits)
        for rate in rates
    )
    figures = tuple(RateFigure(rate.words, ratio) for rate, ratio in zip(rates, ratios, strict=True))
    stock = Stock(**{measure.key: counts[measure.key] for measure in STOCK})
    return MonthPoint(year, month, window, stock, figures, found, False)


def _of_figures(year: int, month: int, figures: MonthFigures) -> MonthPoint:
    found = {str(line.key or ""): line.stock.found for line in figures.by_category if line.stock.found}
    closed = figures.closing is not None
    return MonthPoint(year, month, figures.window, figures.stock, figures.rates, found, closed)
