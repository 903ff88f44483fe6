"""Rounds counted for many filters at once, over the rounds as they are counted.

The bulk of the history, rounds settled before every day the filters ask about, is counted by pattern in one walk of a
narrow index; only rounds with a day among those asked about are looked at one by one, steps by a range of days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.reckoning import Keys, Reckoner
from river_chief.queries.rounds import RoundFilter, Span
from river_chief.records import ProblemCampaign
from river_chief.records.columns import col
from river_chief.storage import counted_rounds
from river_chief.terms import Action, Severity

_LOOKS = (Action.LOOK_BACK.value, Action.RELAPSE.value)
# Where things stand in a row of ``_unsettled``.
_PLACE, _DAYS, _PROBLEM, _VALUES = 0, 1, 2, 3
_BY_STEPS = ("acted", "acted_in", "looked", "came_back")
_RECKONED = (
    "origins opened exits exited deadline assigned finished reopened real_on stock_before stock_on stock_during "
    "closed_on finished_on unfinished_on unfinished_before assigned_by overdue_on on_time last_on own_finding reported_by"
).split()


Counted = Mapping[tuple[Any, Keys], int]
"""How many rounds of a value (steps, for filters that ask for steps) pass the filters of the keys."""
_UNKNOWN = {
    each.name: each.default for each in fields(RoundFilter) if each.name not in (*_RECKONED, *_BY_STEPS)
}


class Clock(NamedTuple):
    """``rounds`` of one value took ``days`` from assignment to finishing, all together."""

    value: Any
    days: int
    rounds: int


class _Beside(NamedTuple):
    """A step, or a round counted for its steps; ``values`` are those of the census' columns."""

    keys: Keys
    problem: int
    values: tuple[Any, ...]


