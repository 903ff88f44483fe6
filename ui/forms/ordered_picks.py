"""Picks several records in an order of their own: the villages a reach runs through, downstream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from river_chief.queries.choices import Choice
from ui.buttons import tool
from ui.forms.fields import mark
from ui.forms.pickers import PickField


class OrderedPickField(QWidget):
    """Picking in the line adds below; ↑ ↓ with Alt moves, Delete takes away. The value is a tuple of ids."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice] = (), *, lines: int = 3, hint: str = "") -> None:
        super().__init__()
        self._choices = list(choices)
        self.line = PickField(self._choices, hint=hint or "选一个加到下面")
        self.chosen = _Chosen()
        self.chosen.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        self.chosen.setAccessibleName("已选，按顺序")
        self.line.changed.connect(self._add)
        self.chosen.moved.connect(self._move)
        self.chosen.dropped.connect(self._drop)
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(tool("chevron-up", "上移 (Alt+↑)", lambda: self._move(-1)))
        buttons.addWidget(tool("chevron-down", "下移 (Alt+↓)", lambda: self._move(1)))
        buttons.addWidget(tool("x", "去掉 (Delete)", self._drop))
        buttons.addStretch()
        row = QHBoxLayout()
        row.addWidget(self.chosen, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addLayout(row)
        self.setFocusProxy(self.line)

    def value(self) -> tuple[Any, ...]:
        return self._ids()

    def _ids(self) -> tuple[int, ...]:
        items = (self.chosen.item(row) for row in range(self.chosen.count()))
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items)

    def set_value(self, value: Any) -> None:
        self.chosen.clear()
        for id in value or ():
            self._append(id)

    def set_error(self, sentence: str) -> None:
        mark(self.line, sentence)

    def complaint(self) -> str:
        return self.line.complaint()

    def _append(self, id: int) -> None:
        label = next((choice.label for choice in self._choices if choice.id == id), str(id))
        item = QListWidgetItem(label, self.chosen)
        item.setData(Qt.ItemDataRole.UserRole, id)

    def _add(self) -> None:
        choice = self.line.choice
        if choice is None:
            return
        self.line.set_value(None)
        if choice.id not in self._ids():
            self._append(choice.id)
            self.chosen.setCurrentRow(self.chosen.count() - 1)
            self.changed.emit()

    def _move(self, by: int) -> None:
        row = self.chosen.currentRow()
        if row >= 0 and 0 <= row + by < self.chosen.count():
            self.chosen.insertItem(row + by, self.chosen.takeItem(row))
            self.chosen.setCurrentRow(row + by)
            self.changed.emit()

    def _drop(self) -> None:
        row = self.chosen.currentRow()
        if row >= 0:
            self.chosen.takeItem(row)
            self.changed.emit()


class OrderedKeysField(OrderedPickField):
    """The same of a few named things; the value is a tuple of their keys."""

    def __init__(self, names: Mapping[str, str], *, lines: int = 5, hint: str = "") -> None:
        self._keys = list(names)
        offered = [Choice(place, name) for place, name in enumerate(names.values(), 1)]
        super().__init__(offered, lines=lines, hint=hint)

    def value(self) -> tuple[Any, ...]:
        return tuple(self._keys[place - 1] for place in self._ids())

    def set_value(self, value: Any) -> None:
        super().set_value([self._keys.index(key) + 1 for key in value or () if key in self._keys])


class _Chosen(QListWidget):
    """The list of what is chosen, with its keys."""

    moved = Signal(int)
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if alt and step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
