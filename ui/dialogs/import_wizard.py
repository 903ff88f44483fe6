"""导入表格: see what would become of every row of a workbook, put it right, and take it in as one batch."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from river_chief.intake.import_apply import Applied, apply
from river_chief.intake.plan import Answers, Plan, RowState
from river_chief.intake.rejects import LEFT_OUT, rejects
from river_chief.papers.files import save
from river_chief.progress import Progress
from river_chief.terms import ImportKind
from ui import jobs
from ui.buttons import push
from ui.dialogs.import_reading import Seen, Wanted, about, first_to_look_at, plan_again, read_plan, summary
from ui.dialogs.import_source import ImportSource, dropped_workbook
from ui.dialogs.plan_answers import PlanAnswers
from ui.dialogs.plan_panel import PlanPanel
from ui.notice_bar import NoticeBar
from ui.saved_file import ask_place, saved_notice
from ui.tables.plan_table import PlanTable
from ui.workspace import Workspace


class ImportWizard(QDialog):
    """``imported(Applied, ImportKind, file name)`` after the rows were taken in; the dialog has closed then.

    Keys: Space ticks the selected rows, Ctrl+Enter imports, Ctrl+O chooses a file, Esc closes.
    """

    imported = Signal(object, object, str)

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.seen: Seen | None = None
        self._is_open = True
        self._asked: Answers | None = None
        self.setWindowTitle("导入表格")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAcceptDrops(True)
        self.source = ImportSource()
        self.notices = NoticeBar()
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.chips: dict[RowState | None, QPushButton] = {}
        self.table = PlanTable()
        self.panel = PlanPanel()
        self.answers = PlanAnswers()
        self.stack = QStackedWidget()
        self.summary = QLabel()
        self.save_button = push("导出存疑和拒收的行(&E)…", self.ask_rejects, sign="file-export")
        self.apply_button = push("导入(&Y)", self.take_in, sign="check", part="main")
        self._lay_out()
        self._connect()
        self._count()
        window = parent.window().size()
        self.resize(max(window.width() - 60, 760), max(window.height() - 40, 520))

    # What is done here

    def open_file(self, path: Path, kind: ImportKind | None = None, sheet: str = "") -> None:
        """Read *path* beside the window and show what an import would do."""
        self._read(Wanted(path, kind, sheet))

    def take_in(self) -> None:
        """Carry out the ticked rows; all of them or none."""
        seen, ticked = self.seen, self.table.rows.ticked()
        if seen is None or not ticked or not self.apply_button.isEnabled():
            return
        workspace = self.workspace

        def work(progress: Progress) -> Applied:
            return apply(
                workspace.database,
                seen.plan,
                by=workspace.clerk,
                today=workspace.today(),
                rows=ticked,
                progress=progress,
            )

        job = jobs.start(self, workspace, "正在导入", work, done=partial(self._tell_imported, seen))
        job.failed.connect(lambda _error: self._plan_with(seen.plan.answers))

    def ask_rejects(self) -> None:
        """Ask where the rows that are left out are to be saved."""
        if self.seen is not None:
            name = f"{self.seen.path.stem}（要改的行）.xlsx"
            ask_place(self, "导出存疑和拒收的行", name, "Excel 工作簿 (*.xlsx)", self.save_rejects)

    def save_rejects(self, place: Path) -> None:
        """Save the doubtful and refused rows with their reasons to *place*."""
        seen = self.seen
        if seen is None:
            return

        def work(_progress: Progress) -> Path:
            save(place, rejects(seen.path, seen.plan))
            return place

        def tell(path: Path) -> None:
            self.notices.show_notice(saved_notice(self, path, "存疑和拒收的行"))

        jobs.start(self, self.workspace, "正在导出", work, done=tell)

    def _read(self, wanted: Wanted) -> None:
        work = partial(read_plan, self.workspace, wanted)
        jobs.start(self, self.workspace, "正在读取表格", work, done=self._show_seen)

    def _read_other(self) -> None:
        """Another kind or sheet of the same file."""
        if self.seen is not None:
            self._read(Wanted(self.seen.path, self.source.chosen_kind(), self.source.sheet.currentText()))

    def _plan_with(self, answers: Answers) -> None:
        """Plan the same sheet anew; a field may say the same twice (Enter, and leaving it)."""
        if self.seen is None or not self._is_open or answers == self._asked:
            return
        before, self._asked = self.seen.plan, answers
        self.apply_button.setEnabled(False)
        work = partial(plan_again, self.workspace, before, answers)
        job = jobs.fetch(self, self.workspace, work, partial(self._show_plan, before))
        job.failed.connect(lambda _error: self._stay())

    def _stay(self) -> None:
        """The plan could not be made anew, and that was shown: the one before still stands."""
        self._asked = None
        if self._is_open:
            self._count()

    def _correct(self, row: int, key: str, text: str) -> None:
        if self.seen is not None:
            answers = self.seen.plan.answers
            self._plan_with(replace(answers, cells={**answers.cells, (row, key): text}))

    def _answer(self) -> None:
        if self.seen is not None:
            self._plan_with(self.answers.answers(self.seen.plan))

    def _tell_imported(self, seen: Seen, applied: Applied) -> None:
        self.accept()
        self.imported.emit(applied, seen.plan.kind, seen.path.name)

    # Showing

    def _show_seen(self, seen: Seen) -> None:
        if not self._is_open:
            return
        self.seen = seen
        sheet = seen.plan.sheet
        self.source.show_file(seen.path, seen.plan.kind, seen.sheets, sheet.sheet)
        self.about.setText(about(seen.plan))
        self.about.setToolTip(
            "\n".join(f"第 {row.row_number} 行 {row.reason}：{row.text}" for row in sheet.skipped)
        )
        self.stack.setCurrentIndex(1)
        self.chips[None].setChecked(True)
        self.table.rows.show_state(None)
        self._show_rows(seen.plan)
        self.table.select(first_to_look_at(seen.plan))
        self.table.setFocus()

    def _show_plan(self, before: Plan, made: Plan) -> None:
        """Show the plan made anew, unless another sheet has been read since."""
        self._asked = None
        if self._is_open and self.seen is not None and self.seen.plan is before:
            current, mending = self.table.current(), self.panel.has_focus()
            self.seen = replace(self.seen, plan=made)
            self._show_rows(made)
            self.table.select(current.row if current is not None else 0)
            if mending and not self.panel.take_focus():
                self.table.setFocus()

    def _show_rows(self, made: Plan) -> None:
        self.answers.show_plan(made)
        self.table.rows.show_plan(made)

    def _show_state(self, state: RowState | None) -> None:
        self.table.rows.show_state(state)
        self.table.select(0)

    def _count(self) -> None:
        """Say how many rows there are of each state and how many would be taken in."""
        made = self.seen.plan if self.seen is not None else None
        counts = made.counts if made is not None else dict.fromkeys(RowState, 0)
        for state, chip in self.chips.items():
            count = sum(counts.values()) if state is None else counts[state]
            chip.setText(f"{'全部' if state is None else state.label} {count}")
        ticked = len(self.table.rows.ticked())
        self.apply_button.setText(f"导入 {ticked} 行(&Y)" if ticked else "导入(&Y)")
        self.apply_button.setEnabled(ticked > 0)
        self.save_button.setEnabled(any(counts[state] for state in LEFT_OUT))
        self.summary.setText(summary(made, ticked) if made is not None else "")

    # Parts

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.apply_button)
        foot.addWidget(push("取消(&Z)", self.reject))
        self.summary.setProperty("role", "muted")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.stack.addWidget(_hint())
        self.stack.addWidget(self._plan_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.notices, self.source, self.about):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        layout.addLayout(foot)

    def _plan_page(self) -> QWidget:
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for state in (None, *RowState):
            chip = push("", partial(self._show_state, state))
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            self.chips[state] = chip
            chips.addWidget(chip)
        chips.addStretch()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.panel, 1)
        column.addWidget(self.answers)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([900, 340])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(chips)
        layout.addWidget(split, 1)
        return page

    def _connect(self) -> None:
        self.source.file_chosen.connect(self.open_file)
        self.source.changed.connect(self._read_other)
        self.table.chosen.connect(self.panel.show_row)
        self.table.rows.ticked_changed.connect(self._count)
        self.panel.corrected.connect(self._correct)
        self.answers.changed.connect(self._answer)
        self.finished.connect(self._on_finished)
        for keys, work in (("Ctrl+Return", self.take_in), ("Ctrl+O", self.source.ask)):
            QShortcut(QKeySequence(keys), self).activated.connect(work)

    def _on_finished(self) -> None:
        self._is_open = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_workbook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_workbook(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)


def _hint() -> QWidget:
    words = QLabel("选择一个表格，或把文件拖到这里")
    words.setProperty("role", "title")
    more = QLabel(
        "县里下发的、系统导出的、自己做的都可以：合并的标题、两行表头、合计行不用整理。\n"
        "先逐行核对，看过再导入；导入后可以整批撤销。\n"
        "新建的台账，请按行政区划、河湖、河段、河长人员、问题的次序导入。"
    )
    more.setProperty("role", "muted")
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(12)
    layout.addStretch(2)
    for label in (words, more):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(label)
    layout.addStretch(3)
    return page
