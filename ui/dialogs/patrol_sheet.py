"""成批补录: the paper logs of one month and place typed on one sheet and saved together."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from river_chief.errors import Refusal
from river_chief.queries import choices
from river_chief.queries.patrol_walkers import walkers_in
from river_chief.storage.database import Writer
from river_chief.storage.undo import undo_batch
from river_chief.terms import ImportKind
from river_chief.verbs.imports import NewBatch, open_batch
from river_chief.verbs.input import understood
from river_chief.verbs.patrols import NewPatrol, record_patrol
from ui import jobs, messages
from ui.buttons import push
from ui.forms.fields import NumberField
from ui.forms.span_picker import MonthPicker
from ui.messages import Notice
from ui.tables.entry_table import EntryTable
from ui.tables.patrol_rows import DAY, WIDTHS, PatrolRows, codes_of
from ui.tables.plain_table import PlainTable
from ui.workspace import Workspace

EVERYWHERE = "不限"
HOW = (
    "一张纸质记录录一行，只用数字键盘即可：输入后按 Enter 到下一格，最后一格按 Enter 另起一行；"
    "代码留空按 Enter 同上一行；发现问题填 1；Ctrl+Delete 删除一行；Ctrl+Enter 全部保存。"
)


class PatrolSheetDialog(QDialog):
    """Saves only when the rows are as many as the papers and none has a fault: all in one transaction."""

    def __init__(self, parent: QWidget, workspace: Workspace, month: tuple[int, int]) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("成批补录巡河记录")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = MonthPicker(workspace.settings, workspace.today())
        self.place = QComboBox()
        self.place.setAccessibleName("所在村")
        self.papers = NumberField(hint="张数")
        self.papers.setFixedWidth(72)
        self.model = PatrolRows(self)
        self.table = EntryTable(self.model, WIDTHS)
        self.legend = PlainTable(("代码", "姓名", "河段"), (3, 4, 9))
        self.legend.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.legend.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.status = QLabel()
        self.complaint = QLabel()
        self.complaint.setProperty("role", "alert")
        self.complaint.setWordWrap(True)
        self._lay_out()
        self._fill_places()
        self.month.changed.connect(self._frame)
        self.place.currentIndexChanged.connect(self._frame)
        self.papers.changed.connect(self._say)
        self.model.checked.connect(self._say)
        self.month.set_month(month)
        self.papers.setFocus()
        # A cell that is being typed into keeps the key for itself: a shortcut comes first.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    def submit(self) -> None:
        """Save every row, or say why not."""
        self.complaint.setText(self._obstacle())
        if self.complaint.text():
            return
        rows = self.model.filled()
        batch: list[int] = []

        def work(writer: Writer) -> None:
            opened = writer.do(open_batch, self._batch(len(rows)))
            batch.append(opened.id)
            writer.batch_id = opened.id
            for place, row in enumerate(rows, 1):
                try:
                    writer.do(record_patrol, understood(NewPatrol, self.model.values(row)))
                except Refusal as refusal:
                    raise Refusal(f"第{place}行：{refusal.sentence}") from refusal

        if jobs.write(self, self.workspace, work, notice=False) is None:
            return
        window = self.parentWidget() or self
        workspace = self.workspace
        workspace.noticed.emit(
            Notice(
                f"已补录{self.title()}巡河记录 {len(rows)} 条。",
                (("撤销", lambda: _take_back(window, workspace, batch[0])),),
            )
        )
        super().accept()

    def title(self) -> str:
        """Month and place of the sheet."""
        place = self.place.currentText() if self.place.currentData() else ""
        return f"{self.month.text()}{place}"

    def reject(self) -> None:
        if self.model.filled() and not messages.confirm(
            self, "放弃补录", "已经录入的行还没有保存，确定放弃吗？", action="放弃", dangerous=True
        ):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the number of papers goes to the sheet; elsewhere it does nothing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.papers.hasFocus():
            self.table.setFocus()
            self.table.start(0, DAY)

    def _obstacle(self) -> str:
        faults = self.model.faults()
        if faults:
            return f"第{faults[0][0]}行：{faults[0][1]}。" + (
                f"共 {len(faults)} 行要改。" if faults[1:] else ""
            )
        typed, papers = len(self.model.filled()), self.papers.value()
        if not typed:
            return "还没有录入任何一行。"
        if papers is None:
            return "请在上面填写纸质记录的张数，用来核对有没有漏录。"
        if papers != typed:
            return f"纸质记录 {self.papers.text()} 张，录入 {typed} 行，对不上，请核对后再保存。"
        return ""

    def _batch(self, rows: int) -> NewBatch:
        values: dict[str, Any] = {
            "kind": ImportKind.PATROLS,
            "name": f"{self.title()}纸质巡河记录补录",
            "file_name": "",
            "new": rows,
        }
        return understood(NewBatch, values)

    def _fill_places(self) -> None:
        """Villages first, then the township, then everywhere."""
        with self.workspace.read() as session:
            villages, areas = choices.villages(session), choices.areas(session)
        known = {each.id for each in villages}
        for each in (*villages, *(area for area in areas if area.id not in known)):
            self.place.addItem(each.label, each.id)
        self.place.addItem(EVERYWHERE, None)

    def _frame(self) -> None:
        """Number the chiefs of the month and place anew."""
        area = self.place.currentData()
        span = self.month.span()
        with self.workspace.read() as session:
            walkers = walkers_in(session, (span.first, span.last), (area,) if area else ())
        codes = codes_of(walkers)
        self.legend.rows.show_rows([(str(code.number), code.walker.name, code.reaches) for code in codes])
        self.model.set_frame(span, self.workspace.today(), codes)

    def _say(self) -> None:
        typed, faults = len(self.model.filled()), len(self.model.faults())
        papers = self.papers.value()
        words = f"已录 {typed} 行" + (f" / 共 {int(papers)} 张" if isinstance(papers, float) else "")
        self.status.setText(f"{words}，{faults} 行要改" if faults else words)
        self.complaint.clear()
        # Codes stand for others in another month or place: what is typed would change its meaning.
        for widget in (self.month, self.place):
            widget.setEnabled(not typed)
            widget.setToolTip("已经录入，不能再换；删去各行后可换" if typed else "")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for text, widget in (("月份", self.month), ("所在(&A)", self.place), ("纸质记录(&B)", self.papers)):
            label = QLabel(text)
            label.setBuddy(widget)
            top.addWidget(label)
            top.addWidget(widget)
            top.addSpacing(12)
        top.addWidget(QLabel("张"))
        top.addStretch()
        top.addWidget(self.status)
        how = QLabel(HOW)
        how.setProperty("role", "muted")
        how.setWordWrap(True)
        middle = QHBoxLayout()
        self.legend.setFixedWidth(310)
        middle.addWidget(self.legend)
        middle.addWidget(self.table, 1)
        self.accept_button = push("全部保存(&Y)", self.submit, part="main")
        self.cancel_button = push("取消(&Z)", self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.complaint, 1)
        foot.addWidget(self.accept_button)
        foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addLayout(top)
        layout.addWidget(how)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(1260, 620)


def _take_back(window: QWidget, workspace: Workspace, batch_id: int) -> None:
    changes = jobs.write(window, workspace, lambda writer: undo_batch(writer, batch_id), notice=False)
    if changes is not None:
        workspace.noticed.emit(Notice(f"已{changes.sentence}。"))
