"""The nine items of a patrol log: all in order unless the clerk opens the list and says otherwise."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from river_chief.fields.patrol_items import PATROL_ITEMS, PatrolItem
from river_chief.terms import Answer
from ui.forms.fields import LineField, TermField, mark


class ChecklistField(QWidget):
    """The value is a tuple of dicts (item, answer, note), one for each item that is not simply in order.

    Shown as one line that sums it up; 逐项填写 opens the nine items. In them 是 is in order, and the keys
    1, 2, 3 in an answer say 是, 否, 未查.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.summary = QLabel()
        self.toggle = QPushButton("逐项填写")
        self.toggle.setCheckable(True)
        self.toggle.setAutoDefault(False)
        self.toggle.toggled.connect(self._open)
        self.rows = [_Row(item) for item in PATROL_ITEMS]
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.summary, 1)
        head.addWidget(self.toggle)
        self._items = QWidget()
        grid = QGridLayout(self._items)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        for place, row in enumerate(self.rows):
            grid.addWidget(row.label, place, 0)
            grid.addWidget(row.answer, place, 1)
            grid.addWidget(row.note, place, 2)
            row.answer.changed.connect(self._on_changed)
            row.note.changed.connect(self._on_changed)
        self._items.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._items)
        self.setFocusProxy(self.toggle)
        self._sum_up()

    def value(self) -> tuple[dict[str, Any], ...]:
        return tuple(value for row in self.rows if (value := row.value()) is not None)

    def set_value(self, value: Any) -> None:
        given = {check["item"]: check for check in value or ()}
        for row in self.rows:
            row.set_value(given.get(row.item.number, {}))
        self.toggle.setChecked(bool(given))
        self._sum_up()

    def set_error(self, sentence: str) -> None:
        mark(self.toggle, sentence)

    def complaint(self) -> str:
        return ""

    def _on_changed(self) -> None:
        self._sum_up()
        self.changed.emit()

    def _open(self, on: bool) -> None:
        self._items.setVisible(on)
        self.toggle.setText("收起" if on else "逐项填写")

    def _sum_up(self) -> None:
        self.summary.setText(summed_up({row.item.number: row.answer.value() for row in self.rows}))


class _Row:
    """One item: its name, its answer, and what is wrong."""

    def __init__(self, item: PatrolItem) -> None:
        self.item = item
        self.label = QLabel(f"{item.number}. {item.name}")
        self.label.setToolTip(item.text)
        self.answer = TermField(Answer, empty=None)
        self.note = LineField(hint="具体情况")
        self.answer.setAccessibleName(item.name)
        self.note.setAccessibleName(f"{item.name}的具体情况")
        for place, answer in enumerate(Answer, 1):
            self.answer.setItemText(place - 1, f"{place} {answer.label}")

    def value(self) -> dict[str, Any] | None:
        answer, note = self.answer.value(), self.note.value()
        if answer is Answer.YES and not note:
            return None
        return {"item": self.item.number, "answer": answer, "note": note}

    def set_value(self, check: dict[str, Any]) -> None:
        self.answer.set_value(check.get("answer", Answer.YES))
        self.note.set_value(check.get("note", ""))


def summed_up(answers: dict[int, Any]) -> str:
    """The checklist in a few words: 九项均正常, or which items are not."""
    wrong = [f"{number}" for number, answer in sorted(answers.items()) if answer is Answer.NO]
    open_ones = [f"{number}" for number, answer in sorted(answers.items()) if answer is Answer.UNCHECKED]
    parts = [f"第{'、'.join(wrong)}项有问题"] if wrong else []
    parts += [f"第{'、'.join(open_ones)}项未查"] if open_ones else []
    return "，".join(parts) or "九项均正常"
