"""What forms propose from what the ledger knows: a severity, units and persons named before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from river_chief.records import Category, Problem
from river_chief.records.columns import col
from river_chief.rules.grades import suggested_severity
from river_chief.terms import Measure, Severity

MOST = 200


def severity_for(session: Session, code: str, amounts: Mapping[Measure, float | None]) -> Severity | None:
    """The severity the rule of category *code* suggests for *amounts*; None without a rule or a measure."""
    query = select(col(Category.grade)).where(col(Category.code) == code)
    grade = session.execute(query).scalar()
    return suggested_severity(grade, amounts) if grade else None


def units(session: Session) -> list[str]:
    """Units that have answered for problems, most frequent first."""
    return _used(session, col(Problem.unit))


def officers(session: Session) -> list[str]:
    """Persons who have answered directly for problems, most frequent first."""
    return _used(session, col(Problem.officer))


def acceptors(session: Session) -> list[str]:
    """Persons who have accepted rectifications, most frequent first."""
    return _used(session, col(Problem.acceptors))


def _used(session: Session, column: ColumnElement[str]) -> list[str]:
    query = (
        select(column).where(column != "").group_by(column).order_by(func.count().desc(), column).limit(MOST)
    )
    return [str(value) for value in session.execute(query).scalars()]
