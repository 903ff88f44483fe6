"""The open ledger: ``read()`` and ``write()``. The only place that begins and commits."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Table, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from river_chief.changes import Changes, Touched
from river_chief.errors import EnvironmentFault, Refusal, reason_of
from river_chief.storage import schema
from river_chief.storage.engine import check_sqlite, make_engine
from river_chief.storage.faults import READ_ONLY, explained
from river_chief.storage.journal import Recorder, Stamp
from river_chief.storage.journal_copy import JournalCopy
from river_chief.storage.keys import KeyRing
from river_chief.storage.paths import LedgerFolder

_log = logging.getLogger(__name__)
InputT = TypeVar("InputT", contravariant=True)
# What ``read`` gives: one unchanging view of the ledger, to be handed to queries.
Snapshot: TypeAlias = Session


class Verb(Protocol[InputT]):
    """What the office does: checks an input against the ledger and carries it out."""

    def __call__(self, session: Session, entry: InputT, /, *, by: str, today: date) -> Changes: ...


class Writer:
    """One writing transaction; every change in it comes from a verb and is sealed into an act."""

    def __init__(self, session: Session, recorder: Recorder, today: date, batch_id: int | None) -> None:
        self.session = session
        self.recorder = recorder
        self.today = today
        self.batch_id = batch_id
        self.done: list[Changes] = []

    @property
    def by(self) -> str:
        """The name of the clerk who writes."""
        return self.recorder.stamp.by

    def do(self, verb: Verb[InputT], entry: InputT) -> Changes:
        """Carry out *verb* and seal what it changed into one act of the journal."""
        with explained():
            outcome = verb(self.session, entry, by=self.by, today=self.today)
            self.session.flush()
            name = f"{verb.__module__.rsplit('.', 1)[-1]}.{verb.__name__}"  # type: ignore[attr-defined]
            _, touched = self.recorder.seal(name, outcome.sentence, batch_id=self.batch_id)
        changes = Changes(outcome.sentence, outcome.id, touched)
        self.done.append(changes)
        return changes

    def attempt(self, verb: Verb[InputT], entry: InputT) -> Changes:
        """Like ``do``; where it is refused nothing of it stays, and the transaction can go on."""
        with explained(), self.session.begin_nested():
            try:
                return self.do(verb, entry)
            except Refusal:
                self.recorder.pending.clear()
                raise

    def load(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Bulk-insert ready tuples; ``seal_load`` must follow in the same transaction."""
        with explained():
            self.recorder.load(table, columns, rows)

    def seal_load(self, verb: str, sentence: str) -> None:
        """Seal the bulk loads since the last act into one act."""
        _, touched = self.recorder.seal(verb, sentence, batch_id=self.batch_id)
        self.done.append(Changes(sentence, 0, touched))

    def note(self, sentence: str, touched: frozenset[Touched], id: int = 0) -> None:
        """Count what was sealed elsewhere as done (an undo), or say in one sentence what several acts did."""
        self.done.append(Changes(sentence, id, touched))

    @property
    def changes(self) -> Changes:
        """Everything done in this transaction, as one."""
        return Changes.union(self.done)


