"""A saved report over the patrols: how often, how far, and with what found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.report_lines import Figure, Keys, ReportTable, count, rate, table_of
from river_chief.figures.report_names import Names
from river_chief.figures.report_scope import FINDING_RATE, both, month_span
from river_chief.figures.window import Window
from river_chief.queries.patrol_counts import PatrolCount, patrols_along
from river_chief.queries.patrols import PatrolFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.rounding import half_up
from river_chief.terms import Grouping
from river_chief.verbs.report_definition import Definition

SENTENCES = {FINDING_RATE: "发现问题占比＝统计期内发现问题的巡河次数÷统计期内巡河次数×100%。"}
_NONE = PatrolCount(0, 0, 0, 0, 0.0)


def patrol_table(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> ReportTable:
    """Run the report *name* for *window*: patrols that began on one of its days and are not void."""
    records = patrols_of(definition, window)
    known = [Names(session, grouping, window.cut) for grouping in definition.by]
    found: dict[Keys, tuple[Figure, ...]] = {(): _figures(definition, _NONE, settings.rate_digits)}
    for depth in range(len(definition.by) + 1):
        counted = patrols_along(session, records, definition.by[:depth], settings.period_start_day)
        found |= {keys: _figures(definition, each, settings.rate_digits) for keys, each in counted.items()}
    return table_of(name, definition, window, known, found, records, settings.period_start_day)


def patrols_of(definition: Definition, window: Window) -> PatrolFilter:
    """The patrols the report is about."""
    given = definition.conditions
    return PatrolFilter(
        text=given.text,
        days=window.known,
        levels=given.levels,
        areas=given.areas,
        persons=given.persons,
        reaches=given.reaches,
        entries=given.entries,
        with_finding=given.with_finding,
    )


def patrol_rows(
    records: PatrolFilter, key: str, by: Sequence[tuple[Grouping, Any]], start_day: int
) -> PatrolFilter:
    """The patrols behind the number *key* of the line of these groupings and values."""
    if key.removesuffix(".numerator") in ("with_finding", FINDING_RATE):
        records = replace(records, with_finding=True)
    for grouping, value in by:
        match grouping:
            case Grouping.WALKER:
                records = replace(records, persons=(value,))
            case Grouping.AREA:
                records = replace(records, areas=(value,))
            case Grouping.LEVEL:
                records = replace(records, levels=(value,))
            case _:
                records = replace(records, days=both(records.days, month_span(value, start_day)))
    return records


def _figures(definition: Definition, counted: PatrolCount, digits: int) -> tuple[Figure, ...]:
    return tuple(_figure(key, counted, digits) for key in definition.columns)


def _figure(key: str, counted: PatrolCount, digits: int) -> Figure:
    if key == FINDING_RATE:
        return rate(key, counted.with_finding, counted.logs, digits)
    if key == "km":
        exact = half_up(counted.km, 2)
        return Figure(key, str(exact), float(exact))
    return count(key, int(getattr(counted, key)))
