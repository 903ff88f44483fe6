"""销号权限 in rows: who strikes a problem off as the office's table stands."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, func, select

from river_chief.records import ClosingRule, Problem
from river_chief.records.columns import col
from river_chief.rules.workflow import IN_STOCK
from river_chief.terms import Closer, Severity


def closer() -> ColumnElement[Closer | None]:
    """Who strikes off a problem in stock whose severity is known; None for every other."""
    cell = case(
        (col(Problem.severity) == Severity.MINOR, col(ClosingRule.minor)),
        (col(Problem.severity) == Severity.SERIOUS, col(ClosingRule.serious)),
        else_=col(ClosingRule.major),
    )
    row = (
        select(cell)
        .where(col(ClosingRule.office) == col(Problem.office), col(ClosingRule.source) == col(Problem.source))
        .correlate(Problem)
        .scalar_subquery()
    )
    is_asked = and_(col(Problem.state).in_(IN_STOCK), col(Problem.severity).is_not(None))
    return case((is_asked, func.coalesce(row, Closer.TOWN)))
