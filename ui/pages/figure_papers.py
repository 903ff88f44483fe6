"""The papers of a period: the monthly report, the other reports, the lists, the sign-off list of a village."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from river_chief.figures.rows import rows_behind
from river_chief.figures.window import Window
from river_chief.papers.kinds import KINDS
from river_chief.queries import choices
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.verbs.report_texts import REPORTS as WITH_WORDS
from ui.buttons import push
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.dialogs.report_text import edit_report_text
from ui.forms.period import Period
from ui.workspace import Workspace

MONTHLY, CIRCULAR, SIGN_OFF = "monthly", "circular", "sign-off"
LISTS = ("issue", "responsibility", "rectification")
REPORTS = ("circular", "compare", "half-year", "year")


class PaperButtons(QWidget):
    """Previews papers of *period*: the monthly report by its button, the others by a menu."""

    def __init__(self, workspace: Workspace, period: Period) -> None:
        super().__init__()
        self.workspace, self.period = workspace, period
        self.main = push(
            KINDS[MONTHLY].name, partial(self.make, MONTHLY), sign="report-analytics", part="main"
        )
        self.main.setToolTip("预览河长制工作月报 (Ctrl+P)")
        self.by_kind: dict[str, QAction] = {}
        self.villages = QMenu(KINDS[SIGN_OFF].name, self)
        self.villages.aboutToShow.connect(self._fill_villages)
        self.sheets = QMenu("通报（分村）", self)
        self.sheets.aboutToShow.connect(self._fill_sheets)
        self.texts = QMenu("改写文字", self)
        self.appendix = QAction("月报附问题编号", self)
        self.appendix.setCheckable(True)
        self.appendix.setToolTip("在月报后面列出每项比率的分子、分母是哪些问题")
        self.others = push("其他文书", sign="list-check")
        self.others.setMenu(self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.others)
        row.addWidget(self.main)

    def make(self, kind: str, village: int | None = None, place: str = "") -> None:
        """Preview a paper of the period shown."""
        appendix = self.appendix.isChecked() and kind == MONTHLY
        asked = PaperAsked(kind, span=self.period.span(), village=village, place=place, appendix=appendix)
        preview_paper(self, self.workspace, asked)

    def edit_text(self, kind: str) -> None:
        """Edit the words of a report of the period shown."""
        edit_report_text(self, self.workspace, kind, self.period.span())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for kind in REPORTS:
            self._add(menu, kind)
            if kind == CIRCULAR:
                menu.addMenu(self.sheets)
        menu.addSeparator()
        for kind, name in WITH_WORDS.items():
            self.texts.addAction(f"{name}…", partial(self.edit_text, kind))
        menu.addMenu(self.texts)
        menu.addAction(self.appendix)
        menu.addSeparator()
        for kind in LISTS:
            self._add(menu, kind)
        menu.addMenu(self.villages)
        return menu

    def _add(self, menu: QMenu, kind: str) -> None:
        self.by_kind[kind] = menu.addAction(KINDS[kind].name, partial(self.make, kind))

    def _fill_sheets(self) -> None:
        """The circular's sheet of each village."""
        self.sheets.clear()
        with self.workspace.read() as session:
            for village in choices.villages(session):
                self.sheets.addAction(village.label, partial(self.make, CIRCULAR, village.id, village.label))

    def _fill_villages(self) -> None:
        """The sign-off list of the whole office, or of a village that struck something off."""
        self.villages.clear()
        self.villages.addAction("全部村（社区）", partial(self.make, SIGN_OFF))
        closed = self._closed()
        if closed:
            self.villages.addSeparator()
        for id, name, count in closed:
            text = f"{name}　本期销号 {count} 个"
            self.villages.addAction(text, partial(self.make, SIGN_OFF, id, name))

    def _closed(self) -> list[tuple[int, str, int]]:
        """The villages that struck something off: id, name, how many."""
        start_day = self.workspace.settings.period_start_day
        window = Window.of(self.period.span(), self.workspace.today(), start_day)
        with self.workspace.read() as session:
            counted = (
                (each, PROBLEM_LEDGER.count(session, rows_behind(window, "closed", villages=(each.id,))))
                for each in choices.villages(session)
            )
            return [(each.id, each.label, count) for each, count in counted if count]
