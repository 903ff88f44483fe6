"""The rounds behind counts, one by one: what a round is counted by, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import String, func, select, type_coerce
from sqlmodel import Session

from river_chief.queries.rounds import group_code
from river_chief.records import Problem, ProblemCampaign, Round
from river_chief.records.columns import col, table
from river_chief.terms import Exit, Origin


class RoundFacts(NamedTuple):
    """A round with what its problem is told apart by: ids and codes."""

    id: int
    problem_id: int
    number: str
    ordinal: int
    village: int | None
    group: str
    severity: str | None
    source: str | None
    origin: Origin
    opened_on: date
    assigned_on: date | None
    deadline: date | None
    rectified_on: date | None
    exit: Exit | None
    exit_on: date | None


def how_many_rounds(session: Session) -> int:
    """All rounds of the ledger."""
    return int(session.execute(select(func.count()).select_from(Round)).scalar_one())


def round_facts(session: Session) -> list[RoundFacts]:
    """Every round of the ledger, by problem in the order they were registered."""
    query = (
        select(
            col(Round.id),
            col(Problem.id),
            col(Problem.number),
            col(Round.ordinal),
            col(Problem.village_id),
            group_code(),
            type_coerce(col(Problem.severity), String),
            type_coerce(col(Problem.source), String),
            col(Round.origin),
            col(Round.opened_on),
            col(Round.assigned_on),
            col(Round.deadline),
            col(Round.rectified_on),
            col(Round.exit),
            col(Round.exit_on),
        )
        .select_from(table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id)))
        .order_by(col(Problem.id), col(Round.ordinal))
    )
    return [RoundFacts(*row) for row in session.execute(query)]


def tags_of_problems(session: Session) -> dict[int, frozenset[int]]:
    """The campaigns whose tag a problem carries now, by the problem's id."""
    query = select(col(ProblemCampaign.problem_id), col(ProblemCampaign.campaign_id)).where(
        col(ProblemCampaign.removed_on).is_(None)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for problem, campaign in session.execute(query):
        found[problem].add(campaign)
    return {problem: frozenset(campaigns) for problem, campaigns in found.items()}
