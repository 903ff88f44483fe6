"""The tables of a report: one line for each village, category group, severity, source and campaign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from river_chief.figures.rates import RateFigure
from river_chief.figures.stock import Stock
from river_chief.figures.tally import Counts, Tally
from river_chief.queries import choices
from river_chief.queries.dimensions import Dimension
from river_chief.rules.ranking import change_text, places_up, rank_text, ranks
from river_chief.rules.rate_words import WORDS
from river_chief.rules.rounding import NOTHING
from river_chief.terms import Light, Severity, Source

UNNAMED = "未填"
Key = int | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: ``key`` is the id or code behind ``name`` (None: not filled in).

    ``due`` and ``on_time`` are those with a deadline in the period, ``overdue`` all that were open past
    theirs at its end. ``rank`` is by the official rate; None where there is nothing to judge by.
    ``rank_before`` is that of the period before, ``light`` (红黄绿) that of the official rate, ``lights`` those of
    every rate the office has limits for; see ``figures.ranking``.
    """

    key: Key
    name: str
    stock: Stock
    due: int
    on_time: int
    overdue: int
    rates: tuple[RateFigure, ...]
    average_days: float | None
    is_empty: bool
    rank: int | None = None
    rank_before: int | None = None
    light: Light | None = None
    lights: dict[str, Light] = field(default_factory=dict)

    @property
    def rank_words(self) -> str:
        """The rank as printed; 无任务 without one."""
        return rank_text(self.rank)

    @property
    def rank_change(self) -> int | None:
        """位次变化: by how many places it rose (below zero: fell); None where one of the two has no rank."""
        return places_up(self.rank, self.rank_before)

    @property
    def change_words(self) -> str:
        """The change as printed: ↑2, ↓1, 平, 新, —."""
        return change_text(self.rank, self.rank_before)

    @property
    def light_words(self) -> str:
        """The light as printed, told apart without colour: ● 绿."""
        return NOTHING if self.light is None else self.light.mark

    def rate(self, key: str) -> RateFigure:
        """The rate *key* of this line."""
        return next(figure for figure in self.rates if figure.key == key)


def by_village(session: Session, tally: Tally, digits: int, official: str) -> tuple[Line, ...]:
    """Every village in use, and others that have figures, ranked by the rate *official* (ties share a rank)."""
    in_use = {choice.id: choice.label for choice in choices.villages(session)}
    others = {choice.id: choice.label for choice in choices.areas(session, retired=True)}
    return ranked(lines_of(tally, Dimension.VILLAGE, in_use, others, digits), official)


def by_category(session: Session, tally: Tally, digits: int) -> tuple[Line, ...]:
    """Every category group (乱占 …)."""
    groups = {choice.code: choice.label for choice in choices.categories(session) if choice.parent is None}
    return tuple(lines_of(tally, Dimension.GROUP, groups, {"": UNNAMED}, digits))


def by_severity(tally: Tally, digits: int) -> tuple[Line, ...]:
    """Every severity."""
    return tuple(lines_of(tally, Dimension.SEVERITY, {each: each.label for each in Severity}, {}, digits))


def by_source(tally: Tally, digits: int) -> tuple[Line, ...]:
    """Every source of problems."""
    return tuple(lines_of(tally, Dimension.SOURCE, {each: each.label for each in Source}, {}, digits))


def by_campaign(session: Session, tally: Tally, digits: int) -> tuple[Line, ...]:
    """Every campaign; a problem may stand in several, so the lines do not add up to the office."""
    names = {choice.id: choice.label for choice in choices.campaigns(session, retired=True)}
    lines = lines_of(tally, Dimension.CAMPAIGN, names, {}, digits)
    in_use = {choice.id for choice in choices.campaigns(session)}
    return tuple(line for line in lines if not line.is_empty or line.key in in_use)


def lines_of(
    tally: Tally, dimension: Dimension, listed: Mapping[Any, str], others: Mapping[Any, str], digits: int
) -> Iterable[Line]:
    """A line for each of *listed*, then for what else has figures; *others* are the names of those."""
    counted = tally.by[dimension]
    rest = [key for key in counted if key not in listed and not counted[key].is_empty]
    for key in (*listed, *sorted(rest, key=lambda key: (key in (None, ""), str(key)))):
        name = listed.get(key) or others.get(key) or str(key or "") or UNNAMED
        yield _line(key, name, counted.get(key, Counts()), digits)


def _line(key: Key, name: str, counts: Counts, digits: int) -> Line:
    return Line(
        key=key,
        name=name,
        stock=counts.stock,
        due=counts["due"],
        on_time=counts["on_time"],
        overdue=counts["overdue"],
        rates=counts.rates(digits),
        average_days=counts.average_days,
        is_empty=counts.is_empty,
    )


def ranked(lines: Iterable[Line], official: str) -> tuple[Line, ...]:
    """*lines* with their ranks by the rate *official*, the least first where less is better; 未填 has no rank."""
    found: Sequence[Line] = list(lines)
    parts = [line.rate(official).ratio.exact if line.key not in (None, "") else None for line in found]
    places = ranks(parts, less_is_better=bool(WORDS[official].less_is_better))
    return tuple(replace(line, rank=rank) for line, rank in zip(found, places, strict=True))
