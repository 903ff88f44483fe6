"""One model for every ledger: an ordered list of ids and the rows around what is painted.

Sorting and filtering ask for ids again, in SQL. The first page comes at once by LIMIT; the rest of
a large ledger's ids come from a worker, and until they are there pages come by LIMIT and OFFSET.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from river_chief.changes import Changes
from river_chief.fields.field import Field, Kind
from river_chief.queries.ledger_query import LEDGERS, LedgerQuery, Row
from river_chief.rules.masking import mask_phone
from ui import jobs
from ui.style import Tone
from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
PAGES_KEPT = 30
# Up to here all ids are asked for at once: it takes less time than a screen refresh.
AT_ONCE = 2000
PHONES = ("phone", "officer_phone")
_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell differs from the others: a tone, a sign before its text (never colour alone), bold."""

    tone: Tone = Tone.TEXT
    sign: str = ""
    bold: bool = False


LookOf = Callable[[Row, str], Look | None]


class RecordTable(QAbstractTableModel):
    """Rows of *query* for a view; one column for each field of the ledger, in the fields' order.

    Set ``look`` to mark cells. ``ids`` are known for all rows once ``complete``; ``total`` counts them
    from the start. A row whose record has vanished is shown empty and disabled.
    """

    def __init__(
        self,
        workspace: Workspace,
        query: LedgerQuery[Any],
        filter: Any,
        *,
        watch: tuple[str, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        """*watch* names further ledgers (tables) whose changes make these rows stale."""
        super().__init__(parent)
        self.workspace = workspace
        self.query = query
        self.filter = filter
        self.sort_key = ""
        self.descending = False
        self.fields: tuple[Field, ...] = tuple(query.fields)
        self.look: LookOf | None = None
        self.ids: list[int] = []
        self.complete = True
        self.total = 0
        self.watched = frozenset((query.ledger, *watch))
        if unknown := self.watched - LEDGERS:
            raise ValueError(f"no such table: {', '.join(unknown)}")
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._asked = 0
        workspace.changed.connect(self._on_changed)

    # Asking

    def ask(self, filter: Any, sort_key: str = "", descending: bool = False) -> None:
        """List the records *filter* lets through, in the natural order or by a field."""
        self.filter, self.sort_key, self.descending = filter, sort_key, descending
        ids = self._first_ids()
        total = len(ids)
        if total > AT_ONCE:
            with self.workspace.read() as session:
                total = self.query.count(session, filter)
        self.beginResetModel()
        self._take(ids, total)
        self.endResetModel()
        self._asked += 1
        if not self.complete:
            self._fetch_ids()

    def refresh(self) -> None:
        """Ask again with the same filter and order; selection and place are kept."""
        self._asked += 1
        ids = self._first_ids()
        if len(ids) <= AT_ONCE:
            self._rearrange(ids)
        else:
            self._pages.clear()
            self._fetch_ids()

    def _first_ids(self) -> list[int]:
        """All ids of a small answer; of a large one the first, more than ``AT_ONCE``."""
        with self.workspace.read() as session:
            return self.query.ids(
                session, self.filter, sort=self.sort_key, descending=self.descending, limit=AT_ONCE + 1
            )

    def _take(self, ids: list[int], total: int) -> None:
        self.ids, self.total = ids, total
        self.complete = len(ids) == total
        self._pages.clear()

    def _fetch_ids(self) -> None:
        """Have a worker bring all ids; an answer to an older question is dropped."""
        asked, query = self._asked, self.query
        filter, sort_key, descending = self.filter, self.sort_key, self.descending
        workspace = self.workspace

        def work() -> list[int]:
            with workspace.read() as session:
                return query.ids(session, filter, sort=sort_key, descending=descending)

        def arrive(ids: list[int]) -> None:
            if asked == self._asked:
                self._rearrange(ids)

        jobs.fetch(self._window(), workspace, work, arrive)

    def _window(self) -> QWidget | None:
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None

    def _rearrange(self, ids: list[int]) -> None:
        """Show *ids* instead, letting selection and current row follow their records."""
        if ids[: len(self.ids)] == self.ids and len(ids) == self.total:
            self._take(ids, len(ids))
            if ids:
                last = self.index(len(ids) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self.id_at(index.row()) for index in before]
        place = {id: row for row, id in enumerate(ids)}
        self._take(ids, len(ids))
        after = [
            self.createIndex(place[id], index.column()) if id in place else QModelIndex()
            for id, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.ledgers & self.watched:
            self.refresh()

    # Answering

    def id_at(self, row: int) -> int:
        """The id of the record in *row*; 0 when there is none."""
        if row < len(self.ids):
            return self.ids[row]
        found = self.row_at(row)
        return found.id if found is not None else 0

    def row_at(self, row: int) -> Row | None:
        """The row shown at *row*, fetched with its page when it is not at hand; None when vanished."""
        if not 0 <= row < self.total:
            return None
        number, offset = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch_page(number)
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def text(self, row: Row, field: Field) -> str:
        """What the screen shows of *row* in the column of *field*: one line, phones masked."""
        text = " ".join(row.text(field).split())
        return mask_phone(text) if field.key in PHONES else text

    def place_of(self, id: int) -> int:
        """The row of the record *id*, -1 when it is not listed."""
        return self.ids.index(id) if id in self.ids else -1

    def column_of(self, key: str) -> int:
        """The column of the field *key*."""
        return next(column for column, field in enumerate(self.fields) if field.key == key)

    def _fetch_page(self, number: int) -> list[Row | None]:
        start = number * PAGE
        with self.workspace.read() as session:
            if self.complete or start + PAGE <= len(self.ids):
                ids = self.ids[start : start + PAGE]
            else:
                ids = self.query.ids(
                    session,
                    self.filter,
                    sort=self.sort_key,
                    descending=self.descending,
                    limit=PAGE,
                    offset=start,
                )
            found = {row.id: row for row in self.query.rows(session, ids, self.workspace.today())}
        return [found.get(id) for id in ids]

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Enabled and selectable, without fetching anything (Ctrl+A asks for every row)."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        number, offset = divmod(index.row(), PAGE)
        page = self._pages.get(number)
        if page is not None and (offset >= len(page) or page[offset] is None):
            return Qt.ItemFlag.ItemNeverHasChildren
        wanted = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return wanted | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        if role not in _ASKED:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(row, field) or None
        look = self.look(row, field.key) if self.look is not None else None
        if role == Qt.ItemDataRole.DisplayRole:
            text = self.text(row, field)
            return f"{look.sign}{text}" if look is not None and look.sign else text
        return _drawn(look, role)


_ASKED = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.FontRole,
)


def _drawn(look: Look | None, role: int) -> Any:
    if look is None:
        return None
    if role == Qt.ItemDataRole.ForegroundRole:
        return QColor(look.tone.value)
    if look.bold:
        font = QFont()
        font.setBold(True)
        return font
    return None


def _alignment(field: Field) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if field.kind in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
