"""销号权限 as the office keeps it, asked for a problem."""

from __future__ import annotations

from sqlmodel import Session, select

from river_chief.records import ClosingRule, Problem
from river_chief.rules.closing_authority import Authority, closer_for
from river_chief.terms import Closer, Source


def authorities(session: Session) -> dict[Source, Authority]:
    """The office's table."""
    rows = session.exec(select(ClosingRule)).all()
    return {row.source: Authority(row.minor, row.serious, row.major) for row in rows}


def closer_of(session: Session, problem: Problem) -> Closer:
    """Who strikes *problem* off as the table stands now."""
    return closer_for(authorities(session), problem.source, problem.severity)