class Census:
    """Counts *filters* by the values of *columns* of ``counted_round``, of problems of *severity* only if given.

    ``clocks`` adds up the days of the rounds that pass the filter of the key *clocked*, all of which
    must have a day among those asked about.
    """

    def __init__(
        self,
        session: Session,
        filters: Mapping[str, RoundFilter],
        columns: Sequence[str] = (),
        *,
        clocked: str = "",
        severity: Severity | None = None,
    ) -> None:
        session.flush()
        self._session, self._connection = session, session.connection()
        self._columns, self._clocked = tuple(columns), clocked
        self._where = f" AND severity = '{severity.value}'" if severity is not None else ""
        looked = {key: each for key, each in filters.items() if each.looked or each.came_back}
        acted = {key: each for key, each in filters.items() if each.acted}
        plain = {key: each for key, each in filters.items() if key not in looked and key not in acted}
        _check(filters.values())
        self._reckoner = Reckoner(plain)
        self._before = self._reckoner.points.first or 0
        self._rows = self._unsettled()
        self._beside = [*self._looked_at(looked), *self._acts(acted)]

    def by(self, column: str) -> Counted:
        """The counts by the values of *column*."""
        place = self._columns.index(column)
        settled = counted_rounds.settled(self._connection, self._before, (column,), self._where)
        looked_at = Counter(map(itemgetter(_VALUES + place, _PLACE), self._rows))
        return self._joined(settled, looked_at, ((row.values[place], row.keys) for row in self._beside))

    def by_all(self) -> Counted:
        """The counts by the values of all columns together."""
        settled = counted_rounds.settled(self._connection, self._before, self._columns, self._where)
        looked_at = Counter((row[_VALUES:], row[_PLACE]) for row in self._rows)
        return self._joined(
            ((pattern, tuple(values), rounds) for pattern, *values, rounds in settled),
            looked_at,
            ((row.values, row.keys) for row in self._beside),
        )

    def by_campaign(self) -> Counted:
        """The counts by campaign id; a problem of two campaigns counts in both."""
        tags = self._tags
        if not tags:
            return {}
        settled = counted_rounds.settled_of_campaigns(self._connection, self._before, self._where)
        looked_at = Counter((tag, row[_PLACE]) for row in self._rows for tag in tags.get(row[_PROBLEM], ()))
        beside = ((tag, row.keys) for row in self._beside for tag in tags.get(row.problem, ()))
        return self._joined(settled, looked_at, beside)

    def clocks(self, column: str = "") -> Iterator[Clock]:
        """The clocks by the values of *column*; without one all together, under None."""
        place = _VALUES + self._columns.index(column) if column else None
        return _summed((None if place is None else row[place], row[_DAYS]) for row in self._timed)

    def clocks_by_all(self) -> Iterator[Clock]:
        """The clocks by the values of all columns together."""
        return _summed((row[_VALUES:], row[_DAYS]) for row in self._timed)

    def clocks_by_campaign(self) -> Iterator[Clock]:
        """The clocks by campaign id."""
        tags = self._tags
        return _summed((tag, row[_DAYS]) for row in self._timed for tag in tags.get(row[_PROBLEM], ()))

    @cached_property
    def _timed(self) -> list[tuple[Any, ...]]:
        places = {place for place in set(map(itemgetter(_PLACE), self._rows)) if self._has_clock(place)}
        return [row for row in self._rows if row[_PLACE] in places and row[_DAYS] is not None]

    def _has_clock(self, place: int) -> bool:
        return self._clocked in self._reckoner.keys(place)

    def _joined(
        self,
        settled: Iterable[Sequence[Any]],
        looked_at: Mapping[tuple[Any, int], int],
        beside: Iterable[tuple[Any, Keys]],
    ) -> Counted:
        """Rows of (pattern, value, count), counts by value and place, and what is counted beside, as one."""
        found = Counter(beside)
        for (value, place), rounds in looked_at.items():
            found[value, self._reckoner.keys(place)] += rounds
        for pattern, value, rounds in settled:
            found[value, self._settled_keys(pattern)] += rounds
        return found

    def _settled_keys(self, pattern: int) -> Keys:
        keys = self._reckoner.settled_keys(pattern)
        if self._clocked in keys:
            raise ValueError("settled rounds have no clock here")
        return keys

    def _unsettled(self) -> list[tuple[Any, ...]]:
        """Place, days from assignment to finishing, problem, and the values of the columns."""
        columns = ("finished - assigned", "problem_id", *self._columns)
        points, last = self._reckoner.points, self._reckoner.last
        return counted_rounds.unsettled(self._connection, points, last, columns, self._where)

    def _looked_at(self, filters: Mapping[str, RoundFilter]) -> Iterator[_Beside]:
        """The rounds of the problems looked at again in the span the *filters* share."""
        if not filters:
            return
        span = _only({each.looked or each.came_back for each in filters.values()})
        reckoner = Reckoner(
            {key: replace(each, looked=None, came_back=None) for key, each in filters.items()}
        )
        held = {key for key, each in filters.items() if not each.came_back}
        columns = ("problem_id", *self._columns)
        for back, place, problem, *values in counted_rounds.looked_at(
            self._connection, reckoner.points, _LOOKS, _moments(span), columns, self._where
        ):
            keys = tuple(key for key in reckoner.keys(place) if back or key in held)
            yield _Beside(keys, problem, tuple(values))

    def _acts(self, filters: Mapping[str, RoundFilter]) -> Iterator[_Beside]:
        """The steps of the span the *filters* share."""
        if not filters:
            return
        span = _only({each.acted_in for each in filters.values()})
        keys = {
            action.value: tuple(key for key, each in filters.items() if action in each.acted)
            for each in filters.values()
            for action in each.acted
        }
        done = counted_rounds.acts(self._connection, tuple(keys), _moments(span))
        values = self._values_of({problem for _, problem in done})
        for action, problem in done:
            if problem in values:
                yield _Beside(keys[action], problem, values[problem])

    def _values_of(self, problems: Collection[int]) -> Mapping[int, tuple[Any, ...]]:
        """The values of the columns of *problems*, as far as they are asked for at all."""
        if not self._columns and not self._where:
            return dict.fromkeys(problems, ())
        found = {row[_PROBLEM]: row[_VALUES:] for row in self._rows}
        rest = [problem for problem in problems if problem not in found]
        rows = counted_rounds.of_problems(self._connection, rest, self._columns, self._where)
        return {**found, **{problem: tuple(values) for problem, *values in rows}}

    @cached_property
    def _tags(self) -> dict[int, list[int]]:
        """The campaigns of every problem."""
        query = select(col(ProblemCampaign.problem_id), col(ProblemCampaign.campaign_id)).where(
            col(ProblemCampaign.removed_on).is_(None)
        )
        found: dict[int, list[int]] = {}
        for problem, campaign in self._session.execute(query):
            found.setdefault(problem, []).append(campaign)
        return found


