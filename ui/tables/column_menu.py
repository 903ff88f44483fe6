"""The menu to choose a table's columns from: a list that stays open while columns are ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget, QWidgetAction

from river_chief.fields.field import Field

ROWS_SHOWN = 18
ROOM = 64


class ColumnMenu(QMenu):
    """``toggled(key)``: a column was ticked or unticked.   ``reset_asked()``: 恢复默认列.

    Space ticks, letters and digits seek, Esc closes.
    """

    toggled = Signal(str)
    reset_asked = Signal()

    def __init__(self, parent: QWidget, fields: Sequence[Field]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keys = [field.key for field in fields]
        self.list = QListWidget()
        self.list.setObjectName("columns")
        self.list.setAccessibleName("显示的列")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        for field in fields:
            item = QListWidgetItem(field.heading, self.list)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        self.list.setCurrentRow(0)
        self.list.ensurePolished()
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * min(len(fields), ROWS_SHOWN) + 4)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + ROOM)
        self.list.itemChanged.connect(lambda item: self.toggled.emit(self._keys[self.list.row(item)]))
        holder = QWidgetAction(self)
        holder.setDefaultWidget(self.list)
        self.addAction(holder)
        self.addSeparator()
        self.addAction("恢复默认列(&R)", self.reset_asked.emit)

    def show_ticks(self, shown: Iterable[str]) -> None:
        """Tick the columns *shown*, and no others."""
        ticked = set(shown)
        self.list.blockSignals(True)
        for place, key in enumerate(self._keys):
            on = Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked
            self.list.item(place).setCheckState(on)
        self.list.blockSignals(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()
