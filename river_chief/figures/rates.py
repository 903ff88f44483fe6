"""比率: each rate once, its words (``rules.rate_words``) and its two filters.

A numerator is always its denominator with more conditions, so no rate can exceed 100%.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from river_chief.figures.measures import Asked, due, ever, on_time, opened, overdue, unfinished
from river_chief.figures.ratio import Ratio
from river_chief.figures.window import Window
from river_chief.queries.rounds import RoundFilter
from river_chief.rules.rate_words import WORDS, RateWords
from river_chief.terms import Action, Exit, Origin


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: its words and its two filters."""

    words: RateWords
    numerator: Asked
    denominator: Asked

    @property
    def key(self) -> str:
        """The key of the rate."""
        return self.words.key

    @property
    def name(self) -> str:
        """The Chinese name."""
        return self.words.name

    @property
    def sentence(self) -> str:
        """The definition in words."""
        return self.words.sentence


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A rate of some rows in some period: plain values."""

    rate: RateWords
    ratio: Ratio

    @property
    def key(self) -> str:
        """The key of the rate."""
        return self.rate.key

    @property
    def text(self) -> str:
        """The rate as printed."""
        return self.ratio.text

    @property
    def note(self) -> str:
        """What to say beside "—" (本月无到期问题); empty where there is a rate."""
        return "" if self.ratio.denominator else self.rate.nothing


def _real(window: Window) -> RoundFilter:
    """Every problem once, by its newest round, unless it is out as not real."""
    return replace(ever(window), last_on=window.cut, real_on=window.cut)


def _closed(window: Window) -> RoundFilter:
    return replace(_real(window), closed_on=window.cut)


def _finished(window: Window) -> RoundFilter:
    return replace(_real(window), finished_on=window.cut)


def _to_rectify(window: Window) -> RoundFilter:
    """应改: due by the cut-off, and neither finished nor struck off before the period."""
    return RoundFilter(
        deadline=(None, window.cut),
        real_on=window.cut,
        unfinished_before=window.first,
        stock_during=window.known,
    )


def _rectified(window: Window) -> RoundFilter:
    return replace(_to_rectify(window), finished_on=window.cut)


def _ever_closed(window: Window) -> RoundFilter:
    return replace(ever(window), exits=(Exit.CLOSED,), exited=(None, window.cut))


def _reopened(window: Window) -> RoundFilter:
    return replace(_ever_closed(window), reopened=(None, window.cut))


def _looked_back(window: Window) -> RoundFilter:
    """Each problem looked at again in the period, once, by its newest round."""
    return replace(ever(window), last_on=window.cut, looked=window.known)


def _came_back(window: Window) -> RoundFilter:
    return replace(_looked_back(window), came_back=window.known)


def _found(window: Window) -> RoundFilter:
    return replace(opened(window), origins=(Origin.FOUND,), real_on=window.cut)


def _found_by_own(window: Window) -> RoundFilter:
    return replace(_found(window), own_finding=True)


def _acceptances(window: Window) -> RoundFilter:
    return RoundFilter(acted=(Action.ACCEPT, Action.REJECT), acted_in=window.known)


def _rejections(window: Window) -> RoundFilter:
    return replace(_acceptances(window), acted=(Action.REJECT,))


RATES: tuple[Rate, ...] = tuple(
    Rate(WORDS[key], numerator, denominator)
    for key, numerator, denominator in (
        ("closing_rate_cumulative", _closed, _real),
        ("completion_rate_cumulative", _finished, _real),
        ("rectification_rate", _rectified, _to_rectify),
        ("on_time_rate", on_time, due),
        ("overdue_rate", overdue, unfinished),
        ("relapse_rate", _reopened, _ever_closed),
        ("look_back_relapse_rate", _came_back, _looked_back),
        ("own_finding_rate", _found_by_own, _found),
        ("rejection_rate", _rejections, _acceptances),
    )
)
BY_KEY = {rate.key: rate for rate in RATES}
