"""Ready rows of one table: the columns that vary, and for all others what a new record has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import uuid_utils

from river_chief.records import Record
from river_chief.records.columns import table
from river_chief.storage.database import Writer

# The row's own three, before the columns that vary.
_OWN = ("id", "uid")


class Tuples:
    """Collects rows of a record class; ``flush`` loads them into the ledger and forgets them.

    ``add`` takes the varying columns in their order, as the driver stores them, and returns the id.
    """

    def __init__(self, kind: type[Record], *columns: str, office: str, at: datetime) -> None:
        self.table = table(kind)
        common: dict[str, Any] = {"office": office, "version": 1, "recorded_at": moment_text(at)}
        others = [column.name for column in self.table.columns if column.name not in (*_OWN, *columns)]
        for name in others:
            if name not in common:
                common[name] = _default(kind, name)
        self.columns = (*_OWN, *columns, *others)
        self._tail = tuple(common[name] for name in others)
        self._rows: list[tuple[Any, ...]] = []
        self.last_id = 0

    def __len__(self) -> int:
        return len(self._rows)

    def start_after(self, id: int) -> None:
        """Give ids above *id*, the last one already in the ledger."""
        self.last_id = id

    def add(self, *values: Any) -> int:
        """Add a row; return its id."""
        self.last_id += 1
        self._rows.append((self.last_id, uuid_utils.uuid7().hex, *values, *self._tail))
        return self.last_id

    def flush(self, writer: Writer) -> None:
        """Load what was collected."""
        if self._rows:
            writer.load(self.table, self.columns, self._rows)
            self._rows = []


def day_text(day: date) -> str:
    """A day as the driver stores it."""
    return day.isoformat()


def moment_text(moment: datetime) -> str:
    """A time as the driver stores it; an aware one in UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(" ", "microseconds")


def flush_all(writer: Writer, tuples: Sequence[Tuples], sentence: str) -> None:
    """Load everything collected and seal it as one act."""
    for each in tuples:
        each.flush(writer)
    writer.seal_load("sample.bulk", sentence)


def _default(kind: type[Record], name: str) -> Any:
    field = kind.model_fields[name]
    value = field.get_default(call_default_factory=True)
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return str(value)
    return value
