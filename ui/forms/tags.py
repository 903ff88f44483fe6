"""A field that picks a few of a few: a menu with ticks, on one line of the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton

from river_chief.queries.choices import Choice
from ui.forms.fields import mark

# Room beside the text: the padding of a field, and the arrow.
LEFT, RIGHT = 9, 24


class TagsField(QPushButton):
    """Picks a few of a few *choices* from a menu with ticks, on one line; the value is the tuple of ids."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice] = (), *, none: str = "未选") -> None:
        super().__init__()
        self._none = none
        self.words = none
        self.setProperty("role", "field")
        self.setAutoDefault(False)
        menu = QMenu(self)
        self._ticks: dict[int, QAction] = {}
        for choice in choices:
            action = menu.addAction(choice.label)
            action.setCheckable(True)
            action.triggered.connect(self._on_ticked)
            self._ticks[choice.id] = action
        self.setMenu(menu)
        self._say()

    def value(self) -> tuple[int, ...]:
        return tuple(id for id, action in self._ticks.items() if action.isChecked())

    def set_value(self, value: Any) -> None:
        for id, action in self._ticks.items():
            action.setChecked(id in (value or ()))
        self._say()

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text where other fields have theirs, cut short where it does not fit.

        Qt leaves the stylesheet's padding out of a button that has a menu.
        """
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(LEFT, 0, -RIGHT, 0)
        text = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, room, side, self.palette(), self.isEnabled(), text)

    def _on_ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = [action.text() for action in self._ticks.values() if action.isChecked()]
        self.words = "、".join(chosen) or self._none
        self.setAccessibleDescription(self.words)
        self.update()