class Database:
    """An open ledger. Make it with ``create`` or ``open``; ``close`` leaves one file ``ledger.db``."""

    def __init__(self, folder: LedgerFolder, ring: KeyRing, key: bytes, user: str) -> None:
        self.folder = folder
        self.ring = ring
        self.user = user
        self.office = ""
        self._key = key
        self.engine = make_engine(folder.database, key)
        self.journal_copy = JournalCopy(folder.journal, key)
        self._writing = self.engine.execution_options(writes=True)

    @classmethod
    def create(cls, path: Path, *, password: str | None = None, user: str = "管理员") -> tuple[Database, str]:
        """Make an empty ledger in *path*; return it and its recovery code ("" without password)."""
        check_sqlite()
        folder = LedgerFolder(path)
        if folder.keys.exists() or folder.database.exists():
            raise Refusal(f"“{path}”里已经有一个台账，请另选文件夹。")
        _refuse_other_files(path)
        ring, key = KeyRing.make(path)
        recovery = ""
        if password is None:
            ring.add_open(key)
        else:
            ring.add_password(key, user, password)
            recovery = ring.add_recovery(key)
        try:
            folder.make()
            ring.save()
        except OSError as error:
            raise EnvironmentFault(f"不能在“{path}”建立台账：{reason_of(error)}，请换一个文件夹。") from error
        database = cls(folder, ring, key, user if password else "")
        with explained():
            schema.upgrade(database.engine)
        return database, recovery

    @classmethod
    def open(cls, path: Path, password: str | None = None) -> Database:
        """Open the ledger in *path*, upgrading it (after a copy) if an older program made it."""
        check_sqlite()
        folder = LedgerFolder(path)
        ring = KeyRing.load(path)
        if not folder.database.exists():
            raise EnvironmentFault(f"“{path}”里没有 ledger.db，请从备份中恢复。")
        if not all(os.access(part, os.W_OK) for part in (folder.path, folder.database)):
            raise EnvironmentFault(READ_ONLY)
        key, user = ring.unlock(password)
        database = cls(folder, ring, key, user)
        try:
            with explained():
                database._upgrade()
                database._know_office()
            database.journal_copy.catch_up(database.engine)
        except BaseException:
            database.engine.dispose()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """A session over one snapshot of the ledger; writing through it is a bug."""
        with explained(), Session(self.engine, autoflush=False) as session:
            event.listen(session, "before_flush", _refuse_flush)
            yield session

    @contextmanager
    def write(
        self, *, by: str, today: date, at: datetime | None = None, batch_id: int | None = None
    ) -> Iterator[Writer]:
        """A transaction that is kept whole if the block ends well, and not at all otherwise.

        ``at`` is the aware time to be recorded (now, unless a demonstration sets it).
        """
        with explained(), Session(self._writing, expire_on_commit=False) as session:
            writer = self._writer(session, by, today, at, batch_id)
            raw = session.connection().connection.dbapi_connection
            yield writer
            session.flush()
            if writer.recorder.pending:
                raise AssertionError("the ledger was changed without a verb")
            try:
                session.commit()
            except DBAPIError:
                # A refused COMMIT leaves SQLite inside the transaction; the pool must not get it so.
                if raw is not None:
                    raw.rollback()
                raise
        self.journal_copy.catch_up(self.engine)

    @contextmanager
    def rehearse(self, *, by: str, today: date) -> Iterator[Writer]:
        """A transaction in which verbs really run and that is always taken back: what would happen.

        Not even a number stays drawn. Other writers wait meanwhile; readers do not.
        """
        with explained(), Session(self._writing, expire_on_commit=False) as session:
            try:
                yield self._writer(session, by, today)
            finally:
                session.rollback()

    def run(self, work: Callable[[Writer], Any], *, by: str, today: date) -> Changes:
        """Carry out *work* in one transaction; return everything it changed."""
        with self.write(by=by, today=today) as writer:
            work(writer)
        return writer.changes

    def set_office(self, office: str) -> None:
        """Say whose records are written from now on (the office's area code)."""
        self.office = office

    def analyse(self) -> None:
        """Refresh the planner's statistics, after imports and bulk loads."""
        with explained(), self._writing.begin() as connection:
            connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Close, leaving the ledger as the one file ``ledger.db``.

        Where that fails (a full disk) the write-ahead log stays beside it and nothing is lost, so it
        is logged only: what was done stays done.
        """
        self.journal_copy.close()
        try:
            with self.engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (DBAPIError, driver.Error):
            _log.exception("the write-ahead log was not taken into the ledger")
        finally:
            self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _writer(
        self, session: Session, by: str, today: date, at: datetime | None = None, batch_id: int | None = None
    ) -> Writer:
        stamp = Stamp(str(self.ring.site), self.office, by, at or datetime.now(UTC))
        return Writer(session, Recorder(session, stamp), today, batch_id)

    def _upgrade(self) -> None:
        found = schema.revision(self.engine)
        if found == schema.HEAD:
            return
        if found not in schema.known():
            raise EnvironmentFault("这个台账由更新版本的程序建立，请先升级程序再打开。")
        schema.copy_before_upgrade(self.engine, self.folder, found, self._key)
        schema.upgrade(self.engine)

    def _know_office(self) -> None:
        with self.engine.connect() as connection:
            row = connection.execute(text("SELECT office FROM setting WHERE office <> '' LIMIT 1")).first()
        self.office = str(row[0]) if row else ""


def _refuse_other_files(path: Path) -> None:
    try:
        strange = path.is_dir() and any(path.iterdir())
    except OSError as error:
        raise EnvironmentFault(f"不能在“{path}”建立台账：{reason_of(error)}，请换一个文件夹。") from error
    if strange:
        raise Refusal(f"“{path}”里已经有别的文件，请另选或新建一个空文件夹。")


def _refuse_flush(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise AssertionError("a reading session must not write")
