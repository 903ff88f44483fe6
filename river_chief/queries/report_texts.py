"""What the office has written into reports, and whether it still may."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from river_chief.records import ReportText
from river_chief.records.columns import col
from river_chief.rules.periods import Span
from river_chief.terms import ReportPart


class OwnText(NamedTuple):
    """A part as the office has written it, and the generated words it was written after."""

    text: str
    based_on: str
    version: int


def texts_of(session: Session, kind: str, span: Span) -> dict[ReportPart, OwnText]:
    """The parts of the report *kind* of *span* that the office has written."""
    query = select(
        col(ReportText.part), col(ReportText.text), col(ReportText.based_on), col(ReportText.version)
    ).where(
        col(ReportText.kind) == kind,
        col(ReportText.first) == span.first,
        col(ReportText.last) == span.last,
        col(ReportText.retired_on).is_(None),
    )
    return {row[0]: OwnText(row[1], row[2], row[3]) for row in session.execute(query)}
