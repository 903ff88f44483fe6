"""A saved report run for some days: its table, every number with the rows behind it."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from river_chief.figures.patrol_report import patrol_rows, patrol_table
from river_chief.figures.problem_report import problem_table
from river_chief.figures.report_lines import ReportLine, ReportTable
from river_chief.figures.report_scope import rows_of
from river_chief.figures.window import Window
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.office import OfficeSettings
from river_chief.terms import ReportLedger
from river_chief.verbs.report_definition import Definition


def report_table(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> ReportTable:
    """Run the report *name*, a table, for *window*; conditions that move with the day are those of *today*."""
    make = patrol_table if definition.ledger is ReportLedger.PATROLS else problem_table
    return make(session, settings, name, definition, window, today)


def rows_behind(
    table: ReportTable, definition: Definition, line: ReportLine, key: str
) -> ProblemFilter | PatrolFilter:
    """The problems or patrols behind the number *key* (``Figure.asks``, or a rate's denominator) of *line*."""
    by = list(zip(table.by, line.keys, strict=False))
    if isinstance(table.records, PatrolFilter):
        return patrol_rows(table.records, key, by, table.start_day)
    return rows_of(definition, table.window, table.records, key, by, table.start_day)
