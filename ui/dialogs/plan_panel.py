"""What an import would do with one row: refused cells to be put right, changes, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout

from river_chief.intake.plan import BadCell, RowPlan, RowState
from ui.buttons import push

ROLES = {RowState.REFUSED: "state-alert"}


class PlanPanel(QScrollArea):
    """``corrected(row, key, text)``: read the text in place of a cell; the file is not touched."""

    corrected = Signal(int, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setProperty("role", "panel")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.corrections: dict[str, QLineEdit] = {}
        self._layout = QVBoxLayout()
        self.show_row(None)

    def show_row(self, row: RowPlan | None, facts: Sequence[tuple[str, str]] = ()) -> None:
        """Show *row*, and below what the sheet says in it as (head, text)."""
        self.corrections.clear()
        body = QFrame()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(12, 10, 12, 10)
        self._layout.setSpacing(6)
        if row is None:
            self._say("选中一行，这里写它会怎样。", "muted")
        else:
            self._show(row)
            self._say("表里写的", "block")
            self._pairs(facts)
        self._layout.addStretch()
        self.setWidget(body)

    def has_focus(self) -> bool:
        """Whether the clerk is putting a cell right."""
        return any(line.hasFocus() for line in self.corrections.values())

    def take_focus(self) -> bool:
        """Put the focus on the first cell to be put right; False when there is none."""
        line = next(iter(self.corrections.values()), None)
        if line is not None:
            line.setFocus()
            line.selectAll()
        return line is not None

    def texts(self) -> str:
        """Everything the panel says."""
        return "\n".join(label.text() for label in self.widget().findChildren(QLabel))

    def _show(self, row: RowPlan) -> None:
        top = QHBoxLayout()
        title = QLabel(f"第 {row.row} 行　{row.key}".strip())
        title.setProperty("role", "block")
        title.setWordWrap(True)
        badge = QLabel(row.state.label)
        badge.setProperty("role", ROLES.get(row.state, "state"))
        top.addWidget(title, 1)
        top.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(top)
        for cell in row.cells:
            self._bad_cell(row.row, cell)
        for doubt in row.doubts:
            self._say(doubt, "warn")
        if row.doubts:
            ticking = "核对后确要导入的，在左边勾选。" if row.doings else "这一行现在不能勾选。"
            self._say(ticking, "muted")
        if row.changes:
            self._changes(row)
        for note in row.notes:
            self._say(note, "muted")
        self._closing(row)

    def _closing(self, row: RowPlan) -> None:
        if row.state is RowState.SAME:
            self._say("与台账里的一样，不用导入。", "muted")
        elif row.state is RowState.NEW and not row.notes:
            self._say("台账里没有，会登记为新的一条。", "muted")

    def _bad_cell(self, row: int, cell: BadCell) -> None:
        where = f"{cell.address}　{cell.column}" if cell.address else cell.column
        self._say(f"{where}：{cell.value or '（空）'}")
        self._say(cell.reason, "alert")
        if not cell.address:
            return
        line = QLineEdit(cell.value)
        line.setAccessibleName(f"{where} 改为")
        line.setToolTip("只改这一次导入，不改文件")
        self.corrections[cell.key] = line

        def correct() -> None:
            self.corrected.emit(row, cell.key, line.text().strip())

        line.returnPressed.connect(correct)
        layout = QHBoxLayout()
        layout.addWidget(QLabel("改为"))
        layout.addWidget(line, 1)
        layout.addWidget(push("重新核对", correct))
        self._layout.addLayout(layout)
        self._line()

    def _changes(self, row: RowPlan) -> None:
        self._say("会改的内容" if row.known else "会登记的内容", "block")
        self._pairs(
            [(item.label, f"{item.before_text or '（空）'}　→　{item.after_text}") for item in row.changes]
        )

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (name, text) in enumerate(pairs):
            label, words = QLabel(name), QLabel(text)
            label.setProperty("role", "muted")
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 1)
        self._layout.addLayout(grid)

    def _say(self, text: str, role: str = "") -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        self._layout.addWidget(label)

    def _line(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setProperty("role", "line")
        self._layout.addWidget(line)
