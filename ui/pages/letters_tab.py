"""督促: what the ladder proposes, the letters that went out, and what became of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.figures.escalation import proposed
from river_chief.queries import choices
from river_chief.queries.ledger_query import Row
from river_chief.queries.papers import LETTER_LEDGER, LetterFilter, waiting_lists
from river_chief.queries.photos import attachments_of
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.escalation import Proposal
from river_chief.rules.ladder import LADDER_PAPERS
from river_chief.rules.ladder_draft import draft_of
from river_chief.terms import Phase
from ui import jobs, window_state
from ui.buttons import chip, push
from ui.dialogs.letters import LetterDialog, answer_dialog, void_dialog
from ui.forms.photos import PhotoStrip
from ui.pages.detail_panel import DetailPanel
from ui.pages.page import Chosen
from ui.pages.proposals import ProposalList
from ui.style import Tone
from ui.tables.filter_bar import Choose
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.workspace import Workspace

PROPOSED = "proposed"
COLUMNS = (
    "kind:6 number:12 addressee:8 issued_on:6 answer_state:9 problem_numbers:10 due_on:6 step_name:8".split()
)
WATCH = ("paper_problem", "problem", "attachment", "area", "ladder_step")
WORDS = "阶梯到了哪一级由程序按“设置 → 督促阶梯”提出，发不发、怎么写由经办人定。同一级每轮只提一次，挂账和已反馈完成的不提。"


class LettersTab(QWidget):
    """Proposals or letters, by the row of quick lists; beside the letters the one that is chosen.

    ``go(key, asked)`` leads to another page, as that of a page.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.proposals = ProposalList(full=True)
        self.proposals.asked.connect(self.issue)
        self.view = LedgerView(
            workspace,
            LETTER_LEDGER,
            LetterFilter(),
            name="letters",
            columns=COLUMNS,
            choices=(
                Choose("kinds", "文书", lambda _session: [(kind, kind.label) for kind in LADDER_PAPERS]),
                Choose(
                    "villages", "村", lambda session: [(c.id, c.label) for c in choices.villages(session)]
                ),
            ),
            watch=WATCH,
            look=_look,
            hint="文号、主送、问题编号",
            empty="这里没有督促文书。",
        )
        self.panel = DetailPanel("在左边选一份文书，这里显示它的正文和答复。")
        self.scans = PhotoStrip(workspace, (Phase.SCAN,))
        self.scans.add_button.setText("添加扫描件")
        self.scans.none.setText("盖章的文书和对方的答复可以扫描后存在这里，也可以把文件拖进来。")
        self.chips: dict[str, QPushButton] = {}
        self.issue_button = push("印发…(&P)", self._issue_current, sign="send", part="main")
        self.none = QLabel("今天没有要督促的：该发的都发了，或者没有到时候。")
        self.none.setProperty("role", "muted")
        self._lay_out()
        self.view.selected.connect(lambda _id: self._show_current())
        self.view.activated.connect(lambda _id: self.answer())
        workspace.changed.connect(self._on_changed)
        self.choose(PROPOSED)
        self.refresh()

    # For the page and other pages

    def choose(self, key: str) -> None:
        """Show the quick list *key*: proposed, waiting, unanswered, all."""
        self.chips[key].setChecked(True)
        self.stack.setCurrentIndex(0 if key == PROPOSED else 1)
        if key != PROPOSED:
            self.view.bar.reset()
            self.view.set_filter(waiting_lists(self.workspace.today())[key][1])
            self.view.select_first()

    def refresh(self) -> None:
        """Ask for the proposals in the background; the table refreshes itself."""
        jobs.fetch(self, self.workspace, partial(read_proposals, self.workspace), self._draw)

    # What is done here

    def issue(self, proposal: Proposal) -> None:
        """Open the letter of a proposal."""
        LetterDialog(self, self.workspace, draft_of(proposal)).open()

    def answer(self) -> None:
        """Enter the answer to the chosen letter."""
        row = self._row()
        if row is not None and not row["void_reason"]:
            answer_dialog(self, self.workspace, row).open()

    def void(self) -> None:
        """Void the chosen letter."""
        row = self._row()
        if row is not None and not row["void_reason"]:
            void_dialog(self, self.workspace, row).open()

    # Parts

    def _issue_current(self) -> None:
        proposal = self.proposals.current()
        if proposal is not None:
            self.issue(proposal)

    def _draw(self, found: list[Proposal]) -> None:
        self.proposals.show_proposals(found)
        self.none.setVisible(not found)
        self.issue_button.setEnabled(bool(found))
        self.chips[PROPOSED].setText(f"建议督促 {len(found)}" if found else "建议督促")

    def _on_changed(self, _changes: Changes) -> None:
        self._show_current()

    def _row(self) -> Row | None:
        with self.workspace.read() as session:
            rows = LETTER_LEDGER.rows(session, [self.view.current_id()], self.workspace.today())
        return rows[0] if rows else None

    def _show_current(self) -> None:
        row = self._row()
        self.scans.setVisible(row is not None)
        if row is None:
            self.panel.nothing()
            return
        with self.workspace.read() as session:
            scans = attachments_of(session, {"paper_id": row.id}, self.workspace.today())
        self.panel.start(str(row["number"]), [(row["answer_state"], _role(row))])
        if not row["void_reason"]:
            self.panel.act(
                push("更正答复…(&R)" if row["answered_on"] else "登记答复…(&R)", self.answer, part="main"),
                push("作废…", self.void, part="danger"),
            )
        fields = LETTER_LEDGER.fields
        keys = "title kind addressee issued_on due_on step_name village_name void_reason".split()
        self.panel.facts((fields[key].label, row.text(fields[key])) for key in keys)
        if row["problem_numbers"]:
            asked = Chosen(
                ProblemFilter(numbers=tuple(row["problem_numbers"].split("、"))), str(row["number"])
            )
            self.panel.link(f"涉及问题：{row['problem_numbers']}", partial(self.go.emit, "problems", asked))
        self.panel.heading("正文")
        self.panel.line(str(row["body"]) or "没有正文。")
        if row["answered_on"]:
            self.panel.heading("答复")
            self.panel.facts([("答复日期", row["answered_on"].isoformat()), ("答复人", str(row["answerer"]))])
            self.panel.line(str(row["answer"]))
        self.panel.finish()
        self.scans.show_photos({"paper_id": row.id}, scans, Phase.SCAN)

    def _lay_out(self) -> None:
        self.chips[PROPOSED] = chip("建议督促", partial(self.choose, PROPOSED))
        for key, (label, _) in waiting_lists(self.workspace.today()).items():
            self.chips[key] = chip(label, partial(self.choose, key))
        row = QHBoxLayout()
        row.setSpacing(4)
        for key in (PROPOSED, "waiting", "unanswered", "all"):
            row.addWidget(self.chips[key])
        row.addStretch()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._proposal_side())
        self.stack.addWidget(self._letter_side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.stack, 1)

    def _proposal_side(self) -> QWidget:
        words = QLabel(WORDS)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(words, 1)
        head.addWidget(self.issue_button, 0, Qt.AlignmentFlag.AlignTop)
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.none)
        layout.addWidget(self.proposals, 1)
        return side

    def _letter_side(self) -> QWidget:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel, 3)
        column.addWidget(self.scans, 1)
        beside.setMinimumWidth(320)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.view)
        splitter.addWidget(beside)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        if not window_state.restore_splitter(splitter, "letters"):
            splitter.setSizes([760, 420])
        splitter.splitterMoved.connect(lambda: window_state.save_splitter(splitter, "letters"))
        return splitter


def read_proposals(workspace: Workspace) -> list[Proposal]:
    """What the ladder proposes today; called by a worker."""
    settings, today = workspace.settings, workspace.today()
    with workspace.read() as session:
        return proposed(session, settings, today)


def _look(row: Row, key: str) -> Look | None:
    """Letters nobody answered in time in red with ⚠, void ones in grey."""
    if row["void_reason"]:
        return Look(Tone.MUTED)
    if key == "answer_state" and _role(row) == "state-alert":
        return Look(Tone.ALERT, "⚠ ")
    return None


def _role(row: Row) -> str:
    return "state-alert" if str(row["answer_state"]).startswith("逾期") else "state"
