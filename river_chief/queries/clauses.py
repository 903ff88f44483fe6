"""What a ``RoundFilter`` asks of one round, as clauses: of each at least one atom must hold.

From the same clauses come the SQL over records and the reckoning over counted rounds, so the rows behind a number
and the number can not differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from river_chief.terms import Exit, Source

if TYPE_CHECKING:
    from river_chief.queries.rounds import RoundFilter

OWN_SOURCES = tuple(source for source in Source if source.is_own)
_ONE_DAY = timedelta(days=1)


class Ask(Enum):
    """What an atom asks of a fact."""

    SINCE = auto()  # the day has come, not before the value
    BEFORE = auto()  # the day has come, before the value
    MISSING = auto()
    AMONG = auto()
    TRUE = auto()


class Atom(NamedTuple):
    """One question about a fact of a round: one of its ``DAYS``, its origin, exit or source, or in_time."""

    fact: str
    ask: Ask
    day: date = date.max
    values: tuple[str, ...] = ()


Clause: TypeAlias = tuple[Atom, ...]
_CLOSED = Atom("exit", Ask.AMONG, values=(Exit.CLOSED,))


def clauses(filter: RoundFilter) -> tuple[Clause, ...]:
    """The clauses of what *filter* asks of the days, the origin and the exit of a round, and of who found it."""
    return tuple(_clauses(filter))


def _clauses(filter: RoundFilter) -> Iterator[Clause]:
    for fact, values in (("origin", filter.origins), ("exit", filter.exits)):
        if values:
            yield (Atom(fact, Ask.AMONG, values=values),)
    if filter.own_finding:
        yield (Atom("source", Ask.AMONG, values=OWN_SOURCES),)
    if filter.on_time:
        yield (Atom("in_time", Ask.TRUE),)
    for fact in ("opened", "exited", "deadline", "assigned", "finished", "reopened"):
        span = getattr(filter, fact)
        if span is not None and span[0] is not None:
            yield (_since(fact, span[0]),)
        if span is not None and span[1] is not None:
            yield (_until(fact, span[1]),)
    if filter.reported_by is not None:
        yield (_until("reported", filter.reported_by),)
    yield from _as_of(filter)


def _as_of(filter: RoundFilter) -> Iterator[Clause]:
    if (day := filter.real_on) is not None:
        yield (_CLOSED, *_not_until("exited", day))
    if (day := filter.stock_before) is not None:
        yield (Atom("opened", Ask.BEFORE, day),)
        yield (Atom("exited", Ask.MISSING), _since("exited", day))
    if (day := filter.stock_on) is not None:
        yield (_until("opened", day),)
        yield _not_until("exited", day)
    if (days := filter.stock_during) is not None:
        yield (_until("opened", days[1]),)
        yield (Atom("exited", Ask.MISSING), _since("exited", days[0]))
    if (day := filter.closed_on) is not None:
        yield (_CLOSED,)
        yield (_until("exited", day),)
        yield _not_until("reopened", day)
    if (day := filter.last_on) is not None:
        yield (_until("opened", day),)
        yield _not_until("reopened", day)
    yield from _clock(filter)


def _clock(filter: RoundFilter) -> Iterator[Clause]:
    if (day := filter.finished_on) is not None:
        yield (_until("finished", day), _CLOSED)
        yield (_until("finished", day), _until("exited", day))
    if (day := filter.assigned_by) is not None:
        yield (Atom("assigned", Ask.MISSING), _until("assigned", day))
    if (day := filter.unfinished_on) is not None:
        yield _not_until("finished", day)
    if (day := filter.unfinished_before) is not None:
        yield (Atom("finished", Ask.MISSING), _since("finished", day))
    if (day := filter.overdue_on) is not None:
        yield (Atom("deadline", Ask.BEFORE, day),)
        yield _not_until("finished", day)


def _since(fact: str, day: date) -> Atom:
    return Atom(fact, Ask.SINCE, day)


def _until(fact: str, day: date) -> Atom:
    """The day has come on *day* or before it."""
    return Atom(fact, Ask.BEFORE, day + _ONE_DAY)


def _not_until(fact: str, day: date) -> Clause:
    """The day had not come when *day* was over."""
    return (Atom(fact, Ask.MISSING), _since(fact, day + _ONE_DAY))


def latest(found: Collection[Clause]) -> date | None:
    """The day from which on nothing may have happened for these clauses to hold; None where there is none.

    A round all of whose days lie on that day or after it does not fit.
    """
    bounds = [
        max(atom.day for atom in clause) for clause in found if all(atom.ask is Ask.BEFORE for atom in clause)
    ]
    return min(bounds, default=None)
