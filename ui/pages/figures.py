"""报表: tabs of figures over one period, chosen in the head; the period's papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel

from ui.buttons import push
from ui.forms.period import Period
from ui.forms.period_picker import PeriodPicker
from ui.pages.chart_tab import ChartTab
from ui.pages.closing_badge import ClosingBadge
from ui.pages.closing_tab import ClosingTab
from ui.pages.compare_tab import CompareTab
from ui.pages.figure_papers import PaperButtons
from ui.pages.month_tab import MonthTab
from ui.pages.page import Chosen
from ui.pages.saved_tab import SAVED, SavedTab
from ui.pages.tabbed import TabbedPage
from ui.workspace import Workspace

MONTH, CLOSINGS = "月报", "月结"


class FiguresPage(TabbedPage):
    """``show_asked`` takes a month (year, month), a tab's name, or "duty": patrol duty of the current month.

    A tab is a QWidget made as ``Tab(workspace, period, go)``. *period* is what the page shows
    (``ui.forms.period.Period``); ``refresh()`` reads and draws it, and is called when the tab is shown after
    another period was chosen or the ledger changed. ``go("problems", Chosen(filter, words))`` leads to the rows
    behind a number; ``Chosen`` is of ``ui.pages.page``. Another tab is one more line below.

    Keys: Ctrl+PgUp and Ctrl+PgDn go through the periods, Ctrl+P makes the monthly report.
    """

    def __init__(self, workspace: Workspace) -> None:
        period = Period(workspace)
        super().__init__(
            workspace,
            "报表",
            {
                MONTH: lambda: MonthTab(workspace, period, self.go.emit),
                "四比": lambda: CompareTab(workspace, period, self.go.emit),
                "图表": lambda: ChartTab(workspace, period, self.go.emit),
                CLOSINGS: lambda: ClosingTab(workspace, period, self.go.emit),
                SAVED: lambda: SavedTab(workspace, period, self.go.emit),
            },
        )
        self.period = period
        self._drawn: set[str] = set()
        self.picker = PeriodPicker(workspace, period)
        self.as_of = QLabel()
        self.as_of.setProperty("role", "muted")
        self.papers = PaperButtons(workspace, period)
        self.head.insertWidget(1, self.picker)
        self.head.insertWidget(2, self.as_of)
        self.badge = ClosingBadge(workspace, period)
        self.head.insertWidget(3, self.badge)
        self.badge.led.connect(self._lead)
        self.badge.looked_at.connect(lambda: self.show_tab(CLOSINGS))
        self.head.addWidget(push("指标说明", self._define, sign="help-circle"))
        self.head.addWidget(self.papers)
        period.changed.connect(self._on_period)
        self.tabs.currentChanged.connect(lambda _place: self._draw_current())
        for keys, work in (
            ("Ctrl+PgUp", partial(period.step, -1)),
            ("Ctrl+PgDown", partial(period.step, 1)),
            ("Ctrl+P", partial(self.papers.make, "monthly")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)
        self._tell_day()

    @property
    def month(self) -> MonthTab:
        """The tab 月报, made by now: it is the first one."""
        tab = self.made[MONTH]
        if not isinstance(tab, MonthTab):
            raise TypeError("月报 is no MonthTab")
        return tab

    def show_asked(self, asked: object) -> None:
        if asked == "duty":
            self.period.set_month(self.period.this_month())
            self.show_tab(MONTH)
            self.month.show_duty()
        elif isinstance(asked, tuple):
            self.period.set_month(asked)
            self.show_tab(MONTH)
        else:
            super().show_asked(asked)

    def refresh(self) -> None:
        """Draw the tab in sight; the others when they are shown."""
        self._tell_day()
        self.badge.refresh()
        self._drawn.clear()
        self._draw_current()

    def tab_made(self) -> None:
        """A tab is drawn as it comes into sight."""

    def _lead(self, page: str, asked: object, words: str) -> None:
        self.go.emit(page, Chosen(asked, words) if words else asked)

    def _define(self) -> None:
        self.show_tab(MONTH)
        self.month.define()

    def _draw_current(self) -> None:
        name = self.tabs.tabText(self.tabs.currentIndex())
        refresh = getattr(self.made.get(name), "refresh", None)
        if self.isVisible() and name not in self._drawn and callable(refresh):
            self._drawn.add(name)
            refresh()

    def _on_period(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _tell_day(self) -> None:
        day = self.period.as_of()
        running = "，本期尚未结束" if day < self.period.span().last else ""
        self.as_of.setText(f"截至 {day:%Y-%m-%d}{running}")
