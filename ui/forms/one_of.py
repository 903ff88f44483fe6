"""Chooses one of a few named things that are no code list: a rate, a figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from ui.forms.fields import mark


class OneOfField(QComboBox):
    """One of *options* (words by value).

    With *empty* a first line of these words stands for None; without it one is always chosen.
    """

    changed = Signal()

    def __init__(self, options: Mapping[Any, str], *, empty: str | None = None) -> None:
        super().__init__()
        self._nothing: dict[Any, str] = {} if empty is None else {None: empty}
        self._options: dict[Any, str] = {}
        self.set_options(options)
        self.activated.connect(lambda _place: self.changed.emit())

    def set_options(self, options: Mapping[Any, str]) -> None:
        """Offer other *options*; the value chosen stays where it is among them."""
        chosen = self.value() if self._options else None
        self._options = {**self._nothing, **options}
        self.clear()
        self.addItems(list(self._options.values()))
        self.set_value(chosen)

    def value(self) -> Any:
        return list(self._options)[self.currentIndex()]

    def set_value(self, value: Any) -> None:
        self.setCurrentIndex(list(self._options).index(value) if value in self._options else 0)

    def set_error(self, sentence: str) -> None:
        mark(self, sentence)

    def complaint(self) -> str:
        return ""
