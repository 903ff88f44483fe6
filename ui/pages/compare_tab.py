"""四比: the villages side by side in four comparisons, every number leading to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from river_chief.figures.four import FourFigures, VillageFour
from river_chief.figures.four_closed import compared, problems_told
from river_chief.figures.four_rows import BEHIND, Rows, logs_of, number_of
from river_chief.queries.patrols import PatrolFilter
from river_chief.rules.four_words import FOUR, SideWords
from river_chief.rules.periods import Span
from river_chief.rules.ranking import NO_TASK
from ui import jobs
from ui.buttons import push
from ui.dialogs.duty_rows import DutyRowsDialog, persons_behind
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.forms.period import Period
from ui.pages.behind import told
from ui.pages.compare_columns import WHOLE, place_columns, side_columns
from ui.tables.figure_table import FigureTable
from ui.workspace import Workspace


def read_four(workspace: Workspace, span: Span) -> FourFigures:
    """Compare the villages in a period; called by a worker."""
    with workspace.read() as session:
        return compared(session, workspace.settings, span, workspace.today())


class CompareTab(QWidget):
    """四比 of *period*: the ranks above, the figures of each comparison below; see ``FiguresPage`` for *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.four: FourFigures | None = None
        self.words = QLabel()
        self.paper = push("四比情况表(&B)…", self.preview, sign="printer")
        self.places = FigureTable((), "四比排名")
        self.sides = {side.key: FigureTable((), side.name) for side in FOUR}
        self.notes = {side.key: QLabel() for side in FOUR}
        self.tabs = QTabWidget()
        for table in (self.places, *self.sides.values()):
            table.asked.connect(self.lead)
        self._lay_out()

    def refresh(self) -> None:
        """Compare on a worker and draw it."""
        work = partial(read_four, self.workspace, self.period.span())
        jobs.fetch(self, self.workspace, work, self._draw)

    def preview(self) -> None:
        """Preview the paper of the period shown."""
        preview_paper(self, self.workspace, PaperAsked("compare", span=self.period.span()))

    def lead(self, key: str, village: VillageFour) -> None:
        """Show the rows counted in a figure of *village*, or in the whole of a rate."""
        four, bare, whole = self.four, key.removesuffix(WHOLE), key.endswith(WHOLE)
        if four is None:
            return
        words = next(side.figure(bare) for side in four.sides if any(f.key == bare for f in side.figures))
        part = "的分母" if whole else "的分子" if BEHIND[bare].whole else ""
        said = "　".join((four.name, f"{words.name}{part}", village.name))
        match BEHIND[bare].rows:
            case Rows.PROBLEMS:
                with self.workspace.read() as session:
                    filter = problems_told(session, four, bare, village, whole=whole)
                self.go("problems", told(self.workspace, filter, said, number_of(village, bare, whole=whole)))
            case Rows.LOGS:
                self.go("patrols", logs_of(four, bare, village, whole=whole))
            case Rows.PERSONS:
                self._show_persons(four, bare, village, whole=whole)

    def _show_persons(self, four: FourFigures, key: str, village: VillageFour, *, whole: bool) -> None:
        if village.duty is None:
            return
        counted = BEHIND[key].whole if whole else BEHIND[key].part
        lines = persons_behind(four.duty, counted, village.duty)
        number = number_of(village, key, whole=whole)
        dialog = DutyRowsDialog(self, counted, number, lines, f"{four.name}　{village.name}")
        dialog.logs_asked.connect(partial(self._show_logs, four))
        dialog.open()

    def _show_logs(self, four: FourFigures, tenures: tuple[int, ...]) -> None:
        known = four.window.known
        self.go("patrols", PatrolFilter(tenures=tenures, days=(known.first, known.last)))

    # Drawing

    def _draw(self, four: FourFigures) -> None:
        if four.window.span != self.period.span():
            return
        self.four = four
        leads = "、".join(four.lead_name(side) for side in four.sides)
        self.words.setText(
            f"四项分别按{leads}排名，不合成总分；按什么排名在“设置”里选。没有可比数据的为{NO_TASK}，不排在末位。"
            f"变化与{four.before}比。点数字看是哪些。"
        )
        self.places.set_columns(place_columns(four))
        self.places.rows.show_lines(four.villages, four.total)
        for side in four.sides:
            self.sides[side.key].set_columns(side_columns(four, side))
            self.sides[side.key].rows.show_lines(four.villages, four.total)
            self.notes[side.key].setText(_definitions(four, side))

    def _lay_out(self) -> None:
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.setDocumentMode(True)
        for side in FOUR:
            self.tabs.addTab(self._side(side), side.name)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.places)
        splitter.addWidget(self.tabs)
        splitter.setSizes([440, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)

    def _side(self, side: SideWords) -> QWidget:
        note = self.notes[side.key]
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.sides[side.key], 1)
        layout.addWidget(note)
        return tab


def _definitions(four: FourFigures, side: SideWords) -> str:
    told = dict.fromkeys(each.sentence for each in side.figures if each.sentence)
    return f"★：按{four.lead_name(side)}排名。{''.join(told)}"
