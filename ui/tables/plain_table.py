"""A small read-only table of ready texts: who owes what, tenures over time, recent acts of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Index = QModelIndex | QPersistentModelIndex


class TextRows(QAbstractTableModel):
    """Rows of texts under *heads*; ``keys`` say what each row is about."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.rows: list[tuple[str, ...]] = []
        self.keys: list[Any] = []

    def show_rows(self, rows: Sequence[Sequence[str]], keys: Sequence[Any] = ()) -> None:
        """Show *rows* instead."""
        self.beginResetModel()
        self.rows = [tuple(row) for row in rows]
        self.keys = list(keys) or [None] * len(self.rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()][index.column()]
        return None


class PlainTable(QTableView):
    """Shows ``TextRows``; ``opened(key)`` on Enter or a double click, ``chosen(key)`` on another row."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, heads: Sequence[str], widths: Sequence[int]) -> None:
        """*widths* of the columns in Chinese characters; the last one takes what is left."""
        super().__init__()
        self.rows = TextRows(heads, self)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance("水") * width + 14)
        header.setSectionResizeMode(len(widths) - 1, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.keys[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def current_key(self) -> Any:
        """The key of the current row, None when there is none."""
        index = self.currentIndex()
        return self.rows.keys[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex) -> None:
        self.chosen.emit(self.rows.keys[current.row()] if current.isValid() else None)
