"""Rounds counted along the groupings of a saved report; what is counted is said by the filters given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, extract, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.queries.problems import OWN, PROBLEM_LEDGER, ProblemFilter, own_conditions
from river_chief.queries.round_counts import families
from river_chief.queries.rounds import (
    RoundFilter,
    answers_for,
    conditions,
    group_code,
    of_round,
    step_conditions,
)
from river_chief.records import Problem, ProblemCampaign, Round, Step, Tenure, TenureReach
from river_chief.records.columns import col, table
from river_chief.terms import Exit, Grouping

Keys = tuple[Any, ...]
_Now, _Begun = aliased(Round, name="round_now"), aliased(Round, name="round_begun")


@dataclass(frozen=True, slots=True)
class Along:
    """What is counted along: the groupings, of which problems, chiefs as of ``day``.

    ``within``     only these problems; None: all.
    ``start_day``  the day the office's months begin on.
    """

    by: tuple[Grouping, ...]
    within: ProblemFilter | None
    day: date
    start_day: int = 1


def counted_along(
    session: Session, filters: Mapping[str, RoundFilter], bases: Sequence[RoundFilter], along: Along
) -> dict[Keys, dict[str, int]]:
    """How many rounds (steps, where a filter asks for steps) each filter counts, by the values of the groupings."""
    found: dict[Keys, dict[str, int]] = defaultdict(dict)
    size = len(along.by)
    for family in families(filters, bases):
        cases = [_counted(part.beyond(family.base)) for part in family.parts.values()]
        query = _grouped(along, family.base, cases)
        if family.base.acted:
            query = query.join(Step, of_round())
        for row in session.execute(query):
            counts = zip(family.parts, row[size:], strict=True)
            found[tuple(row[:size])].update((key, count) for key, count in counts if count)
    return dict(found)


def clocks_along(session: Session, filter: RoundFilter, along: Along) -> dict[Keys, tuple[int, int]]:
    """Days from assignment to finishing, added up, and of how many rounds, by the values of the groupings."""
    found: dict[Keys, tuple[int, int]] = {}
    size = len(along.by)
    days = (col(Round.assigned_on), col(Round.rectified_on))
    query = _grouped(along, filter, [*days, func.count()], days).where(*(day.is_not(None) for day in days))
    for row in session.execute(query):
        key, (assigned_on, rectified_on, rounds) = tuple(row[:size]), row[size:]
        before = found.get(key, (0, 0))
        found[key] = (before[0] + (rectified_on - assigned_on).days * rounds, before[1] + rounds)
    return found


def month_key(day: ColumnElement[Any], start_day: int) -> ColumnElement[int]:
    """The office's month of *day* as one number: year × 12 + month − 1."""
    count = extract("year", day) * 12 + extract("month", day) - 1
    return count if start_day == 1 else count + case((extract("day", day) >= start_day, 1), else_=0)


def _grouped(
    along: Along,
    base: RoundFilter,
    counts: Sequence[ColumnElement[Any]],
    more: Iterable[ColumnElement[Any]] = (),
) -> Select[Any]:
    source: FromClause = table(Round).join(table(Problem), col(Problem.id) == col(Round.problem_id))
    values = []
    for grouping in along.by:
        value, reach_out = _AXES[grouping](along)
        source = reach_out(source)
        values.append(value)
    query = select(*values, *counts).select_from(source).where(*_of_row(base)).group_by(*values, *more)
    return query.where(*_within(along.within)) if along.within is not None else query


def _within(filter: ProblemFilter) -> list[ColumnElement[bool]]:
    """What *filter* asks of the problem's own row at once, and the rest, if any, by the ledger."""
    any_problem = ProblemFilter()
    rest = filter.only(**{name: getattr(any_problem, name) for name in OWN})
    found = list(own_conditions(filter))
    return found if rest == any_problem else [*found, col(Problem.id).in_(PROBLEM_LEDGER.matching(rest))]


def _counted(part: RoundFilter | None) -> ColumnElement[int]:
    if part is None:
        raise ValueError("a part must narrow the base of its family")
    return func.count(case((and_(True, *_of_row(part)), 1)))


def _of_row(filter: RoundFilter) -> list[ColumnElement[bool]]:
    """Conditions over a round joined to its problem and, where steps are asked for, to one step."""
    steps = step_conditions(filter) if filter.acted else ()
    return [*conditions(replace(filter, acted=())), *steps]


Reached = Callable[[FromClause], FromClause]
Axis = Callable[[Along], tuple[ColumnElement[Any], Reached]]


def _own(value: ColumnElement[Any]) -> Axis:
    """A value of the problem itself."""
    return lambda _along: (value, lambda source: source)


def _month_found(along: Along) -> tuple[ColumnElement[Any], Reached]:
    return month_key(col(Problem.found_on), along.start_day), lambda source: source


def _month_registered(along: Along) -> tuple[ColumnElement[Any], Reached]:
    first = and_(col(_Begun.problem_id) == col(Problem.id), col(_Begun.ordinal) == 1)
    return month_key(col(_Begun.opened_on), along.start_day), lambda source: source.outerjoin(_Begun, first)


def _month_closed(along: Along) -> tuple[ColumnElement[Any], Reached]:
    """Of the newest round; None unless it is struck off."""
    newest = and_(col(_Now.problem_id) == col(Problem.id), col(_Now.ordinal) == col(Problem.round_no))
    month = case((col(_Now.exit) == Exit.CLOSED, month_key(col(_Now.exit_on), along.start_day)))
    return month, lambda source: source.outerjoin(_Now, newest)


def _campaign(_along: Along) -> tuple[ColumnElement[Any], Reached]:
    tag = and_(col(ProblemCampaign.problem_id) == col(Problem.id), col(ProblemCampaign.removed_on).is_(None))
    return col(ProblemCampaign.campaign_id), lambda source: source.join(table(ProblemCampaign), tag)


def _chief(along: Along) -> tuple[ColumnElement[Any], Reached]:
    """Every person who answers for the problem once, however many offices they hold; None for nobody."""
    who = (
        select(col(Problem.id).label("problem_id"), col(Tenure.person_id).label("person_id"))
        .select_from(
            table(Problem).join(table(TenureReach), col(TenureReach.reach_id) == col(Problem.reach_id))
        )
        .join(table(Tenure), col(Tenure.id) == col(TenureReach.tenure_id))
        .where(answers_for(along.day))
        .distinct()
        .subquery("answering")
    )
    return who.c.person_id, lambda source: source.outerjoin(who, who.c.problem_id == col(Problem.id))


_AXES: dict[Grouping, Axis] = {
    Grouping.VILLAGE: _own(col(Problem.village_id)),
    Grouping.UNIT: _own(col(Problem.unit)),
    Grouping.GROUP: _own(group_code()),
    Grouping.CATEGORY: _own(col(Problem.category_code)),
    Grouping.SEVERITY: _own(col(Problem.severity)),
    Grouping.SOURCE: _own(col(Problem.source)),
    Grouping.STATE: _own(col(Problem.state)),
    Grouping.DISPOSAL: _own(col(Problem.disposal)),
    Grouping.WATER: _own(col(Problem.water_id)),
    Grouping.REACH: _own(col(Problem.reach_id)),
    Grouping.FINDER: _own(col(Problem.finder)),
    Grouping.CAMPAIGN: _campaign,
    Grouping.CHIEF: _chief,
    Grouping.FOUND_MONTH: _month_found,
    Grouping.REGISTERED_MONTH: _month_registered,
    Grouping.CLOSED_MONTH: _month_closed,
}
