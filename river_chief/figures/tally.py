"""Every count of a period, for the office and for each village, category group, severity, source, campaign."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

from sqlmodel import Session

from river_chief.figures.rates import RATES, RateFigure
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import filters
from river_chief.figures.stock import Stock
from river_chief.figures.window import Window
from river_chief.queries.census import Census, Clock, Counted, counted_plainly
from river_chief.queries.charges import Charges
from river_chief.queries.dimensions import Dimension
from river_chief.queries.reckoning import Keys
from river_chief.queries.rounds import RoundFilter
from river_chief.records.counted_rounds import kind_parts
from river_chief.terms import Severity


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

    def take(self, other: Counts) -> None:
        """Add the counts of *other*."""
        for key, count in other.by_key.items():
            self.by_key[key] = self[key] + count
        self.days += other.days
        self.clocks += other.clocks

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
    """Counts of the whole office, and by the values of each dimension.

    ``beside`` are counts by village of what was asked for beside the figures of the period.
    """

    total: Counts
    by: Mapping[Dimension, Mapping[Any, Counts]]
    beside: Mapping[Any, Counts] = field(default_factory=dict)


def tally(session: Session, window: Window, beside: Mapping[str, RoundFilter] | None = None) -> Tally:
    """Count everything, broken down by village, category group, severity, source and campaign.

    The filters *beside* are counted by village, apart from the rest.
    """
    by: dict[Dimension, dict[Any, Counts]] = {each: defaultdict(Counts) for each in _SHARED}
    own, others = filters(window), {f"{_BESIDE}{key}": each for key, each in (beside or {}).items()}
    census = Census(session, {**own, **others}, ("village_id", "kind"), clocked=_CLOCKED)
    counted = census.by("village_id")
    _add(by[Dimension.VILLAGE], _only(counted, own), census.clocks("village_id"))
    apart: dict[Any, Counts] = defaultdict(Counts)
    _add(apart, _only(counted, others), ())
    _add(by[Dimension.CAMPAIGN], _only(census.by_campaign(), own), census.clocks_by_campaign())
    counted, clocks = _only(census.by("kind"), own), list(census.clocks("kind"))
    parts = {kind: kind_parts(kind) for kind in {kind for kind, _ in counted}}
    for place, dimension in enumerate((Dimension.GROUP, Dimension.SEVERITY, Dimension.SOURCE)):
        values = {kind: found[place] for kind, found in parts.items()}
        timed = ((values[each.value], each.days, each.rounds) for each in clocks)
        _add(by[dimension], _summed(counted, values.__getitem__), starmap(Clock, timed))
    total = Counts(dict.fromkeys(own, 0))
    _add({None: total}, _summed(counted, lambda _: None), census.clocks())
    return Tally(total, by, apart)


def tally_by(session: Session, window: Window, dimension: Dimension) -> Tally:
    """Count everything, broken down by *dimension* only; the total stays empty."""
    return Tally(Counts(), {dimension: _by(session, window, dimension, filters(window), _CLOCKED)})


def tally_rate(
    session: Session,
    window: Window,
    key: str,
    severity: Severity | None = None,
    dimension: Dimension = Dimension.VILLAGE,
) -> Tally:
    """Count only the rate *key* (of problems of *severity*) by *dimension*; everything else stays zero."""
    wanted = (f"{key}.denominator", f"{key}.numerator")
    asked = {name: filter for name, filter in filters(window).items() if name in wanted}
    return Tally(Counts(), {dimension: _by(session, window, dimension, asked, severity=severity)})


def _by(
    session: Session,
    window: Window,
    dimension: Dimension,
    asked: Mapping[str, RoundFilter],
    clocked: str = "",
    severity: Severity | None = None,
) -> dict[Any, Counts]:
    """Count *asked* by the values of *dimension*."""
    found: dict[Any, Counts] = defaultdict(Counts)
    census = Census(session, asked, _COLUMNS[dimension], clocked=clocked, severity=severity)
    if dimension is Dimension.CAMPAIGN:
        _add(found, census.by_campaign(), census.clocks_by_campaign())
        return found
    _add(found, census.by_all(), census.clocks_by_all())
    return _spread(found, _values(session, window, dimension))


def tally_of(session: Session, asked: Mapping[str, RoundFilter]) -> dict[Any, Counts]:
    """Count the filters *asked*, whatever their days, by village; none of them may ask for steps."""
    found: dict[Any, Counts] = defaultdict(Counts)
    _add(found, counted_plainly(session, asked, "village_id"), ())
    return found


def totals(session: Session, window: Window) -> Counts:
    """Count everything for the whole office only."""
    total = Counts(dict.fromkeys(filters(window), 0))
    census = Census(session, filters(window), clocked=_CLOCKED)
    _add({None: total}, _summed(census.by_all(), lambda _: None), census.clocks())
    return total


_SHARED = (Dimension.VILLAGE, Dimension.GROUP, Dimension.SEVERITY, Dimension.SOURCE, Dimension.CAMPAIGN)
_CLOCKED = "rectified"
_BESIDE = "beside "
_COLUMNS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.VILLAGE: ("village_id",),
    Dimension.UNIT: ("unit",),
    Dimension.GROUP: ("kind",),
    Dimension.CATEGORY: ("category_code",),
    Dimension.SEVERITY: ("kind",),
    Dimension.SOURCE: ("kind",),
    Dimension.CAMPAIGN: (),
    Dimension.WATER: ("water_id",),
    Dimension.REACH: ("reach_id",),
    Dimension.CHIEF: ("reach_id", "village_id"),
    Dimension.FINDER: ("finder",),
}


def _values(session: Session, window: Window, dimension: Dimension) -> Callable[..., Iterable[Any]]:
    """The values of *dimension* under which the values of its columns stand."""
    match dimension:
        case Dimension.GROUP:
            return lambda kind: kind_parts(kind)[:1]
        case Dimension.SEVERITY:
            return lambda kind: kind_parts(kind)[1:2]
        case Dimension.SOURCE:
            return lambda kind: kind_parts(kind)[2:]
        case Dimension.CHIEF:
            return Charges(session, window.cut).of
        case _:
            return lambda value: (value,)


def _spread(found: Mapping[Any, Counts], values_of: Callable[..., Iterable[Any]]) -> dict[Any, Counts]:
    """The counts of *found* summed under the values that each of its keys, a tuple, stands for."""
    sums: dict[Any, Counts] = defaultdict(Counts)
    for columns, counts in found.items():
        for value in values_of(*columns):
            sums[value].take(counts)
    return sums


def _only(counted: Counted, wanted: Collection[str]) -> Counted:
    """*counted* without the keys that are not *wanted*; the mark of those counted beside is taken off."""
    kept: dict[Keys, Keys] = {}
    sums: Counter[tuple[Any, Keys]] = Counter()
    for (value, keys), rounds in counted.items():
        if keys not in kept:
            kept[keys] = tuple(key.removeprefix(_BESIDE) for key in keys if key in wanted)
        if kept[keys]:
            sums[value, kept[keys]] += rounds
    return sums


def _summed(counted: Counted, value_of: Callable[[Any], Any]) -> Counted:
    """*counted* by what each value stands for."""
    sums: Counter[tuple[Any, Keys]] = Counter()
    for (value, keys), rounds in counted.items():
        sums[value_of(value), keys] += rounds
    return sums


def _add(found: MutableMapping[Any, Counts], counted: Counted, clocks: Iterable[Clock]) -> None:
    for (value, keys), rounds in counted.items():
        by_key = found[value].by_key
        for key in keys:
            by_key[key] = by_key.get(key, 0) + rounds
    for value, days, rounds in clocks:
        found[value].days += days
        found[value].clocks += rounds
