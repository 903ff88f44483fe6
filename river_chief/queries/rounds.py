"""Rounds asked for: the filters every rate and every stock figure is made of.

One filter gives both the count and the problems behind it, so a number and its rows can not differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from river_chief.queries.chiefs import CHIEF_ROLES, within_days
from river_chief.queries.clauses import Ask, Atom, clauses
from river_chief.records import Problem, ProblemCampaign, Round, Step, Tenure, TenureReach
from river_chief.records.columns import col
from river_chief.terms import Action, Exit, Level, Origin, Severity, Source

Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """Conditions on a round, all of which must hold; spans are inclusive days.

    ``opened`` ``exited`` ``deadline`` ``assigned`` ``finished`` ``reopened``  a day of the round.
    ``real_on``       not out by 不属实, 并案, 移交 or 作废 up to that day: in stock or struck off.
    ``stock_before``  in stock at the beginning of that day; ``stock_on`` at its end;
    ``stock_during``  at any time of those days.
    ``closed_on``     struck off and not reopened, as of that day's end.
    ``assigned_by``   not assigned later than that day.
    ``finished_on``   rectification reported (and not sent back), or struck off, up to that day.
    ``unfinished_before``  not reported finished before that day.
    ``overdue_on``    the deadline has passed on that day and it was not finished by then.
    ``on_time``       finished (where that day is not known: struck off) not later than the approved deadline.
    ``last_on``       the newest round of its problem as of that day.
    ``acted``         one of these actions was done in it, on a day of ``acted_in`` (None: any).
    ``own_finding``   the township or its villages found the problem themselves.
    ``looked``        its problem was looked at again (未反弹 or 反弹) on a day of the span, in whatever round;
    ``came_back``     and was found to have relapsed on one of those days.

    ``excepted``      a step of it was done without the proof it needs (例外办理) on a day of the span.
    ``reported_by``   its closing was asked for at a level above up to that day.

    ``chiefs``        persons who answer for its problem as chiefs on the day ``chiefs_on``: see ``answers_for``.

    None among the villages, waters, reaches, chiefs, severities or sources stands for those without one.
    """

    origins: tuple[Origin, ...] = ()
    opened: Span | None = None
    exits: tuple[Exit, ...] = ()
    exited: Span | None = None
    deadline: Span | None = None
    assigned: Span | None = None
    finished: Span | None = None
    reopened: Span | None = None
    real_on: date | None = None
    stock_before: date | None = None
    stock_on: date | None = None
    stock_during: tuple[date, date] | None = None
    closed_on: date | None = None
    assigned_by: date | None = None
    finished_on: date | None = None
    unfinished_on: date | None = None
    unfinished_before: date | None = None
    overdue_on: date | None = None
    on_time: bool = False
    last_on: date | None = None
    rejected: bool = False
    acted: tuple[Action, ...] = ()
    acted_in: Span | None = None
    own_finding: bool = False
    excepted: Span | None = None
    reported_by: date | None = None
    looked: Span | None = None
    came_back: Span | None = None
    villages: tuple[int | None, ...] = ()
    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    waters: tuple[int | None, ...] = ()
    reaches: tuple[int | None, ...] = ()
    chiefs: tuple[int | None, ...] = ()
    chiefs_on: date | None = None
    finders: tuple[str, ...] = ()
    severities: tuple[Severity | None, ...] = ()
    sources: tuple[Source | None, ...] = ()
    campaigns: tuple[int, ...] = ()

    def beyond(self, base: RoundFilter) -> RoundFilter | None:
        """What this filter asks for besides *base*; None when it asks for less or for something else."""
        more: dict[str, Any] = {}
        for field in fields(self):
            own, other = getattr(self, field.name), getattr(base, field.name)
            if own == other:
                continue
            if other not in (field.default, own) and not (field.name == "acted" and set(own) < set(other)):
                return None
            more[field.name] = own
        if "acted" in more:
            more["acted_in"] = self.acted_in
        return RoundFilter(**more)


def conditions(filter: RoundFilter) -> list[ColumnElement[bool]]:
    """The WHERE of *filter* over ``Round`` joined to its ``Problem``."""
    found = [*_round_conditions(filter), *_problem_conditions(filter)]
    if filter.acted:
        found.append(exists().where(of_round(), *step_conditions(filter)))
    return found


def of_round() -> ColumnElement[bool]:
    """A step was done in the round."""
    return and_(col(Step.problem_id) == col(Round.problem_id), col(Step.round_no) == col(Round.ordinal))


def excuse() -> ColumnElement[str | None]:
    """Why a step was done without the proof it needs; NULL where it had it."""
    told: ColumnElement[str | None] = col(Step.details)["exception"].as_string()
    return told


def step_conditions(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    """The WHERE of *filter* over the ``Step`` it asks for."""
    yield col(Step.action).in_(filter.acted)
    yield from _on_days(filter.acted_in or (None, None))


def _on_days(span: Span) -> Iterator[ColumnElement[bool]]:
    """A step happened on a day of *span*."""
    first, last = span
    if first is not None:
        yield col(Step.happened_at) >= datetime.combine(first, time.min)
    if last is not None:
        yield col(Step.happened_at) < datetime.combine(last + timedelta(days=1), time.min)


def problem_ids(filter: RoundFilter) -> Select[int]:
    """A query of the ids of the problems whose rounds *filter* lets through."""
    return (
        select(col(Round.problem_id))
        .join(Problem, col(Problem.id) == col(Round.problem_id))
        .where(*conditions(filter))
    )


def _round_conditions(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    for clause in clauses(filter):
        yield or_(*map(_atom, clause))
    if filter.rejected:
        yield col(Round.rejections) > 0
    if filter.excepted is not None:
        yield col(Round.exceptions) > 0
        yield exists().where(of_round(), excuse().is_not(None), *_on_days(filter.excepted))


def _atom(atom: Atom) -> ColumnElement[bool]:
    fact: Any = _FACTS[atom.fact]
    match atom.ask:
        case Ask.SINCE:
            asked = fact >= atom.day
        case Ask.BEFORE:
            asked = fact < atom.day
        case Ask.MISSING:
            asked = fact.is_(None)
        case Ask.AMONG:
            asked = or_(*(fact == value for value in atom.values))
        case Ask.TRUE:
            asked = fact
    return cast("ColumnElement[bool]", asked)


_CLOSING_DAY = case((col(Round.exit) == Exit.CLOSED, col(Round.exit_on)))
_FACTS: Mapping[str, ColumnElement[Any]] = {
    "opened": col(Round.opened_on),
    "exited": col(Round.exit_on),
    "deadline": col(Round.deadline),
    "assigned": col(Round.assigned_on),
    "finished": col(Round.rectified_on),
    "reopened": col(Round.reopened_on),
    "reported": col(Round.reported_on),
    "origin": col(Round.origin),
    "exit": col(Round.exit),
    "source": col(Problem.source),
    "in_time": func.coalesce(col(Round.rectified_on), _CLOSING_DAY) <= col(Round.deadline),
}


def _problem_conditions(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    for actions, span in (
        ((Action.LOOK_BACK, Action.RELAPSE), filter.looked),
        ((Action.RELAPSE,), filter.came_back),
    ):
        if span is not None:
            steps = select(col(Step.problem_id)).where(col(Step.action).in_(actions), *_on_days(span))
            yield col(Problem.id).in_(steps)
    for column, wanted in (
        (col(Problem.village_id), filter.villages),
        (col(Problem.unit), filter.units),
        (group_code(), filter.groups),
        (col(Problem.category_code), filter.categories),
        (col(Problem.water_id), filter.waters),
        (col(Problem.reach_id), filter.reaches),
        (col(Problem.finder), filter.finders),
        (col(Problem.severity), filter.severities),
        (col(Problem.source), filter.sources),
    ):
        if wanted:
            yield among(column, wanted)
    if filter.chiefs and filter.chiefs_on is not None:
        yield _answered_by(filter.chiefs, filter.chiefs_on)
    if filter.campaigns:
        yield exists().where(
            col(ProblemCampaign.problem_id) == col(Problem.id),
            col(ProblemCampaign.campaign_id).in_(filter.campaigns),
            col(ProblemCampaign.removed_on).is_(None),
        )


def answers_for(day: date) -> ColumnElement[bool]:
    """A chief's ``Tenure`` and its ``TenureReach`` answer for ``Problem`` on *day*.

    Of its reach every chief of every level; but of the chiefs of villages only those of its own village.
    """
    return and_(
        col(TenureReach.reach_id) == col(Problem.reach_id),
        col(Tenure.role).in_(CHIEF_ROLES),
        *within_days(Tenure, day),
        *within_days(TenureReach, day),
        or_(
            col(Tenure.level) != Level.VILLAGE,
            col(Problem.village_id).is_(None),
            col(Tenure.area_id) == col(Problem.village_id),
        ),
    )


def _answered_by(persons: Sequence[int | None], day: date) -> ColumnElement[bool]:
    tenures = exists().where(col(TenureReach.tenure_id) == col(Tenure.id), answers_for(day))
    named = tenures.where(col(Tenure.person_id).in_([each for each in persons if each is not None]))
    return or_(named, ~tenures) if None in persons else named


def among(column: ColumnElement[Any], wanted: Sequence[Any]) -> ColumnElement[bool]:
    """*column* is one of *wanted*; None among them lets through what has no value."""
    named = column.in_([value for value in wanted if value is not None])
    return or_(named, column.is_(None)) if None in wanted else named


def group_code() -> ColumnElement[str]:
    """The category group (乱占 …) a problem belongs to; a group's code is its first two letters."""
    return func.substr(col(Problem.category_code), 1, 2)
