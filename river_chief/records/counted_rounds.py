"""Rounds as they are counted: the days of each as numbers, beside what its problem is told apart by.

The database keeps this table by triggers (migration 0004), whatever changes a round or its problem: a verb, an undo, a
bulk load or a replay of the journal. Nobody writes it, and the journal does not tell of it.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel

from river_chief.terms import Exit, Origin, Severity, Source

DAYS = ("opened", "exited", "deadline", "assigned", "finished", "reopened", "reported")
"""The days of a round, each as ``date.toordinal()``; None where it has not come."""

EXITS: dict[int, Exit | None] = {
    0: None,
    1: Exit.CLOSED,
    2: Exit.UNFOUNDED,
    3: Exit.MERGED,
    4: Exit.HANDED_OVER,
    5: Exit.VOIDED,
}
ORIGINS: dict[int, Origin] = {0: Origin.FOUND, 1: Origin.RELAPSE, 2: Origin.RETURNED}
LONG = 92
"""Few rounds take more days than that from their first day to their last."""
# The bits of a pattern.
IN_TIME, FIRST_DAY_BIT, ORIGIN_BIT, EXIT_BIT = 1, 1, 8, 10


class CountedRound(SQLModel, table=True):
    """A round as it is counted; ``id`` is that of the round.

    ``begun`` and ``settled`` are the earliest and the latest of its days. ``pattern`` says in one number how it ended
    and began, which of its days have come, and whether it was finished in time: rounds of one pattern count alike
    in everything that looks only at days after they were settled. ``kind`` is category group, severity and source.
    """

    __tablename__: ClassVar[str] = "counted_round"
    __table_args__ = (
        Index("ix_counted_round_problem_id_pattern", "problem_id", "pattern"),
        Index("ix_counted_round_village_id_pattern", "village_id", "pattern"),
        Index("ix_counted_round_kind_pattern", "kind", "pattern"),
        Index(None, "pattern"),
        Index(
            "ix_counted_round_open",
            *("pattern", "settled", "problem_id", "number", "village_id", "deadline", "exited"),
            sqlite_where=text("exited IS NULL"),
        ),
        Index("ix_counted_round_long", "begun", "settled", sqlite_where=text(f"settled - begun > {LONG}")),
        {"sqlite_with_rowid": False},
    )

    settled: int = Field(primary_key=True)
    id: int = Field(primary_key=True)
    begun: int
    problem_id: int
    pattern: int
    opened: int
    exited: int | None = None
    deadline: int | None = None
    assigned: int | None = None
    finished: int | None = None
    reopened: int | None = None
    reported: int | None = None
    village_id: int | None = None
    kind: str = Field(max_length=60)
    number: str = Field(max_length=40)
    category_code: str = Field(max_length=8)
    severity: str | None = Field(default=None, max_length=24)
    source: str | None = Field(default=None, max_length=24)
    unit: str = Field(max_length=80)
    finder: str = Field(max_length=60)
    water_id: int | None = None
    reach_id: int | None = None


def pattern_parts(pattern: int) -> tuple[Exit | None, Origin, frozenset[str], bool]:
    """How a round of *pattern* ended and began, which of its ``DAYS`` have come, and whether it was in time."""
    come = frozenset(day for bit, day in enumerate(DAYS, FIRST_DAY_BIT) if pattern >> bit & 1)
    return EXITS[pattern >> EXIT_BIT], ORIGINS[pattern >> ORIGIN_BIT & 3], come, bool(pattern & IN_TIME)


def kind_parts(kind: str) -> tuple[str, Severity | None, Source | None]:
    """Category group, severity and source of *kind*."""
    group, severity, source = kind.split("|")
    return group, Severity(severity) if severity else None, Source(source) if source else None
