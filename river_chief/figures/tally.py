"""Every count of a period, for the office and for each village, category group, severity, source, campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import add
from typing import Any

from sqlmodel import Session

from river_chief.figures.measures import BASES, rectified
from river_chief.figures.rates import RATES, RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import filters
from river_chief.figures.stock import Stock
from river_chief.figures.window import Window
from river_chief.queries import round_counts
from river_chief.queries.dimensions import Dimension
from river_chief.queries.round_counts import CountRow, DaysRow, Family
from river_chief.queries.rounds import RoundFilter
from river_chief.terms import Severity

_SHARED = (Dimension.VILLAGE, Dimension.GROUP, Dimension.SEVERITY, Dimension.SOURCE)


@dataclass(slots=True)
class Counts:
    """Counts by key; ``days`` and ``clocks`` add up the days from assignment to finishing."""

    by_key: dict[str, int] = field(default_factory=dict)
    days: int = 0
    clocks: int = 0

    def __getitem__(self, key: str) -> int:
        return self.by_key.get(key, 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is counted."""
        return not any(self.by_key.values())

    @property
    def stock(self) -> Stock:
        """The stock and its flows."""
        return Stock(**{key: self[key] for key in Stock.__dataclass_fields__})

    @property
    def average_days(self) -> float | None:
        """平均整改天数: mean days from assignment to finishing; None where nothing was finished."""
        return self.days / self.clocks if self.clocks else None

    def rates(self, digits: int) -> tuple[RateFigure, ...]:
        """Every rate of these counts."""
        return tuple(
            RateFigure(
                rate.words, Ratio(self[f"{rate.key}.numerator"], self[f"{rate.key}.denominator"], digits)
            )
            for rate in RATES
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the whole office, and by the values of each dimension."""

    total: Counts
    by: Mapping[Dimension, Mapping[Any, Counts]]


def tally(session: Session, window: Window) -> Tally:
    """Count everything, broken down by every dimension."""
    total = Counts()
    by: dict[Dimension, dict[Any, Counts]] = {each: defaultdict(Counts) for each in Dimension}
    keys, asked = _distinct(window)
    for family in asked:
        _add(by, _SHARED, round_counts.counted(session, family), family, keys)
        _add(by, (Dimension.CAMPAIGN,), round_counts.counted_by_campaign(session, family), family, keys)
    finished = rectified(window)
    _add_days(by, _SHARED, round_counts.rectification_days(session, finished))
    _add_days(by, (Dimension.CAMPAIGN,), round_counts.rectification_days(session, finished, by_campaign=True))
    for counts in by[Dimension.SEVERITY].values():
        for key, count in counts.by_key.items():
            total.by_key[key] = total[key] + count
        total.days += counts.days
        total.clocks += counts.clocks
    return Tally(total, by)


def tally_by(session: Session, window: Window, dimension: Dimension) -> Tally:
    """Count everything, broken down by *dimension* only; the total stays empty."""
    by: dict[Dimension, dict[Any, Counts]] = {dimension: defaultdict(Counts)}
    keys, asked = _distinct(window)
    for family in asked:
        rows = round_counts.counted_by(session, family, dimension, window.cut)
        _add(by, (dimension,), rows, family, keys)
    days = round_counts.days_by(session, rectified(window), dimension, window.cut)
    _add_days(by, (dimension,), days)
    return Tally(Counts(), by)


def tally_rate(
    session: Session,
    window: Window,
    key: str,
    severity: Severity | None = None,
    dimension: Dimension = Dimension.VILLAGE,
) -> Tally:
    """Count only the rate *key* (of problems of *severity*) by *dimension*; everything else stays zero."""
    by: dict[Dimension, dict[Any, Counts]] = {each: defaultdict(Counts) for each in Dimension}
    wanted = {
        name: replace(filter, severities=(severity,)) if severity is not None else filter
        for name, filter in filters(window).items()
        if name in (f"{key}.denominator", f"{key}.numerator")
    }
    for family in round_counts.families(wanted):
        own = {name: [name] for name in family.parts}
        rows = round_counts.counted_by(session, family, dimension, window.cut)
        _add(by, (dimension,), rows, family, own)
    return Tally(Counts(), by)


def totals(session: Session, window: Window) -> Counts:
    """Count everything for the whole office only."""
    total = Counts()
    keys, asked = _distinct(window)
    for family in asked:
        for name, count in zip(family.parts, round_counts.counted_in_all(session, family), strict=True):
            total.by_key.update(dict.fromkeys(keys[name], count))
    for row in round_counts.rectification_days(session, rectified(window)):
        _clock(total, row)
    return total


def _distinct(window: Window) -> tuple[dict[str, list[str]], list[Family]]:
    """The families of the filters, each filter once, and the keys every filter stands for."""
    named: dict[RoundFilter, list[str]] = {}
    for key, filter in filters(window).items():
        named.setdefault(filter, []).append(key)
    keys = {each[0]: each for each in named.values()}
    bases = [base(window) for base in BASES]
    return keys, round_counts.families({each[0]: filter for filter, each in named.items()}, bases)


def _add(
    by: Mapping[Dimension, dict[Any, Counts]],
    dimensions: Sequence[Dimension],
    rows: Sequence[CountRow],
    family: Family,
    keys: Mapping[str, Sequence[str]],
) -> None:
    for position, dimension in enumerate(dimensions):
        sums: dict[Any, Iterable[int]] = {}
        for values, counts in rows:
            value = values[position]
            sums[value] = tuple(map(add, sums[value], counts)) if value in sums else counts
        for value, found in sums.items():
            by_key = by[dimension][value].by_key
            for name, count in zip(family.parts, found, strict=True):
                by_key.update(dict.fromkeys(keys[name], count))


def _add_days(
    by: Mapping[Dimension, dict[Any, Counts]], dimensions: Sequence[Dimension], rows: Iterable[DaysRow]
) -> None:
    for row in rows:
        for position, dimension in enumerate(dimensions):
            _clock(by[dimension][row.values[position]], row)


def _clock(counts: Counts, row: DaysRow) -> None:
    counts.days += (row.rectified_on - row.assigned_on).days * row.rounds
    counts.clocks += row.rounds
