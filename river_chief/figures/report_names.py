"""What the values of a saved report's groupings are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.queries import dimensions
from river_chief.queries.dimensions import Dimension
from river_chief.queries.patrol_counts import walkers
from river_chief.terms import Disposal, Grouping, Level, Severity, Source, State, Term

UNNAMED = "未填"
_NOTHING = {Grouping.CHIEF: "无河长", Grouping.CLOSED_MONTH: "未销号"}
_TERMS: Mapping[Grouping, type[Term]] = {
    Grouping.SEVERITY: Severity,
    Grouping.SOURCE: Source,
    Grouping.STATE: State,
    Grouping.DISPOSAL: Disposal,
    Grouping.LEVEL: Level,
}
_OWN = tuple(grouping for grouping in Grouping if grouping.value in {each.value for each in Dimension})


class Names:
    """The names of a grouping's values on *day*.

    ``listed``  values that get a line even where nothing is counted.
    """

    def __init__(self, session: Session, grouping: Grouping, day: date) -> None:
        self.grouping = grouping
        self.listed: Mapping[Any, str] = {}
        self._names: dict[Any, str] = {}
        if grouping in _OWN:
            dimension = Dimension(grouping.value)
            self.listed = dimensions.in_use(session, dimension)
            self._names = {**dimensions.names(session, dimension, day), **self.listed}
        elif grouping is Grouping.AREA:
            self._names = dict(dimensions.names(session, Dimension.VILLAGE, day))
        elif grouping is Grouping.WALKER:
            self._names = walkers(session)
        self._places = {key: place for place, key in enumerate([*self.listed, *self._names])}

    def name(self, key: Any) -> str:
        """What the value *key* is called."""
        if key is None or key == "":
            return _NOTHING.get(self.grouping, UNNAMED)
        if term := _TERMS.get(self.grouping):
            return term(key).label
        if self.is_month:
            return f"{key // 12}年{key % 12 + 1}月"
        return self._names.get(key, str(key))

    def order(self, key: Any) -> tuple[Any, ...]:
        """To sort values by: named ones in the order of their list, months by time, the nameless last."""
        if key is None or key == "":
            return (2, 0, "")
        if term := _TERMS.get(self.grouping):
            return (0, list(term).index(term(key)), "")
        if self.is_month:
            return (0, key, "")
        return (0, self._places[key], "") if key in self._places else (1, 0, str(key))

    def word(self, key: Any) -> str:
        """What a row's own value is called, which is its word unless it is a term or a month."""
        return key if isinstance(key, str) and not isinstance(key, Term) and key else self.name(key)

    def order_of(self, key: Any) -> tuple[Any, ...]:
        """The same order as ``order`` for a row's own value."""
        if not isinstance(key, str) or isinstance(key, Term):
            return self.order(key)
        words = list(self._names.values())
        return (0, words.index(key), "") if key in words else (1, 0, key)

    @property
    def is_month(self) -> bool:
        """Whether its values are months of the office."""
        return self.grouping.value.endswith("_month")
