"""指标说明: how every rate is reckoned, with its numerator and denominator of the period shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RateFigure
from ui.buttons import push


class DefinitionsDialog(QDialog):
    """``asked(key)``: the rows of a numerator or denominator are wanted; the dialog closes then.

    *first* is the rate to bring into sight.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget, figures: MonthFigures, period: str, first: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"指标说明　{period}")
        self.entries = {each.key: _Entry(each) for each in figures.rates}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        for entry in self.entries.values():
            column.addWidget(entry)
            entry.asked.connect(self._ask)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(push("关闭(&Z)", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(self.area, 1)
        layout.addLayout(buttons)
        self.resize(760, 600)
        self._first = first

    def open(self) -> None:
        """Show itself at the rate asked for."""
        super().open()
        entry = self.entries.get(self._first)
        if entry is not None:
            entry.setProperty("chosen", True)
            entry.style().unpolish(entry)
            entry.style().polish(entry)
            self.area.ensureWidgetVisible(entry)

    def _ask(self, key: str) -> None:
        self.accept()
        self.asked.emit(key)


class _Entry(QFrame):
    """One rate: its name and value, the two counts as links, its sentence."""

    asked = Signal(str)

    def __init__(self, figure: RateFigure) -> None:
        super().__init__()
        self.setProperty("role", "card")
        name = QLabel(f"<b>{figure.rate.name}</b>　{figure.text}")
        self.counts = QLabel("　".join(_link(figure, part) for part in ("numerator", "denominator")))
        self.counts.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.counts.linkActivated.connect(self.asked)
        sentence = QLabel(figure.rate.sentence)
        sentence.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(name)
        head.addStretch()
        head.addWidget(self.counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addLayout(head)
        layout.addWidget(sentence)


def _link(figure: RateFigure, part: str) -> str:
    number = figure.ratio.numerator if part == "numerator" else figure.ratio.denominator
    name = "分子" if part == "numerator" else "分母"
    if not number:
        return f"{name} 0"
    return f"{name} <a href='{figure.key}.{part}'>{number:,}</a>"
