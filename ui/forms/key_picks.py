"""Picks several named things by their keys in an order of their own: the columns of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from river_chief.queries.choices import Choice
from ui.forms.ordered_picks import OrderedPickField


class KeyPicksField(OrderedPickField):
    """Like ``OrderedPickField`` for *options* (words by key); the value is the tuple of keys."""

    def __init__(self, options: Mapping[str, str] | None = None, *, lines: int = 6, hint: str = "") -> None:
        self._keys: list[str] = []
        super().__init__((), lines=lines, hint=hint)
        self.set_options(options or {})

    def set_options(self, options: Mapping[str, str]) -> None:
        """Offer other keys; those chosen that are among them stay."""
        chosen = self.keys()
        self._keys = list(options)
        self._choices = [Choice(place, words) for place, words in enumerate(options.values(), 1)]
        self.line.set_choices(self._choices)
        self.set_value(chosen)

    def keys(self) -> tuple[str, ...]:
        """The keys chosen, in their order."""
        return tuple(self._keys[id - 1] for id in self._ids())

    def value(self) -> tuple[Any, ...]:
        return self.keys()

    def set_value(self, value: Any) -> None:
        super().set_value([self._keys.index(key) + 1 for key in value or () if key in self._keys])
