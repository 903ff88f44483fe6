"""Picks several values of any kind from a menu with ticks: terms, ids, codes, words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from river_chief.queries.choices import Choice
from ui.forms.tags import TagsField


class SeveralField(TagsField):
    """Like ``TagsField`` for (value, text) pairs; the value is the tuple of the values ticked.

    A value that is no longer offered stays as long as nothing is ticked or unticked.
    """

    def __init__(self, options: Sequence[tuple[Any, str]] = (), *, none: str = "不限") -> None:
        self._values = [value for value, _ in options]
        self._gone: tuple[Any, ...] = ()
        super().__init__([Choice(place, text) for place, (_, text) in enumerate(options)], none=none)
        self.changed.connect(self._forget)

    def value(self) -> tuple[Any, ...]:
        return (*(self._values[place] for place in super().value()), *self._gone)

    def set_value(self, value: Any) -> None:
        wanted = tuple(value or ())
        self._gone = tuple(each for each in wanted if each not in self._values)
        super().set_value([self._values.index(each) for each in wanted if each in self._values])

    def _forget(self) -> None:
        self._gone = ()
