"""零报告: what every village has told of a month; ticked villages sign together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.papers.kinds.zero_report_table import counted
from river_chief.queries.ledger_query import Row
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.zero_reports import ZeroMonth, report_id, zero_month
from river_chief.terms import ZeroState
from ui.buttons import push
from ui.dialogs import zero_reports
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.forms.span_picker import MonthPicker
from ui.pages.page import Chosen
from ui.style import Tone
from ui.tables.tick_table import TickRow, TickTable
from ui.workspace import Workspace

HEADS = ("村（社区）", "报告情况", "发现问题", "问题编号", "签报人", "签报日期", "说明")
WIDTHS = (9.0, 9.0, 5.0, 22.0, 7.0, 7.0, 10.0)
STATE = 1
TONES = {
    ZeroState.MISSING: Tone.WARN,
    ZeroState.CONTRADICTED: Tone.ALERT,
    ZeroState.SIGNED: Tone.TEXT,
    ZeroState.FOUND: Tone.TEXT,
}
WORDS = (
    "村里签字报告“本月没有发现问题”的，登记为零报告；什么也没报的是“未报”，两者分开统计。"
    "签报以后又登记了当月发现的问题，标为“与零报告不符”，请核实后作废或更正。"
)


class ZeroTab(QWidget):
    """``go(key, asked)`` leads to another page. Keys: Space ticks villages, Enter shows a village's problems."""

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: ZeroMonth | None = None
        self.picker = MonthPicker(workspace.settings, workspace.today())
        self.counts = QLabel()
        self.table = TickTable(HEADS, WIDTHS)
        self.table.setAccessibleName("各村零报告")
        self.table.empty_words = "还没有登记村。"
        self.all_button = push("勾选未报的(&A)", lambda: self.table.rows.tick_all(True))
        self.sign_button = push("签零报告(&Y)…", self.sign, sign="signature", part="main")
        self.void_button = push("作废(&V)…", self.void, part="danger")
        self.show_button = push("看发现的问题(&O)", self.show_problems, sign="alert-triangle")
        self.print_button = push("零报告情况表(&P)", self.make_paper, sign="printer")
        self._lay_out()
        self.picker.changed.connect(self.refresh)
        self.table.opened.connect(lambda _id: self.show_problems())
        self.table.chosen.connect(lambda _id: self._enable())
        self.table.rows.ticked_changed.connect(self._enable)
        workspace.changed.connect(self._on_changed)
        self.refresh()

    def show_asked(self, asked: object) -> None:
        """A month (year, month)."""
        if isinstance(asked, tuple):
            self.picker.set_month(asked)

    def refresh(self) -> None:
        """Read the month."""
        with self.workspace.read() as session:
            self.found = zero_month(
                session, self.workspace.settings, *self.picker.month, self.workspace.today()
            )
        current = self.table.current_id()
        self.counts.setText(
            f"{self.picker.text()}共{len(self.found.rows)}个村（社区）：{counted(self.found)}。"
        )
        self.table.rows.show_rows(_tick_row(row) for row in self.found.rows)
        self.table.select(current)
        self._enable()

    # What is done here

    def sign(self) -> None:
        """Book the zero reports of the ticked villages."""
        ids = self.table.rows.ticked()
        if ids:
            names = [row["village_name"] for row in self._rows() if row.id in ids]
            zero_reports.sign_dialog(self, self.workspace, self.picker.month, ids, names).open()

    def void(self) -> None:
        """Withdraw the zero report of the current village."""
        row = self._current()
        if row is None:
            return
        with self.workspace.read() as session:
            id = report_id(session, row.id, *self.picker.month)
        if id is not None:
            zero_reports.void_dialog(self, self.workspace, self.picker.month, id, row).open()

    def show_problems(self) -> None:
        """Show what the current village found in the month."""
        row = self._current()
        if row is not None and row["found"]:
            numbers = tuple(row["numbers"].split("、"))
            words = f"{row['village_name']}{self.picker.text()}发现的问题"
            self.go.emit("problems", Chosen(ProblemFilter(numbers=numbers), words))

    def make_paper(self) -> None:
        """Preview the table of the month."""
        preview_paper(self, self.workspace, PaperAsked("zero", span=self.picker.span()))

    # Parts

    def _rows(self) -> tuple[Row, ...]:
        return self.found.rows if self.found is not None else ()

    def _current(self) -> Row | None:
        id = self.table.current_id()
        return next((row for row in self._rows() if row.id == id), None)

    def _on_changed(self, changes: Changes) -> None:
        if changes.ledgers & {"zero_report", "problem", "area", "setting"}:
            self.refresh()

    def _enable(self) -> None:
        row, ticked = self._current(), len(self.table.rows.ticked())
        self.sign_button.setText(f"签零报告（{ticked}）(&Y)…" if ticked else "签零报告(&Y)…")
        self.sign_button.setEnabled(bool(ticked))
        self.all_button.setEnabled(any(row["state"] is ZeroState.MISSING for row in self._rows()))
        self.void_button.setEnabled(row is not None and row["signed_on"] is not None)
        self.show_button.setEnabled(row is not None and bool(row["found"]))
        begun = self.picker.span().first <= self.workspace.today()
        self.print_button.setEnabled(begun)

    def _lay_out(self) -> None:
        line = QLabel(WORDS)
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        self.counts.setProperty("role", "heading")
        head = QHBoxLayout()
        head.addWidget(self.picker)
        head.addWidget(self.counts)
        head.addStretch()
        buttons = QHBoxLayout()
        for button in (self.all_button, self.sign_button, self.void_button, self.show_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(line)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)


def _tick_row(row: Row) -> TickRow:
    state, day = row["state"], row["signed_on"]
    sign = "⚠ " if state is ZeroState.CONTRADICTED else ""
    return TickRow(
        row.id,
        (
            row["village_name"],
            f"{sign}{state.label}",
            str(row["found"]),
            row["numbers"],
            row["signer"] or "",
            day.isoformat() if day is not None else "",
            row["words"] or "",
        ),
        ((STATE, TONES[state]),),
        can_tick=state is ZeroState.MISSING,
    )
