"""举一反三: the sweeps, and beside them what each village or reach has answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.papers.kinds.sweep_table import UNANSWERED, counted
from river_chief.queries.ledger_query import Row
from river_chief.queries.sweeps import ANSWER_LEDGER, SWEEP_LEDGER, AnswerFilter, SweepFilter
from river_chief.terms import Scope, SweepReply
from ui import window_state
from ui.buttons import chip, push
from ui.dialogs import sweeps
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.dialogs.verb_dialog import VerbDialog
from ui.style import Tone
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.tables.tick_table import TickRow, TickTable
from ui.workspace import Workspace

COLUMNS = "number:6 progress:8 unanswered:4 found:5 scope:4 asked_on:6 due_on:6 asked:4".split()
HEADS = ("村（社区）/河段", "答复", "答复人", "答复日期", "发现的问题", "说明")
WIDTHS = (8.0, 8.0, 4.5, 5.5, 6.0, 10.0)
REPLY = 1
EMPTY = "这里没有举一反三。在“问题”页选一个问题，按 Ctrl+J 布置。"
HINT = "在左边选一次举一反三，这里显示逐村或逐河段的答复。"


class SweepsTab(QWidget):
    """``go(key, asked)`` leads to another page.

    Keys: Space ticks places, Ctrl+A selects them all, Enter answers for one.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.row: Row | None = None
        self.answers: dict[int, Row] = {}
        self.view = LedgerView(
            workspace,
            SWEEP_LEDGER,
            SweepFilter(unanswered=True),
            name="sweeps",
            columns=COLUMNS,
            choices=(Choose("scopes", "范围", terms_of(Scope)),),
            watch=("sweep_answer", "problem"),
            look=_look,
            hint="问题编号、排查内容",
            empty=EMPTY,
        )
        self.table = TickTable(HEADS, WIDTHS)
        self.table.setAccessibleName("逐村逐河段的答复")
        self.title, self.question, self.counts = QLabel(), QLabel(), QLabel()
        self.chips: dict[str, QPushButton] = {}
        self.all_button = push("勾选未答复的(&A)", self.tick_open)
        self.none_button = push("已查无此类问题(&K)", self.nothing_found, sign="check", part="main")
        self.answer_button = push("答复(&B)…", self.answer, sign="pencil", part="plain")
        self.found_button = push("登记发现的问题(&F)…", self.register_found, sign="plus")
        self.print_button = push("排查情况表(&P)", self.make_paper, sign="printer")
        self.void_button = push("作废(&V)…", self.void, part="danger")
        self._lay_out()
        self.view.selected.connect(lambda _id: self.refresh())
        self.table.opened.connect(lambda _id: self.answer())
        self.table.chosen.connect(lambda _id: self._enable())
        self.table.rows.ticked_changed.connect(self._enable)
        workspace.changed.connect(self._on_changed)
        self.choose("open")

    # For the page and other pages

    def show_asked(self, asked: object) -> None:
        """A key of a quick list, or the id of a sweep."""
        if isinstance(asked, str):
            self.choose(asked)
        elif isinstance(asked, int):
            self.choose("all")
            self.view.select(asked)

    def choose(self, key: str) -> None:
        """Show the quick list *key*: open, overdue, all."""
        self.chips[key].setChecked(True)
        self.view.bar.reset()
        self.view.set_filter(self._lists()[key][1])
        self.view.select_first()
        self.refresh()

    def refresh(self) -> None:
        """Read the chosen sweep and its answers."""
        id, self.row, rows = self.view.current_id(), None, []
        if id:
            with self.workspace.read() as session:
                found = SWEEP_LEDGER.rows(session, [id], self.workspace.today())
                rows = ANSWER_LEDGER.all(session, AnswerFilter(sweeps=(id,)), self.workspace.today())
            self.row = found[0] if found else None
        self.answers = {row.id: row for row in rows} if self.row is not None else {}
        self._draw()

    # What is done here

    def tick_open(self) -> None:
        """Tick every place that has not answered."""
        self.table.rows.tick_all(True)

    def nothing_found(self) -> None:
        """已查无此类问题 for all that are ticked."""
        ids = self.table.rows.ticked()
        if ids:
            places = [self.answers[id]["place"] for id in ids]
            self._open(sweeps.nothing_found_dialog(self, self.workspace, ids, places))

    def answer(self) -> None:
        """Enter or correct the answer of the current place."""
        row = self.answers.get(self.table.current_id())
        if row is not None and self._is_open():
            self._open(sweeps.answer_dialog(self, self.workspace, row.id, row))

    def register_found(self) -> None:
        """Register what the current place found."""
        row = self.answers.get(self.table.current_id())
        if row is not None and row["reply"] is None and self._is_open():
            self._open(sweeps.found_dialog(self, self.workspace, row.id))

    def make_paper(self) -> None:
        """Preview the sweep as one table."""
        if self.row is not None:
            asked = PaperAsked("sweep", filter=SweepFilter(ids=(self.row.id,), voided=True))
            preview_paper(self, self.workspace, asked)

    def void(self) -> None:
        """Void the sweep."""
        if self.row is not None and self._is_open():
            sweeps.void_dialog(self, self.workspace, self.row).open()

    # Parts

    def _open(self, dialog: VerbDialog[Any]) -> None:
        """Ask for an answer; the sweep stays in sight when the last one takes it off the quick list."""
        id = self.view.current_id()

        def stay() -> None:
            if self.view.current_id() != id:
                self.show_asked(id)

        dialog.done_well.connect(lambda _done: stay())
        dialog.open()

    def _lists(self) -> dict[str, tuple[str, SweepFilter]]:
        return {
            "open": ("未答齐", SweepFilter(unanswered=True)),
            "overdue": ("逾期未答", SweepFilter(overdue_on=self.workspace.today())),
            "all": ("全部", SweepFilter(voided=True)),
        }

    def _is_open(self) -> bool:
        return self.row is not None and self.row["voided_on"] is None

    def _on_changed(self, changes: Changes) -> None:
        if changes.ledgers & {"sweep", "sweep_answer", "problem"}:
            self.refresh()

    def _draw(self) -> None:
        row = self.row
        current = self.table.current_id()
        self.title.setText(
            f"{row['number']}　{row['category_name'] or ''}　{row['scope'].label}" if row else HINT
        )
        self.question.setText(row["question"] if row else "")
        self.counts.setText(counted(row) if row else "")
        self.table.rows.show_rows(_tick_row(each, self._is_open()) for each in self.answers.values())
        self.table.select(current)
        self._enable()

    def _enable(self) -> None:
        ticked = len(self.table.rows.ticked())
        here = self.answers.get(self.table.current_id())
        self.none_button.setText(f"已查无此类问题（{ticked}）(&K)" if ticked else "已查无此类问题(&K)")
        self.none_button.setEnabled(bool(ticked))
        self.all_button.setEnabled(self._is_open() and any(r["reply"] is None for r in self.answers.values()))
        self.answer_button.setEnabled(self._is_open() and here is not None)
        again = here is not None and here["reply"] is not None
        self.answer_button.setText("更正答复(&B)…" if again else "答复(&B)…")
        self.found_button.setEnabled(self._is_open() and here is not None and not again)
        self.print_button.setEnabled(self.row is not None)
        self.void_button.setEnabled(self._is_open())

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        for key, (label, _) in self._lists().items():
            self.chips[key] = chip(label, partial(self.choose, key))
            chips.addWidget(self.chips[key])
        chips.addStretch()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.view)
        splitter.addWidget(self._panel())
        splitter.setChildrenCollapsible(False)
        if not window_state.restore_splitter(splitter, "sweeps"):
            splitter.setSizes([440, 760])
        splitter.splitterMoved.connect(lambda: window_state.save_splitter(splitter, "sweeps"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(chips)
        layout.addWidget(splitter, 1)

    def _panel(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        self.title.setProperty("role", "heading")
        for label in (self.title, self.question, self.counts):
            label.setWordWrap(True)
        self.counts.setProperty("role", "muted")
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.all_button, self.none_button, self.answer_button):
            first.addWidget(button)
        for button in (self.found_button, self.print_button, self.void_button):
            second.addWidget(button)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(12, 10, 12, 10)
        for label in (self.title, self.question, self.counts):
            layout.addWidget(label)
        for row in (first, second):
            row.addStretch()
            layout.addLayout(row)
        layout.addWidget(self.table, 1)
        return panel


def _tick_row(row: Row, is_open: bool) -> TickRow:
    reply = row["reply"]
    late = row["overdue_days"] or 0
    waits = f"⚠ {UNANSWERED}，逾期{late}天" if late else UNANSWERED
    tone = Tone.ALERT if late or reply is SweepReply.FOUND else Tone.MUTED if reply is None else Tone.TEXT
    day = row["answered_on"]
    return TickRow(
        row.id,
        (
            row["place"],
            reply.label if reply is not None else waits,
            row["answerer"],
            day.isoformat() if day is not None else "",
            row["found_number"] or "",
            row["words"],
        ),
        ((REPLY, tone),),
        can_tick=reply is None and is_open,
    )


def _look(row: Row, key: str) -> Look | None:
    if row["voided_on"] is not None:
        return Look(Tone.MUTED)
    if key == "progress" and str(row["progress"]).startswith("逾期"):
        return Look(Tone.ALERT, "⚠ ")
    return None
