"""A chart as plain data: what it shows, nothing about how it is drawn.

Every datum says its number as it is printed, and in ``told`` what it counts; ``asks`` is what a click on it
asks for (a filter of a ledger), None where nothing lies behind it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

Told = TypeVar("Told")


class Unit(Enum):
    """What an axis measures: things counted, or parts of a hundred."""

    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Datum:
    """A number of a chart; ``value`` is None where there is nothing to reckon (a rate without a denominator)."""

    value: float | None
    text: str
    told: str = ""
    asks: Hashable | None = None

    @property
    def size(self) -> float:
        """The number to draw; nothing is drawn as zero."""
        return self.value or 0.0


@dataclass(frozen=True, slots=True)
class Month:
    """A month on an axis."""

    year: int
    month: int

    @property
    def text(self) -> str:
        """2025年3月."""
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a layer: one datum for each month of its chart."""

    name: str
    data: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over months, all in one unit; a percent axis reaches from 0 to 100."""

    title: str
    months: tuple[Month, ...]
    lines: tuple[Series, ...]
    unit: Unit = Unit.COUNT
    note: str = ""

    def __post_init__(self) -> None:
        _same_length(self.title, self.months, self.lines)


@dataclass(frozen=True, slots=True)
class Stacked:
    """Columns over months, each made of layers (the first at the bottom); ``totals`` stand on top."""

    title: str
    months: tuple[Month, ...]
    layers: tuple[Series, ...]
    totals: tuple[Datum, ...]
    note: str = ""

    def __post_init__(self) -> None:
        _same_length(self.title, self.months, (*self.layers, Series("", self.totals)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name; ``place`` is its rank ("" where it has none), ``beside`` stands after its number."""

    name: str
    datum: Datum
    place: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars in the order given; ``whole`` is a line across them (the rate of the whole office)."""

    title: str
    bars: tuple[Bar, ...]
    unit: Unit = Unit.COUNT
    whole: Bar | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of a ring; ``share`` is its part of the whole as printed, ``ink`` its place among the inks."""

    name: str
    datum: Datum
    share: str
    ink: int


@dataclass(frozen=True, slots=True)
class Ring:
    """Parts of a whole around its number; ``among`` are those of the whole worth a word (逾期), if any."""

    title: str
    sectors: tuple[Sector, ...]
    whole: Bar
    among: Bar | None = None
    note: str = ""


class DayKind(Enum):
    """What a day is to an office: of its weekday, free by decree, or worked by decree."""

    ORDINARY = ""
    HOLIDAY = "休"
    WORKED = "班"


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of a calendar; ``is_known`` is False for a day that has not come."""

    day: date
    datum: Datum
    kind: DayKind = DayKind.ORDINARY
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Days of a month (a wall calendar) or of a year (weeks side by side), darker where more happened."""

    title: str
    days: tuple[DayCount, ...]
    thing: str
    note: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it is longer than a month and a half."""
        return len(self.days) > 45


Chart = Trend | Stacked | Bars | Ring | HeatMap


def data_of(chart: Chart) -> Iterator[tuple[str, Datum]]:
    """Every datum with its name, in reading order; what is empty in a stack or ring is left out."""
    match chart:
        case Trend(months=months, lines=series):
            for line in series:
                yield from ((f"{month.text}{line.name}", each) for month, each in _paired(months, line.data))
        case Stacked(months=months, layers=series):
            for layer in series:
                pairs = _paired(months, layer.data)
                yield from ((f"{month.text}{layer.name}", each) for month, each in pairs if each.size)
        case Bars(bars=bars):
            yield from ((bar.name, bar.datum) for bar in bars)
        case Ring(sectors=sectors):
            yield from ((sector.name, sector.datum) for sector in sectors if sector.datum.size)
        case HeatMap(days=days):
            yield from ((each.day.isoformat(), each.datum) for each in days if each.is_known)


def without_asks(told: Told) -> Told:
    """The same chart for paper, where nothing can be clicked."""
    found: Any = told
    if isinstance(found, Datum):
        found = replace(found, asks=None)
    elif isinstance(found, tuple):
        found = tuple(map(without_asks, found))
    elif is_dataclass(found) and not isinstance(found, type):
        found = replace(
            found, **{each.name: without_asks(getattr(found, each.name)) for each in fields(found)}
        )
    return found  # type: ignore[no-any-return]  # it is of the class it came in


def _paired(months: tuple[Month, ...], data: tuple[Datum, ...]) -> Iterator[tuple[Month, Datum]]:
    return zip(months, data, strict=True)


def _same_length(title: str, months: tuple[Month, ...], series: tuple[Series, ...]) -> None:
    for each in series:
        if len(each.data) != len(months):
            raise ValueError(f"{title}: {each.name} has {len(each.data)} data, not {len(months)}")
