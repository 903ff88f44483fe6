"""Rounds counted: for each filter how many there are, by village, category group, severity and source.

Filters that narrow one another are counted in one pass over what the widest of them lets through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, case, func, select, type_coerce
from sqlmodel import Session

from river_chief.queries.charges import Charges
from river_chief.queries.dimensions import Dimension
from river_chief.queries.rounds import (
    RoundFilter,
    conditions,
    group_code,
    of_round,
    problem_ids,
    step_conditions,
)
from river_chief.records import Area, Problem, ProblemCampaign, Round, Step
from river_chief.records.columns import col, table

# Codes of terms come as text (a term equals its code): thousands of rows are not worth a member each.
_DIMENSIONS = (
    col(Problem.village_id),
    group_code(),
    type_coerce(col(Problem.severity), String),
    type_coerce(col(Problem.source), String),
)
_CAMPAIGN = (col(ProblemCampaign.campaign_id),)
_IN_CAMPAIGN = (*_CAMPAIGN, col(Problem.village_id), col(Problem.disposal))
_VALUES: Mapping[Dimension, tuple[ColumnElement[Any], ...]] = {
    Dimension.VILLAGE: (col(Problem.village_id),),
    Dimension.UNIT: (col(Problem.unit),),
    Dimension.GROUP: (group_code(),),
    Dimension.CATEGORY: (col(Problem.category_code),),
    Dimension.SEVERITY: (type_coerce(col(Problem.severity), String),),
    Dimension.SOURCE: (type_coerce(col(Problem.source), String),),
    Dimension.WATER: (col(Problem.water_id),),
    Dimension.REACH: (col(Problem.reach_id),),
    Dimension.FINDER: (col(Problem.finder),),
    Dimension.CHIEF: (col(Problem.reach_id), col(Problem.village_id)),
}
_TAGGED = and_(col(ProblemCampaign.problem_id) == col(Problem.id), col(ProblemCampaign.removed_on).is_(None))


@dataclass(frozen=True, slots=True)
class Family:
    """Filters counted together: ``base`` is what all ``parts`` have in common."""

    base: RoundFilter
    parts: Mapping[str, RoundFilter]


class CountRow(NamedTuple):
    """How many rounds (steps, where a filter asks for steps) have these values, by key of the filter."""

    values: tuple[Any, ...]
    counts: tuple[int, ...]


class DaysRow(NamedTuple):
    """Rounds of these values that were assigned on one day and finished on another."""

    values: tuple[Any, ...]
    assigned_on: date
    rectified_on: date
    rounds: int


class DueProblem(NamedTuple):
    """A problem with the deadline of the round asked for."""

    id: int
    number: str
    village: str
    deadline: date


def families(filters: Mapping[str, RoundFilter], bases: Sequence[RoundFilter] = ()) -> list[Family]:
    """Group *filters* under the first of *bases*, or of themselves, that they narrow."""
    found: list[tuple[RoundFilter, dict[str, RoundFilter]]] = [(base, {}) for base in bases]
    for key, filter in filters.items():
        for base, parts in found:
            if filter.beyond(base) is not None:
                parts[key] = filter
                break
        else:
            found.append((filter, {key: filter}))
    return [Family(base, parts) for base, parts in found if parts]


def counted(session: Session, family: Family) -> list[CountRow]:
    """Rows by (village id, group code, severity code, source code); counts in the order of the parts."""
    return _rows(session, _tally(family, _DIMENSIONS), len(family.parts))


def counted_by_village(session: Session, family: Family) -> list[CountRow]:
    """Rows by (village id,), for what needs nothing else: there are far fewer of them."""
    return _rows(session, _tally(family, _DIMENSIONS[:1]), len(family.parts))


def counted_by_campaign(session: Session, family: Family) -> list[CountRow]:
    """Rows by (campaign id,); a problem of two campaigns counts in both."""
    tagged = _tally(family, _CAMPAIGN).join(ProblemCampaign, _TAGGED)
    return _rows(session, tagged, len(family.parts))


def counted_by(session: Session, family: Family, dimension: Dimension, day: date) -> list[CountRow]:
    """Rows by (value of *dimension*,); what stands under several values counts in each. Chiefs are those of *day*."""
    if dimension is Dimension.CAMPAIGN:
        return counted_by_campaign(session, family)
    rows = _rows(session, _tally(family, _VALUES[dimension]), len(family.parts))
    if dimension is Dimension.CHIEF:
        charges = Charges(session, day)
        return [CountRow((each,), counts) for values, counts in rows for each in charges.of(*values)]
    return rows


def days_by(session: Session, filter: RoundFilter, dimension: Dimension, day: date) -> list[DaysRow]:
    """The clocks of ``rectification_days`` by (value of *dimension*,)."""
    if dimension is Dimension.CAMPAIGN:
        return rectification_days(session, filter, by_campaign=True)
    rows = _days(session, filter, _VALUES[dimension])
    if dimension is Dimension.CHIEF:
        charges = Charges(session, day)
        return [row._replace(values=(each,)) for row in rows for each in charges.of(*row.values)]
    return rows


def counted_in_campaigns(session: Session, family: Family) -> list[CountRow]:
    """Rows by (campaign id, village id, disposal)."""
    tagged = _tally(family, _IN_CAMPAIGN).join(ProblemCampaign, _TAGGED)
    return _rows(session, tagged, len(family.parts))


def counted_by_round(session: Session, family: Family) -> list[CountRow]:
    """Rows by (id of the round,); a round counts once, or as often as a step asked for was done in it."""
    return _rows(session, _tally(family, (col(Round.id),)), len(family.parts))


def counted_in_all(session: Session, family: Family) -> tuple[int, ...]:
    """Counts of the whole office, in the order of the parts."""
    return tuple(session.execute(_tally(family, ())).one())


def rectification_days(session: Session, filter: RoundFilter, *, by_campaign: bool = False) -> list[DaysRow]:
    """The clocks of the rounds *filter* lets through, as far as they were assigned and finished."""
    return _days(session, filter, _CAMPAIGN if by_campaign else _DIMENSIONS, by_campaign=by_campaign)


def _days(
    session: Session, filter: RoundFilter, values: Sequence[ColumnElement[Any]], *, by_campaign: bool = False
) -> list[DaysRow]:
    days = (col(Round.assigned_on), col(Round.rectified_on))
    query = (
        select(*values, *days, func.count())
        .select_from(table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id)))
        .where(*conditions(filter), *(day.is_not(None) for day in days))
        .group_by(*values, *days)
    )
    if by_campaign:
        query = query.join(ProblemCampaign, _TAGGED)
    size = len(values)
    return [DaysRow(tuple(row[:size]), *row[size:]) for row in session.execute(query)]


def due_problems(session: Session, filter: RoundFilter) -> list[DueProblem]:
    """The problems behind *filter*, the earliest deadline first."""
    query = (
        select(col(Problem.id), col(Problem.number), func.coalesce(col(Area.name), ""), col(Round.deadline))
        .select_from(table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id)))
        .outerjoin(table(Area), col(Area.id) == col(Problem.village_id))
        .where(*conditions(filter))
        .order_by(col(Round.deadline), col(Problem.id))
    )
    return [DueProblem(*row) for row in session.execute(query)]


def numbers_of(session: Session, filter: RoundFilter) -> list[str]:
    """The numbers of the problems behind *filter*, in the order they were registered."""
    query = (
        select(col(Problem.number)).where(col(Problem.id).in_(problem_ids(filter))).order_by(col(Problem.id))
    )
    return list(session.execute(query).scalars())


def _tally(family: Family, values: Sequence[ColumnElement[Any]]) -> Select[Any]:
    base = family.base
    query = (
        select(*values, *map(func.count, _cases(family)))
        .select_from(table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id)))
        .where(*_of_row(base))
        .group_by(*values)
    )
    return query.join(Step, of_round()) if base.acted else query


def _cases(family: Family) -> Iterator[ColumnElement[Any]]:
    for part in family.parts.values():
        more = part.beyond(family.base)
        if more is None:
            raise ValueError("a part must narrow the base of its family")
        yield case((and_(True, *_of_row(more)), 1))


def _of_row(filter: RoundFilter) -> Iterable[ColumnElement[bool]]:
    """Conditions over a round joined to its problem and, where steps are asked for, to one step."""
    steps = step_conditions(filter) if filter.acted else ()
    return [*conditions(replace(filter, acted=())), *steps]


def _rows(session: Session, query: Select[Any], parts: int) -> list[CountRow]:
    return [CountRow(tuple(row[:-parts]), tuple(row[-parts:])) for row in session.execute(query)]
