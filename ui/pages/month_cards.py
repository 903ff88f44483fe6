"""The head of the monthly figures: the stock as a sum, and the rates side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import BY_KEY, RATES
from ui.pages.cards import Card
from ui.pages.figure_words import change_of, change_tip, rate_change
from ui.pages.rate_card import RateCard

SIGNS = dict(zip((each.key for each in STOCK), " ＋＋－－－－－＝", strict=True))
IN_ROW, SLIM_IN_ROW = 6, 4


class StockRow(QWidget):
    """期初 ＋ 新增 … ＝ 期末; ``asked(key)``: the rows of a count are wanted."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {each.key: Card(each.name, slim=True) for each in STOCK}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, card in self.cards.items():
            if sign := SIGNS[key].strip():
                label = QLabel(sign)
                label.setProperty("role", "muted")
                row.addWidget(label)
            row.addWidget(card, 1)
            card.opened.connect(partial(self.asked.emit, key))

    def show_figures(self, figures: MonthFigures) -> None:
        """Show the stock of *figures*."""
        for key, card in self.cards.items():
            card.show_number(getattr(figures.stock, key))


class RateRows(QWidget):
    """The rates the office shows as cards, the official one first, the others in slim lines below.

    Signals as of ``RateCard``.
    """

    asked = Signal(str)
    looked_at = Signal(str)
    defined = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, RateCard] = {}
        self._first: tuple[str, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._made: list[QWidget] = []

    def arrange(self, first: Sequence[str]) -> None:
        """Give the rates with the keys *first* a card each, in that order."""
        if tuple(first) == self._first:
            return
        self._first = tuple(first)
        for part in self._made:
            self._rows.removeWidget(part)
            part.deleteLater()
        rest = [rate.key for rate in RATES if rate.key not in first]
        self.cards = {key: RateCard(BY_KEY[key], slim=key in rest) for key in (*first, *rest)}
        self._made = [self._row(keys) for keys in (*_rows(first, IN_ROW), *_rows(rest, SLIM_IN_ROW))]
        for part in self._made:
            self._rows.addWidget(part)
        for card in self.cards.values():
            card.asked.connect(self.asked)
            card.looked_at.connect(self.looked_at)
            card.defined.connect(self.defined)

    def show_figures(self, figures: MonthFigures) -> None:
        """Show the rates of *figures* and how they changed against the period before."""
        against = figures.comparisons
        for each in figures.rates:
            changes = []
            for name, other in (("环比", against.before), ("同比", against.last_year)):
                change = change_of(each.key, other)
                changes.append((rate_change(name, change), change_tip(other, change)))
            self.cards[each.key].show_figure(each, changes)

    def _row(self, keys: Sequence[str]) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for key in keys:
            line.addWidget(self.cards[key], 1)
        return row


def _rows(keys: Sequence[str], most: int) -> list[Sequence[str]]:
    """*keys* in as few rows of at most *most* as they need, about equally long."""
    rows = -(-len(keys) // most)
    length = -(-len(keys) // rows) if rows else 0
    return [keys[start : start + length] for start in range(0, len(keys), length or 1)]
