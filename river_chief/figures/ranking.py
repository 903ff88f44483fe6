"""排名: lines with their ranks, how these changed against the period before, and their lights (红黄绿)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session

from river_chief.figures.breakdown import Key, Line, ranked
from river_chief.figures.ratio import Ratio
from river_chief.figures.tally import tally_rate
from river_chief.figures.window import Window
from river_chief.queries.dimensions import Dimension
from river_chief.queries.rule_tables import light_table
from river_chief.rules.lights import light_of
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import period_before
from river_chief.rules.ranking import ranks
from river_chief.rules.rate_words import WORDS


def ranked_against(
    session: Session, settings: OfficeSettings, window: Window, dimension: Dimension, lines: Iterable[Line]
) -> tuple[Line, ...]:
    """*lines* of *dimension* ranked by the official rate, with the ranks of the period before and the lights."""
    official, limits = settings.official_rate, light_table(session)
    before = _ranks(session, window_before(settings, window), official, dimension)
    found = []
    for line in ranked(lines, official):
        lights = {
            each.key: light
            for each in line.rates
            if (light := light_of(limits, each.key, each.ratio.exact)) is not None
        }
        found.append(
            replace(
                line,
                rank_before=before.get(line.key),
                light=None if line.rank is None else lights.get(official),
                lights=lights,
            )
        )
    return tuple(found)


def window_before(settings: OfficeSettings, window: Window) -> Window:
    """The whole period before, as it ended."""
    span = period_before(window.span, settings.period_start_day)
    return Window.of(span, span.last, settings.period_start_day)


def _ranks(session: Session, window: Window, rate: str, dimension: Dimension) -> dict[Key, int | None]:
    tally = tally_rate(session, window, rate, dimension=dimension)
    counted = {key: counts for key, counts in tally.by[dimension].items() if key not in (None, "")}
    parts = [
        Ratio(counts[f"{rate}.numerator"], counts[f"{rate}.denominator"]).exact for counts in counted.values()
    ]
    places = ranks(parts, less_is_better=bool(WORDS[rate].less_is_better))
    return dict(zip(counted, places, strict=True))
