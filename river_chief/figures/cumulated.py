"""累计: what came, went and fell due since the office's year began (本年累计), and since ever (历年累计).

The same filters as in the figures of the period, over a longer span up to the same cut-off day. What does not depend on
the span (整改销号率, the stock at the end) stands in the figures of the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.breakdown import Key
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import filters
from river_chief.figures.tally import Counts, Tally, tally_of
from river_chief.figures.window import Window
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import month_of

COUNTS = {
    "found": "新增",
    "relapsed": "反弹",
    "closed": "销号",
    "unfounded": "不属实",
    "handed_over": "移交",
    "merged": "并案",
    "voided": "作废",
    "due": "到期",
    "on_time": "按期",
}
RATES = ("on_time_rate", "own_finding_rate")
"""Rates that depend on the span; since ever only the first is counted: who found a problem years ago tells nothing."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts by their keys (``COUNTS``), and the rates that depend on the span."""

    counts: dict[str, int]
    rates: tuple[RateFigure, ...]

    def rate(self, key: str) -> RateFigure:
        """The rate *key*."""
        return next(figure for figure in self.rates if figure.key == key)


@dataclass(frozen=True, slots=True)
class Cumulated:
    """What was counted from ``first`` (None: ever) to ``last``: of the office, and by village id.

    ``nothing`` are the sums of a village without any.
    """

    first: date | None
    last: date
    total: Sums
    by_village: dict[Key, Sums]
    nothing: Sums

    def of(self, village: Key) -> Sums:
        """The sums of a village; zeros for one without any."""
        return self.by_village.get(village, self.nothing)


def year_to_date(session: Session, settings: OfficeSettings, window: Window) -> Cumulated:
    """本年累计: since the first day of the office's year in which *window* ends."""
    year, _ = month_of(window.last, settings.period_start_day)
    first = min(settings.month(year, 1).first, window.first)
    return _cumulated(session, settings, window, first)


def ever_filters(window: Window) -> dict[str, RoundFilter]:
    """The filters of 历年累计, to be counted beside those of the period."""
    return cumulated_filters(window, None)


def ever(settings: OfficeSettings, window: Window, counted: Tally) -> Cumulated:
    """历年累计: since the first record, from what is *counted* with the ``ever_filters`` beside the period's."""
    return _summed(settings, window, None, counted.beside)


def cumulated_filters(window: Window, first: date | None) -> dict[str, RoundFilter]:
    """The filters of ``COUNTS`` and ``RATES`` over the days from *first* to the cut-off of *window*."""
    wanted = filters(window)
    rates = [f"{key}.{part}" for key in _rates(first) for part in ("numerator", "denominator")]
    return {key: _since(wanted[key], window, first) for key in (*COUNTS, *rates)}


def _rates(first: date | None) -> tuple[str, ...]:
    return RATES if first is not None else RATES[:1]


def rows_behind_sum(
    window: Window, first: date | None, key: str, villages: tuple[int | None, ...] = ()
) -> ProblemFilter:
    """The problems counted under *key* since *first*, of some villages only."""
    return ProblemFilter(rounds=replace(cumulated_filters(window, first)[key], villages=villages))


def _since(filter: RoundFilter, window: Window, first: date | None) -> RoundFilter:
    """*filter* with the span from *first* wherever it asks for the days of *window*."""
    own = [each.name for each in fields(filter) if getattr(filter, each.name) == window.known]
    longer: dict[str, Any] = dict.fromkeys(own, (first, window.cut))
    return replace(filter, **longer)


def _cumulated(session: Session, settings: OfficeSettings, window: Window, first: date | None) -> Cumulated:
    return _summed(settings, window, first, tally_of(session, cumulated_filters(window, first)))


def _summed(
    settings: OfficeSettings, window: Window, first: date | None, counted: Mapping[Any, Counts]
) -> Cumulated:
    digits = settings.rate_digits
    total = Counts()
    for counts in counted.values():
        total.take(counts)
    villages = {key: _sums(counts, first, digits) for key, counts in counted.items() if not counts.is_empty}
    return Cumulated(first, window.cut, _sums(total, first, digits), villages, _sums(Counts(), first, digits))


def _sums(counts: Counts, first: date | None, digits: int) -> Sums:
    rates = (
        RateFigure(BY_KEY[key].words, Ratio(counts[f"{key}.numerator"], counts[f"{key}.denominator"], digits))
        for key in _rates(first)
    )
    return Sums({key: counts[key] for key in COUNTS}, tuple(rates))
