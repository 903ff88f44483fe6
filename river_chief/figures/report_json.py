"""A saved report as the command line's JSON: keys in English, numbers unrounded with their text."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.report_lines import Figure, ReportLine, ReportTable
from river_chief.figures.report_list import ReportList, RowGroup, report_list
from river_chief.figures.report_words import is_month, label_of, notes_of
from river_chief.figures.saved_report import report_table
from river_chief.figures.window import Window
from river_chief.queries.ledger_query import plain
from river_chief.rules.office import OfficeSettings
from river_chief.terms import ReportShape
from river_chief.verbs.report_definition import Definition, kept


def report_as_json(
    session: Session, settings: OfficeSettings, name: str, definition: Definition, window: Window, today: date
) -> dict[str, Any]:
    """Run the report *name*, a table or a list, for *window*."""
    if definition.shape is ReportShape.LIST:
        return list_as_json(report_list(session, settings, name, definition, window, today), definition)
    table = report_table(session, settings, name, definition, window, today)
    return table_as_json(table, definition, of_month=is_month(window, settings))


def table_as_json(table: ReportTable, definition: Definition, *, of_month: bool) -> dict[str, Any]:
    """A table: its lines by the keys and names of their groupings, its total."""
    return {
        **_head(table.name, definition, table.window, of_month=of_month),
        "lines": [_line(table, line) for line in table.lines],
        "total": _figures(table.total),
        "adds_up": table.adds_up,
        "notes": list(notes_of(definition, of_month=of_month)),
    }


def list_as_json(found: ReportList, definition: Definition) -> dict[str, Any]:
    """A list: its rows under their groups, with the sums of what adds up."""
    return {
        **_head(found.name, definition, found.window, of_month=True),
        "count": found.count,
        "groups": [_group(found, group) for group in found.groups],
        "sums": {key: float(total) for key, total in found.sums.items()},
    }


def _head(name: str, definition: Definition, window: Window, *, of_month: bool) -> dict[str, Any]:
    return {
        "report": name,
        "from": window.first.isoformat() if definition.has_days else None,
        "to": window.last.isoformat() if definition.has_days else None,
        "as_of": window.cut.isoformat(),
        "definition": kept(definition),
        "columns": [
            {"key": key, "name": label_of(definition, key, of_month=of_month)} for key in definition.columns
        ],
    }


def _line(table: ReportTable, line: ReportLine) -> dict[str, Any]:
    by = [grouping.value for grouping in table.by]
    return {
        "level": len(line.keys),
        "keys": {each: plain(key) for each, key in zip(by, line.keys, strict=False)},
        "names": dict(zip(by, line.names, strict=False)),
        "figures": _figures(line),
    }


def _figures(line: ReportLine) -> dict[str, Any]:
    return {figure.key: _figure(figure) for figure in line.figures}


def _figure(figure: Figure) -> Any:
    if figure.ratio is None:
        return figure.value
    ratio = figure.ratio
    return {
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "value": ratio.value,
        "text": ratio.text,
    }


def _group(found: ReportList, group: RowGroup) -> dict[str, Any]:
    by = [grouping.value for grouping in found.by]
    return {
        "names": dict(zip(by, group.names, strict=True)),
        "count": len(group.rows),
        "sums": {key: float(total) for key, total in group.sums.items()},
        "rows": [{"id": row.id, **{key: plain(row[key]) for key in found.columns}} for row in group.rows],
    }
