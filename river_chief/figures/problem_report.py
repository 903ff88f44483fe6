"""A saved report over the problems: the innermost lines counted, those above added up where they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.measures import BASES
from river_chief.figures.rates import BY_KEY
from river_chief.figures.report_lines import Figure, Keys, ReportTable, count, mean, rate, table_of
from river_chief.figures.report_names import Names
from river_chief.figures.report_scope import AVERAGE, counts_of, keys_of, problems_of
from river_chief.figures.window import Window
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.report_counts import Along, clocks_along, counted_along
from river_chief.rules.office import OfficeSettings
from river_chief.terms import Grouping
from river_chief.verbs.report_definition import Definition

Counted = Mapping[Keys, Mapping[str, int]]
Clocks = Mapping[Keys, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Level:
    """What is counted, and the clocks that run, by the values of some groupings."""

    counts: Counted
    clocks: Clocks

    def summed(self) -> _Level:
        """The same by the values of all groupings but the last."""
        counts: dict[Keys, dict[str, int]] = {}
        for keys, own in self.counts.items():
            above = counts.setdefault(keys[:-1], {})
            for key, number in own.items():
                above[key] = above.get(key, 0) + number
        clocks: dict[Keys, tuple[int, int]] = {}
        for keys, (days, rounds) in self.clocks.items():
            before = clocks.get(keys[:-1], (0, 0))
            clocks[keys[:-1]] = (before[0] + days, before[1] + rounds)
        return _Level(counts, clocks)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a report counts, over which problems."""

    definition: Definition
    window: Window
    along: Along

    def counted(self, session: Session, by: tuple[Grouping, ...]) -> _Level:
        """Count by these groupings."""
        along = replace(self.along, by=by)
        bases = [base(self.window) for base in BASES]
        counts = counted_along(session, _wanted(self.definition, self.window), bases, along)
        clocks: Clocks = {}
        if AVERAGE in self.definition.columns:
            clocks = clocks_along(session, counts_of(self.definition, self.window)["rectified"], along)
        return _Level(counts, clocks)


def problem_table(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> ReportTable:
    """Run the report *name* for *window*."""
    start_day = settings.period_start_day
    problems = problems_of(definition, window, today, settings.due_soon_days)
    within = None if problems == ProblemFilter(drafts=False) else problems
    known = [Names(session, grouping, window.cut) for grouping in definition.by]
    asked = _Asked(definition, window, Along(definition.by, within, window.cut, start_day))
    found: dict[Keys, tuple[Figure, ...]] = {}
    level = asked.counted(session, definition.by)
    for depth in range(len(definition.by), -1, -1):
        by = definition.by[:depth]
        if depth < len(definition.by):
            # What stands in one line each adds up; where it may stand in several, it is counted anew.
            plural = definition.by[depth].is_plural
            level = asked.counted(session, by) if plural else level.summed()
        for keys in _lines(definition, known, by, level.counts, level.clocks):
            counts, clock = level.counts.get(keys, {}), level.clocks.get(keys)
            found[keys] = _figures(definition, counts, clock, settings.rate_digits)
    return table_of(name, definition, window, known, found, problems, start_day)


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
            found.append(mean(column, *(clock or (0, 0))))
        elif column in BY_KEY:
            numerator, denominator = (counted.get(key, 0) for key in keys_of(column))
            found.append(rate(column, numerator, denominator, digits))
        else:
            found.append(count(column, counted.get(column, 0)))
    return tuple(found)
