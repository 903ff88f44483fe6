"""A saved report run for the window: its lines or first rows, and in words what they are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from river_chief.figures.report_lines import ReportTable
from river_chief.figures.report_list import ReportList, report_list
from river_chief.figures.report_scope import report_span
from river_chief.figures.report_words import is_month, notes_of, scope_words, span_words
from river_chief.figures.saved_report import report_table
from river_chief.figures.window import Window
from river_chief.rules.periods import Span
from river_chief.terms import ReportShape
from river_chief.verbs.report_definition import Definition
from ui.workspace import Workspace

FIRST = 300
"""So many rows of a list are shown; the paper has all of them."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it: a table or a list; ``span`` and ``scope`` in words, ``notes`` how rates are reckoned."""

    name: str
    definition: Definition
    window: Window
    today: date
    found: ReportTable | ReportList
    span: str
    scope: str
    notes: tuple[str, ...]
    of_month: bool


def run(
    workspace: Workspace, name: str, definition: Definition, reference: Span, *, as_chosen: bool = False
) -> Ran:
    """Run a report for the page's period, or (*as_chosen*) for exactly those days; called by a worker."""
    settings, today = workspace.settings, workspace.today()
    span = reference if as_chosen else report_span(definition, settings, today, reference)
    window = Window.of(span, today, settings.period_start_day)
    of_month = is_month(window, settings)
    with workspace.read() as session:
        found: ReportTable | ReportList
        if definition.shape is ReportShape.LIST:
            found = report_list(session, settings, name, definition, window, today, first=FIRST)
        else:
            found = report_table(session, settings, name, definition, window, today)
        return Ran(
            name=name,
            definition=definition,
            window=window,
            today=today,
            found=found,
            span=span_words(definition, window, settings),
            scope=scope_words(session, definition, window),
            notes=notes_of(definition, of_month=of_month),
            of_month=of_month,
        )
