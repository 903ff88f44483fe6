"""月结…: what will be frozen, whether it balances, what is left open; then the month is closed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.figures.closed import month_figures
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.papers.closing_checks import ClosingCheck, Concern, closing_checks
from river_chief.papers.month_closing import Unbalanced, close_month, imbalance
from river_chief.progress import Progress
from river_chief.queries.problems import ProblemFilter
from ui import jobs
from ui.buttons import push
from ui.style import Tone, pixmap
from ui.workspace import Workspace

SIGNS = dict(zip((each.key for each in STOCK), " ＋＋－－－－－＝", strict=True))
WIDTH = 700
WHERE = {Concern.PATROLS: ("figures", "duty"), Concern.ZERO_REPORTS: ("follow_up", "零报告")}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What closing a month would freeze, what forbids it, and what is left open."""

    figures: MonthFigures
    refused: Unbalanced | None
    checks: tuple[ClosingCheck, ...]


def read_prospect(workspace: Workspace, year: int, month: int) -> Prospect:
    """Count the month to be closed; called by a worker."""
    settings = workspace.settings
    with workspace.read() as session:
        figures = month_figures(session, settings, settings.month(year, month), workspace.today())
        return Prospect(
            figures,
            imbalance(session, settings, year, month),
            closing_checks(session, settings, figures, workspace.today()),
        )


class MonthClosingDialog(QDialog):
    """Closes the office's *month* (year, month).

    ``led(page, asked, words)``  another page is to be shown, for what is left open: a filter called *words*, or
    what the page takes; the dialog closes then.
    """

    led = Signal(str, object, str)

    def __init__(self, parent: QWidget, workspace: Workspace, month: tuple[int, int]) -> None:
        super().__init__(parent)
        self.workspace, self.month = workspace, month
        self.prospect: Prospect | None = None
        self._is_open = True
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"月结　{self.name}")
        self.figures = _words()
        self.balance = _words()
        self.balance.linkActivated.connect(self._show_broken)
        self.checks = QVBoxLayout()
        self.checks.setSpacing(4)
        self.accept_button = push("月结(&Y)", self.close_it, sign="lock", part="main")
        self.accept_button.setEnabled(False)
        self._lay_out()
        self.finished.connect(self._on_finished)
        jobs.fetch(self, workspace, partial(read_prospect, workspace, *month), self._show)

    @property
    def name(self) -> str:
        """2025年3月."""
        return f"{self.month[0]}年{self.month[1]}月"

    def close_it(self) -> None:
        """Close the month on a worker; what refuses it is told, and the dialog stays."""
        workspace, month = self.workspace, self.month

        def work(progress: Progress) -> Changes:
            progress.step(0, 0, "正在固定数字、对应的问题和月报")
            return workspace.database.run(
                lambda writer: close_month(writer, *month), by=workspace.clerk, today=workspace.today()
            )

        def done(changes: Changes) -> None:
            self.accept()
            jobs.tell(self, workspace, changes)

        jobs.start(self, workspace, f"正在月结{self.name}", work, done=done)

    def _show(self, prospect: Prospect) -> None:
        if not self._is_open:
            return
        self.prospect = prospect
        self.figures.setText(_figures_words(prospect.figures))
        if prospect.refused is None:
            self.balance.setText(f"账目是平的：{_sum_words(prospect.figures)}")
            self.balance.setProperty("role", "good")
        else:
            count = len(prospect.refused.ids)
            self.balance.setText(f"{prospect.refused.sentence}<br><a href='broken'>看这 {count} 个问题</a>")
            self.balance.setProperty("role", "alert")
        self.balance.style().unpolish(self.balance)
        self.balance.style().polish(self.balance)
        lines = [self._check_line(check) for check in prospect.checks]
        for line in lines or [QLabel("没有草稿、待核实、欠巡、未报的，可以月结。")]:
            self.checks.addWidget(line)
            line.show()
        self.accept_button.setEnabled(prospect.refused is None)
        self.body.activate()
        self.resize(WIDTH, self.body.totalHeightForWidth(WIDTH))
        self.accept_button.setFocus()

    def _check_line(self, check: ClosingCheck) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        sign = QLabel()
        sign.setPixmap(pixmap("alert-triangle", 16, Tone.WARN))
        row.addWidget(sign)
        sentence = QLabel(check.sentence)
        sentence.setWordWrap(True)
        row.addWidget(sentence, 1)
        if check.filter is not None:
            words = f"{self.name}　月结前核对"
            row.addWidget(_link("看一看", partial(self._lead, "problems", check.filter, words)))
        elif check.concern in WHERE:
            row.addWidget(_link("去补", partial(self._lead, *WHERE[check.concern])))
        return line

    def _show_broken(self) -> None:
        if self.prospect is not None and self.prospect.refused is not None:
            filter = ProblemFilter(ids=self.prospect.refused.ids)
            self._lead("problems", filter, f"{self.name}　账目不平的问题")

    def _lead(self, page: str, asked: object, words: str = "") -> None:
        self.reject()
        self.led.emit(page, asked, words)

    def _on_finished(self) -> None:
        self._is_open = False

    def _lay_out(self) -> None:
        words = QLabel(
            "月结把这个月的数字、每个数字对应的问题、当时的规则和月报固定成一版，以后改台账不影响它；"
            "改动在下个月作为“更正”说明。要改这一版，须写明原因重开，再结成下一版。"
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.accept_button)
        buttons.addWidget(push("取消(&Z)", self.reject))
        self.body = layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(words)
        for title, part in (("要固定的数字", self.figures), ("账目", self.balance)):
            layout.addWidget(_heading(title))
            layout.addWidget(part)
        layout.addWidget(_heading("月结前看一看"))
        layout.addLayout(self.checks)
        layout.addStretch()
        layout.addLayout(buttons)
        self.resize(WIDTH, 420)


def _figures_words(figures: MonthFigures) -> str:
    rates = "，".join(
        f"{each.rate.name} <b>{each.text}</b>（{each.ratio.numerator}÷{each.ratio.denominator}）"
        for each in figures.rates
    )
    duty = figures.patrols.total.compliance
    return f"{rates}；巡河达标率 <b>{duty.text}</b>（{duty.numerator}÷{duty.denominator}）。"


def _sum_words(figures: MonthFigures) -> str:
    """期初3＋新增11＋反弹0－销号10…＝期末4."""
    return "".join(
        f"{SIGNS[each.key].strip()}{each.name}{getattr(figures.stock, each.key)}" for each in STOCK
    )


def _words() -> QLabel:
    label = QLabel("正在核对…")
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    return label


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _link(text: str, clicked: partial[None]) -> QWidget:
    button = push(text, clicked)
    button.setProperty("role", "link")
    return button
