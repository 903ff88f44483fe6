"""图表: the period in pictures, every bar, point and day leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from river_chief.figures.charts import chart_figures
from river_chief.papers.charts.chart import Chart
from river_chief.papers.charts.period import CHARTS, Behind
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.periods import Span
from ui import jobs
from ui.charts.menu import give_menu
from ui.charts.view import ChartView
from ui.forms.period import Period
from ui.pages.behind import frozen_rows, told
from ui.workspace import Workspace

HINT = "点图上的数看对应的问题或巡河，方向键逐个走；右键复制图片、另存为图片。"
PLACES = {
    "stock": (0, 0, 1),
    "rates": (0, 1, 1),
    "groups": (1, 0, 1),
    "states": (1, 1, 1),
    "villages": (2, 0, 1),
    "village-stock": (2, 1, 1),
    "patrols": (3, 0, 1),
    "patrols-year": (3, 1, 1),
}
"""Row, column and columns of every chart."""


def read_charts(workspace: Workspace, span: Span) -> tuple[Span, dict[str, Chart]]:
    """Count and make the charts of a period; called by a worker."""
    with workspace.read() as session:
        figures = chart_figures(session, workspace.settings, span, workspace.today())
    return span, {key: kind.make(figures) for key, kind in CHARTS.items()}


class ChartTab(QWidget):
    """The charts of *period*, two side by side; see ``FiguresPage`` for *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.views = {key: ChartView(kind.name) for key, kind in CHARTS.items()}
        for view in self.views.values():
            view.asked.connect(self._lead)
            give_menu(view, workspace.noticed.emit)
        self._lay_out()

    def refresh(self) -> None:
        """Count the period on a worker and draw it."""
        work = partial(read_charts, self.workspace, self.period.span())
        jobs.fetch(self, self.workspace, work, self._draw)

    def _draw(self, found: tuple[Span, Mapping[str, Chart]]) -> None:
        span, charts = found
        if span == self.period.span():
            for key, chart in charts.items():
                self.views[key].show_chart(chart)

    def _lead(self, asks: object, words: str) -> None:
        if not isinstance(asks, Behind):
            return
        if isinstance(asks.filter, ProblemFilter):
            frozen = asks.span and frozen_rows(self.workspace, asks.span, None, asks.key, dict(asks.only))
            self.go("problems", told(self.workspace, frozen or asks.filter, words, asks.number))
        else:
            self.go("patrols", asks.filter)

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 8, 6, 0)
        grid.setSpacing(8)
        for key, (row, column, columns) in PLACES.items():
            grid.addWidget(self.views[key], row, column, 1, columns)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(max(row for row, _, _ in PLACES.values()) + 1, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        hint = QLabel(HINT)
        hint.setProperty("role", "muted")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(0)
        body.addWidget(hint)
        body.addWidget(self.area, 1)
