"""A card with a rate: its two counts lead to their rows, its definition is told when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from river_chief.figures.rates import Rate, RateFigure
from ui.pages.figure_words import BEFORE, LAST_YEAR

NUMERATOR, DENOMINATOR = "numerator", "denominator"


class RateCard(QFrame):
    """``asked(key)``: the rows of the numerator or denominator; ``looked_at(sentence)``, "" when no more.

    ``defined(key)``: the definition is wanted. A click on the rate shows the numerator's rows, Shift+click the
    denominator's; so do Enter and Shift+Enter. A change leads to the rate it is against in the same way.
    *slim* puts everything in one line, without 同比.
    """

    asked = Signal(str)
    looked_at = Signal(str)
    defined = Signal(str)

    def __init__(self, rate: Rate, *, slim: bool = False) -> None:
        super().__init__()
        self.rate, self.slim = rate, slim
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.figure = QLabel("—")
        self.figure.setProperty("role", "slim-rate" if slim else "rate")
        self.changes = {prefix: _link("", "") for prefix in (BEFORE, LAST_YEAR)}
        for prefix, button in self.changes.items():
            button.clicked.connect(partial(self._ask_before, prefix))
            button.setProperty("role", "quiet-link")
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.numerator = _link("—", "看分子里的问题 (Enter)")
        self.numerator.clicked.connect(lambda _on: self._ask_part(NUMERATOR))
        self.denominator = _link("—", "看分母里的问题 (Shift+Enter)")
        self.denominator.clicked.connect(lambda _on: self._ask_part(DENOMINATOR))
        self.name = QLabel(rate.name)
        self.name.setProperty("role", "muted")
        if slim:
            self._lay_out_slim()
        else:
            self._lay_out()

    def show_figure(self, figure: RateFigure, changes: Sequence[tuple[str, str]]) -> None:
        """Show *figure*, or why there is no rate, and how it changed: words and tip of 环比 and of 同比."""
        ratio = figure.ratio
        self.figure.setText(figure.text)
        self.figure.setProperty("tone", "" if ratio.denominator else "quiet")
        self.figure.style().unpolish(self.figure)
        self.figure.style().polish(self.figure)
        for button, count in ((self.numerator, ratio.numerator), (self.denominator, ratio.denominator)):
            button.setText(f"{count:,}")
            button.setEnabled(count > 0)
        for (prefix, button), (words, tip) in zip(self.changes.items(), changes, strict=True):
            button.setText(words)
            button.setToolTip(tip)
            button.setVisible(bool(words) and not (self.slim and prefix == LAST_YEAR))
        compared = any(words for words, _ in changes)
        self.note.setText(figure.note or "没有可比的上期")
        self.note.setVisible(bool(figure.note) or not compared)
        self.setAccessibleName(
            f"{self.rate.name} {figure.text}，分子 {ratio.numerator}，分母 {ratio.denominator}"
        )
        self.setAccessibleDescription(self.rate.sentence)

    def menu(self) -> QMenu:
        """The rows, the definition, copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, part, button in (
            ("看分子", NUMERATOR, self.numerator),
            ("看分母", DENOMINATOR, self.denominator),
        ):
            menu.addAction(words, partial(self._ask_part, part)).setEnabled(button.isEnabled())
        for prefix, words in ((BEFORE, "看上期的"), (LAST_YEAR, "看去年同期的")):
            for name, part in (("分子", NUMERATOR), ("分母", DENOMINATOR)):
                key = f"{prefix}{self.rate.key}.{part}"
                action = menu.addAction(words + name, partial(self.asked.emit, key))
                action.setEnabled(bool(self.changes[prefix].text()))
        menu.addAction("看定义", lambda: self.defined.emit(self.rate.key))
        menu.addAction("复制", self._copy)
        return menu

    def _lay_out(self) -> None:
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        counts = QHBoxLayout()
        counts.setSpacing(5)
        counts.addWidget(self.figure)
        counts.addStretch()
        for widget in (self.numerator, QLabel("÷"), self.denominator):
            counts.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addLayout(counts)
        layout.addLayout(self._below())

    def _lay_out_slim(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(6)
        for widget in (self.name, self.figure, self.numerator, QLabel("÷"), self.denominator):
            layout.addWidget(widget)
        layout.addLayout(self._below(), 1)
        for part in (*self.changes.values(), self.note):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (*self.changes.values(), self.note):
            row.addWidget(widget, 1 if self.slim else 0)
        if not self.slim:
            row.addStretch()
        return row

    def _ask_part(self, part: str) -> None:
        self.asked.emit(f"{self.rate.key}.{part}")

    def _ask(self, *, beside: bool) -> None:
        """The rows of the numerator, or *beside* it of the denominator."""
        button = self.denominator if beside else self.numerator
        if button.isEnabled():
            button.click()

    def _ask_before(self, prefix: str) -> None:
        """The rows of another period's numerator, with Shift held of its denominator."""
        beside = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.asked.emit(f"{prefix}{self.rate.key}.{DENOMINATOR if beside else NUMERATOR}")

    def _copy(self) -> None:
        counts = f"{self.numerator.text()}÷{self.denominator.text()}"
        QGuiApplication.clipboard().setText(f"{self.rate.name}\t{self.figure.text()}\t{counts}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask(beside=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(beside=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
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


def _link(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolTip(tip)
    return button
