"""Fields of the office's own settings: a deadline, months, kinds of water."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from river_chief.rules.deadlines import DeadlineRule
from river_chief.terms import DeadlineKind, WaterKind
from ui.forms.fields import FlagField, NumberField, TermField, mark


class DeadlineField(QWidget):
    """So many natural days, working days or hours; the value is a dict as ``DeadlineRule`` takes it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.amount = NumberField()
        self.amount.setFixedWidth(56)
        self.kind = TermField(DeadlineKind, empty=None)
        self.kind.removeItem(self.kind.findData(DeadlineKind.FIXED_DATE))
        self.roll = FlagField("末日遇休息日顺延")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.amount, self.kind, self.roll):
            row.addWidget(widget)
        row.addStretch()
        self.setFocusProxy(self.amount)
        for field in (self.amount, self.kind, self.roll):
            field.changed.connect(self._on_changed)

    def value(self) -> dict[str, Any]:
        kind, amount = self.kind.value(), self.amount.value()
        rolls = kind is DeadlineKind.NATURAL_DAYS and self.roll.value()
        return {"kind": kind, "amount": 0 if amount is None else amount, "roll": rolls}

    def set_value(self, value: Any) -> None:
        rule = value if isinstance(value, DeadlineRule) else DeadlineRule.model_validate(value)
        self.amount.set_value(float(rule.amount))
        self.kind.set_value(rule.kind)
        self.roll.set_value(rule.roll)
        self._show()

    def set_error(self, sentence: str) -> None:
        mark(self.amount, sentence)

    def complaint(self) -> str:
        return self.amount.complaint()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.roll.setVisible(self.kind.value() is DeadlineKind.NATURAL_DAYS)


class KindsField(QWidget):
    """Kinds of water ticked; the value is their codes joined by ";"."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.ticks = {kind: QCheckBox(kind.label) for kind in WaterKind}
        for tick in self.ticks.values():
            tick.clicked.connect(self.changed)
            row.addWidget(tick)
        row.addStretch()
        self.setFocusProxy(next(iter(self.ticks.values())))

    def value(self) -> str:
        return ";".join(kind.value for kind, tick in self.ticks.items() if tick.isChecked())

    def set_value(self, value: Any) -> None:
        codes = str(value or "").split(";")
        for kind, tick in self.ticks.items():
            tick.setChecked(kind.value in codes)

    def set_error(self, sentence: str) -> None:
        self.setToolTip(sentence)

    def complaint(self) -> str:
        return ""
