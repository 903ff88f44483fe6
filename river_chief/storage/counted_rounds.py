"""Reads rounds as they are counted: many rows as few numbers, in the SQL of the database at hand.

A *place* says where each day of a round lies among the points asked about, packed into one number beside the
pattern: rounds of one place count alike in everything that looks at no other days than the points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from river_chief.collector import held_back
from river_chief.records.counted_rounds import DAYS, LONG, pattern_parts

_BITS = 3
MOST_POINTS = 2**_BITS - 1
_OWN_BIT = _BITS * len(DAYS)
_PATTERN_BIT = _OWN_BIT + 1
_CHUNK = 500
TRIGGERS = (
    "count_new_round",
    "count_changed_round",
    "count_no_more",
    "count_changed_problem",
    "count_late_problem",
)
"""What keeps the table (migration 0004)."""


@dataclass(frozen=True, slots=True)
class Points:
    """The days (``date.toordinal()``) asked about, for each of ``DAYS`` in order, and the sources told apart."""

    days: Mapping[str, tuple[int, ...]]
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(points) > MOST_POINTS for points in self.days.values()):
            raise ValueError("too many points for one place")

    @property
    def first(self) -> int | None:
        """The earliest point; every day before it is in the same place."""
        return min((points[0] for points in self.days.values() if points), default=None)

    def place_sql(self) -> str:
        """The place of a row of ``counted_round``."""
        parts = [f"pattern << {_PATTERN_BIT}"]
        if self.sources:
            codes = ", ".join(f"'{source}'" for source in self.sources)
            parts.append(f"coalesce(source IN ({codes}), 0) << {_OWN_BIT}")
        for position, day in enumerate(DAYS):
            points = self.days.get(day, ())
            if points:
                passed = " + ".join(f"({day} >= {point})" for point in points)
                parts.append(f"coalesce({passed}, 0) << {_BITS * position}")
        return " | ".join(f"({part})" for part in parts)

    def parts(self, place: int) -> tuple[int, bool, tuple[int, ...]]:
        """The pattern of *place*, whether its source is one of those, and how many points each day has passed."""
        passed = tuple(place >> _BITS * position & MOST_POINTS for position in range(len(DAYS)))
        return place >> _PATTERN_BIT, bool(place >> _OWN_BIT & 1), passed


def unsettled(
    connection: Connection, points: Points, last: int | None, columns: Sequence[str], where: str = ""
) -> list[tuple[Any, ...]]:
    """The place and *columns* of every round with a day at the first of *points* or later, begun up to *last*."""
    first, selected = points.first or 0, ", ".join((points.place_sql(), *columns))
    query = f"SELECT {selected} FROM counted_round WHERE settled >= ?"
    if last is None:
        return _rows(connection, query + where, [first])
    # What was settled long after *last* and begun before it took long: an index of its own has those.
    soon = f"{query} AND settled <= ? AND begun <= ?{where}"
    late = (
        f"SELECT {selected} FROM counted_round INDEXED BY ix_counted_round_long "
        f"WHERE settled - begun > {LONG} AND begun <= ? AND settled > ?{where}"
    )
    until = last + LONG
    return [
        *_rows(connection, soon, [first, until, last]),
        *_rows(connection, late, [last, max(first - 1, until)]),
    ]


def settled(
    connection: Connection, before: int, columns: Sequence[str], where: str = ""
) -> list[tuple[Any, ...]]:
    """How many rounds have no day at *before* or later, by pattern and *columns*: (pattern, *columns, count)."""
    # In the order of an index on (columns, pattern, settled) the walk needs no sorting.
    groups = ", ".join((*columns, "pattern"))
    query = (
        f"SELECT {', '.join(('pattern', *columns))}, count(*) FROM counted_round "
        f"WHERE settled < ?{where} GROUP BY {groups}"
    )
    return _rows(connection, query, [before])


def settled_of_campaigns(connection: Connection, before: int, where: str = "") -> list[tuple[Any, ...]]:
    """The same by campaign: (pattern, campaign id, count)."""
    query = (
        "SELECT c.pattern, t.campaign_id, count(*) FROM problem_campaign t "
        "CROSS JOIN counted_round c ON c.problem_id = t.problem_id "  # the tags first: they are few
        f"WHERE t.removed_on IS NULL AND c.settled < ?{where} GROUP BY t.campaign_id, c.pattern"
    )
    return _rows(connection, query, [before])


def settled_rounds(
    connection: Connection, before: int, patterns: Sequence[int], columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The *columns* of every round of *patterns* without a day at *before* or later."""
    if not patterns:
        return []
    wanted = ", ".join(map(str, patterns))
    query = f"SELECT {', '.join(columns)} FROM counted_round {{}} WHERE pattern IN ({wanted}) AND settled < ?"
    if any("exited" in pattern_parts(pattern)[2] for pattern in patterns):
        return _rows(connection, query.format(""), [before])
    # The planner would take the plain index of patterns and look every round up.
    narrow = query.format("INDEXED BY ix_counted_round_open") + " AND exited IS NULL"
    return _rows(connection, narrow, [before])


