"""A saved report over the problems: every level of its lines counted by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def problem_table(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> ReportTable:
    """Run the report *name* for *window*."""
    start_day = settings.period_start_day
    problems = problems_of(definition, window, today, settings.due_soon_days)
    within = None if problems == ProblemFilter(drafts=False) else problems
    known = [Names(session, grouping, window.cut) for grouping in definition.by]
    filters = _wanted(definition, window)
    bases = [base(window) for base in BASES]
    found: dict[Keys, tuple[Figure, ...]] = {}
    for depth in range(len(definition.by) + 1):
        along = Along(definition.by[:depth], within, window.cut, start_day)
        counted = counted_along(session, filters, bases, along)
        clocks: Clocks = {}
        if AVERAGE in definition.columns:
            clocks = clocks_along(session, counts_of(definition, window)["rectified"], along)
        for keys in _lines(definition, known, along.by, counted, clocks):
            found[keys] = _figures(definition, counted.get(keys, {}), clocks.get(keys), settings.rate_digits)
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
