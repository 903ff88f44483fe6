"""A second, encrypted copy of the journal beside the ledger, for the day a page is damaged.

An encrypted page that is damaged can not be read any more; only a backup or the acts bring it
back. The copy trails the ledger: what it lacks is appended after each commit, and made good when the
ledger is opened again, so a failure to write it never stops the clerk's work.
"""

from __future__ import annotations

import json
import logging
import zlib
from base64 import b64encode
from pathlib import Path
from threading import Lock
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from river_chief.records import Act, ActChange
from river_chief.records.columns import table
from river_chief.storage.values import encode

FILE = "acts.db"
CHUNK = 200
_log = logging.getLogger(__name__)


class JournalCopy:
    """The copy in a ledger's ``journal/`` folder; one row an act, in the order of the journal."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.path = folder / FILE
        self._key = key
        self._lock = Lock()
        self._connection: Any = None

    def catch_up(self, engine: Engine) -> None:
        """Append the acts of *engine* that the copy lacks; a failure is logged and made good later."""
        with self._lock:
            try:
                self._append_missing(engine)
            except (OSError, driver.Error, DBAPIError):
                _log.exception("the copy of the journal was not written")
                self._drop()

    def count(self) -> int:
        """How many acts the copy holds."""
        with self._lock:
            return int(self._open().execute("SELECT count(*) FROM act").fetchone()[0])

    def acts(self) -> list[dict[str, Any]]:
        """Every act of the copy with its changes, in order (plain JSON values)."""
        with self._lock:
            rows = self._open().execute("SELECT body FROM act ORDER BY id").fetchall()
        return [json.loads(zlib.decompress(body)) for (body,) in rows]

    def close(self) -> None:
        """Close, leaving one file."""
        with self._lock:
            self._drop()

    def _append_missing(self, engine: Engine) -> None:
        copy = self._open()
        with engine.connect() as source:
            while True:
                last = _last(copy)
                part = _bodies(source, last)
                if not part:
                    return
                copy.execute("BEGIN IMMEDIATE")
                if _last(copy) == last:  # else another program was quicker
                    copy.executemany("INSERT INTO act (id, body) VALUES (?, ?)", part)
                copy.execute("COMMIT")

    def _open(self) -> Any:
        if self._connection is None:
            self.path.parent.mkdir(exist_ok=True)
            connection = driver.connect(str(self.path), isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
            # NORMAL is enough: what a power cut takes from the copy is still in the ledger.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("CREATE TABLE IF NOT EXISTS act (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _last(copy: Any) -> int:
    return int(copy.execute("SELECT coalesce(max(id), 0) FROM act").fetchone()[0])


def _bodies(source: Connection, after: int) -> list[tuple[int, bytes]]:
    acts, changes = table(Act), table(ActChange)
    rows = (
        source.execute(select(acts).where(acts.c.id > after).order_by(acts.c.id).limit(CHUNK))
        .mappings()
        .all()
    )
    if not rows:
        return []
    query = (
        select(changes)
        .where(changes.c.act_id >= rows[0]["id"], changes.c.act_id <= rows[-1]["id"])
        .order_by(changes.c.act_id, changes.c.ordinal)
    )
    by_act: dict[int, list[dict[str, Any]]] = {}
    for change in source.execute(query).mappings():
        by_act.setdefault(change["act_id"], []).append({key: _plain(value) for key, value in change.items()})
    found = []
    for act in rows:
        body = {key: _plain(value) for key, value in act.items()} | {"changes": by_act.get(act["id"], [])}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        found.append((act["id"], zlib.compress(text.encode("utf-8"), 1)))
    return found


def _plain(value: Any) -> Any:
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else encode(value)
