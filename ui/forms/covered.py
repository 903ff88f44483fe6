"""The problems a letter covers: a list of ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.forms.fields import mark

MOST_LINES = 5
_ID = Qt.ItemDataRole.UserRole


class CoveredField(QListWidget):
    """The value is a tuple of the ids that are ticked; Space ticks the current line."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[int, str]]) -> None:
        """*options* are (id, words), all ticked at first."""
        super().__init__()
        for id, words in options:
            item = QListWidgetItem(words)
            item.setData(_ID, id)
            item.setToolTip(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.addItem(item)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = max(self.sizeHintForRow(0), 20)
        self.setFixedHeight(line * min(max(len(options), 2), MOST_LINES) + 2 * self.frameWidth() + 4)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def value(self) -> tuple[int, ...]:
        return tuple(
            int(item.data(_ID)) for item in self._items() if item.checkState() is Qt.CheckState.Checked
        )

    def set_value(self, value: Any) -> None:
        wanted = set(value or ())
        self.blockSignals(True)
        for item in self._items():
            ticked = int(item.data(_ID)) in wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]
