"""月报: the figures of a period, every number leading to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from river_chief.figures.breakdown import Line
from river_chief.figures.duty import DutyLine
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures, monthly
from river_chief.figures.rates import RATES
from river_chief.figures.rows import rows_behind
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.periods import Span
from ui import jobs
from ui.forms.period import Period
from ui.pages.cards import Card
from ui.pages.figure_columns import duty_columns, line_columns, total_line
from ui.pages.figure_words import count_words, handling_words, rate_change, stock_words
from ui.pages.page import Chosen
from ui.pages.rate_card import RateCard
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace

SIGNS = dict(zip((each.key for each in STOCK), " ＋＋－－－－－＝", strict=True))
BREAKDOWNS = {
    "villages": ("按村", "村（社区）"),
    "groups": ("按类型", "问题大类"),
    "severities": ("按程度", "严重程度"),
    "sources": ("按来源", "问题来源"),
    "campaigns": ("按专项", "专项"),
}
# The card of a rate is as wide as a name of so many characters, or as its own longer name.
LEAST_NAME = 7
HINT = "点数字看对应的问题；鼠标移到比率上看它怎么算。"


def read_month(workspace: Workspace, span: Span) -> MonthFigures:
    """Count a month; called by a worker."""
    with workspace.read() as session:
        return monthly(session, workspace.settings, span, workspace.today())


class MonthTab(QWidget):
    """月报 of *period*: cards, sentence, rates, breakdowns, patrol duty; see ``FiguresPage`` for *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.figures: MonthFigures | None = None
        self.stock = {each.key: Card(each.name) for each in STOCK}
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.handling = QLabel()
        self.handling.setToolTip("例外办理：缺少佐证、写明原因办理的；销号以有权销号的单位批准之日为准")
        self.rates = {rate.key: RateCard(rate) for rate in RATES}
        self.definition = QLabel(HINT)
        self.definition.setProperty("role", "muted")
        self.definition.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tables = {
            key: FigureTable(line_columns(head, ranked=key == "villages"), label)
            for key, (label, head) in BREAKDOWNS.items()
        }
        self.duty = {
            "levels": FigureTable(duty_columns("层级"), "巡河履职按层级"),
            "villages": FigureTable(duty_columns("村（社区）"), "巡河履职按村"),
        }
        self.duty_words = QLabel()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Count the period on a worker and draw it."""
        work = partial(read_month, self.workspace, self.period.span())
        jobs.fetch(self, self.workspace, work, self._draw)

    def show_duty(self) -> None:
        """Bring the tables of patrol duty into sight."""
        self.tabs.setCurrentIndex(self.tabs.count() - 1)

    # Drawing

    def _draw(self, figures: MonthFigures) -> None:
        if figures.window.span != self.period.span():
            return
        self.figures = figures
        for key, card in self.stock.items():
            card.show_number(getattr(figures.stock, key))
        self.sentence.setText(stock_words(figures))
        self.handling.setText(handling_words(figures))
        self.handling.setVisible(bool(self.handling.text()))
        before = figures.comparisons.last_month if figures.comparisons else None
        for each in figures.rates:
            self.rates[each.key].show_figure(each, rate_change(each.key, before))
        total = total_line(figures)
        for key, lines in (
            ("villages", figures.by_village),
            ("groups", figures.by_category),
            ("severities", figures.by_severity),
            ("sources", figures.by_source),
        ):
            self.tables[key].rows.show_lines(lines, total)
        self.tables["campaigns"].rows.show_lines(figures.by_campaign)
        self._draw_duty(figures)

    def _draw_duty(self, figures: MonthFigures) -> None:
        duty = figures.patrols
        self.duty["levels"].rows.show_lines(duty.by_level, duty.total)
        self.duty["villages"].rows.show_lines(duty.by_village)
        owing = sum(each.missing for each in duty.missing)
        words = f"还欠 {owing} 次。" if owing else "没有欠巡。"
        rules = "；".join(rule.partition("；")[0] for rule in duty.rules)
        self.duty_words.setText(f"达标率＝达标次数÷应巡次数。{words}{rules}。" if rules else words)
        self.duty_words.setToolTip("\n".join(duty.rules))

    # Rows behind a number

    def _show_rows(self, key: str, name: str = "", **only: tuple[object, ...]) -> None:
        if self.figures is not None:
            found = problems_behind(self.figures, key, **only)
            words = "　".join(part for part in (self.period.text(), count_words(key), name) if part)
            self.go("problems", Chosen(found, words))

    def _show_line(self, dimension: str, key: str, line: Line) -> None:
        if line is self.tables[dimension].rows.total:
            self._show_rows(key)
        else:
            self._show_rows(key, line.name, **{dimension: (line.key,)})

    def _show_logs(self, key: str, line: DutyLine) -> None:
        if self.figures is not None:
            self.go("patrols", logs_behind(self.figures, key, line))

    def _explain(self, sentence: str) -> None:
        self.definition.setText(sentence or HINT)

    # Parts

    def _lay_out(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(8)
        body.addLayout(self._stock_row())
        said = QHBoxLayout()
        said.addWidget(self.sentence, 1)
        said.addWidget(self.handling)
        body.addLayout(said)
        body.addLayout(self._rate_row())
        body.addWidget(self.definition)
        for key, table in self.tables.items():
            self.tabs.addTab(table, BREAKDOWNS[key][0])
        self.tabs.addTab(self._duty_tab(), "巡河履职")
        body.addWidget(self.tabs, 1)

    def _stock_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for key, card in self.stock.items():
            if sign := SIGNS[key].strip():
                label = QLabel(sign)
                label.setProperty("role", "muted")
                row.addWidget(label)
            row.addWidget(card, 1)
        return row

    def _rate_row(self) -> QGridLayout:
        row = QGridLayout()
        row.setSpacing(6)
        for place, card in enumerate(self.rates.values()):
            row.addWidget(card, 0, place)
            row.setColumnStretch(place, max(len(card.rate.name), LEAST_NAME))
        return row

    def _duty_tab(self) -> QWidget:
        tab = QWidget()
        grid = QGridLayout(tab)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setSpacing(8)
        self.duty_words.setProperty("role", "muted")
        self.duty_words.setWordWrap(True)
        grid.addWidget(self.duty_words, 0, 0, 1, 2)
        grid.addWidget(self.duty["levels"], 1, 0)
        grid.addWidget(self.duty["villages"], 1, 1)
        return tab

    def _connect(self) -> None:
        for key, card in self.stock.items():
            card.opened.connect(partial(self._show_rows, key))
        self.handling.linkActivated.connect(self._show_rows)
        for rate in self.rates.values():
            rate.asked.connect(self._show_rows)
            rate.looked_at.connect(self._explain)
        for key, table in self.tables.items():
            table.asked.connect(partial(self._show_line, key))
        for table in self.duty.values():
            table.asked.connect(self._show_logs)


def problems_behind(figures: MonthFigures, key: str, **only: tuple[object, ...]) -> ProblemFilter:
    """The problems counted under *key*; *only* narrows them as ``rows_behind`` does."""
    return rows_behind(figures.window, key, **only)  # type: ignore[arg-type]  # keys of one dimension


def logs_behind(figures: MonthFigures, key: str, line: DutyLine) -> PatrolFilter:
    """The logs counted in a line of patrol duty: those of its chiefs; "found" only those with a finding."""
    chiefs = [
        each.tenure_id
        for each in figures.patrols.chiefs
        if line.level in (None, each.level) and line.area_id in (None, each.area_id)
    ]
    known = figures.window.known
    return PatrolFilter(tenures=tuple(chiefs), days=(known.first, known.last), with_finding=key == "found")
