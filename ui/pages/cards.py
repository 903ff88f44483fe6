"""A card with a number that leads to the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout


class Card(QFrame):
    """Shows *label* and a number; a click, Enter or Space emits ``opened``."""

    opened = Signal()

    def __init__(self, label: str, *, role: str = "", slim: bool = False) -> None:
        """*role* colours a number above zero (``alert``, ``warn``); *slim* takes less height."""
        super().__init__()
        self._label, self._role = label, role
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.number = QLabel("—")
        self.number.setProperty("role", "rate" if slim else "number")
        self.note = QLabel()
        self.note.setProperty("role", "warn")
        name = QLabel(label)
        name.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addStretch()
        top.addWidget(self.note, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*((10, 4, 10, 4) if slim else (14, 10, 14, 10)))
        layout.setSpacing(0 if slim else 2)
        layout.addLayout(top)
        layout.addWidget(name)

    def show_number(self, number: int, note: str = "") -> None:
        """Show *number*, zero in grey, and beside it a short *note*."""
        self.note.setText(note)
        self.number.setText(f"{number:,}")
        self.number.setProperty("tone", self._role if number else "quiet")
        self.number.style().unpolish(self.number)
        self.number.style().polish(self.number)
        self.setAccessibleName(f"{self._label} {number} {note}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)
