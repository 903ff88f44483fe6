"""A saved report as text for a person: its settings, its lines, its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from river_chief.cli.rows import listed
from river_chief.figures.report_lines import ReportTable
from river_chief.figures.report_list import ReportList
from river_chief.figures.report_scope import report_span
from river_chief.figures.report_words import heads_of, label_of, notes_of, scope_words
from river_chief.figures.window import Window
from river_chief.queries.saved_reports import Kept
from river_chief.verbs.office import settings_of
from river_chief.verbs.report_definition import Definition


def definition_lines(session: Session, found: Kept, today: date) -> Iterator[str]:
    """The settings of a report in words."""
    definition = found.definition
    settings = settings_of(session)
    span = report_span(definition, settings, today)
    # Days still to come can be looked at here, though not run yet.
    window = Window.of(span, max(today, span.first), settings.period_start_day)
    yield f"名称：{found.name}"
    if found.note:
        yield f"说明：{found.note}"
    if found.retired_on is not None:
        yield f"停用：{found.retired_on.isoformat()}"
    yield f"样式：{definition.ledger.label}{definition.shape.label}"
    yield f"统计期：{definition.span.label}"
    if definition.by:
        yield f"分组：{'、'.join(heads_of(definition))}"
    yield f"列：{'、'.join(label_of(definition, key, of_month=True) for key in definition.columns)}"
    if definition.sort:
        way = "从大到小" if definition.descending else "从小到大"
        yield f"排序：{label_of(definition, definition.sort, of_month=True)}，{way}"
    if scope := scope_words(session, definition, window):
        yield f"范围：{scope}"


def table_lines(table: ReportTable, definition: Definition, *, of_month: bool) -> Iterator[str]:
    """The lines of a table, cells parted by tabs."""
    labels = [label_of(definition, key, of_month=of_month) for key in table.columns]
    yield f"{table.name} {table.window.first.isoformat()} 至 {table.window.last.isoformat()}"
    yield "\t".join([*heads_of(definition), *labels])
    for line in table.lines:
        names = [*line.names, *["小计"] * (len(table.by) - len(line.names))]
        yield "\t".join([*names, *(figure.text for figure in line.figures)])
    if definition.totals:
        names = ["合计", *[""] * (len(table.by) - 1)]
        yield "\t".join([*names, *(figure.text for figure in table.total.figures)])
    yield from notes_of(definition, of_month=of_month)


def list_lines(found: ReportList, definition: Definition) -> Iterator[str]:
    """The rows of a list under their group lines."""
    fields = found.fields.pick(*found.columns)
    days = f" {found.window.first.isoformat()} 至 {found.window.last.isoformat()}"
    yield found.name + (days if definition.has_days else "")
    head, *_ = listed([], fields)
    yield head
    for group in found.groups:
        if group.names:
            yield f"{' '.join(group.names)}（{len(group.rows)}）"
        yield from listed(group.rows, fields)[1:]
    yield f"共 {found.count} 条"
