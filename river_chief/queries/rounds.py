"""Rounds asked for: the filters every rate and every stock figure is made of.

One filter gives both the count and the problems behind it, so a number and its rows can not differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from river_chief.records import Problem, ProblemCampaign, Round
from river_chief.records.columns import col
from river_chief.terms import Exit, Origin, Severity, Source

Span = tuple[date | None, date | None]
# Exits after which a problem counts neither as found nor as put right (不属实、并案、移交、作废).
NOT_REAL: tuple[Exit, ...] = (Exit.UNFOUNDED, Exit.MERGED, Exit.HANDED_OVER, Exit.VOIDED)


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """Conditions on a round, all of which must hold; spans are inclusive days.

    ``real_on``       not out by 不属实, 并案, 移交 or 作废 up to that day.
    ``stock_before``  in stock at the beginning of that day; ``stock_on`` at its end.
    ``closed_on``     struck off and not reopened, as of that day's end.
    ``finished_on``   rectification reported (and not sent back) up to that day.
    ``unfinished_before``  not reported finished before that day.
    ``overdue_on``    the deadline has passed on that day and it was not finished by then.
    ``on_time``       finished not later than the approved deadline.
    ``last_on``       the newest round of its problem as of that day.
    """

    origin: Origin | None = None
    opened: Span | None = None
    exits: tuple[Exit, ...] = ()
    exited: Span | None = None
    deadline: Span | None = None
    assigned: Span | None = None
    real_on: date | None = None
    stock_before: date | None = None
    stock_on: date | None = None
    closed_on: date | None = None
    finished_on: date | None = None
    unfinished_on: date | None = None
    unfinished_before: date | None = None
    overdue_on: date | None = None
    on_time: bool = False
    last_on: date | None = None
    rejected: bool = False
    villages: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    sources: tuple[Source, ...] = ()
    campaigns: tuple[int, ...] = ()


def conditions(filter: RoundFilter) -> list[ColumnElement[bool]]:
    """The WHERE of *filter* over ``Round`` joined to its ``Problem``."""
    return [*_round_conditions(filter), *_problem_conditions(filter)]


def problem_ids(filter: RoundFilter) -> Select[int]:
    """A query of the ids of the problems whose rounds *filter* lets through."""
    return (
        select(col(Round.problem_id))
        .join(Problem, col(Problem.id) == col(Round.problem_id))
        .where(*conditions(filter))
    )


def _round_conditions(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    if filter.origin is not None:
        yield col(Round.origin) == filter.origin
    if filter.exits:
        yield col(Round.exit).in_(filter.exits)
    for column, span in (
        (col(Round.opened_on), filter.opened),
        (col(Round.exit_on), filter.exited),
        (col(Round.deadline), filter.deadline),
        (col(Round.assigned_on), filter.assigned),
    ):
        if span is not None and span[0] is not None:
            yield column >= span[0]
        if span is not None and span[1] is not None:
            yield column <= span[1]
    if filter.on_time:
        yield col(Round.rectified_on) <= col(Round.deadline)
    if filter.rejected:
        yield col(Round.rejections) > 0
    yield from _as_of(filter)


def _as_of(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    exit_on, rectified_on = col(Round.exit_on), col(Round.rectified_on)
    if (day := filter.real_on) is not None:
        yield or_(exit_on.is_(None), exit_on > day, col(Round.exit).not_in(NOT_REAL))
    if (day := filter.stock_before) is not None:
        yield and_(col(Round.opened_on) < day, or_(exit_on.is_(None), exit_on >= day))
    if (day := filter.stock_on) is not None:
        yield and_(col(Round.opened_on) <= day, or_(exit_on.is_(None), exit_on > day))
    if (day := filter.closed_on) is not None:
        reopened = col(Round.reopened_on)
        yield and_(col(Round.exit) == Exit.CLOSED, exit_on <= day, or_(reopened.is_(None), reopened > day))
    if (day := filter.finished_on) is not None:
        yield rectified_on <= day
    if (day := filter.unfinished_on) is not None:
        yield or_(rectified_on.is_(None), rectified_on > day)
    if (day := filter.unfinished_before) is not None:
        yield or_(rectified_on.is_(None), rectified_on >= day)
    if (day := filter.overdue_on) is not None:
        yield and_(col(Round.deadline) < day, or_(rectified_on.is_(None), rectified_on > day))
    if (day := filter.last_on) is not None:
        reopened = col(Round.reopened_on)
        yield and_(col(Round.opened_on) <= day, or_(reopened.is_(None), reopened > day))


def _problem_conditions(filter: RoundFilter) -> Iterator[ColumnElement[bool]]:
    if filter.villages:
        yield col(Problem.village_id).in_(filter.villages)
    if filter.groups:
        yield group_code().in_(filter.groups)
    if filter.severities:
        yield col(Problem.severity).in_(filter.severities)
    if filter.sources:
        yield col(Problem.source).in_(filter.sources)
    if filter.campaigns:
        yield exists().where(
            col(ProblemCampaign.problem_id) == col(Problem.id),
            col(ProblemCampaign.campaign_id).in_(filter.campaigns),
        )


def group_code() -> ColumnElement[str]:
    """The category group (乱占 …) a problem belongs to; a group's code is its first two letters."""
    return func.substr(col(Problem.category_code), 1, 2)
