"""A table to type into with the number pad alone: Enter goes on to the next cell, and to a new row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractTableModel):
    """What an ``EntryTable`` needs: the cells typed into, in order, and rows that come and go."""

    def next_cell(self, row: int, column: int) -> tuple[int, int]:
        """The cell to type into after (row, column); a row is added when it lies below the last."""
        raise NotImplementedError

    def remove_row(self, row: int) -> None:
        """Take the row away."""
        raise NotImplementedError


class EntryTable(QTableView):
    """Enter and Tab commit and go on, Shift+Tab goes back, Ctrl+Delete takes the row away."""

    def __init__(self, model: EntryModel, widths: Sequence[int]) -> None:
        """*widths* of the columns in Chinese characters; the last one takes what is left."""
        super().__init__()
        self.entries = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance("水") * width + 14)
        header.setSectionResizeMode(len(widths) - 1, QHeaderView.ResizeMode.Stretch)

    def start(self, row: int, column: int) -> None:
        """Type into the cell at *row* and *column*."""
        index = self.entries.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def go_on(self) -> None:
        """Type into the next cell."""
        index = self.currentIndex()
        if index.isValid():
            self.start(*self.entries.next_cell(index.row(), index.column()))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        on = (
            QAbstractItemDelegate.EndEditHint.SubmitModelCache,
            QAbstractItemDelegate.EndEditHint.EditNextItem,
        )
        if hint in on:
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.go_on()
        else:
            super().closeEditor(editor, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() is QAbstractItemView.State.EditingState:
            # The editor passes the key on before it commits; ``closeEditor`` goes on then.
            event.accept()
        elif enter and index.isValid() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if index.isValid():
                self.entries.remove_row(index.row())
        else:
            super().keyPressEvent(event)
