"""The open ledger, the clerk, the day, and the news that something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from river_chief.changes import Changes
from river_chief.rules.office import OfficeSettings
from river_chief.storage.database import Database, Snapshot
from river_chief.verbs.office import RulesCompletion, complete_rules, lacks_rules, settings_of

WORKERS = 2


def local_day(stand_in: date | None) -> date:
    """The local day, or the day that stands in for it."""
    return stand_in or date.today()


class Workspace(QObject):
    """What every page needs and nothing more; it owns the open ledger.

    ``changed(Changes)``  after every write, in the window's thread: tables, badges and panels
    refresh themselves from it. Nobody else emits it than ``ui/jobs.py``.
    ``noticed(Notice)``   something to be told in the window's notice bar.
    """

    changed = Signal(object)
    noticed = Signal(object)
    _posted = Signal(object)

    def __init__(self, database: Database, *, clerk: str, day: date | None = None) -> None:
        """Take over *database*; *day* stands in for the clock's day (tests, demonstrations)."""
        super().__init__()
        self.database = database
        self.clerk = clerk
        self.is_open = True
        self._day = day
        self._settings: OfficeSettings | None = None
        self.pool = QThreadPool(self)
        self.pool.setMaxThreadCount(WORKERS)
        self.changed.connect(self._forget_settings)
        self._posted.connect(self._carry, Qt.ConnectionType.QueuedConnection)

    def complete_rules(self) -> None:
        """Give a ledger of an older program the tables of rules it lacks, as an act of its own."""
        with self.read() as session:
            if not lacks_rules(session):
                return
        self.database.run(
            lambda writer: writer.do(complete_rules, RulesCompletion()), by=self.clerk, today=self.today()
        )

    def today(self) -> date:
        """The local day; the only clock of the window."""
        return local_day(self._day)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """A session over one snapshot of the ledger; take plain rows out of it, never records."""
        with self.database.read() as session:
            yield session

    @property
    def settings(self) -> OfficeSettings:
        """The office's settings as they are now."""
        if self._settings is None:
            with self.read() as session:
                self._settings = settings_of(session)
        return self._settings

    def post(self, call: Callable[[], object]) -> None:
        """Have *call* made in the window's thread; workers speak to the window only through this.

        The sender of a signal must outlive its emission in another thread: the workspace does, as it
        waits for its workers before it closes.
        """
        self._posted.emit(call)

    def close(self) -> None:
        """Have running work stop and wait for it, its outcome unheard; leave the ledger as one file."""
        self.is_open = False
        self.pool.waitForDone()
        self.database.close()

    @Slot(object)
    def _carry(self, call: Callable[[], object]) -> None:
        if self.is_open:
            call()

    def _forget_settings(self, changes: Changes) -> None:
        if "setting" in changes.ledgers:
            self._settings = None
