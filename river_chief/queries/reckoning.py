"""Which filters a round passes, reckoned from its place among the days they ask about.

Every clause of the filters is one bit. What each fact of a round makes true is a number of such bits, worked out
once; a place is then judged by joining a dozen numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from river_chief.queries.clauses import Ask, Atom, Clause, clauses, latest
from river_chief.queries.rounds import RoundFilter
from river_chief.records.counted_rounds import DAYS, EXITS, ORIGINS, pattern_parts
from river_chief.storage.counted_rounds import Points

Keys = tuple[str, ...]


class Reckoner:
    """The *filters*, all of whose conditions are clauses, ready to be asked of places."""

    def __init__(self, filters: Mapping[str, RoundFilter]) -> None:
        asked = {key: clauses(filter) for key, filter in filters.items()}
        bits: dict[Clause, int] = {}
        for clause in (each for found in asked.values() for each in found):
            bits.setdefault(clause, 1 << len(bits))
        self._needs = {key: sum(bits[clause] for clause in set(found)) for key, found in asked.items()}
        self.points = _points(atom for clause in bits for atom in clause)
        bounds = [latest(found) for found in asked.values()]
        known = [bound.toordinal() - 1 for bound in bounds if bound is not None]
        self.last = max(known, default=None) if len(known) == len(bounds) else None
        atoms: dict[str, list[tuple[Atom, int]]] = {}
        for clause, bit in bits.items():
            for atom in clause:
                atoms.setdefault(atom.fact, []).append((atom, bit))
        self._days = [_of_day(self.points.days.get(day, ()), atoms.get(day, ())) for day in DAYS]
        self._exits = {exit: _having(atoms.get("exit", ()), exit) for exit in EXITS.values()}
        self._origins = {origin: _having(atoms.get("origin", ()), origin) for origin in ORIGINS.values()}
        self._in_time = _joined(bit for _, bit in atoms.get("in_time", ()))
        self._source = _joined(bit for _, bit in atoms.get("source", ()))
        self._known: dict[int, Keys] = {}
        self._settled: dict[int, Keys] = {}

    def keys(self, place: int) -> Keys:
        """The keys of the filters that a round of *place* passes."""
        if place not in self._known:
            pattern, own, passed = self.points.parts(place)
            found = self._mask(pattern, passed) | (self._source if own else 0)
            self._known[place] = tuple(key for key, need in self._needs.items() if need & found == need)
        return self._known[place]

    def settled_keys(self, pattern: int) -> Keys:
        """The same for a round all of whose days lie before every point, whoever found its problem."""
        if pattern in self._settled:
            return self._settled[pattern]
        found = self._mask(pattern, (0,) * len(DAYS))
        passed = tuple(key for key, need in self._needs.items() if need & (found | self._source) == need)
        if any(self._needs[key] & self._source for key in passed):
            raise ValueError("settled rounds are not told apart by who found them")
        self._settled[pattern] = passed
        return passed

    def _mask(self, pattern: int, passed: tuple[int, ...]) -> int:
        exit, origin, come, in_time = pattern_parts(pattern)
        found = self._exits[exit] | self._origins[origin] | (self._in_time if in_time else 0)
        for day, masks, count in zip(DAYS, self._days, passed, strict=True):
            found |= masks[count] if day in come else masks[-1]
        return found


def _points(atoms: Iterable[Atom]) -> Points:
    days: dict[str, set[int]] = {}
    sources: set[tuple[str, ...]] = set()
    for atom in atoms:
        if atom.ask in (Ask.SINCE, Ask.BEFORE):
            days.setdefault(atom.fact, set()).add(atom.day.toordinal())
        elif atom.fact == "source":
            sources.add(tuple(map(str, atom.values)))
    if len(sources) > 1:
        raise ValueError("only one choice of sources can be told apart")
    return Points({day: tuple(sorted(found)) for day, found in days.items()}, *sources)


def _of_day(points: tuple[int, ...], atoms: Sequence[tuple[Atom, int]]) -> list[int]:
    """What is true where the day has passed no point, one, … all; and, last, where it has not come."""
    earlier = min(points, default=date.max.toordinal()) - 1
    return [_joined(bit for atom, bit in atoms if _holds(atom, value)) for value in (earlier, *points, None)]


def _holds(atom: Atom, value: int | None) -> bool:
    if value is None or atom.ask is Ask.MISSING:
        return value is None and atom.ask is Ask.MISSING
    return (value >= atom.day.toordinal()) is (atom.ask is Ask.SINCE)


def _having(atoms: Sequence[tuple[Atom, int]], value: str | None) -> int:
    """The clauses that hold by an atom that has *value* among its values."""
    return _joined(bit for atom, bit in atoms if value in atom.values)


def _joined(bits: Iterable[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found
