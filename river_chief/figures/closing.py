"""月结 as plain values: which edition of a month was closed by whom, and what it froze beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from river_chief.records import MonthClose


@dataclass(frozen=True, slots=True)
class Closing:
    """An edition (版次) of a closed month; ``id`` is that of its record, 0 while it is being closed.

    ``reason`` says why there is a further edition; ``head`` is the journal's head when it was closed.
    """

    id: int
    year: int
    month: int
    first: date
    last: date
    edition: int
    closed_on: date
    closer: str
    reason: str
    head: str

    @classmethod
    def of(cls, close: MonthClose) -> Closing:
        """The closing a record tells of."""
        values = {name: getattr(close, name) for name in cls.__dataclass_fields__ if name != "id"}
        return cls(id=close.key, **values)

    @property
    def text(self) -> str:
        """2026年3月第1版."""
        return f"{self.year}年{self.month}月第{self.edition}版"

    @property
    def code(self) -> str:
        """The first 16 letters of the journal's head, as printed."""
        return self.head[:16]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule that held when the month was closed: its table, record, version, and its values as JSON."""

    ledger: str
    id: int
    version: int
    values: str
