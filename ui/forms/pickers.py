"""Fields that pick records: type to search by any part of a name, code or pinyin initials."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from river_chief.queries.choices import Choice
from ui.forms.fields import mark


def initials(text: str) -> frozenset[str]:
    """Every way to write *text* by pinyin initials: 朝阳河 gives zyh and cyh."""
    from pypinyin import Style, pinyin

    found = {""}
    for readings in pinyin(text, style=Style.FIRST_LETTER, heteronym=True):
        letters = {reading[:1].lower() for reading in readings}
        found = {start + letter for start in found for letter in letters}
        if len(found) > MOST_READINGS:
            break
    return frozenset(found)


MOST_READINGS = 32


class Searcher:
    """Decides whether a choice fits what was typed; pinyin is only worked out when letters are typed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [text.lower() for text in texts]
        self._initials: list[frozenset[str]] | None = None

    def fits(self, place: int, typed: str) -> bool:
        """Whether every word of *typed* is in the text at *place* or begins its initials."""
        return all(self._word_fits(place, word) for word in typed.lower().split())

    def _word_fits(self, place: int, word: str) -> bool:
        if word in self._texts[place]:
            return True
        if not word.isascii() or not word.isalpha():
            return False
        if self._initials is None:
            self._initials = [initials(text) for text in self._texts]
        return any(word in letters for letters in self._initials[place])


class _Found(QSortFilterProxyModel):
    """The choices that fit what was typed; a handful of names, never a ledger."""

    def __init__(self, texts: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.searcher = Searcher(texts)
        self.typed = ""
        self.setSourceModel(QStringListModel(list(texts), self))

    def show_for(self, typed: str) -> None:
        self.beginResetModel()
        self.typed = typed
        self.endResetModel()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return self.searcher.fits(row, self.typed)


class PickField(QLineEdit):
    """Picks one of *choices*; the value is its id, or its code with ``by_code``; None when empty.

    ↓ opens the whole list. Text that names no choice is returned as it is, and complained about.
    """

    changed = Signal()

    def __init__(self, choices: Iterable[Choice] = (), *, by_code: bool = False, hint: str = "") -> None:
        super().__init__()
        self._by_code = by_code
        self._choices: list[Choice] = []
        self._texts: list[str] = []
        self._value: Hashable = None
        self.setPlaceholderText(hint or "输入名称或拼音首字母")
        self._list = QCompleter(self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(12)
        self._list.activated.connect(self._take_text)
        self._list.setWidget(self)
        self._list.popup().setMinimumWidth(260)
        self.set_choices(choices)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._settle)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other choices; a value that is no longer among them is dropped."""
        self._choices = list(choices)
        self._texts = _texts(self._choices)
        self._found = _Found(self._texts, self)
        self._list.setModel(self._found)
        if self._value is not None and self._place(self._value) < 0:
            self.set_value(None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices offered."""
        return tuple(self._choices)

    @property
    def choice(self) -> Choice | None:
        """The choice picked."""
        place = self._place(self._value)
        return self._choices[place] if place >= 0 else None

    def value(self) -> Any:
        typed = self.text().strip()
        if not typed:
            return "" if self._by_code else None
        return self._value if self._value is not None else typed

    def set_value(self, value: Any) -> None:
        place = self._place(value)
        self._value = value if place >= 0 else None
        self.setText(self._texts[place] if place >= 0 else "")
        self.setCursorPosition(0)

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        typed = self.text().strip()
        return f"没有“{typed}”，请从列表中选择" if typed and self._value is None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._list.popup().isVisible():
            self._show("" if self._value is not None else self.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _typed(self, text: str) -> None:
        self._value = None
        if text.strip():
            self._show(text)
        else:
            self._list.popup().hide()
        self.changed.emit()

    def _show(self, typed: str) -> None:
        self._found.show_for(typed)
        if self._found.rowCount():
            self._list.complete()
            self._list.popup().setCurrentIndex(self._found.index(0, 0))
        else:
            self._list.popup().hide()

    def _take_text(self, text: str) -> None:
        self._value = self._key(self._texts.index(text))
        self.setText(text)
        self.setCursorPosition(0)
        self.changed.emit()

    def _settle(self) -> None:
        """Typing that leaves only one choice has picked it."""
        typed = self.text().strip()
        if self._value is not None or not typed or self._list.popup().isVisible():
            return
        fitting = [place for place in range(len(self._texts)) if self._found.searcher.fits(place, typed)]
        same = [place for place in fitting if self._choices[place].label == typed]
        if len(same or fitting) == 1:
            self._take_text(self._texts[(same or fitting)[0]])

    def _key(self, place: int) -> Hashable:
        return self._choices[place].code if self._by_code else self._choices[place].id

    def _place(self, value: object) -> int:
        keys = (place for place in range(len(self._choices)) if self._key(place) == value)
        return -1 if value in (None, "") else next(keys, -1)


class MultiPickField(QWidget):
    """Picks any number of *choices* by ticking them; the value is the tuple of their ids."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice] = (), *, lines: int = 4) -> None:
        super().__init__()
        self._search = QLineEdit()
        self._search.setPlaceholderText("输入名称或拼音首字母筛选")
        self._list = QListWidget()
        self._list.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        self.set_choices(choices)
        self._search.textChanged.connect(self._narrow)
        self._list.itemChanged.connect(self.changed)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other choices; those ticked that are still among them stay ticked."""
        ticked = set(self.value())
        offered = list(choices)
        texts = _texts(offered)
        self._searcher = Searcher(texts)
        self._search.setVisible(len(offered) > FEW)
        self.setFocusProxy(self._search if len(offered) > FEW else self._list)
        self._list.blockSignals(True)
        self._list.clear()
        for choice, text in zip(offered, texts, strict=True):
            item = QListWidgetItem(text, self._list)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(_tick(choice.id in ticked))
        self._list.blockSignals(False)

    def value(self) -> tuple[int, ...]:
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_value(self, value: Any) -> None:
        wanted = set(value or ())
        self._list.blockSignals(True)
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setCheckState(_tick(item.data(Qt.ItemDataRole.UserRole) in wanted))
        self._list.blockSignals(False)

    def set_error(self, sentence: str) -> None:
        mark(self._list, sentence)

    def complaint(self) -> str:
        return ""

    def _narrow(self, typed: str) -> None:
        for row in range(self._list.count()):
            self._list.item(row).setHidden(not self._searcher.fits(row, typed))


FEW = 6


def _texts(choices: Sequence[Choice]) -> list[str]:
    """What is shown for each choice: the label, with its hint; two of one text get their codes too."""
    plain = [f"{choice.label}（{choice.hint}）" if choice.hint else choice.label for choice in choices]
    return [
        text if plain.count(text) == 1 else f"{text} {choice.code or choice.id}"
        for text, choice in zip(plain, choices, strict=True)
    ]


def _tick(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
