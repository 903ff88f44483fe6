"""The month's patrol duty at a glance: a card for all and for each level."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.figures.duty import DutyFigures, DutyLine


class DutyStrip(QWidget):
    """Cards side by side; empty until the figures arrive."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.cards: list[_Card] = []

    def show_duty(self, figures: DutyFigures) -> None:
        """Show the total and the levels of *figures*."""
        for card in self.cards:
            self._row.removeWidget(card)
            card.deleteLater()
        lines = (figures.total, *figures.by_level)
        self.cards = [_Card(line) for line in lines]
        for card in self.cards:
            self._row.addWidget(card, 1)
        rules = "\n".join(figures.rules)
        self.setToolTip(f"达标率 = 达标次数 ÷ 应巡次数。\n{rules}")


class _Card(QFrame):
    def __init__(self, line: DutyLine) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.rate = QLabel(line.compliance.text)
        self.rate.setProperty("role", "duty-rate")
        self.words = QLabel(f"应巡 {line.owed}  达标 {line.compliant}  实巡 {line.done}")
        self.words.setProperty("role", "muted")
        name = QLabel(f"{line.name}达标率")
        top = QHBoxLayout()
        top.addWidget(name)
        top.addStretch()
        top.addWidget(self.rate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 6, 9, 6)
        layout.setSpacing(1)
        layout.addLayout(top)
        layout.addWidget(self.words)
