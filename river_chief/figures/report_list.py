"""A saved report that lists rows: in their order, under group lines where it is grouped, with sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from river_chief.fields.field import Field, FieldSet
from river_chief.figures.patrol_report import patrols_of
from river_chief.figures.report_names import Names
from river_chief.figures.report_scope import problems_of
from river_chief.figures.window import Window
from river_chief.queries.ledger_query import LedgerQuery, Row
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import month_of
from river_chief.terms import Grouping, ReportLedger, Term
from river_chief.verbs.report_definition import Definition

SUMMED = ("area_m2", "length_m", "volume_m3", "weight_t", "count_n", "minutes", "km")
_FIELDS = {
    Grouping.VILLAGE: "village_name",
    Grouping.UNIT: "unit",
    Grouping.GROUP: "category_group",
    Grouping.CATEGORY: "category_name",
    Grouping.SEVERITY: "severity",
    Grouping.SOURCE: "source",
    Grouping.STATE: "state",
    Grouping.DISPOSAL: "disposal",
    Grouping.CAMPAIGN: "campaigns",
    Grouping.WATER: "water_name",
    Grouping.REACH: "reach_name",
    Grouping.CHIEF: "chief_name",
    Grouping.FINDER: "finder",
    Grouping.FOUND_MONTH: "found_on",
    Grouping.REGISTERED_MONTH: "registered_on",
    Grouping.CLOSED_MONTH: "closed_on",
    Grouping.WALKER: "person_name",
    Grouping.AREA: "area_name",
    Grouping.LEVEL: "level",
    Grouping.PATROL_MONTH: "started_at",
}


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under one group line; ``names`` are those of the groupings, none where nothing is grouped."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ReportList:
    """The rows of a report in their order, as they stand today.

    ``columns``  field keys of ``fields``.  ``sums``  of the columns that add up, over all rows.
    ``count``    how many rows there are; fewer are in ``groups`` where only the first were asked for.
    ``records``  the filter that lets through exactly these rows.
    """

    name: str
    window: Window
    by: tuple[Grouping, ...]
    fields: FieldSet
    columns: tuple[str, ...]
    groups: tuple[RowGroup, ...]
    sums: Mapping[str, Decimal]
    count: int
    records: ProblemFilter | PatrolFilter


def report_list(
    session: Session,
    settings: OfficeSettings,
    name: str,
    definition: Definition,
    window: Window,
    today: date,
    *,
    first: int | None = None,
) -> ReportList:
    """Run the report *name*, a list, for *window*; *first*: only so many rows, for a look at it."""
    if definition.ledger is ReportLedger.PATROLS:
        patrols = patrols_of(definition, window)
        return _listed(session, settings, name, definition, window, today, PATROL_LEDGER, patrols, first)
    problems = problems_of(definition, window, today, settings.due_soon_days)
    return _listed(session, settings, name, definition, window, today, PROBLEM_LEDGER, problems, first)


def _listed(
    session: Session,
    settings: OfficeSettings,
    name: str,
    definition: Definition,
    window: Window,
    today: date,
    ledger: LedgerQuery[Any],
    records: Any,
    first: int | None,
) -> ReportList:
    in_sql = ledger.can_sort(definition.sort)
    ids = ledger.ids(
        session, records, sort=definition.sort if in_sql else "", descending=definition.descending
    )
    # What is grouped or sorted by words must be read whole, to know what comes first.
    reads_all = first is None or bool(definition.by) or (bool(definition.sort) and not in_sql)
    rows = ledger.rows(session, ids if reads_all else ids[:first], today)
    if definition.sort and not in_sql:
        rows = _by_words(rows, ledger.fields[definition.sort], definition.descending)
    known = [Names(session, grouping, window.cut) for grouping in definition.by]
    groups = _grouped(rows, definition, known, settings.period_start_day)
    if first is not None:
        groups = _beginning(groups, first)
    return ReportList(
        name,
        window,
        definition.by,
        ledger.fields,
        definition.columns,
        groups,
        _sums(rows, definition.columns),
        len(ids),
        records,
    )


def _by_words(rows: Sequence[Row], field: Field, descending: bool) -> list[Row]:
    filled = [row for row in rows if row.text(field)]
    empty = [row for row in rows if not row.text(field)]
    return [*sorted(filled, key=lambda row: row.text(field), reverse=descending), *empty]


def _grouped(
    rows: Sequence[Row], definition: Definition, known: Sequence[Names], start_day: int
) -> tuple[RowGroup, ...]:
    if not definition.by:
        return (RowGroup((), tuple(rows), _sums(rows, definition.columns)),) if rows else ()
    held: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        held.setdefault(tuple(_key(row, grouping, start_day) for grouping in definition.by), []).append(row)
    order = sorted(held, key=lambda keys: [n.order_of(key) for n, key in zip(known, keys, strict=True)])
    return tuple(
        RowGroup(
            tuple(n.word(key) for n, key in zip(known, keys, strict=True)),
            tuple(held[keys]),
            _sums(held[keys], definition.columns),
        )
        for keys in order
    )


def _key(row: Row, grouping: Grouping, start_day: int) -> Any:
    """What a row is grouped under: a term, the number of a month, or the words it shows."""
    value = row[_FIELDS[grouping]]
    if isinstance(value, date):
        year, month = month_of(value, start_day)
        return year * 12 + month - 1
    return value if isinstance(value, Term) or value else None


def _sums(rows: Sequence[Row], columns: Sequence[str]) -> dict[str, Decimal]:
    return {
        key: sum((Decimal(str(row[key])) for row in rows if row[key] is not None), Decimal(0))
        for key in columns
        if key in SUMMED
    }


def _beginning(groups: Sequence[RowGroup], first: int) -> tuple[RowGroup, ...]:
    found: list[RowGroup] = []
    for group in groups:
        if first <= 0:
            break
        found.append(RowGroup(group.names, group.rows[:first], group.sums))
        first -= len(group.rows)
    return tuple(found)
