"""The bar above a table: words to search, a few choices, 清除, and how many rows there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from river_chief.storage.database import Snapshot
from river_chief.terms import Term
from ui.buttons import tool
from ui.workspace import Workspace

TYPING_MS = 250
# On a scaled small screen the combos give way to the table.
LEAST_COMBO = 72


@dataclass(frozen=True, slots=True)
class Choose:
    """One combo of the bar.

    ``key``      the filter's field it sets, a tuple of values (``"villages"``).
    ``label``    shown while nothing is chosen (``"所在村"`` shows as 全部所在村).
    ``options``  reads (value, text) pairs from the ledger.
    """

    key: str
    label: str
    options: Callable[[Snapshot], Sequence[tuple[Any, str]]]


def terms_of(term: type[Term]) -> Callable[[Snapshot], Sequence[tuple[Any, str]]]:
    """Options of a ``Choose`` that are the members of a code list."""
    return lambda _session: [(member, member.label) for member in term]


class FilterBar(QWidget):
    """Emits ``changed`` when the clerk narrows or widens the list; ``conditions()`` says to what."""

    changed = Signal()

    def __init__(self, workspace: Workspace, choices: Sequence[Choose], hint: str = "搜索") -> None:
        super().__init__()
        self._workspace = workspace
        self._choices = tuple(choices)
        self.search = QLineEdit()
        self.search.setPlaceholderText(f"{hint} (Ctrl+F)")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(110)
        self.search.setAccessibleName(hint)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._at_once)
        self._values: dict[str, list[Any]] = {}
        self.combos = [self._combo(choice) for choice in self._choices]
        self.clear_button = tool("x", "清除全部筛选条件", self.clear)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.search, 2)
        for combo in self.combos:
            self.row.addWidget(combo)
        self.row.addWidget(self.clear_button)
        self.row.addWidget(self.count)
        QShortcut(QKeySequence.StandardKey.Find, self, self.focus_search)

    def conditions(self) -> dict[str, Any]:
        """What is asked: ``text``, and a tuple of one value for each combo that is set."""
        found: dict[str, Any] = {"text": self.search.text().strip()}
        for choice, combo in zip(self._choices, self.combos, strict=True):
            if combo.currentIndex() > 0:
                found[choice.key] = (self._values[choice.key][combo.currentIndex()],)
        return found

    def is_narrowed(self) -> bool:
        """Whether anything is searched for or chosen."""
        return bool(self.search.text().strip()) or any(combo.currentIndex() > 0 for combo in self.combos)

    def clear(self) -> None:
        """Take all conditions away and ask again."""
        self.reset()
        self._at_once()

    def reset(self) -> None:
        """Take all conditions away without a word, before another filter is set."""
        self._typing.stop()
        for widget in (self.search, *self.combos):
            widget.blockSignals(True)
        self.search.clear()
        for combo in self.combos:
            combo.setCurrentIndex(0)
        for widget in (self.search, *self.combos):
            widget.blockSignals(False)

    def refresh(self) -> None:
        """Read the options again, keeping what is chosen."""
        with self._workspace.read() as session:
            for choice, combo in zip(self._choices, self.combos, strict=True):
                self._fill(combo, choice, session)

    def show_count(self, count: int) -> None:
        """Say how many rows there are."""
        self.count.setText(f"共 {count:,} 条")

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def _combo(self, choice: Choose) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(choice.label)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(5)
        combo.setMinimumWidth(LEAST_COMBO)
        with self._workspace.read() as session:
            self._fill(combo, choice, session)
        combo.currentIndexChanged.connect(self._at_once)
        return combo

    def _typed(self) -> None:
        self._typing.start()

    def _at_once(self) -> None:
        self._typing.stop()
        self.changed.emit()

    def _fill(self, combo: QComboBox, choice: Choose, session: Snapshot) -> None:
        """Offer the options; the values stay here, as Qt would turn terms into plain text."""
        before = self._values.get(choice.key, [None])
        chosen = before[max(combo.currentIndex(), 0)]
        options = list(choice.options(session))
        values = [None, *(value for value, _ in options)]
        self._values[choice.key] = values
        combo.blockSignals(True)
        combo.clear()
        combo.addItems([f"全部{choice.label}", *(text for _, text in options)])
        combo.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        combo.blockSignals(False)
        combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + 24)