def counted_plainly(session: Session, filters: Mapping[str, RoundFilter], column: str) -> Counted:
    """Count *filters*, none of which asks for steps, by the values of *column*."""
    _check(filters.values())
    if any(getattr(each, name) for each in filters.values() for name in _BY_STEPS):
        raise ValueError("steps are counted by a census")
    session.flush()
    connection, reckoner, found = session.connection(), Reckoner(filters), Counter[tuple[Any, Keys]]()
    points = reckoner.points
    rows = counted_rounds.unsettled(connection, points, reckoner.last, (column,))
    for (place, value), rounds in Counter(rows).items():
        found[value, reckoner.keys(place)] += rounds
    if any(map(reckoner.settled_keys, counted_rounds.patterns(connection))):
        for pattern, value, rounds in counted_rounds.settled(connection, points.first or 0, (column,)):
            found[value, reckoner.settled_keys(pattern)] += rounds
    return found


def rounds_of(session: Session, filter: RoundFilter, *columns: str) -> list[tuple[Any, ...]]:
    """The *columns* of every round that *filter* lets through, in no order."""
    _check([filter])
    if any(getattr(filter, name) for name in _BY_STEPS):
        raise ValueError("a filter that asks for steps has no rounds of its own")
    session.flush()
    connection, reckoner = session.connection(), Reckoner({"asked": filter})
    before = reckoner.points.first or 0
    found = counted_rounds.unsettled(connection, reckoner.points, reckoner.last, columns)
    patterns = [each for each in counted_rounds.patterns(connection) if reckoner.settled_keys(each)]
    return [
        *(tuple(values) for place, *values in found if reckoner.keys(place)),
        *counted_rounds.settled_rounds(connection, before, patterns, columns),
    ]


def _check(filters: Iterable[RoundFilter]) -> None:
    for filter in filters:
        for name, default in _UNKNOWN.items():
            if getattr(filter, name) != default:
                raise ValueError(f"a census does not know {name}")
        if filter.acted and replace(filter, acted=(), acted_in=None) != RoundFilter():
            raise ValueError("a census counts steps by their days only")


def _only(spans: set[Span | None]) -> Span:
    (span,) = spans
    if span is None:
        raise ValueError("a census counts steps of known days")
    return span


def _moments(span: Span) -> tuple[str, str]:
    """The first moment of *span* and the first after it, as steps are stored."""
    first, last = span
    if first is None or last is None:
        raise ValueError("a census counts steps between two days")
    start, end = (datetime.combine(day, time.min) for day in (first, last + timedelta(days=1)))
    return start.isoformat(" ", "microseconds"), end.isoformat(" ", "microseconds")


def _summed(rows: Iterable[tuple[Any, int | None]]) -> Iterator[Clock]:
    found: dict[Any, list[int]] = {}
    for value, length in rows:
        found.setdefault(value, []).append(length or 0)
    return (Clock(value, sum(lengths), len(lengths)) for value, lengths in found.items())
