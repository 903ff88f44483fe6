"""Which columns of a table are shown, how wide, in which order; remembered on this computer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

from river_chief.fields.field import Field
from ui import window_state
from ui.tables.column_menu import ColumnMenu

SIGN_WIDTH = 28
SAVE_AFTER_MS = 500


class Columns(QObject):
    """The columns of *view*, whose model has one column for each of *fields*."""

    def __init__(self, view: QTableView, fields: Sequence[Field], shown: Sequence[str], name: str) -> None:
        """*shown* are the shipped columns: a key, or ``key:n`` for a width of n Chinese characters."""
        super().__init__(view)
        self._view = view
        self._fields = tuple(fields)
        self._shipped = [_column(view, text) for text in shown]
        self._name = name
        self._header: QHeaderView = view.horizontalHeader()
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self.restore()
        self._header.sectionResized.connect(self._save_soon)
        self._header.sectionMoved.connect(self._save_soon)

    def shown(self) -> list[Field]:
        """The visible fields from left to right."""
        sections = (self._header.logicalIndex(place) for place in range(len(self._fields)))
        return [self._fields[section] for section in sections if not self._header.isSectionHidden(section)]

    def restore(self) -> None:
        """Show what was remembered, or the shipped choice."""
        kept = [(key, width) for key, width in window_state.columns(self._name) if self._section(key) >= 0]
        self.show_only(kept or self._shipped)

    def reset(self) -> None:
        """Show the shipped choice."""
        self.show_only(self._shipped)
        self.save()

    def show_only(self, columns: Sequence[tuple[str, int]]) -> None:
        """Show *columns* (key, width in pixels; 0: the field's own width) in that order."""
        for section in range(len(self._fields)):
            self._header.setSectionHidden(section, True)
        for place, (key, width) in enumerate(columns):
            section = self._section(key)
            self._header.setSectionHidden(section, False)
            self._header.moveSection(self._header.visualIndex(section), place)
            self._header.resizeSection(section, width or self._own_width(self._fields[section]))

    def toggle(self, key: str) -> None:
        """Show or hide one column; the last one stays."""
        section = self._section(key)
        hide = not self._header.isSectionHidden(section)
        if hide and len(self.shown()) == 1:
            return
        self._header.setSectionHidden(section, hide)
        if not hide and self._header.sectionSize(section) < SIGN_WIDTH:
            self._header.resizeSection(section, self._own_width(self._fields[section]))
        self.save()

    def menu(self) -> ColumnMenu:
        """The menu to choose columns from."""
        menu = ColumnMenu(self._view, self._fields)

        def tick() -> None:
            menu.show_ticks(field.key for field in self.shown())

        def toggle(key: str) -> None:
            self.toggle(key)
            tick()

        tick()
        menu.toggled.connect(toggle)
        menu.reset_asked.connect(self.reset)
        return menu

    def ask(self, place: QPoint) -> None:
        """Open the menu at *place* of the header."""
        self.menu().popup(self._header.mapToGlobal(place))

    def _save_soon(self) -> None:
        self._saving.start()

    def save(self) -> None:
        """Remember the columns as they are."""
        self._saving.stop()
        kept = [(field.key, self._header.sectionSize(self._section(field.key))) for field in self.shown()]
        window_state.save_columns(self._name, kept)

    def _section(self, key: str) -> int:
        return next((place for place, field in enumerate(self._fields) if field.key == key), -1)

    def _own_width(self, field: Field) -> int:
        return _pixels(self._view, max(field.width, len(field.heading) + 1))


def _column(view: QTableView, text: str) -> tuple[str, int]:
    key, _, characters = text.partition(":")
    return key, _pixels(view, int(characters)) if characters else 0


def _pixels(view: QTableView, characters: int) -> int:
    return view.fontMetrics().horizontalAdvance("水") * characters + SIGN_WIDTH // 2
