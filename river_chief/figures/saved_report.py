"""A saved report run for some days: the table of its lines, every number with the key of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.measures import BASES
from river_chief.figures.rates import BY_KEY
from river_chief.figures.ratio import Ratio
from river_chief.figures.report_names import Names
from river_chief.figures.report_scope import AVERAGE, counts_of, keys_of, problems_of, rows_of
from river_chief.figures.window import Window
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.report_counts import Along, Keys, clocks_along, counted_along
from river_chief.rules.office import OfficeSettings
from river_chief.rules.rounding import NOTHING, half_up
from river_chief.terms import Grouping
from river_chief.verbs.report_definition import Definition

NO_ROWS = Ratio(0, 0)
Counted = Mapping[Keys, Mapping[str, int]]
Clocks = Mapping[Keys, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a line: ``value`` to sort by (None: nothing to say), ``ratio`` where it is a rate."""

    key: str
    text: str
    value: int | float | None
    ratio: Ratio | None = None

    @property
    def asks(self) -> str:
        """The key of the rows behind it (of ``report_scope.rows_of``)."""
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
    ``problems``  the problems it is about; see ``rows_behind``.
    """

    name: str
    window: Window
    by: tuple[Grouping, ...]
    columns: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    total: ReportLine
    problems: ProblemFilter
    start_day: int

    @property
    def adds_up(self) -> bool:
        """Whether its lines add up to the total: no problem stands in several of them or in none."""
        return not any(grouping.is_plural for grouping in self.by)


def report_table(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> ReportTable:
    """Run the report *name* for *window*; every level of lines is counted by itself."""
    start_day = settings.period_start_day
    problems = problems_of(definition, window, today, settings.due_soon_days)
    is_whole = problems == ProblemFilter(drafts=False)
    within = None if is_whole else problems
    levels = [definition.by[:depth] for depth in range(len(definition.by) + 1)]
    known = [Names(session, grouping, window.cut) for grouping in definition.by]
    filters = _wanted(definition, window)
    bases = [base(window) for base in BASES]
    found: dict[Keys, tuple[Figure, ...]] = {}
    for by in levels:
        along = Along(by, within, window.cut, start_day)
        counted = counted_along(session, filters, bases, along) if filters else {}
        clocks: Clocks = {}
        if AVERAGE in definition.columns:
            clocks = clocks_along(session, counts_of(definition, window)["rectified"], along)
        for keys in _lines(definition, known, by, counted, clocks):
            found[keys] = _figures(definition, counted.get(keys, {}), clocks.get(keys), settings.rate_digits)
    lines = [
        ReportLine(keys, tuple(n.name(key) for n, key in zip(known, keys, strict=False)), figures)
        for keys, figures in found.items()
    ]
    ordered = _ordered(definition, known, [line for line in lines if line.keys])
    total = next(line for line in lines if not line.keys)
    return ReportTable(name, window, definition.by, definition.columns, ordered, total, problems, start_day)


def rows_behind(table: ReportTable, definition: Definition, line: ReportLine, key: str) -> ProblemFilter:
    """The problems behind the number *key* (``Figure.asks``, or a rate's denominator) of *line*."""
    by = list(zip(table.by, line.keys, strict=False))
    return rows_of(definition, table.window, table.problems, key, by, table.start_day)


def _wanted(definition: Definition, window: Window) -> dict[str, Any]:
    every = counts_of(definition, window)
    return {key: every[key] for column in definition.columns if column != AVERAGE for key in keys_of(column)}


def _lines(
    definition: Definition, known: Sequence[Names], by: Sequence[Grouping], counted: Counted, clocks: Clocks
) -> list[Keys]:
    """The lines of one level: those with figures, and on the first level what is listed in any case."""
    if not by:
        return [()]
    found = dict.fromkeys([*(keys for keys, counts in counted.items() if counts), *clocks])
    given = definition.conditions
    if len(by) == 1:
        limits = {
            Grouping.VILLAGE: given.villages,
            Grouping.GROUP: given.groups,
            Grouping.SEVERITY: given.severities,
            Grouping.SOURCE: given.sources,
        }
        limit = limits.get(by[0], ())
        found |= {(key,): None for key in known[0].listed if not limit or key in limit}
    # What stands in several lines stands only in those asked for.
    plural = {Grouping.CHIEF: given.chiefs, Grouping.CAMPAIGN: given.campaigns}
    kept = [(place, plural[each]) for place, each in enumerate(by) if plural.get(each)]
    return [keys for keys in found if all(keys[place] in keep for place, keep in kept)]


def _figures(
    definition: Definition, counted: Mapping[str, int], clock: tuple[int, int] | None, digits: int
) -> tuple[Figure, ...]:
    found = []
    for column in definition.columns:
        if column == AVERAGE:
            average = clock[0] / clock[1] if clock is not None else None
            text = NOTHING if average is None else str(half_up(average, 1))
            found.append(Figure(column, text, average))
        elif column in BY_KEY:
            above, below = (counted.get(key, 0) for key in keys_of(column))
            ratio = Ratio(above, below, digits)
            found.append(Figure(column, ratio.text, ratio.value, ratio))
        else:
            count = counted.get(column, 0)
            found.append(Figure(column, str(count), count))
    return tuple(found)


def _ordered(
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
