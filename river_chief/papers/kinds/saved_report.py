"""自定义报表: a saved report on paper: its days, what it is about, its table, how its rates are reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from river_chief.errors import Refusal
from river_chief.fields.field import Field, number_text
from river_chief.figures.report_lines import Figure, ReportLine, ReportTable
from river_chief.figures.report_list import SUMMED, ReportList, RowGroup, report_list
from river_chief.figures.report_scope import report_span
from river_chief.figures.report_words import is_month, label_of, notes_of, scope_words, span_words
from river_chief.figures.saved_report import report_table
from river_chief.figures.window import Window
from river_chief.papers.document import (
    Cell,
    Cells,
    Column,
    Document,
    Group,
    Kind,
    Labelled,
    Orientation,
    Paragraph,
    SignOn,
    Table,
)
from river_chief.papers.formulas import Formula, Ref, Rows, count_where, rate_of, sum_of
from river_chief.papers.kinds.list_table import NUMBERING, Columns, Values
from river_chief.papers.kinds.monthly_tables import number, rate_cell
from river_chief.papers.kinds.problem_list import shown
from river_chief.papers.kinds.reckoned import reckoned
from river_chief.papers.kinds.wanted import Wanted, day_text, days_text
from river_chief.terms import ReportLedger, ReportShape
from river_chief.verbs.report_definition import Definition, columns_of

SUBTOTAL, TOTAL = "小计", "合计"
_PEN_DATE = "　　年　月　日"
# So many characters, with the room beside them, stand on an upright sheet in the usual size.
_UPRIGHT_ROOM, _BESIDE = 46.0, 0.5
_NAME_WIDTH = 7.0
_COUNTED = {ReportLedger.PROBLEMS: "个问题", ReportLedger.PATROLS: "次巡河"}
# Rates whose two counts are figures of their own: where both are shown, a workbook reckons the rate from them.
_PARTS = {"on_time_rate": ("on_time", "due"), "finding_rate": ("with_finding", "logs")}


@dataclass(frozen=True, slots=True)
class AskedReport:
    """The report to be printed: what ``produce`` takes as the filter of the kind "saved"."""

    name: str
    definition: Definition


def saved_report(wanted: Wanted) -> Document:
    """The report of ``wanted.filter`` (an ``AskedReport``) for ``wanted.span``, or for its own days today."""
    asked = wanted.filter
    if not isinstance(asked, AskedReport):
        raise Refusal("请先选一张自定义报表。")
    settings, definition = wanted.settings, asked.definition
    span = wanted.span or report_span(definition, settings, wanted.today)
    window = Window.of(span, wanted.today, settings.period_start_day)
    of_month = is_month(window, settings)
    make = _rows if definition.shape is ReportShape.LIST else _figures
    table = make(wanted, asked, window, of_month=of_month)
    scope = scope_words(wanted.session, definition, window)
    upright = definition.upright if definition.upright is not None else _stands(table)
    is_list = definition.shape is ReportShape.LIST
    days = span_words(definition, window, settings)
    return Document(
        title=definition.title or f"{settings.place_name}{asked.name}",
        subtitle=f"（{days}）" if days else "",
        office=settings.office_name,
        dated=wanted.today,
        head=(
            Labelled("填报单位", settings.office_name),
            *((Labelled("统计期", days_text(window.span)),) if days else ()),
            Labelled("情况截至", day_text(wanted.today if is_list else window.cut)),
        ),
        blocks=(*((Paragraph(f"范围：{scope}。"),) if scope else ()), table),
        signatures=_signatures(definition),
        sign_on=SignOn.EVERY_PAGE if is_list else SignOn.LAST_PAGE,
        notes=notes_of(definition, of_month=of_month),
        orientation=Orientation.PORTRAIT if upright else Orientation.LANDSCAPE,
    )


def _signatures(definition: Definition) -> tuple[Labelled, ...]:
    named = tuple(Labelled(words) for words in definition.signatures)
    return (*named, Labelled("填报日期", _PEN_DATE)) if named else ()


def _stands(table: Table) -> bool:
    """Whether an upright sheet has room for its columns."""
    return sum(column.width + _BESIDE for column in table.columns) <= _UPRIGHT_ROOM


# Tables


def _figures(wanted: Wanted, asked: AskedReport, window: Window, *, of_month: bool) -> Table:
    definition = asked.definition
    found = report_table(wanted.session, wanted.settings, asked.name, definition, window, wanted.today)
    sheet = _Sheet(found, definition, wanted.settings.rate_digits, of_month)
    return sheet.table()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A report of figures as a ruled table; its workbook adds up and divides by itself where it can."""

    report: ReportTable
    definition: Definition
    digits: int
    of_month: bool

    def table(self) -> Table:
        """Lines numbered from 1 where there is one grouping; subtotals first where there are two."""
        single = len(self.report.by) == 1
        names = [Column(grouping.label, _NAME_WIDTH) for grouping in self.report.by]
        figures = [self._column(key) for key in self.report.columns]
        rows = [
            (*((Cell(str(at), at),) if single else ()), *self._cells(line, at - 1))
            for at, line in enumerate(self.report.lines, 1)
        ]
        total = (Cell(TOTAL), Cell(), *self._figures(self.report.total, None))
        return Table(
            (*((NUMBERING,) if single else ()), *names, *figures),
            tuple(rows),
            total=total if self.definition.totals and rows else (),
            empty="（统计期内没有符合条件的记录）",
        )

    def _column(self, key: str) -> Column:
        field = columns_of(self.definition.ledger, self.definition.shape)[key]
        return Column(self._label(key), max(field.width, 2.4), Kind.NUMBER)

    def _label(self, key: str) -> str:
        return label_of(self.definition, key, of_month=self.of_month)

    def _cells(self, line: ReportLine, at: int) -> Cells:
        names = [Cell(name) for name in line.names]
        if len(line.names) < len(self.report.by):
            names.append(Cell(SUBTOTAL))
        return (*names, *self._figures(line, at))

    def _figures(self, line: ReportLine, at: int | None) -> Cells:
        return tuple(self._cell(figure, at) for figure in line.figures)

    def _cell(self, figure: Figure, at: int | None) -> Cell:
        if figure.ratio is not None:
            cell = rate_cell(figure.ratio)
        elif isinstance(figure.value, int):
            cell = number(figure.value)
        else:
            cell = Cell(figure.text, None if figure.value is None else Decimal(figure.text))
        formula = self._formula(figure, at)
        return cell if formula is None else reckoned(cell, formula)

    def _formula(self, figure: Figure, at: int | None) -> Formula | None:
        """What a workbook reckons: the total of a count, a rate whose two counts stand beside it."""
        parts = _PARTS.get(figure.key)
        if parts is not None and set(parts) <= set(self.report.columns):
            row = Rows.OWN if at is not None else Rows.TOTAL
            above, below = (Ref(self._label(key), row) for key in parts)
            return rate_of(above, below, self.digits)
        is_sum = figure.ratio is None and isinstance(figure.value, int) and figure.key != "walkers"
        if at is None and is_sum and self.report.adds_up:
            label = self._label(figure.key)
            if len(self.report.by) == 1:
                return sum_of(label)
            return count_where("", label, {self.report.by[1].label: SUBTOTAL})
        return None


