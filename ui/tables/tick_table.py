"""A table in which rows are ticked: hundreds of problems to be done with at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class TickRow:
    """One row: the id of its record, its texts, the tone of some of them by column, and whether it can be ticked."""

    id: int
    texts: tuple[str, ...]
    tones: tuple[tuple[int, Tone], ...] = ()
    can_tick: bool = True


class TickRows(QAbstractTableModel):
    """Rows under *heads*, each with a box in its first column; ``ticked_changed`` when other rows are ticked.

    What was ticked stays ticked when other rows are shown that still have it.
    """

    ticked_changed = Signal()

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.rows: list[TickRow] = []
        self._ticked: set[int] = set()

    def show_rows(self, rows: Iterable[TickRow]) -> None:
        """Show *rows* instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self._ticked &= {row.id for row in self.rows if row.can_tick}
        self.endResetModel()
        self.ticked_changed.emit()

    def ticked(self) -> list[int]:
        """Ids of the ticked rows from top to bottom."""
        return [row.id for row in self.rows if row.id in self._ticked]

    def tick(self, ids: Collection[int], on: bool) -> None:
        """Tick or untick those of *ids* that can be."""
        can = {row.id for row in self.rows if row.can_tick}
        self._ticked = self._ticked | (can & set(ids)) if on else self._ticked - set(ids)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked_changed.emit()

    def tick_all(self, on: bool) -> None:
        """Tick every row that can be, or none."""
        self.tick([row.id for row in self.rows], on)

    def is_ticked(self, id: int) -> bool:
        """Whether the row of *id* is ticked."""
        return id in self._ticked

    # For the view

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        box = index.column() == 0 and self.rows[index.row()].can_tick
        return plain | Qt.ItemFlag.ItemIsUserCheckable if box else plain

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.rows[index.row()].id], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.texts[index.column()]
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0 and row.can_tick:
                return Qt.CheckState.Checked if row.id in self._ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole:
                tone = dict(row.tones).get(index.column())
                return QColor(tone.value) if tone is not None else None
        return None


class TickTable(QTableView):
    """Shows ``TickRows``: Space ticks the selected rows, Ctrl+A selects all, Enter opens the current one.

    ``opened(id)`` on Enter or a double click, ``chosen(id)`` (0: none) when another row becomes the current one.
    """

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, heads: Sequence[str], widths: Sequence[float], *, stretch: int = -1) -> None:
        """*widths* of the columns in Chinese characters; column *stretch* (the last) takes what is left."""
        super().__init__()
        self.rows = TickRows(heads, self)
        self.empty_words = ""
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        advance = self.fontMetrics().horizontalAdvance("水")
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(advance * width) + 14)
        header.setSectionResizeMode(stretch % len(widths), header.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.rows[index.row()].id))
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self._say())
        self.rows.modelReset.connect(self._say)

    def current_id(self) -> int:
        """The id of the current row, 0 when there is none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].id if index.isValid() else 0

    def select(self, id: int) -> None:
        """Make the row of *id* the current one, the first row when it is not shown."""
        place = next((place for place, row in enumerate(self.rows.rows) if row.id == id), 0)
        if self.rows.rows:
            self.setCurrentIndex(self.rows.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if event.key() == Qt.Key.Key_Space and current:
            ids = [self.rows.rows[index.row()].id for index in self.selectionModel().selectedRows()]
            self.rows.tick(ids or [current], not self.rows.is_ticked(current))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current:
            if not event.isAutoRepeat():
                self.opened.emit(current)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.rows.rows:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(Tone.MUTED.value))
            room = self.viewport().rect().adjusted(20, 0, -20, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_words)

    def _say(self) -> None:
        self.chosen.emit(self.current_id())
