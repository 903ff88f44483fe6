"""The editions of closed months as plain values, for lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from river_chief.figures.closing import Closing
from river_chief.queries.month_closes import closes
from river_chief.records import MonthClose
from river_chief.rules.periods import Span


@dataclass(frozen=True, slots=True)
class Edition:
    """A closing, the version of its record, and how it was reopened ("" while it holds)."""

    closing: Closing
    version: int
    is_held: bool
    reopened: str

    @property
    def span(self) -> Span:
        """The days of its month."""
        return Span(self.closing.first, self.closing.last)


def editions(session: Session) -> list[Edition]:
    """Every edition of every closed month, the newest month first, its newest edition first."""
    return [_edition(each) for each in closes(session)]


def edition_of(session: Session, span: Span) -> Edition | None:
    """The edition of the month with these days that holds."""
    return next((each for each in editions(session) if each.span == span and each.is_held), None)


def _edition(close: MonthClose) -> Edition:
    reopened = f"{close.reopened_on} {close.reopener}重开：{close.reopen_reason}" if close.reopened_on else ""
    return Edition(Closing.of(close), close.version, close.reopened_on is None, reopened)
