"""A table of numbers of which most lead to the rows behind them: breakdowns of a report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from ui.tables.figure_rows import FigureColumn, FigureRows, Index, bold

__all__ = ["FigureColumn", "FigureRows", "FigureTable"]

ROW_HEIGHT = 25
PADDING = 13
SHIFT = Qt.KeyboardModifier.ShiftModifier


class FigureTable(QTableView):
    """``asked(key, line)``: the rows behind a number are wanted; a click on it or Enter.

    Of a rate a click shows the numerator's rows, Shift+click or Shift+Enter the denominator's; the menu of a cell
    offers both. ``defined(key)``: the definition of a rate is wanted. A click on a head sorts, one more the other
    way, a third restores the order; Ctrl+C copies the cells chosen, with their heads when they are all rows.
    """

    asked = Signal(str, object)
    defined = Signal(str)

    def __init__(self, columns: Sequence[FigureColumn], name: str) -> None:
        super().__init__()
        self.rows = FigureRows(columns, self)
        self.setModel(self.rows)
        self.setObjectName("figures")
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._sorted = (-1, Qt.SortOrder.DescendingOrder)
        header = self.horizontalHeader()
        header.setObjectName("figure-heads")
        header.style().unpolish(header)
        header.style().polish(header)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(20)
        header.sectionClicked.connect(self._sort)

    def set_columns(self, columns: Sequence[FigureColumn]) -> None:
        """Show other columns of the same lines, in the lines' own order."""
        self._sorted = (-1, Qt.SortOrder.DescendingOrder)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.rows.set_columns(columns)
        self.rows.sort(-1)
        self._widen()

    def _widen(self) -> None:
        """Give every column its width, and the name what is left."""
        advance = self.fontMetrics().horizontalAdvance("水")
        heavy = QFontMetrics(bold())
        widths = [
            max(round(advance * column.width), heavy.horizontalAdvance(column.widest)) + PADDING
            for column in self.rows.columns
        ]
        rest = self.viewport().width() - sum(widths)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width + max(rest, 0) if place == 0 else width)

    def copy(self) -> None:
        """Copy the chosen cells as text with tabs."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if not chosen:
            return
        columns = sorted({column for _, column in chosen})
        rows = sorted({row for row, _ in chosen})
        lines = [[str(self.rows.data(self.rows.index(row, at))) for at in columns] for row in rows]
        if len(rows) == self.rows.rowCount():
            lines.insert(0, [self.rows.columns[at].name for at in columns])
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def _sort(self, section: int) -> None:
        """Numbers begin with the largest, names and ranks with the first."""
        column = self.rows.columns[section]
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        first, second = (down, up) if column.asks else (up, down)
        before, order = self._sorted
        if before != section:
            self._sorted = (section, first)
        else:
            self._sorted = (section, second) if order is first else (-1, first)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._sorted[0] >= 0)
        header.setSortIndicator(*self._sorted)
        self.rows.sort(*self._sorted)

    def menu_of(self, index: Index) -> QMenu:
        """The menu of a cell: its rows, its definition, copying."""
        column, line = self.rows.columns[index.column()], self.rows.line_at(index.row())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in zip((column.asks, column.beside), column.words, strict=True):
            if key:
                action = menu.addAction(words, partial(self.asked.emit, key, line))
                action.setEnabled(column.has_rows(line, key))
        if column.defines:
            menu.addAction("看定义", partial(self.defined.emit, column.defines))
        menu.addAction("复制", self.copy)
        return menu

    def _ask(self, index: Index, *, beside: bool = False) -> None:
        if index.isValid():
            column, line = self.rows.columns[index.column()], self.rows.line_at(index.row())
            key = column.beside if beside else column.asks
            if column.has_rows(line, key):
                self.asked.emit(key, line)

    def _has_beside(self, index: Index) -> bool:
        return index.isValid() and bool(self.rows.columns[index.column()].beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and self.rows.is_link(index)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(QCursor(shape))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Shift with a click on a rate asks for its denominator and chooses no more cells."""
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & SHIFT and self._has_beside(index):
            self.setCurrentIndex(index)
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and len(self.selectedIndexes()) == 1:
            self._ask(index, beside=bool(event.modifiers() & SHIFT))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the cell under the mouse, or by the menu key of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_of(index).popup(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex(), beside=bool(event.modifiers() & SHIFT))
        else:
            super().keyPressEvent(event)
