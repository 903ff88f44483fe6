"""The columns and lines of a table of numbers, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication

from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
_QUIET = QColor("#98a4ab")


def bold() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setBold(True)
    return font


def _nothing(_line: Any) -> str:
    return ""


def _plain(_line: Any) -> Tone | None:
    return None


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: its head, its width in Chinese characters, and what it says of a line; the first names it.

    ``head``    may be broken in two lines by a newline; ``explains`` is said when the mouse rests on it.
    ``text``    shown.  ``value``  sorted by; None comes last.
    ``asks``    key of the count whose rows a click shows ("" for none); ``beside`` of that which Shift+click shows.
    ``leads``   whether a line has rows under a key; by default where ``value`` is not nothing.
    ``words``   what the menu calls the two keys.
    ``defines`` key of the rate the menu can define.
    ``tip``     said when the mouse rests on a number.
    ``warns``   the number is red above zero.  ``tone``  its colour otherwise.
    ``is_words`` it says no number, and stands to the left.
    ``widest``  the longest text it may have to show, in bold, so that nothing is cut.
    """

    head: str
    width: float
    text: Callable[[Any], str]
    value: Callable[[Any], Any]
    asks: str = ""
    tip: Callable[[Any], str] = _nothing
    warns: bool = False
    widest: str = ""
    beside: str = ""
    leads: Callable[[Any, str], object] | None = None
    words: tuple[str, str] = ("看对应的行", "")
    defines: str = ""
    tone: Callable[[Any], Tone | None] = _plain
    explains: str = ""
    is_words: bool = False

    @property
    def name(self) -> str:
        """The head in one line."""
        return self.head.replace("\n", "")

    def has_rows(self, line: Any, key: str) -> bool:
        """Whether rows stand behind *key* of *line*."""
        if not key:
            return False
        return bool(self.value(line) if self.leads is None else self.leads(line, key))


class FigureRows(QAbstractTableModel):
    """Lines under *columns*; ``total`` stands first in bold and is never sorted."""

    def __init__(self, columns: Sequence[FigureColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.total: Any = None
        self.lines: list[Any] = []
        self._natural: list[Any] = []

    def set_columns(self, columns: Sequence[FigureColumn]) -> None:
        """Show other columns of the same lines."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

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
        column = self.columns[index.column()]
        return column.has_rows(self.line_at(index.row()), column.asks)

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
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].explains or None
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
                return bold()
        return None

    def _shown(self) -> list[Any]:
        return self.lines if self.total is None else [self.total, *self.lines]

    def _colour(self, index: Index, column: FigureColumn, line: Any) -> QColor | None:
        if index.column() == 0:
            return None
        if column.warns and column.value(line):
            return QColor(Tone.ALERT.value)
        if (tone := column.tone(line)) is not None:
            return QColor(tone.value)
        if self.is_link(index):
            return QColor(Tone.ACCENT.value)
        return None if column.value(line) else _QUIET

    def _side(self, section: int) -> Qt.AlignmentFlag:
        words = section == 0 or self.columns[section].is_words
        side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
