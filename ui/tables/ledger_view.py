"""A ledger on the screen: the filter bar, the table, its columns, copying and its context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.queries.ledger_query import LedgerQuery
from ui.buttons import tool
from ui.style import Tone
from ui.tables.columns import Columns
from ui.tables.filter_bar import Choose, FilterBar
from ui.tables.record_table import LookOf, RecordTable
from ui.workspace import Workspace

ROW_HEIGHT = 30
COPY_AT_MOST = 5000
NOTHING_FOUND = "没有符合条件的记录。点搜索框右边的“×”清除全部筛选条件。"


class LedgerView(QWidget):
    """The table of one ledger.

    ``activated(id)``  Enter or a double click on a record.
    ``selected(id)``   another record became the current one (0: none).
    ``counted(n)``     the number of records listed has changed.

    ``fill_menu(menu, ids)``, when set, adds to the context menu of the selected records.

    Keys: Ctrl+F search, Enter opens, Ctrl+C copies rows as text with tabs, F5 asks again; Delete does nothing.
    """

    activated = Signal(int)
    selected = Signal(int)
    counted = Signal(int)

    def __init__(
        self,
        workspace: Workspace,
        query: LedgerQuery[Any],
        filter: Any,
        *,
        name: str,
        columns: Sequence[str],
        choices: Sequence[Choose] = (),
        watch: tuple[str, ...] = (),
        look: LookOf | None = None,
        hint: str = "搜索",
        empty: str = "这里没有记录。",
    ) -> None:
        """A view of *query* under the filter *filter* (a frozen dataclass with ``text``).

        *name* is where columns are remembered; *columns* the keys shown at first (``key:n`` for a
        width of n characters); *choices* the combos of the bar; *watch* more tables whose changes matter; *look* marks cells;
        *empty* stands in the table while nothing is listed and says what to do.
        """
        super().__init__()
        self._base = filter
        self.model = RecordTable(workspace, query, filter, watch=watch, parent=self)
        self.model.look = look
        self.bar = FilterBar(workspace, choices, hint)
        self.table = _Table()
        self._empty = empty
        self.table.setModel(self.model)
        self.columns = Columns(self.table, self.model.fields, columns, name)
        self.table.opened.connect(self._open)
        self.table.copy_asked.connect(self.copy)
        self.fill_menu: Callable[[QMenu, list[int]], object] | None = None
        self._current = 0
        self._place = 0
        self._lay_out()
        self._connect()
        self.ask()

    # For pages

    def set_filter(self, filter: Any) -> None:
        """List by another base filter; what the bar says is added to it."""
        self._base = filter
        self.ask()

    def ask(self) -> None:
        """Ask the ledger with the base filter and the bar's conditions; the current record is kept."""
        model = self.model
        model.ask(self.filter(), model.sort_key, model.descending)
        place = model.place_of(self._current) if self._current else -1
        if place >= 0:
            self.table.setCurrentIndex(model.index(place, self._first_column()))
        else:
            self._say_current(0)

    def filter(self) -> Any:
        """The filter of the rows listed."""
        return replace(self._base, **self.bar.conditions())

    def current_id(self) -> int:
        """The id of the current record, 0 when there is none."""
        return self._current

    def selected_ids(self) -> list[int]:
        """Ids of the selected records from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.id_at(row) for row in rows]

    def select(self, id: int) -> bool:
        """Make the record *id* the current one; False when it is not listed."""
        place = self.model.place_of(id)
        if place >= 0:
            index = self.model.index(place, self._first_column())
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
        return place >= 0

    def select_first(self) -> None:
        """Make the first record the current one."""
        if self.model.total:
            self.table.setCurrentIndex(self.model.index(0, self._first_column()))

    def copy(self) -> None:
        """Copy the selected rows, visible columns only, with a head, as text with tabs."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())[:COPY_AT_MOST]
        fields = self.columns.shown()
        lines = ["\t".join(field.heading for field in fields)]
        for number in rows:
            row = self.model.row_at(number)
            if row is not None:
                lines.append("\t".join(self.model.text(row, field) for field in fields))
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Parts

    def _lay_out(self) -> None:
        chooser = tool("columns", "选择显示的列")
        chooser.clicked.connect(
            lambda: self.columns.menu().popup(chooser.mapToGlobal(QPoint(0, chooser.height())))
        )
        self.bar.row.addWidget(chooser)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.table)
        self.setTabOrder(self.bar.search, self.table)

    def _on_changed(self, changes: Changes) -> None:
        """What the bar offers follows the other tables (a new village, a renamed water)."""
        if changes.ledgers & (self.model.watched - {self.model.query.ledger}):
            self.bar.refresh()

    def _connect(self) -> None:
        self.model.workspace.changed.connect(self._on_changed)
        self.bar.changed.connect(self.ask)
        self.model.modelReset.connect(self._say_count)
        self.model.layoutChanged.connect(self._on_rearranged)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        header = self.table.horizontalHeader()
        header.sectionClicked.connect(self._sort)
        header.customContextMenuRequested.connect(self.columns.ask)
        self.table.customContextMenuRequested.connect(self._show_menu)
        refresh = QAction(self)
        refresh.setShortcut(QKeySequence.StandardKey.Refresh)
        refresh.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        refresh.triggered.connect(self.model.refresh)
        self.addAction(refresh)

    def _sort(self, section: int) -> None:
        """A click sorts up, the next one down, the third returns to the natural order."""
        key = self.model.fields[section].key
        header = self.table.horizontalHeader()
        if not self.model.query.can_sort(key):
            return
        if self.model.sort_key != key:
            self.model.sort_key, self.model.descending = key, False
        elif not self.model.descending:
            self.model.descending = True
        else:
            self.model.sort_key, self.model.descending = "", False
        header.setSortIndicatorShown(bool(self.model.sort_key))
        down = Qt.SortOrder.DescendingOrder if self.model.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, down)
        self.ask()

    def _show_menu(self, place: QPoint) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.fill_menu is not None:
            self.fill_menu(menu, ids)
            menu.addSeparator()
        menu.addAction("复制所选行\tCtrl+C", self.copy)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _open(self, row: int) -> None:
        id = self.model.id_at(row)
        if id:
            self.activated.emit(id)

    def _on_current(self, current: QModelIndex) -> None:
        self._place = current.row()
        self._say_current(self.model.id_at(current.row()) if current.isValid() else 0)

    def _on_rearranged(self) -> None:
        """A current record that has left the list hands over to the one now in its place."""
        self._say_count()
        current = self.table.currentIndex()
        if current.isValid():
            self._place = current.row()
        elif self._current and self.model.total:
            place = min(self._place, self.model.total - 1)
            self.table.setCurrentIndex(self.model.index(place, self._first_column()))
        else:
            self._say_current(0)

    def _say_current(self, id: int) -> None:
        if id != self._current:
            self._current = id
            self.selected.emit(id)

    def _say_count(self) -> None:
        self.bar.show_count(self.model.total)
        self.table.say_empty(NOTHING_FOUND if self.bar.is_narrowed() else self._empty)
        self.counted.emit(self.model.total)

    def _first_column(self) -> int:
        return self.table.horizontalHeader().logicalIndex(0)


class _Table(QTableView):
    """A read-only table of whole rows that tells which row is opened and when rows are to be copied."""

    opened = Signal(int)
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.empty_words = ""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def say_empty(self, words: str) -> None:
        """Show *words* in the middle while there are no rows."""
        self.empty_words = words
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(Tone.MUTED.value))
            room = self.viewport().rect().adjusted(20, 0, -20, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.opened.emit(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.ignore()
        else:
            super().keyPressEvent(event)
