"""A card with a rate: its two counts lead to their rows, its definition is told when it is looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from river_chief.figures.rates import Rate, RateFigure


class RateCard(QFrame):
    """``asked(key)``: the rows of the numerator or denominator; ``looked_at(sentence)``, "" when no more.

    Keys: Enter shows the numerator's rows, Shift+Enter the denominator's.
    """

    asked = Signal(str)
    looked_at = Signal(str)

    def __init__(self, rate: Rate) -> None:
        super().__init__()
        self.rate = rate
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.figure = QLabel("—")
        self.figure.setProperty("role", "rate")
        self.change = QLabel()
        self.change.setProperty("role", "muted")
        self.numerator = self._link("numerator")
        self.denominator = self._link("denominator")
        name = QLabel(rate.name)
        name.setProperty("role", "muted")
        for label in (name, self.change):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        counts = QHBoxLayout()
        counts.setSpacing(5)
        for widget in (self.numerator, QLabel("÷"), self.denominator):
            counts.addWidget(widget)
        counts.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 2, 6)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addWidget(self.figure)
        layout.addLayout(counts)
        layout.addWidget(self.change)

    def show_figure(self, figure: RateFigure, change: str) -> None:
        """Show *figure* and how it has *change*d, or why there is no rate."""
        ratio = figure.ratio
        self.figure.setText(figure.text)
        self.figure.setProperty("tone", "" if ratio.denominator else "quiet")
        self.figure.style().unpolish(self.figure)
        self.figure.style().polish(self.figure)
        for button, count in ((self.numerator, ratio.numerator), (self.denominator, ratio.denominator)):
            button.setText(f"{count:,}")
            button.setEnabled(count > 0)
        self.change.setText(change if ratio.denominator else figure.note)
        self.setAccessibleName(
            f"{self.rate.name} {figure.text}，分子 {ratio.numerator}，分母 {ratio.denominator}"
        )
        self.setAccessibleDescription(self.rate.sentence)

    def _link(self, part: str) -> QPushButton:
        button = QPushButton("—")
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip("看分子里的问题 (Enter)" if part == "numerator" else "看分母里的问题 (Shift+Enter)")
        button.clicked.connect(partial(self._ask, part))
        return button

    def _ask(self, part: str) -> None:
        self.asked.emit(f"{self.rate.key}.{part}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            button = self.denominator if held else self.numerator
            if button.isEnabled():
                button.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.looked_at.emit(self.rate.sentence)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.looked_at.emit("")
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit(self.rate.sentence)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit("")
        super().focusOutEvent(event)
