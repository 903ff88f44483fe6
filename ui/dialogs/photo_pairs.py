"""前后对照: photos before and after side by side, also where there are more of the one than of the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from river_chief.queries.photos import AttachmentRow
from river_chief.storage.attachments import PRINT
from river_chief.terms import Phase
from ui import jobs
from ui.buttons import push
from ui.forms.photos import small_pictures
from ui.workspace import Workspace

SIZE = QSize(1040, 620)
LEAST = QSize(320, 240)


class PhotoPairs(QDialog):
    """Two photos beside each other; ← and → go through the pairs, the buttons through one side alone."""

    def __init__(
        self, parent: QWidget, workspace: Workspace, number: str, rows: Sequence[AttachmentRow]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{number} 整改前后对照")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pictures = [row for row in rows if row.media_type.startswith("image/")]
        self.before = Side(Phase.BEFORE, [row for row in pictures if row.phase is Phase.BEFORE])
        self.after = Side(Phase.AFTER, [row for row in pictures if row.phase is Phase.AFTER])
        self.words = QLabel("按 ← → 翻看；两边张数不同时，少的一边停在最后一张。")
        self.words.setProperty("role", "muted")
        close = push("关闭(&Z)", self.reject, part="main")
        close.setDefault(True)
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(self.before, 1)
        sides.addWidget(self.after, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(sides, 1)
        layout.addLayout(foot)
        self.resize(SIZE)
        digests = [row.sha256 for row in (*self.before.rows, *self.after.rows)]
        jobs.fetch(self, workspace, partial(small_pictures, workspace, digests, PRINT), self._draw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.before.go(step)
        self.after.go(step)

    def _draw(self, pictures: dict[str, Path]) -> None:
        self.before.draw(pictures)
        self.after.draw(pictures)


class Side(QFrame):
    """One side: a photo as large as there is room, its place among the others, when it was taken."""

    def __init__(self, phase: Phase, rows: Sequence[AttachmentRow]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.phase = phase
        self.rows = list(rows)
        self.place = 0
        self._pictures: dict[str, Path] = {}
        self._picture = QPixmap()
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setMinimumSize(LEAST)
        self.shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.back = push("", partial(self.go, -1), sign="chevron-left")
        self.forth = push("", partial(self.go, 1), sign="chevron-right")
        self.back.setAccessibleName(f"上一张{phase.label}照片")
        self.forth.setAccessibleName(f"下一张{phase.label}照片")
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch()
        head.addWidget(self.back)
        head.addWidget(self.forth)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.shown, 1)
        layout.addWidget(self.caption)
        self.go(0)

    def go(self, step: int) -> None:
        """Show the photo *step* further on; the first and the last stay where they are."""
        self.place = min(max(self.place + step, 0), max(len(self.rows) - 1, 0))
        count = f"　{self.place + 1} / {len(self.rows)}" if len(self.rows) > 1 else ""
        self.heading.setText(f"{self.phase.label}{count}")
        self.back.setEnabled(self.place > 0)
        self.forth.setEnabled(self.place + 1 < len(self.rows))
        for button in (self.back, self.forth):
            button.setVisible(len(self.rows) > 1)
        row = self.rows[self.place] if self.rows else None
        self.caption.setText("没有照片" if row is None else _caption(row))
        self._picture = QPixmap(str(self._pictures.get("" if row is None else row.sha256, "")))
        self._fit()

    def draw(self, pictures: dict[str, Path]) -> None:
        """Take the pictures, by digest."""
        self._pictures = pictures
        self.go(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            self.shown.clear()
            return
        room = self.shown.size() * self.devicePixelRatioF()
        fitted = self._picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(self.devicePixelRatioF())
        self.shown.setPixmap(fitted)


def _caption(row: AttachmentRow) -> str:
    taken = f"拍摄于 {row.taken_at:%Y-%m-%d %H:%M}" if row.taken_at is not None else "照片里没有拍摄时间"
    doubts = [f"⚠ {item.sentence}" for item in row.warnings if not row.settled]
    return "\n".join([f"{taken}　{row.name}", *doubts])
