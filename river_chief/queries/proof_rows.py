"""What a closed month keeps of problems: how often each is counted, and the facts it is counted by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session

from river_chief.queries.ledger_query import CHUNK
from river_chief.queries.rounds import RoundFilter, conditions, of_round, step_conditions
from river_chief.records import Problem, ProblemCampaign, Round, Step
from river_chief.records.columns import col, table
from river_chief.terms import Term


class ProblemFacts(NamedTuple):
    """What a problem is counted by, as it stands in the ledger; codes are those of the terms."""

    id: int
    number: str
    village_id: int | None
    category_code: str
    severity: str
    source: str
    unit: str
    finder: str
    water_id: int | None
    reach_id: int | None


class RoundFacts(NamedTuple):
    """The days of one round; ``origin`` and ``exit`` are codes, ``exit`` None while it is open."""

    origin: str
    opened_on: date
    assigned_on: date | None
    deadline: date | None
    rectified_on: date | None
    exit: str | None
    exit_on: date | None
    reopened_on: date | None


def counted(session: Session, filter: RoundFilter, ids: Collection[int] | None) -> dict[int, int]:
    """How many rounds (steps, where *filter* asks for steps) of each problem are counted; of *ids* only, if given."""
    query = _behind(filter, (func.count(),)).group_by(col(Round.problem_id))
    return {row[0]: row[1] for row in _each(session, query, ids)}


def clocks(session: Session, filter: RoundFilter, ids: Collection[int] | None) -> dict[int, tuple[int, int]]:
    """Days from assignment to finishing of each problem's counted rounds, and how many rounds that is."""
    days = (col(Round.assigned_on), col(Round.rectified_on))
    query = _behind(filter, days).where(*(day.is_not(None) for day in days))
    found: dict[int, tuple[int, int]] = {}
    for id, assigned_on, rectified_on in _each(session, query, ids):
        known = found.get(id, (0, 0))
        found[id] = (known[0] + (rectified_on - assigned_on).days, known[1] + 1)
    return found


def facts(session: Session, ids: Collection[int]) -> dict[int, ProblemFacts]:
    """The facts of the problems with *ids*."""
    query = select(*(col(getattr(Problem, name)) for name in ProblemFacts._fields))
    found: dict[int, ProblemFacts] = {}
    for part in _parts(ids):
        for row in session.execute(query.where(col(Problem.id).in_(part))):
            values = row._asdict()
            values |= {key: values[key].value if values[key] else "" for key in ("severity", "source")}
            found[row.id] = ProblemFacts(**values)
    return found


def rounds(session: Session, ids: Collection[int]) -> dict[int, list[RoundFacts]]:
    """The rounds of each problem in order."""
    columns = [col(getattr(Round, name)) for name in RoundFacts._fields]
    query = select(col(Round.problem_id), *columns).order_by(col(Round.problem_id), col(Round.ordinal))
    found: dict[int, list[RoundFacts]] = {}
    for part in _parts(ids):
        for id, *values in session.execute(query.where(col(Round.problem_id).in_(part))):
            codes = [value.value if isinstance(value, Term) else value for value in values]
            found.setdefault(id, []).append(RoundFacts._make(codes))
    return found


def campaigns(session: Session, ids: Collection[int]) -> dict[int, list[int]]:
    """The campaigns each problem carries the tag of, in order of their ids."""
    query = (
        select(col(ProblemCampaign.problem_id), col(ProblemCampaign.campaign_id))
        .where(col(ProblemCampaign.removed_on).is_(None))
        .order_by(col(ProblemCampaign.campaign_id))
    )
    found: dict[int, list[int]] = {}
    for part in _parts(ids):
        for id, campaign in session.execute(query.where(col(ProblemCampaign.problem_id).in_(part))):
            found.setdefault(id, []).append(campaign)
    return found


def _behind(filter: RoundFilter, values: Sequence[Any]) -> Select[Any]:
    """The rounds, or the steps of rounds, that a count of *filter* counts."""
    query = select(col(Round.problem_id), *values).select_from(
        table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id))
    )
    if filter.acted:
        query = query.join(Step, of_round()).where(*step_conditions(filter))
    return query.where(*conditions(replace(filter, acted=())))


def _each(session: Session, query: Select[Any], ids: Collection[int] | None) -> Iterator[Any]:
    if ids is None:
        yield from session.execute(query)
        return
    for part in _parts(ids):
        yield from session.execute(query.where(col(Round.problem_id).in_(part)))


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
