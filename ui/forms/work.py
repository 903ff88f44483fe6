"""The amounts of work of a rectification, each kind with its unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from river_chief.terms import WorkKind
from ui.forms.fields import NumberField

COLUMNS = 4


class WorkField(QWidget):
    """Value: the amounts entered by kind; text that is no number is kept, so that it is complained about."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.amounts = {kind: NumberField() for kind in WorkKind}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for place, (kind, field) in enumerate(self.amounts.items()):
            label = QLabel(f"{kind.label}({kind.unit})")
            label.setProperty("role", "muted")
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            field.changed.connect(self.changed)
            row, column = divmod(place, COLUMNS)
            grid.addWidget(label, row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
        self.setFocusProxy(next(iter(self.amounts.values())))

    def value(self) -> dict[WorkKind, Any]:
        found = {kind: field.value() for kind, field in self.amounts.items()}
        return {kind: amount for kind, amount in found.items() if amount is not None}

    def set_value(self, value: Any) -> None:
        for kind, field in self.amounts.items():
            field.set_value((value or {}).get(kind))

    def set_error(self, sentence: str) -> None:
        for field in self.amounts.values():
            field.set_error(field.complaint() if sentence else "")

    def complaint(self) -> str:
        complaints = (
            f"{kind.label}：{words}" for kind, field in self.amounts.items() if (words := field.complaint())
        )
        return "；".join(complaints)
