"""台账文件: where the ledger lies, and whether it is whole."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.progress import Progress
from river_chief.storage.verify import Verdict, verify
from ui import jobs
from ui.buttons import push
from ui.forms.fields import FlagField, LineField
from ui.pages.detail_panel import DetailPanel
from ui.workspace import Workspace

WORDS = (
    "核对台账文件有没有损坏、引用是否齐全、日志前后是否相连、附件有没有被改动；勾选“重演日志”时，"
    "另从日志重建一本台账逐条比对，台账大时要几分钟。"
)


class LedgerTab(QWidget):
    """The place of the ledger and its check."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.verdict: Verdict | None = None
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.anchor = LineField(hint="文书页脚上的校验码，可不填")
        self.anchor.setAccessibleName("文书校验码")
        self.anchor.setFixedWidth(260)
        self.replay = FlagField("重演日志")
        self.result = DetailPanel("还没有核对。")
        self.check_button = push("开始核对(&V)", self.check, sign="list-check", part="main")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._place_card())
        layout.addWidget(self._check_card(), 1)

    def refresh(self) -> None:
        """Say where the ledger lies and how big it is."""
        folder = self.workspace.database.folder
        # The small copies beside the originals are no attachments.
        photos = [
            path for path in folder.photos.rglob("*") if path.is_file() and path.parent.name != "thumbs"
        ]
        size = sum(path.stat().st_size for path in (folder.database, *photos) if path.exists())
        self.place.setText(
            f"{folder.path}\n台账文件 ledger.db 和 {len(photos)} 个附件，共 {size / 1_000_000:.1f} MB。"
            "备份或搬到别的电脑时，请先关闭程序，再复制整个文件夹。"
        )

    def check(self) -> None:
        """Check the ledger on a worker."""
        database = self.workspace.database
        replayed, anchor = self.replay.value(), self.anchor.value() or None

        def work(progress: Progress) -> Verdict:
            return verify(database, replayed=replayed, anchor=anchor, progress=progress)

        jobs.start(self, self.workspace, "正在核对台账", work, done=self.show_verdict)

    def show_verdict(self, verdict: Verdict) -> None:
        """Say in words what the check found."""
        self.verdict = verdict
        panel = self.result
        if verdict.is_whole:
            panel.start("台账完整", [("通过", "state")])
        else:
            panel.start(f"发现 {len(verdict.faults)} 处问题", [("未通过", "state-alert")])
        looked = f"核对了 {verdict.acts} 步操作、{verdict.photos} 个附件"
        panel.line(f"{looked}{'，并重演了日志' if verdict.replayed else ''}。")
        for fault in verdict.faults:
            panel.line(f"⚠ {fault}", "alert")
        if not verdict.is_whole:
            panel.line("请不要继续登记，先用最近的备份恢复，或联系维护人员。", "warn")
        panel.line(f"日志末尾校验码：{verdict.head[:16]}", "muted")
        panel.finish()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.workspace.database.folder.path)))

    def _place_card(self) -> QWidget:
        card = _card("台账存放位置")
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(push("打开文件夹(&O)", self._open_folder, sign="folder-open"))
        card.column.addLayout(row)
        return card

    def _check_card(self) -> QWidget:
        card = _card("核对台账")
        words = QLabel(WORDS)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        row = QHBoxLayout()
        label = QLabel("文书校验码")
        label.setBuddy(self.anchor)
        for widget in (self.check_button, self.replay, label, self.anchor):
            row.addWidget(widget)
        row.addStretch()
        card.column.addWidget(words)
        card.column.addLayout(row)
        card.column.addWidget(self.result, 1)
        return card


class _Card(QFrame):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.addWidget(heading)


def _card(title: str) -> _Card:
    return _Card(title)
