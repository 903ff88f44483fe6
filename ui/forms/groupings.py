"""Picks the groupings of a report: one, two, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from river_chief.terms import Grouping
from ui.forms.fields import TermField, mark


class GroupingsField(QWidget):
    """The value is a tuple of groupings, the outer one first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.combos: list[TermField] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.then = QLabel("再按")
        self.offer(tuple(Grouping), needed=False)

    def offer(self, groupings: Sequence[Grouping], *, needed: bool) -> None:
        """Offer other *groupings*; those chosen that are among them stay. *needed*: at least one is wanted."""
        chosen = self.value()
        for combo in self.combos:
            self._row.removeWidget(combo)
            combo.hide()
            combo.deleteLater()
        self._row.removeWidget(self.then)
        first = TermField(groupings, empty="（请选）" if needed else "不分组")
        second = TermField(groupings, empty="不再分")
        first.setAccessibleName("第一级分组")
        second.setAccessibleName("第二级分组")
        self.combos = [first, second]
        self._row.addWidget(first, 1)
        self._row.addWidget(self.then)
        self._row.addWidget(second, 1)
        for combo in self.combos:
            combo.changed.connect(self.changed)
        self.setFocusProxy(first)
        self.set_value([grouping for grouping in chosen if grouping in groupings])

    def value(self) -> tuple[Any, ...]:
        return tuple(value for combo in self.combos if (value := combo.value()) is not None)

    def set_value(self, value: Any) -> None:
        wanted = [*(value or ()), None, None]
        for combo, grouping in zip(self.combos, wanted, strict=False):
            combo.set_value(grouping)

    def set_error(self, sentence: str) -> None:
        mark(self.combos[0], sentence)

    def complaint(self) -> str:
        return ""
