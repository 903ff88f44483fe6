"""Rounds counted: for each filter how many there are, by village, category group, severity and source.

Filters that narrow one another are counted in one pass over what the widest of them lets through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, case, func, select, type_coerce
from sqlmodel import Session

from river_chief.queries.census import rounds_of
from river_chief.queries.rounds import (
    RoundFilter,
    conditions,
    group_code,
    of_round,
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
_IN_CAMPAIGN = (col(ProblemCampaign.campaign_id), col(Problem.village_id), col(Problem.disposal))
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


def counted_in_campaigns(session: Session, family: Family) -> list[CountRow]:
    """Rows by (campaign id, village id, disposal)."""
    tagged = _tally(family, _IN_CAMPAIGN).join(ProblemCampaign, _TAGGED)
    return _rows(session, tagged, len(family.parts))


def counted_by_round(session: Session, family: Family) -> list[CountRow]:
    """Rows by (id of the round,); a round counts once, or as often as a step asked for was done in it."""
    return _rows(session, _tally(family, (col(Round.id),)), len(family.parts))


def due_problems(session: Session, filter: RoundFilter) -> list[DueProblem]:
    """The problems behind *filter*, the earliest deadline first."""
    villages = dict(session.execute(select(col(Area.id), col(Area.name))).all())
    rows = rounds_of(session, filter, "deadline", "problem_id", "number", "village_id")
    return [
        DueProblem(id, number, villages.get(village, ""), date.fromordinal(deadline))
        for deadline, id, number, village in sorted(rows, key=itemgetter(0, 1))
    ]


def numbers_of(session: Session, filter: RoundFilter) -> list[str]:
    """The numbers of the problems behind *filter*, in the order they were registered."""
    return list(dict(sorted(rounds_of(session, filter, "problem_id", "number"))).values())


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
