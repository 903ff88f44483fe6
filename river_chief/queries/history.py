"""The history of a record, and the acts of the journal, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from river_chief.records import Act, ActChange
from river_chief.records.columns import col
from river_chief.storage.standing import VERB, ActHead, standing
from river_chief.storage.undo import newest_standing


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record before and after an act (None: it was made or had nothing)."""

    ledger: str
    record_id: int
    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act of the journal; ``at`` is aware UTC, ``hash`` its link in the chain.

    ``undone``  it was taken back, and the taking back still stands.
    """

    id: int
    seq: int
    at: datetime
    by: str
    verb: str
    sentence: str
    batch_id: int | None
    undoes: int | None
    undone: bool
    hash: str
    changes: tuple[FieldChange, ...] = ()


_NOT_TOLD = {"version", "uid", "office", "recorded_at", "id"}


def acts_on(session: Session, ledger: str, record_id: int) -> list[ActRow]:
    """Acts that changed a record, newest first, with that record's changed fields."""
    ids = select(col(ActChange.act_id)).where(
        col(ActChange.ledger) == ledger, col(ActChange.record_id) == record_id
    )
    query = select(Act).where(col(Act.id).in_(ids)).order_by(col(Act.id).desc())
    acts = list(session.execute(query).scalars())
    return _rows(session, acts, ledger, record_id)


def recent_acts(session: Session, limit: int = 200, before: int | None = None) -> list[ActRow]:
    """The newest acts of the journal, newest first; ``before`` pages on from an act's id."""
    query = select(Act).order_by(col(Act.id).desc()).limit(limit)
    if before is not None:
        query = query.where(col(Act.id) < before)
    return _rows(session, list(session.execute(query).scalars()), None, None)


def last_act(session: Session) -> ActRow | None:
    """The act that 撤销 would take back: the newest that still stands and is no taking back itself."""
    act_id = newest_standing(session.connection())
    return None if act_id is None else _rows(session, [session.get_one(Act, act_id)], None, None)[0]


def _rows(session: Session, acts: list[Act], ledger: str | None, record_id: int | None) -> list[ActRow]:
    ids = [act.id for act in acts]
    undone = _undone(session, acts)
    told: dict[int, list[FieldChange]] = {}
    if ledger is not None:
        query = (
            select(ActChange)
            .where(
                col(ActChange.act_id).in_(ids),
                col(ActChange.ledger) == ledger,
                col(ActChange.record_id) == record_id,
            )
            .order_by(col(ActChange.id))
        )
        for change in session.execute(query).scalars():
            told.setdefault(change.act_id, []).extend(_fields(change))
    return [
        ActRow(
            act.id or 0,
            act.seq,
            act.at,
            act.by,
            act.verb,
            act.sentence,
            act.batch_id,
            act.undoes,
            act.id in undone,
            act.hash,
            tuple(told.get(act.id or 0, ())),
        )
        for act in acts
    ]


def taken_back(session: Session, ids: Collection[int]) -> set[int]:
    """Those of the acts with *ids* that were taken back and not brought back again."""
    acts = session.execute(select(Act).where(col(Act.id).in_(ids))).scalars()
    return _undone(session, list(acts)) & set(ids)


def _undone(session: Session, acts: list[Act]) -> set[int]:
    """Ids of those of *acts* that were taken back; what was brought back again is not among them."""
    oldest = min((act.id or 0 for act in acts), default=0)
    query = select(col(Act.id), col(Act.verb), col(Act.batch_id), col(Act.undoes)).where(
        col(Act.verb) == VERB, col(Act.id) > oldest
    )
    known = {act.id or 0: ActHead(act.id or 0, act.verb, act.batch_id, act.undoes) for act in acts}
    known |= {row.id: ActHead(*row) for row in session.execute(query)}
    return set(standing(known.values()).taken)


def _fields(change: ActChange) -> list[FieldChange]:
    before, after = change.before or {}, change.after or {}
    names = dict.fromkeys([*before, *after])
    return [
        FieldChange(change.ledger, change.record_id or 0, name, before.get(name), after.get(name))
        for name in names
        if name not in _NOT_TOLD and before.get(name) != after.get(name)
    ]