def differing(connection: Connection) -> int:
    """How many rounds are not counted as they are: lacking, altered, or counted though they are gone."""
    query = (
        "SELECT count(DISTINCT id) FROM (SELECT * FROM (SELECT * FROM counted_round EXCEPT SELECT * FROM "
        "round_to_count) UNION ALL SELECT * FROM (SELECT * FROM round_to_count EXCEPT SELECT * FROM counted_round))"
    )
    return int(connection.exec_driver_sql(query).scalar_one())


def lacking_triggers(connection: Connection) -> list[str]:
    """The triggers that should keep the counted rounds and are not there."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    held = set(connection.exec_driver_sql(query).scalars())
    return [name for name in TRIGGERS if name not in held]


def patterns(connection: Connection) -> list[int]:
    """Every pattern there is, by leaps over the index."""
    query = (
        "WITH RECURSIVE leap(found) AS (SELECT min(pattern) FROM counted_round UNION ALL "
        "SELECT (SELECT min(pattern) FROM counted_round WHERE pattern > found) FROM leap WHERE found IS NOT NULL) "
        "SELECT found FROM leap WHERE found IS NOT NULL"
    )
    return [found for (found,) in _rows(connection, query, ())]


def looked_at(
    connection: Connection,
    points: Points,
    actions: Sequence[str],
    moments: Sequence[str],
    columns: Sequence[str],
    where: str = "",
) -> list[tuple[Any, ...]]:
    """Whether it came back, place and *columns* of every round of the problems looked at between two *moments*.

    *actions* are the codes of 回头看 and 反弹, in this order.
    """
    query = (
        f"SELECT s.back, {', '.join((points.place_sql(), *columns))} FROM (SELECT problem_id AS looked, "
        "max(action = ?) AS back FROM step WHERE action IN (?, ?) AND happened_at >= ? AND happened_at < ? "
        "GROUP BY problem_id) s CROSS JOIN counted_round ON problem_id = s.looked "
        f"WHERE 1{where}"
    )
    return _rows(connection, query, [actions[1], *actions, *moments])


def acts(connection: Connection, actions: Sequence[str], moments: Sequence[str]) -> list[tuple[Any, ...]]:
    """(action, problem id) of every step of *actions* between two *moments*."""
    marks = ", ".join("?" * len(actions))
    query = f"SELECT action, problem_id FROM step WHERE action IN ({marks}) AND happened_at >= ? AND happened_at < ?"
    return _rows(connection, query, [*actions, *moments])


def of_problems(
    connection: Connection, ids: Sequence[int], columns: Sequence[str], where: str = ""
) -> list[tuple[Any, ...]]:
    """(problem id, *columns) of the rounds of the problems *ids*."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        names = ", ".join(("problem_id", *columns))
        query = f"SELECT {names} FROM counted_round WHERE problem_id IN ({marks}){where}"
        found += _rows(connection, query, part)
    return found


def _rows(connection: Connection, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    # The driver's tuples: thousands of rows are not worth a row object each.
    result = connection.exec_driver_sql(query, tuple(values))
    assert result.cursor is not None
    with held_back():
        rows: Sequence[tuple[Any, ...]] = result.cursor.fetchall()
    result.close()
    return list(rows)
