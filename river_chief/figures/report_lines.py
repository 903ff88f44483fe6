"""The lines of a saved report, plain: what stands in them, in which order, and the key of the rows behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from river_chief.figures.ratio import Ratio
from river_chief.figures.report_names import Names
from river_chief.figures.window import Window
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Grouping
from river_chief.verbs.report_definition import Definition

Keys = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a line: ``value`` to sort by (None: nothing to say), ``ratio`` where it is a rate."""

    key: str
    text: str
    value: int | float | None
    ratio: Ratio | None = None

    @property
    def asks(self) -> str:
        """The key of the rows behind it (of ``saved_report.rows_behind``)."""
        return f"{self.key}.numerator" if self.ratio is not None else self.key


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line: the values of the groupings it stands for and their names; fewer than the report has in a
    line of subtotals, none in the total.
    """

    keys: tuple[Any, ...]
    names: tuple[str, ...]
    figures: tuple[Figure, ...]

    def figure(self, key: str) -> Figure:
        """The figure of a column."""
        return next(each for each in self.figures if each.key == key)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is counted in it."""
        return not any(each.value if each.ratio is None else each.ratio.denominator for each in self.figures)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The lines of a report in their order, each line of subtotals before the lines it adds up.

    ``window``    its days.  ``by``  its groupings.  ``columns``  the keys of its figures.
    ``records``   the filter of the problems or patrols it is about; see ``saved_report.rows_behind``.
    """

    name: str
    window: Window
    by: tuple[Grouping, ...]
    columns: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    total: ReportLine
    records: ProblemFilter | PatrolFilter
    start_day: int

    @property
    def adds_up(self) -> bool:
        """Whether its lines add up to the total: no problem stands in several of them or in none."""
        return not any(grouping.is_plural for grouping in self.by)


def count(key: str, number: int) -> Figure:
    """A count."""
    return Figure(key, str(number), number)


def rate(key: str, numerator: int, denominator: int, digits: int) -> Figure:
    """A rate."""
    ratio = Ratio(numerator, denominator, digits)
    return Figure(key, ratio.text, ratio.value, ratio)


def mean(key: str, total: float, of: int) -> Figure:
    """An average with one decimal."""
    value = total / of if of else None
    return Figure(key, NOTHING if value is None else str(half_up(value, 1)), value)


def table_of(
    name: str,
    definition: Definition,
    window: Window,
    known: Sequence[Names],
    found: Mapping[Keys, tuple[Figure, ...]],
    records: ProblemFilter | PatrolFilter,
    start_day: int,
) -> ReportTable:
    """The table of the figures *found* by the values of the groupings; the total stands under ()."""
    lines = [
        ReportLine(keys, tuple(n.name(key) for n, key in zip(known, keys, strict=False)), figures)
        for keys, figures in found.items()
    ]
    total = next(line for line in lines if not line.keys)
    inner = ordered(definition, known, [line for line in lines if line.keys])
    return ReportTable(name, window, definition.by, definition.columns, inner, total, records, start_day)


def ordered(
    definition: Definition, known: Sequence[Names], lines: Sequence[ReportLine]
) -> tuple[ReportLine, ...]:
    """By the column chosen, lines without a value last; else in the natural order. Subtotals lead their lines."""

    def place(line: ReportLine) -> tuple[Any, ...]:
        natural = known[len(line.keys) - 1].order(line.keys[-1])
        if not definition.sort:
            return (0, 0, natural)
        value = line.figure(definition.sort).value
        if value is None:
            return (1, 0, natural)
        return (0, -value if definition.descending else value, natural)

    tops = sorted((line for line in lines if len(line.keys) == 1), key=place)
    inner: dict[Any, list[ReportLine]] = {}
    for line in lines:
        if len(line.keys) > 1:
            inner.setdefault(line.keys[0], []).append(line)
    found: list[ReportLine] = []
    for top in tops:
        found += [top, *sorted(inner.get(top.keys[0], ()), key=place)]
    return tuple(found)
