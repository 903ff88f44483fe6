"""What the journal says was written since an act: the problems, by which acts, and the patrols."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.ledger_query import CHUNK
from river_chief.records import METADATA, Act, ActChange
from river_chief.records.columns import col
from river_chief.storage.journal import unpack

_OF_PROBLEM = ("problem_round", "step", "problem_campaign")
_OF_PATROL = ("patrol_reach", "patrol_check")
# A change of these may change what any chief owes on any day.
_DUTY = ("tenure", "tenure_reach", "patrol_rule", "person", "reach", "reach_area", "area", "setting")
_ASKED = ("problem", "patrol", *_OF_PROBLEM, *_OF_PATROL, *_DUTY)


@dataclass(frozen=True, slots=True)
class TouchedSince:
    """Problems by id with the acts that wrote them, days of the patrols (before and now), whether duties may differ."""

    problems: Mapping[int, frozenset[int]]
    patrol_days: frozenset[date]
    duties: bool

    def patrolled(self, first: date, last: date) -> bool:
        """Whether a patrol of these days was written."""
        return any(first <= day <= last for day in self.patrol_days)


class ActHead(NamedTuple):
    """An act of the journal in short; ``at`` is aware UTC."""

    id: int
    at: datetime
    by: str
    sentence: str


class _Written(NamedTuple):
    """A record an act wrote, with the values told of it."""

    act: int
    ledger: str
    id: int
    values: Mapping[str, Any]


def act_of(session: Session, hash: str) -> int:
    """The id of the act with that link of the chain; 0 before the first."""
    return session.execute(select(col(Act.id)).where(col(Act.hash) == hash)).scalar() or 0


def acts(session: Session, ids: Collection[int]) -> dict[int, ActHead]:
    """The acts with *ids*."""
    query = select(*(col(getattr(Act, name)) for name in ActHead._fields))
    return {
        row.id: ActHead(*row)
        for part in _parts(ids)
        for row in session.execute(query.where(col(Act.id).in_(part)))
    }


def touched_since(session: Session, act_id: int) -> TouchedSince:
    """What was written by the acts after *act_id*, those that took others back too."""
    written = list(_written(session, act_id))
    problems: dict[int, set[int]] = {}
    for each, owner in _owned(session, written, "problem", _OF_PROBLEM, "problem_id"):
        problems.setdefault(owner, set()).add(each.act)
    patrols = {owner for _, owner in _owned(session, written, "patrol", _OF_PATROL, "patrol_id")}
    days = {moment.date() for moment in _values(session, "patrol", "started_at", patrols).values()}
    days |= {
        datetime.fromisoformat(str(each.values["started_at"])).date()
        for each in written
        if each.ledger == "patrol" and each.values.get("started_at")
    }
    return TouchedSince(
        {id: frozenset(by) for id, by in problems.items()},
        frozenset(days),
        any(each.ledger in _DUTY for each in written),
    )


def _written(session: Session, act_id: int) -> Iterator[_Written]:
    query = select(ActChange).where(col(ActChange.act_id) > act_id, col(ActChange.ledger).in_(_ASKED))
    for change in session.execute(query).scalars():
        if change.block is None:
            for values in (change.before, change.after):
                if values is not None:
                    yield _Written(change.act_id, change.ledger, change.record_id or 0, values)
            continue
        columns, rows = unpack(change.block)
        for row in rows:
            values = dict(zip(columns, row, strict=True))
            yield _Written(change.act_id, change.ledger, int(values["id"]), values)


def _owned(
    session: Session, written: list[_Written], ledger: str, parts: tuple[str, ...], column: str
) -> Iterator[tuple[_Written, int]]:
    """What was written of records of *ledger*, or of *parts* of them, each with that record's id."""
    ids: dict[str, set[int]] = {part: set() for part in parts}
    for each in written:
        if each.ledger in ids:
            ids[each.ledger].add(each.id)
    owners = {part: _values(session, part, column, ids[part]) for part in parts}
    for each in written:
        if each.ledger == ledger:
            yield each, each.id
        elif each.ledger in owners:
            owner = each.values.get(column) or owners[each.ledger].get(each.id)
            if owner is not None:
                yield each, int(owner)


def _values(session: Session, ledger: str, column: str, ids: Collection[int]) -> dict[int, Any]:
    """The *column* of the records of *ledger* that are still there, by id."""
    source = METADATA.tables[ledger]
    query = select(source.c.id, source.c[column])
    return {
        row[0]: row[1] for part in _parts(ids) for row in session.execute(query.where(source.c.id.in_(part)))
    }


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
