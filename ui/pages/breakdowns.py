"""The tables of a report: by village, category, severity, source, campaign, anything else, and patrol duty."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QTabWidget

from river_chief.figures.breakdown import Line
from river_chief.figures.frozen_by import reported_lines
from river_chief.figures.month import MonthFigures
from river_chief.queries.dimensions import Dimension
from ui import jobs
from ui.buttons import push
from ui.pages.duty_tables import DutyTables
from ui.pages.figure_columns import line_columns, rates_shown, total_line
from ui.tables.figure_rows import FigureColumn
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace

BREAKDOWNS = {
    "villages": ("按村", "村（社区）"),
    "groups": ("按类型", "问题大类"),
    "severities": ("按程度", "严重程度"),
    "sources": ("按来源", "问题来源"),
    "campaigns": ("按专项", "专项"),
}
MORE = {each.field: each for each in Dimension if each.field not in BREAKDOWNS}
RANKED = (
    "villages",
    *(each.field for each in (Dimension.UNIT, Dimension.WATER, Dimension.REACH, Dimension.CHIEF)),
)
"""Said of a table a closed month has not frozen."""
CHIEFS_NOTE = "一个问题计给所在河段的各级河长，各行相加大于合计。"


class Breakdowns(QTabWidget):
    """``asked(key, field, Line)``: the rows of a count are wanted, of one line of the table of *field*.

    *field* narrows them as ``figures.rows.rows_behind`` does; "" with the line of the total. ``duty_asked(key,
    DutyLine | None)`` as of ``DutyTables``. ``defined(key)``: the definition of a rate is wanted.
    """

    asked = Signal(str, str, object)
    duty_asked = Signal(str, object)
    defined = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.figures: MonthFigures | None = None
        self.tables: dict[str, FigureTable] = {}
        self.duty = DutyTables()
        self.duty.asked.connect(self.duty_asked)
        self._rates = self._shown()
        for field, (label, _) in BREAKDOWNS.items():
            self.addTab(self._table(field), label)
        self.addTab(self.duty, "巡河履职")
        self.more = push("更多分组", sign="filter")
        self.more.setMenu(self._more_menu())
        self.setCornerWidget(self.more)
        self.currentChanged.connect(lambda _place: self._read_current())

    def arrange(self) -> None:
        """Show the rates the office shows now."""
        if self._shown() == self._rates:
            return
        self._rates = self._shown()
        for field, table in self.tables.items():
            table.set_columns(self._columns(field))

    def show_figures(self, figures: MonthFigures) -> None:
        """Show the tables of *figures*; those by something else are read when they are in sight."""
        self.figures = figures
        total = total_line(figures)
        for field, lines in (
            ("villages", figures.by_village),
            ("groups", figures.by_category),
            ("severities", figures.by_severity),
            ("sources", figures.by_source),
        ):
            self.tables[field].rows.show_lines(lines, total)
        self.tables["campaigns"].rows.show_lines(figures.by_campaign)
        self.duty.show_duty(figures.patrols)
        for field in MORE:
            if field in self.tables:
                self.tables[field].rows.show_lines((), total)
        self._read_current()

    def show_duty(self) -> None:
        """Bring the tables of patrol duty into sight."""
        self.setCurrentWidget(self.duty)

    def show_more(self, field: str) -> None:
        """Bring the table by another dimension into sight, made when it is first asked for."""
        if field not in self.tables:
            dimension = MORE[field]
            table = self._table(field)
            table.setToolTip("" if dimension.adds_up else CHIEFS_NOTE)
            self.insertTab(self.indexOf(self.duty), table, f"按{dimension.label}")
        self.setCurrentWidget(self.tables[field])
        self._read_current()

    def _read_current(self) -> None:
        """Count the table in sight on a worker, if the month's figures do not have it."""
        field = next((each for each, table in self.tables.items() if table is self.currentWidget()), "")
        figures = self.figures
        if figures is None or field not in MORE:
            return
        work = partial(_read_lines, self.workspace, figures, MORE[field])
        jobs.fetch(self, self.workspace, work, partial(self._draw_more, field, figures))

    def _draw_more(self, field: str, figures: MonthFigures, lines: tuple[Line, ...]) -> None:
        if figures is self.figures:
            self.tables[field].rows.show_lines(lines, total_line(figures))

    def _table(self, field: str) -> FigureTable:
        label = BREAKDOWNS[field][0] if field in BREAKDOWNS else f"按{MORE[field].label}"
        table = FigureTable(self._columns(field), label)
        table.asked.connect(partial(self._on_asked, field))
        table.defined.connect(self.defined)
        self.tables[field] = table
        return table

    def _shown(self) -> tuple[str, ...]:
        settings = self.workspace.settings
        return rates_shown(settings.official_rate, settings.shown_rates)

    def _columns(self, field: str) -> list[FigureColumn]:
        head = BREAKDOWNS[field][1] if field in BREAKDOWNS else MORE[field].label
        official = self.workspace.settings.official_rate if field in RANKED else ""
        return line_columns(head, self._rates, ranked_by=official)

    def _on_asked(self, field: str, key: str, line: Line) -> None:
        is_total = line is self.tables[field].rows.total
        self.asked.emit(key, "" if is_total else field, line)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        for field, dimension in MORE.items():
            menu.addAction(f"按{dimension.label}", partial(self.show_more, field))
        return menu


def _read_lines(workspace: Workspace, figures: MonthFigures, dimension: Dimension) -> tuple[Line, ...]:
    edition = figures.closing.edition if figures.closing is not None else None
    span, settings = figures.window.span, workspace.settings
    with workspace.read() as session:
        return reported_lines(session, settings, span, workspace.today(), dimension, edition)
