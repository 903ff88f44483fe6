"""月报: the figures of a period, every number leading to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.figures.breakdown import Line
from river_chief.figures.closed import month_figures
from river_chief.figures.cumulated import rows_behind_sum
from river_chief.figures.duty import DutyLine
from river_chief.figures.month import MonthFigures
from river_chief.rules.periods import Span
from ui import jobs
from ui.dialogs.definitions import DefinitionsDialog
from ui.dialogs.duty_rows import MISSING, DutyRowsDialog, persons_behind
from ui.forms.period import Period
from ui.pages.behind import count_against, count_of, logs_behind, logs_of, problems_of, rows_of_number, told
from ui.pages.breakdowns import Breakdowns
from ui.pages.figure_columns import counted, rates_shown
from ui.pages.figure_words import (
    BEFORE,
    EVER,
    LAST_YEAR,
    YEAR,
    correction_words,
    count_words,
    handling_words,
    stock_words,
    sum_words,
)
from ui.pages.month_cards import RateRows, StockRow
from ui.workspace import Workspace

HINT = "点数字看对应的问题；点比率看分子，按住 Shift 点看分母，右键还可看定义。"


def read_month(workspace: Workspace, span: Span) -> MonthFigures:
    """The figures of a period, frozen where it is a closed month; called by a worker."""
    with workspace.read() as session:
        return month_figures(session, workspace.settings, span, workspace.today())


class MonthTab(QWidget):
    """月报 of *period*: cards, sentence, rates, breakdowns, patrol duty; see ``FiguresPage`` for *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.figures: MonthFigures | None = None
        self.stock = StockRow()
        self.sentence = _linked()
        self.sentence.setWordWrap(True)
        self.sums = _linked()
        self.sums.setWordWrap(True)
        self.handling = _linked()
        self.handling.setToolTip("例外办理：缺少佐证、写明原因办理的；销号以有权销号的单位批准之日为准")
        self.rates = RateRows()
        self.definition = QLabel(HINT)
        self.definition.setProperty("role", "muted")
        self.corrections = _linked()
        self.corrections.setProperty("role", "warn")
        self.definition.setWordWrap(True)
        self.tabs = Breakdowns(workspace)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Count the period on a worker and draw it."""
        work = partial(read_month, self.workspace, self.period.span())
        jobs.fetch(self, self.workspace, work, self._draw)

    def show_duty(self) -> None:
        """Bring the tables of patrol duty into sight."""
        self.tabs.show_duty()

    def define(self, key: str = "") -> None:
        """Show how every rate is reckoned, beginning with the rate *key*."""
        if self.figures is not None:
            dialog = DefinitionsDialog(self, self.figures, self.period.text(), key)
            dialog.asked.connect(self.lead)
            dialog.open()

    def lead(self, key: str) -> None:
        """Show the rows counted under *key* of the whole office (``figures.rows``), or of a period compared with."""
        if self.figures is None:
            return
        for prefix, against in (
            (BEFORE, self.figures.comparisons.before),
            (LAST_YEAR, self.figures.comparisons.last_year),
        ):
            if key.startswith(prefix):
                bare = key.removeprefix(prefix)
                filter = problems_of(self.workspace, self.figures, against, bare)
                self._go(filter, (against.name, count_words(bare)), count_against(against, bare))
                return
        if key.startswith((YEAR, EVER)):
            self._lead_sum(self.figures, key)
            return
        filter = rows_of_number(self.workspace, self.figures, key)
        self._go(filter, (self.period.text(), count_words(key)), count_of(self.figures, key))

    def _lead_sum(self, figures: MonthFigures, key: str) -> None:
        name, sums = (
            ("本年累计", figures.year_to_date) if key.startswith(YEAR) else ("历年累计", figures.ever)
        )
        bare = key.removeprefix(YEAR).removeprefix(EVER)
        filter = rows_behind_sum(figures.window, sums.first, bare)
        self._go(filter, (f"截至 {sums.last} {name}", count_words(bare)), sums.total.counts[bare])

    # Drawing

    def _draw(self, figures: MonthFigures) -> None:
        if figures.window.span != self.period.span():
            return
        self.figures = figures
        settings = self.workspace.settings
        self.rates.arrange(rates_shown(settings.official_rate, settings.shown_rates))
        self.tabs.arrange()
        self.stock.show_figures(figures)
        self.sentence.setText(stock_words(figures))
        self.sums.setText(sum_words(figures))
        self.handling.setText(handling_words(figures))
        self.handling.setVisible(bool(self.handling.text()))
        self.corrections.setText(correction_words(figures))
        self.corrections.setVisible(bool(figures.corrections))
        self.rates.show_figures(figures)
        self.tabs.show_figures(figures)

    # Rows behind a number

    def _lead_line(self, key: str, field: str, line: Line) -> None:
        if self.figures is None:
            return
        if not field:
            self.lead(key)
            return
        filter = rows_of_number(self.workspace, self.figures, key, **{field: (line.key,)})
        self._go(filter, (self.period.text(), count_words(key), line.name), counted(line, key))

    def _lead_duty(self, key: str, line: DutyLine | None) -> None:
        if self.figures is None:
            return
        if line is not None and key in ("patrols", "found"):
            self.go("patrols", logs_behind(self.figures, key, line))
            return
        duty = self.figures.patrols
        lines: list[Any] = list(duty.missing) if line is None else persons_behind(duty, key, line)
        number = sum(each.missing for each in duty.missing) if line is None else getattr(line, key)
        where = "　".join(part for part in (self.period.text(), "" if line is None else line.name) if part)
        dialog = DutyRowsDialog(self, MISSING if line is None else key, number, lines, where)
        dialog.logs_asked.connect(self._show_logs)
        dialog.open()

    def _show_logs(self, tenures: tuple[int, ...]) -> None:
        if self.figures is not None:
            self.go("patrols", logs_of(self.figures, tenures))

    def _go(self, filter: Any, words: tuple[str, ...], number: int | None) -> None:
        if number != 0:
            self.go(
                "problems", told(self.workspace, filter, "　".join(part for part in words if part), number)
            )

    def _explain(self, sentence: str) -> None:
        self.definition.setText(sentence or HINT)

    # Parts

    def _lay_out(self) -> None:
        said = QHBoxLayout()
        said.addWidget(self.sentence, 1)
        said.addWidget(self.handling)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(6)
        body.addWidget(self.stock)
        body.addLayout(said)
        body.addWidget(self.sums)
        body.addWidget(self.corrections)
        body.addWidget(self.rates)
        body.addWidget(self.definition)
        body.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.stock.asked.connect(self.lead)
        self.sentence.linkActivated.connect(self.lead)
        self.sums.linkActivated.connect(self.lead)
        self.handling.linkActivated.connect(self.lead)
        self.corrections.linkActivated.connect(lambda _link: self.go("figures", "月结"))
        self.rates.asked.connect(self.lead)
        self.rates.looked_at.connect(self._explain)
        self.rates.defined.connect(self.define)
        self.tabs.asked.connect(self._lead_line)
        self.tabs.defined.connect(self.define)
        self.tabs.duty_asked.connect(self._lead_duty)


def _linked() -> QLabel:
    """A label whose links can be reached with Tab too."""
    label = QLabel()
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    return label
