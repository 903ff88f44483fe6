"""What a saved report shows on the screen: the columns of its lines, or of its rows under group lines."""

from __future__ import annotations

from typing import Any

from river_chief.fields.field import Field
from river_chief.fields.field import Kind as FieldKind
from river_chief.figures.report_lines import Figure, ReportLine, ReportTable
from river_chief.figures.report_list import ReportList, RowGroup
from river_chief.figures.report_words import heads_of, label_of
from river_chief.queries.ledger_query import Row
from river_chief.verbs.report_definition import Definition, columns_of
from ui.tables.figure_rows import FigureColumn

INDENT = "　　"
OPEN = "row"
"""Asked for under a row of a list: the record itself."""
_NAME_WIDTH = 8.0
_WARNS = frozenset(("overdue",))
_LONGEST_HEAD = 5


def table_columns(table: ReportTable, definition: Definition, *, of_month: bool) -> list[FigureColumn]:
    """The names of the lines, those of the second grouping indented, and the figures."""
    head = " / ".join(heads_of(definition))
    name = FigureColumn(head, max(_NAME_WIDTH, len(head)), _line_name, lambda _line: None)
    return [name, *(_figure(table, definition, key, of_month=of_month) for key in table.columns)]


def list_columns(found: ReportList) -> list[FigureColumn]:
    """The fields of the rows; a click on the first leads to the record."""
    fields = found.fields.pick(*found.columns)
    return [_field(field, leads=place == 0) for place, field in enumerate(fields)]


def list_rows(found: ReportList) -> list[RowGroup | Row]:
    """Group lines and rows in their order."""
    lines: list[RowGroup | Row] = []
    for group in found.groups:
        if group.names:
            lines.append(group)
        lines += group.rows
    return lines


def _line_name(line: ReportLine) -> str:
    if not line.names:
        return "合计"
    return f"{INDENT * (len(line.names) - 1)}{line.names[-1]}"


def _figure(table: ReportTable, definition: Definition, key: str, *, of_month: bool) -> FigureColumn:
    is_rate = table.total.figure(key).ratio is not None
    label = label_of(definition, key, of_month=of_month)
    head = _two_lines(label)

    def figure(line: ReportLine) -> Figure:
        return line.figure(key)

    def tip(line: ReportLine) -> str:
        ratio = figure(line).ratio
        return "" if ratio is None else f"{ratio.numerator} ÷ {ratio.denominator}"

    def leads(line: ReportLine, asked: str) -> bool:
        ratio = figure(line).ratio
        if ratio is None:
            return bool(figure(line).value) or (key == "average_days" and figure(line).value is not None)
        return bool(ratio.denominator if asked.endswith(".denominator") else ratio.numerator)

    return FigureColumn(
        head,
        max(map(len, head.split("\n"))),
        lambda line: figure(line).text,
        lambda line: figure(line).value,
        asks=f"{key}.numerator" if is_rate else key,
        beside=f"{key}.denominator" if is_rate else "",
        leads=leads,
        words=("看分子", "看分母") if is_rate else ("看对应的行", ""),
        tip=tip,
        warns=key in _WARNS,
        widest=_widest(table, key),
        explains=columns_of(definition.ledger, definition.shape)[key].heading,
    )


def _widest(table: ReportTable, key: str) -> str:
    """With a digit to spare: a cell keeps some room beside its text."""
    return f"{max((line.figure(key).text for line in (table.total, *table.lines)), key=len)}0"


def _two_lines(label: str) -> str:
    name, bracket, unit = label.partition("(")
    if bracket:
        return f"{name}\n{bracket}{unit}"
    if len(label) <= _LONGEST_HEAD:
        return label
    half = (len(label) + 1) // 2
    return f"{label[:half]}\n{label[half:]}"


def _field(field: Field, *, leads: bool) -> FigureColumn:
    def text(line: Any) -> str:
        if isinstance(line, RowGroup):
            return f"{'　'.join(line.names)}（{len(line.rows)}）" if leads else ""
        return line.text(field).replace("\n", " ") if isinstance(line, Row) else ""

    is_number = field.kind in (FieldKind.INTEGER, FieldKind.NUMBER)
    width = field.width * 2 if field.kind is FieldKind.LONG_TEXT else field.width
    return FigureColumn(
        field.heading,
        max(width, len(field.heading)),
        text,
        text,
        asks=OPEN if leads else "",
        leads=lambda line, _key: isinstance(line, Row),
        words=("打开", ""),
        tip=text,
        is_words=not is_number,
    )
