"""The photos of one phase: small pictures that flow into rows, and what speaks against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from river_chief.queries.photos import AttachmentRow
from river_chief.terms import Phase
from ui.style import Tone, icon

PICTURE, CELL = QSize(148, 111), QSize(162, 150)
ROW = Qt.ItemDataRole.UserRole


class PhotoGrid(QListWidget):
    """Small pictures; as high as its rows of them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(PICTURE)
        self.setGridSize(CELL)
        self.setWordWrap(True)
        self.setStyleSheet("border: none;")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height its rows need at this width."""
        in_a_row = max(self.viewport().width() // CELL.width(), 1)
        rows = -(-self.count() // in_a_row)
        self.setFixedHeight(rows * CELL.height() + 4)


class PhotoGroup(QWidget):
    """A phase with its photos.

    ``settle_asked(row)``  the clerk looked at a photo that is warned of.
    """

    settle_asked = Signal(object)

    def __init__(self, phase: Phase, rows: Sequence[AttachmentRow]) -> None:
        super().__init__()
        self.phase = phase
        self.rows = {row.id: row for row in rows}
        self.heading = QLabel(f"{phase.label}　{len(rows)} 张")
        self.heading.setProperty("role", "block")
        self.grid = PhotoGrid(f"{phase.label}照片")
        for row in rows:
            self.grid.addItem(_item(row))
        self.doubts = [_doubt(row) for row in rows if row.warnings]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        for label in self.doubts:
            label.linkActivated.connect(lambda id: self.settle_asked.emit(self.rows[int(id)]))
            layout.addWidget(label)
        layout.addWidget(self.grid)
        self.grid.fit()

    def draw(self, pictures: Mapping[str, Path]) -> None:
        """Put the small pictures in, by digest."""
        for place in range(self.grid.count()):
            item = self.grid.item(place)
            path = pictures.get(row_of(item).sha256)
            if path is not None:
                item.setIcon(QIcon(QPixmap(str(path))))


def row_of(item: QListWidgetItem) -> AttachmentRow:
    """The attachment an item shows."""
    row: AttachmentRow = item.data(ROW)
    return row


def _item(row: AttachmentRow) -> QListWidgetItem:
    sign = "photo" if row.media_type.startswith("image/") else "file-type-pdf"
    mark = "⚠ " if row.is_doubtful else ""
    caption = f"{row.taken_at:%Y-%m-%d %H:%M}" if row.taken_at is not None else row.name
    item = QListWidgetItem(icon(sign, Tone.MUTED), f"{mark}{caption}")
    item.setData(ROW, row)
    item.setToolTip(_told(row))
    item.setSizeHint(CELL)
    return item


def _told(row: AttachmentRow) -> str:
    """When it was taken, what day it speaks for and when it was entered, which are three things."""
    lines = [row.name]
    lines.append(f"拍摄：{row.taken_at:%Y-%m-%d %H:%M}" if row.taken_at else "拍摄：照片里没有时间")
    if row.happened_on is not None:
        lines.append(f"对应日期：{row.happened_on.isoformat()}")
    if row.recorded_at is not None:
        lines.append(f"录入：{row.recorded_at.astimezone():%Y-%m-%d %H:%M}")
    if row.lon is not None and row.lat is not None:
        lines.append(f"拍摄位置：{row.lon:.5f}，{row.lat:.5f}")
    return "\n".join([*lines, *(f"⚠ {item.sentence}" for item in row.warnings)])


def _doubt(row: AttachmentRow) -> QLabel:
    words = escape(f"{row.name}：{'；'.join(item.sentence for item in row.warnings)}。")
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    if row.settled:
        label.setText(f"{words}已核对：{escape(row.settled)}")
        label.setProperty("role", "muted")
    elif row.is_doubtful:
        label.setText(f"⚠ {words}<a href='{row.id}'>核对无误…</a>")
        label.setProperty("role", "warn")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    else:
        label.setText(words)
        label.setProperty("role", "muted")
    return label
