"""日志: one act for each verb with the before and after of every field, chained by SHA-256.

The recorder listens to the flushes of a writing session, so nothing a verb changes can be left
out, and the act is written in the same transaction as the change itself.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, event, func, insert, inspect, select
from sqlmodel import Session

from river_chief.changes import Touched
from river_chief.records import Act, ActChange, Record
from river_chief.records.columns import table
from river_chief.storage.values import encode

GENESIS = "0" * 64
BLOCK_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record (or, kind "block", to many new ones)."""

    kind: str
    ledger: str
    record_id: int | None
    record_uid: str
    version_seen: int
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    block: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, where and when: the head of every act of one transaction."""

    site: str
    office: str
    by: str
    at: datetime


class Recorder:
    """Collects the changes of one writing session and seals them into acts."""

    def __init__(self, session: Session, stamp: Stamp) -> None:
        self.session = session
        self.stamp = stamp
        self.pending: list[Change] = []
        self._last: tuple[int, str] | None = None
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)

    def _before_flush(self, session: Session, *_: object) -> None:
        for record in session.new:
            if isinstance(record, Record):
                record.office = record.office or self.stamp.office
                record.recorded_at = record.recorded_at or self.stamp.at
                record.version = 1
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                record.version += 1

    def _after_flush(self, session: Session, *_: object) -> None:
        for record in sorted(
            (item for item in session.new if isinstance(item, Record)),
            key=lambda item: (type(item).__name__, item.key),
        ):
            self.pending.append(_inserted(record))
        for record in session.dirty:
            if isinstance(record, Record):
                change = _updated(record)
                if change is not None:
                    self.pending.append(change)
        for record in session.deleted:
            raise AssertionError(f"{type(record).__name__}: records are retired or voided, never deleted")

    def load(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert ready tuples (values as the driver stores them) and note them as blocks."""
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        connection = self.session.connection()
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        for start in range(0, len(rows), BLOCK_ROWS):
            part = [tuple(row) for row in rows[start : start + BLOCK_ROWS]]
            connection.exec_driver_sql(statement, part)
            packed = zlib.compress(canonical({"columns": list(columns), "rows": part}), 1)
            self.pending.append(Change("block", table.name, None, "", 0, block=packed))

    def seal(
        self, verb: str, sentence: str, *, batch_id: int | None = None, undoes: int | None = None
    ) -> tuple[int, frozenset[Touched]]:
        """Write what is pending as one act; return its id and the records it touched."""
        seq, previous = self._head()
        changes = self.pending
        self.pending = []
        body = {
            "site": self.stamp.site,
            "seq": seq + 1,
            "at": self.stamp.at,
            "by": self.stamp.by,
            "verb": verb,
            "sentence": sentence,
            "batch_id": batch_id,
            "undoes": undoes,
        }
        digest = act_hash(previous, body, changes)
        connection = self.session.connection()
        act_table, change_table = table(Act), table(ActChange)
        added = insert(act_table).values(**body, previous=previous, hash=digest).returning(act_table.c.id)
        act_id = int(connection.execute(added).scalar_one())
        if changes:
            connection.execute(
                insert(change_table),
                [_row(act_id, ordinal, change) for ordinal, change in enumerate(changes, 1)],
            )
        self._last = (seq + 1, digest)
        touched = frozenset(Touched(change.ledger, change.record_id or 0) for change in changes)
        return act_id, touched

    def _head(self) -> tuple[int, str]:
        if self._last is None:
            self._last = head(self.session, self.stamp.site)
        return self._last


def head(session: Session, site: str) -> tuple[int, str]:
    """Return number and hash of the site's last act; (0, 64 zeros) before the first."""
    acts = table(Act)
    newest = select(func.max(acts.c.seq)).where(acts.c.site == site).scalar_subquery()
    query = select(acts.c.seq, acts.c.hash).where(acts.c.site == site, acts.c.seq == newest)
    row = session.connection().execute(query).first()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def act_hash(previous: str, body: dict[str, Any], changes: Iterable[Change]) -> str:
    """Return the SHA-256 that chains an act (its head and all its changes) to the one before."""
    digest = sha256(previous.encode("ascii"))
    digest.update(canonical(body))
    for change in changes:
        digest.update(
            canonical(
                {
                    "kind": change.kind,
                    "ledger": change.ledger,
                    "id": change.record_id,
                    "uid": change.record_uid,
                    "seen": change.version_seen,
                    "before": change.before,
                    "after": change.after,
                    "block": sha256(change.block).hexdigest() if change.block else None,
                }
            )
        )
    return digest.hexdigest()


def canonical(content: Any) -> bytes:
    """Return *content* as the one JSON text that is hashed."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=encode)
    return text.encode("utf-8")


def _row(act_id: int, ordinal: int, change: Change) -> dict[str, Any]:
    return {
        "act_id": act_id,
        "ordinal": ordinal,
        "kind": change.kind,
        "ledger": change.ledger,
        "record_id": change.record_id,
        "record_uid": change.record_uid,
        "version_seen": change.version_seen,
        "before": change.before,
        "after": change.after,
        "block": change.block,
    }


def _inserted(record: Record) -> Change:
    after = {name: encode(getattr(record, name)) for name in _columns(record)}
    return Change("insert", _ledger(record), record.key, record.uid.hex, 0, after=after)


def _updated(record: Record) -> Change | None:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(record)
    for name in _columns(record):
        history = state.attrs[name].history
        if history.has_changes():
            before[name] = encode(history.deleted[0]) if history.deleted else None
            after[name] = encode(history.added[0]) if history.added else None
    if not after:
        return None
    return Change("update", _ledger(record), record.key, record.uid.hex, record.version - 1, before, after)


def _columns(record: Record) -> list[str]:
    return [column.key for column in inspect(type(record)).column_attrs]


def _ledger(record: Record) -> str:
    return str(type(record).__tablename__)


def unpack(block: bytes) -> tuple[list[str], list[list[Any]]]:
    """Return the columns and rows of a bulk load."""
    content = json.loads(zlib.decompress(block))
    return content["columns"], content["rows"]


def block_ids(block: bytes) -> list[int]:
    """Return the ids of the rows of a bulk load."""
    columns, rows = unpack(block)
    place = columns.index("id")
    return [int(row[place]) for row in rows]
