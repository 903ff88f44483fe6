"""Problems that belong together: 重复并案 links both ways."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from river_chief.records import Problem
from river_chief.records.columns import col
from river_chief.terms import State


@dataclass(frozen=True, slots=True)
class ProblemLink:
    """Another problem this one belongs to; ``words`` say how (并入, 并入本问题)."""

    words: str
    id: int
    number: str
    state: State


def links_of(session: Session, id: int) -> tuple[ProblemLink, ...]:
    """The problem that *id* was merged into, and those that were merged into it, in order of entry."""
    columns = (col(Problem.id), col(Problem.number), col(Problem.state))
    into = select(col(Problem.merged_into_id)).where(col(Problem.id) == id).scalar_subquery()
    main = session.execute(select(*columns).where(col(Problem.id) == into))
    doubles = session.execute(
        select(*columns)
        .where(col(Problem.merged_into_id) == id, col(Problem.state) == State.MERGED)
        .order_by(col(Problem.id))
    )
    return (
        *(ProblemLink("并入", *values) for values in main),
        *(ProblemLink("并入本问题", *values) for values in doubles),
    )
