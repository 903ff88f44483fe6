"""The rows of a sheet as an import would take them: a tick, what becomes of the row, why, and the sheet's cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from river_chief.intake.cell import shown
from river_chief.intake.plan import Plan, RowPlan, RowState
from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
NUMBER, STATE, WORDS = range(3)
HEADS = ("行", "结果", "说明")
WIDTHS = (4.5, 3.5, 19.0)
CELL_WIDTH = 9.0
ROW_HEIGHT = 27
TICKABLE = frozenset({RowState.NEW, RowState.CHANGED, RowState.DOUBTFUL})
TONES = {
    RowState.NEW: Tone.GOOD,
    RowState.CHANGED: Tone.ACCENT,
    RowState.SAME: Tone.MUTED,
    RowState.DOUBTFUL: Tone.WARN,
    RowState.REFUSED: Tone.ALERT,
}
_BAD, _CHANGED, _CORRECTED = QColor("#fae3e0"), QColor("#dcebf1"), QColor("#e2efe7")


def can_tick(row: RowPlan) -> bool:
    """Whether the clerk may choose to take the row in."""
    return row.state in TICKABLE and bool(row.doings)


def words_of(row: RowPlan) -> str:
    """Why a row is refused or doubtful, what it changes, what was worked out."""
    if row.reasons:
        return "　".join(row.reasons)
    if row.changes:
        return "；".join(
            f"{item.label} {item.before_text or '（空）'} → {item.after_text}" for item in row.changes
        )
    return "　".join(row.notes)


class PlanRows(QAbstractTableModel):
    """``ticked_changed`` is emitted when other rows are ticked.

    New and changed rows are ticked, doubtful ones are not, until the clerk says otherwise; what the
    clerk has said of a row stays when another plan is shown.
    """

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.state: RowState | None = None
        self.rows: list[RowPlan] = []
        self._said: dict[int, bool] = {}
        self._raw: dict[int, Any] = {}
        self._marks: list[tuple[frozenset[str], frozenset[str]]] = []

    def show_plan(self, plan: Plan | None) -> None:
        """Show another plan; None: an empty table, and what was said is forgotten."""
        before = self.plan
        self.plan = plan
        if plan is None or (before is not None and before.sheet is not plan.sheet):
            self._said.clear()
        self._raw = {raw.row_number: raw for raw in plan.sheet.rows} if plan is not None else {}
        self._list()
        self.ticked_changed.emit()

    def show_state(self, state: RowState | None) -> None:
        """List only rows of *state*; None: all."""
        self.state = state
        self._list()

    def ticked(self) -> list[int]:
        """Numbers of the rows to be taken in, shown or not."""
        rows = self.plan.rows if self.plan is not None else ()
        return [row.row for row in rows if self._is_ticked(row)]

    def tick(self, rows: Iterable[RowPlan], on: bool) -> None:
        """Tick or untick those of *rows* that can be."""
        for row in rows:
            if can_tick(row):
                self._said[row.row] = on
        if self.rows:
            self.dataChanged.emit(self.index(0, NUMBER), self.index(len(self.rows) - 1, NUMBER))
        self.ticked_changed.emit()

    def is_ticked_at(self, place: int) -> bool:
        """Whether the row at *place* is ticked."""
        return self._is_ticked(self.rows[place])

    def place_of(self, number: int) -> int:
        """Where the row *number* of the sheet is listed, -1 when it is not."""
        return next((place for place, row in enumerate(self.rows) if row.row == number), -1)

    def facts(self, row: RowPlan) -> list[tuple[str, str]]:
        """What the sheet says in a row: head and text of every cell that is not empty."""
        columns = self.plan.sheet.columns if self.plan is not None else ()
        pairs = ((column.head.rpartition("/")[2], self._cell_text(row, column.key)) for column in columns)
        return [(head, text) for head, text in pairs if text]

    def _list(self) -> None:
        self.beginResetModel()
        rows: Sequence[RowPlan] = self.plan.rows if self.plan is not None else ()
        self.rows = [row for row in rows if self.state in (None, row.state)]
        self._marks = [
            (frozenset(cell.key for cell in row.cells), frozenset(item.field for item in row.changes))
            for row in self.rows
        ]
        self.endResetModel()

    def _is_ticked(self, row: RowPlan) -> bool:
        return can_tick(row) and self._said.get(row.row, row.state is not RowState.DOUBTFUL)

    # For the view

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS) + len(self.plan.sheet.columns if self.plan else ())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section < len(HEADS):
            return HEADS[section]
        head = str(self._column(section).head)
        return head.rpartition("/")[2] if role == Qt.ItemDataRole.DisplayRole else head

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == NUMBER and can_tick(self.rows[index.row()]):
            return plain | Qt.ItemFlag.ItemIsUserCheckable
        return plain

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.rows[index.row()]], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, index.column())
            case Qt.ItemDataRole.CheckStateRole if index.column() == NUMBER and can_tick(row):
                return Qt.CheckState.Checked if self._is_ticked(row) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, index.column())
            case Qt.ItemDataRole.BackgroundRole if index.column() >= len(HEADS):
                return self._ground(index)
        return None

    def _column(self, section: int) -> Any:
        if self.plan is None:
            raise IndexError(section)
        return self.plan.sheet.columns[section - len(HEADS)]

    def _text(self, row: RowPlan, column: int) -> str:
        match column:
            case 0:
                return str(row.row)
            case 1:
                return row.state.label
            case 2:
                return words_of(row)
        return " ".join(self._cell_text(row, self._column(column).key).split())

    def _cell_text(self, row: RowPlan, key: str) -> str:
        corrected = self.plan.answers.cells.get((row.row, key)) if self.plan is not None else None
        return corrected if corrected is not None else shown(self._raw[row.row].cells[key].value)

    def _tip(self, row: RowPlan, column: int) -> str | None:
        if column < len(HEADS):
            return words_of(row) if column == WORDS else None
        key = self._column(column).key
        for cell in row.cells:
            if cell.key == key:
                return f"{cell.address}　{cell.reason}"
        return self._cell_text(row, key) or None

    def _colour(self, row: RowPlan, column: int) -> QColor | None:
        if column == STATE:
            return QColor(TONES[row.state].value)
        return QColor(Tone.MUTED.value) if row.state is RowState.SAME else None

    def _ground(self, index: Index) -> QColor | None:
        key, row = self._column(index.column()).key, self.rows[index.row()]
        bad, changed = self._marks[index.row()]
        if key in bad:
            return _BAD
        if self.plan is not None and (row.row, key) in self.plan.answers.cells:
            return _CORRECTED
        return _CHANGED if key in changed else None


class PlanTable(QTableView):
    """Shows ``PlanRows``; ``chosen(RowPlan or None, facts)`` on another row. Space ticks the selected rows."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.rows = PlanRows(self)
        self.setModel(self.rows)
        self.setAccessibleName("表里的各行")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.rows.modelReset.connect(self._widen)

    def current(self) -> RowPlan | None:
        """The current row."""
        index = self.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def select(self, number: int) -> None:
        """Make the row *number* of the sheet the current one; the first row when it is not listed."""
        if self.rows.rows:
            self.setCurrentIndex(self.rows.index(max(self.rows.place_of(number), 0), STATE))
        else:
            self.chosen.emit(None, [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            chosen = [index.row() for index in self.selectionModel().selectedRows()]
            ticked = self.rows.is_ticked_at(self.currentIndex().row())
            self.rows.tick([self.rows.rows[place] for place in chosen], not ticked)
        else:
            super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex) -> None:
        row = self.rows.rows[current.row()] if current.isValid() else None
        self.chosen.emit(row, self.rows.facts(row) if row is not None else [])

    def _widen(self) -> None:
        advance = self.fontMetrics().horizontalAdvance("水")
        for column in range(self.rows.columnCount()):
            width = WIDTHS[column] if column < len(WIDTHS) else CELL_WIDTH
            self.setColumnWidth(column, round(advance * width) + 14)
