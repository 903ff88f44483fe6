"""The papers of a period: the monthly report, the three lists, the sign-off list of a village."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from river_chief.figures.rows import rows_behind
from river_chief.figures.window import Window
from river_chief.papers.kinds import KINDS
from river_chief.queries import choices
from river_chief.queries.problems import PROBLEM_LEDGER
from ui.buttons import push
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.forms.period import Period
from ui.workspace import Workspace

LISTS = ("issue", "responsibility", "rectification")


class PaperButtons(QWidget):
    """Previews papers of *period*."""

    def __init__(self, workspace: Workspace, period: Period) -> None:
        super().__init__()
        self.workspace, self.period = workspace, period
        self.by_kind: dict[str, QPushButton] = {}
        for kind in LISTS:
            self.by_kind[kind] = push(KINDS[kind].name, partial(self.make, kind), sign="list-check")
        self.by_kind["sign-off"] = push(KINDS["sign-off"].name, sign="signature")
        self.villages = QMenu(self)
        self.villages.aboutToShow.connect(self._fill_villages)
        self.by_kind["sign-off"].setMenu(self.villages)
        self.by_kind["monthly"] = push(
            KINDS["monthly"].name, partial(self.make, "monthly"), sign="report-analytics", part="main"
        )
        self.by_kind["monthly"].setToolTip("预览河长制工作月报 (Ctrl+P)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in self.by_kind.values():
            row.addWidget(button)

    def make(self, kind: str, village: int | None = None, place: str = "") -> None:
        """Preview a paper of the period shown."""
        asked = PaperAsked(kind, span=self.period.span(), village=village, place=place)
        preview_paper(self, self.workspace, asked)

    def _fill_villages(self) -> None:
        """The sign-off list of the whole office, or of a village that struck something off."""
        self.villages.clear()
        self.villages.addAction("全部村（社区）", partial(self.make, "sign-off"))
        first = True
        settings = self.workspace.settings
        window = Window.of(self.period.span(), self.workspace.today(), settings.period_start_day)
        with self.workspace.read() as session:
            found = [
                (each, PROBLEM_LEDGER.count(session, rows_behind(window, "closed", villages=(each.id,))))
                for each in choices.villages(session)
            ]
        for village, closed in found:
            if closed and first:
                self.villages.addSeparator()
                first = False
            if closed:
                text = f"{village.label}　本期销号 {closed} 个"
                self.villages.addAction(text, partial(self.make, "sign-off", village.id, village.label))
