"""The rows behind a number: every count of a report by its key, and the problems that make it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from river_chief.figures.measures import DEADLINES, HANDLING, STOCK, rectified
from river_chief.figures.rates import RATES
from river_chief.figures.window import Window
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.rounds import RoundFilter
from river_chief.terms import Severity, Source


def filters(window: Window) -> dict[str, RoundFilter]:
    """The filter of every count: "found", "closing_rate_cumulative.numerator", ….denominator, …"""
    return dict(_filters(window))


@lru_cache(maxsize=32)
def _filters(window: Window) -> dict[str, RoundFilter]:
    found = {measure.key: measure.filter(window) for measure in (*STOCK, *DEADLINES)}
    found["rectified"] = rectified(window)
    for rate in RATES:
        found[f"{rate.key}.denominator"] = rate.denominator(window)
        found[f"{rate.key}.numerator"] = rate.numerator(window)
    return found


def rows_behind(
    window: Window,
    key: str,
    *,
    villages: tuple[int | None, ...] = (),
    units: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    waters: tuple[int | None, ...] = (),
    reaches: tuple[int | None, ...] = (),
    chiefs: tuple[int | None, ...] = (),
    finders: tuple[str, ...] = (),
    severities: tuple[Severity | None, ...] = (),
    sources: tuple[Source | None, ...] = (),
    campaigns: tuple[int, ...] = (),
) -> ProblemFilter:
    """The problems counted under *key* (of ``filters`` and ``HANDLING``), of some villages … only.

    *chiefs* are persons, chiefs of the problem's reach at the end of the cut-off day.

    Counts are of rounds, and of acceptances for the rejection rate: a problem that stands twice in the
    count is one row here.
    """
    beside = {measure.key: measure.filter(window) for measure in HANDLING}
    counted = replace(
        {**filters(window), **beside}[key],
        villages=villages,
        units=units,
        groups=groups,
        categories=categories,
        waters=waters,
        reaches=reaches,
        chiefs=chiefs,
        chiefs_on=window.cut if chiefs else None,
        finders=finders,
        severities=severities,
        sources=sources,
        campaigns=campaigns,
    )
    return ProblemFilter(rounds=counted)
