"""A table of numbers of which most lead to the rows behind them: breakdowns of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 25
PADDING = 17
_QUIET = QColor("#98a4ab")


def _bold() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setBold(True)
    return font


def _nothing(_line: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: its head, its width in Chinese characters, and what it says of a line; the first names it.

    ``text``   shown.  ``value``  sorted by; None comes last.
    ``asks``   key of the count whose rows a click shows ("" for none).
    ``tip``    said when the mouse rests on a number.
    ``warns``  the number is red above zero.
    ``widest`` the longest text it may have to show, in bold, so that nothing is cut.
    """

    head: str
    width: float
    text: Callable[[Any], str]
    value: Callable[[Any], Any]
    asks: str = ""
    tip: Callable[[Any], str] = _nothing
    warns: bool = False
    widest: str = ""


class FigureRows(QAbstractTableModel):
    """Lines under *columns*; ``total`` stands first in bold and is never sorted."""

    def __init__(self, columns: Sequence[FigureColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.total: Any = None
        self.lines: list[Any] = []
        self._natural: list[Any] = []

    def show_lines(self, lines: Sequence[Any], total: Any = None) -> None:
        """Show *lines* in their own order, below *total*."""
        self.beginResetModel()
        self._natural, self.total = list(lines), total
        self.lines = list(lines)
        self.endResetModel()

    def line_at(self, row: int) -> Any:
        """The line of a row."""
        return self._shown()[row]

    def is_link(self, index: Index) -> bool:
        """Whether a click on a cell shows rows: it counts something, and not nothing."""
        column, line = self.columns[index.column()], self.line_at(index.row())
        return bool(column.asks and column.value(line))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the lines by a column; a column of -1 gives their own order."""
        self.beginResetModel()
        self.lines = list(self._natural)
        if column >= 0:
            value = self.columns[column].value
            named = [line for line in self.lines if value(line) is not None]
            rest = [line for line in self.lines if value(line) is None]
            self.lines = sorted(named, key=value, reverse=order is Qt.SortOrder.DescendingOrder) + rest
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown())

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, line = self.columns[index.column()], self.line_at(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(line)
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(line) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(index.column())
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(index, column, line)
            case Qt.ItemDataRole.FontRole if line is self.total:
                return _bold()
        return None

    def _shown(self) -> list[Any]:
        return self.lines if self.total is None else [self.total, *self.lines]

    def _colour(self, index: Index, column: FigureColumn, line: Any) -> QColor | None:
        if index.column() == 0:
            return None
        if column.warns and column.value(line):
            return QColor(Tone.ALERT.value)
        if self.is_link(index):
            return QColor(Tone.ACCENT.value)
        return None if column.value(line) else _QUIET

    def _side(self, section: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QTableView):
    """``asked(key, line)``: the rows behind a number are wanted; a click on it or Enter.

    A click on a head sorts, one more the other way, a third restores the order; Ctrl+C copies the cells
    chosen, with their heads when they are all rows.
    """

    asked = Signal(str, object)

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
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(20)
        header.sectionClicked.connect(self._sort)

    def _widen(self) -> None:
        """Give every column its width, and the name what is left."""
        advance = self.fontMetrics().horizontalAdvance("水")
        bold = QFontMetrics(_bold())
        widths = [
            max(round(advance * column.width), bold.horizontalAdvance(column.widest)) + PADDING
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
            lines.insert(0, [self.rows.columns[at].head for at in columns])
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

    def _ask(self, index: Index) -> None:
        if index.isValid() and self.rows.is_link(index):
            self.asked.emit(self.rows.columns[index.column()].asks, self.rows.line_at(index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and self.rows.is_link(index)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(QCursor(shape))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and len(self.selectedIndexes()) == 1:
            self._ask(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)