# Lists


def _rows(wanted: Wanted, asked: AskedReport, window: Window, *, of_month: bool) -> Table:
    definition = asked.definition
    found = report_list(wanted.session, wanted.settings, asked.name, definition, window, wanted.today)
    problems = definition.ledger is ReportLedger.PROBLEMS
    rows: list[Values] = [
        shown(row) if problems else row.values for group in found.groups for row in group.rows
    ]
    counted = _COUNTED[definition.ledger]
    columns = Columns(found.fields, found.columns, summed=[key for key in found.columns if key in SUMMED])
    table = columns.table(
        rows, f"共{found.count}{counted}", public=wanted.public, empty="（没有符合条件的记录）"
    )
    if not definition.totals:
        table = replace(table, total=())
    return replace(table, rows=tuple(_grouped(table.rows, found, counted))) if found.by else table


def _grouped(rows: Sequence[Cells | Group], found: ReportList, counted: str) -> Iterator[Cells | Group]:
    at = 0
    for group in found.groups:
        yield Group(_group_line(group, found, counted))
        yield from rows[at : at + len(group.rows)]
        at += len(group.rows)


def _group_line(group: RowGroup, found: ReportList, counted: str) -> str:
    """上砚村　重大（3个问题，面积120㎡）."""
    sums = [_sum_words(found.fields[key], total) for key, total in group.sums.items() if total]
    return f"{'　'.join(group.names)}（{'，'.join([f'{len(group.rows)}{counted}', *sums])}）"


def _sum_words(field: Field, total: Decimal) -> str:
    return f"{field.label}{number_text(total, field.digits)}{field.unit}"
