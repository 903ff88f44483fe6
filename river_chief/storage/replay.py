"""Rebuilds a ledger from its journal alone and compares it with the one at hand."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from river_chief.progress import Progress
from river_chief.records import Act, ActChange, FrozenBody
from river_chief.records.columns import table
from river_chief.records.record import METADATA
from river_chief.storage import schema
from river_chief.storage.engine import make_engine
from river_chief.storage.journal import unpack
from river_chief.storage.values import decoded

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is not what the journal says; ``what`` is missing, extra or changed columns."""

    ledger: str
    id: int
    what: str


def replay(engine: Engine, progress: Progress | None = None) -> list[Difference]:
    """Replay the journal of *engine* into a fresh ledger; return where the two differ."""
    watch = progress or Progress()
    with _fresh() as rebuilt, engine.connect() as source, rebuilt.connect() as target:
        raw = target.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")  # the journal's order is not that of the references
        with target.begin():
            return [*_apply_all(source, target, watch), *_compare(source, target)]


@contextmanager
def _fresh() -> Iterator[Engine]:
    with TemporaryDirectory(prefix="river-chief-replay-") as folder:
        engine = make_engine(Path(folder) / "replay.db", secrets.token_bytes(32))
        try:
            schema.upgrade(engine)
            yield engine
        finally:
            engine.dispose()


def _apply_all(source: Connection, target: Connection, progress: Progress) -> list[Difference]:
    """Apply every change in order; return those that can not be applied."""
    changes = table(ActChange)
    failed: list[Difference] = []
    total = int(source.exec_driver_sql("SELECT count(*) FROM act_change").scalar_one())
    last, done = 0, 0
    while True:
        query = select(changes).where(changes.c.id > last).order_by(changes.c.id).limit(CHUNK)
        rows = source.execute(query).all()
        if not rows:
            return failed
        for change in rows:
            try:
                _apply(target, change)
            except (DBAPIError, KeyError, ValueError, TypeError):
                failed.append(Difference(change.ledger, change.record_id or 0, "日志里的改动无法重演"))
        last = rows[-1].id
        done += len(rows)
        progress.step(done, total, "重演日志")


def _apply(target: Connection, change: Any) -> None:
    ledger = METADATA.tables[change.ledger]
    if change.kind == "insert":
        target.execute(insert(ledger).values(decoded(ledger, change.after)))
    elif change.kind == "update":
        values = decoded(ledger, change.after)
        target.execute(update(ledger).where(ledger.c.id == change.record_id).values(values))
    elif change.kind == "delete":
        target.execute(delete(ledger).where(ledger.c.id == change.record_id))
    else:
        columns, rows = unpack(change.block)
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{change.ledger}" ({names}) VALUES ({marks})'
        target.exec_driver_sql(statement, [tuple(row) for row in rows])


# What the journal does not tell of: itself, and bodies that the digest in a journalled record proves.
_UNJOURNALLED = frozenset(table(each).name for each in (Act, ActChange, FrozenBody))


def _compare(source: Connection, target: Connection) -> Iterator[Difference]:
    for ledger in METADATA.sorted_tables:
        if ledger.name not in _UNJOURNALLED:
            yield from _compare_ledger(source, target, ledger)


def _compare_ledger(source: Connection, target: Connection, ledger: Table) -> Iterator[Difference]:
    names = [column.name for column in ledger.columns]
    query = select(ledger).order_by(ledger.c.id)
    ours, theirs = iter(source.execute(query)), iter(target.execute(query))
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.id < right.id):
            yield Difference(ledger.name, left.id if left else 0, "日志里没有")
            left = next(ours, None)
        elif left is None or right.id < left.id:
            yield Difference(ledger.name, right.id, "台账里没有")
            right = next(theirs, None)
        else:
            wrong = [name for name, a, b in zip(names, left, right, strict=True) if a != b]
            if wrong:
                yield Difference(ledger.name, left.id, "、".join(wrong))
            left, right = next(ours, None), next(theirs, None)
