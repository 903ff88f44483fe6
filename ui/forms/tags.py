"""A field that picks a few of a few: a menu with ticks, on one line of the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from river_chief.queries.choices import Choice
from ui.forms.fields import mark


class TagsField(QPushButton):
    """Picks a few of a few *choices* from a menu with ticks, on one line; the value is the tuple of ids."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice] = (), *, none: str = "未选") -> None:
        super().__init__()
        self._none = none
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

    def _on_ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = [action.text() for action in self._ticks.values() if action.isChecked()]
        self.setText("、".join(chosen) or self._none)
