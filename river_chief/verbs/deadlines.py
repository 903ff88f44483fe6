"""时限: which row of the office's deadline table applies to a problem, and what day that gives."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from river_chief.records import DeadlineDefault, Holiday, Problem, ProblemCampaign, Round
from river_chief.records.columns import col
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadline_table import DeadlineRow, applicable
from river_chief.rules.deadlines import Deadline, DeadlineRule, deadline_from
from river_chief.terms import Clock, DeadlineKind, StartEvent
from river_chief.verbs.lookup import problem_of
from river_chief.verbs.office import settings_of

FALLBACK = DeadlineRule(kind=DeadlineKind.NATURAL_DAYS, amount=7)
"""What is proposed where the office's table has no row."""


def calendar_of(session: Session) -> WorkCalendar:
    """The published calendar under the office's own days."""
    rows = session.exec(select(Holiday).where(col(Holiday.retired_on).is_(None))).all()
    own = {row.day: (row.is_working, row.name) for row in rows}
    return WorkCalendar(own, settings_of(session).calendar_years)


def table_of(session: Session) -> list[DeadlineRow]:
    """The rows of the deadline table in force."""
    query = select(DeadlineDefault).where(col(DeadlineDefault.retired_on).is_(None))
    return [
        DeadlineRow(
            row.clock,
            row.start,
            DeadlineRule(kind=row.kind, amount=row.amount, on=row.on_day, roll=row.rolls),
            row.severity,
            row.source,
            row.campaign_id,
        )
        for row in session.exec(query.order_by(col(DeadlineDefault.id)))
    ]


def row_for(session: Session, problem: Problem, clock: Clock) -> DeadlineRow | None:
    """The row of the table that says most about *problem*; None where there is none."""
    return applicable(
        table_of(session), clock, problem.severity, problem.source, _campaigns(session, problem)
    )


def proposed(session: Session, problem: Problem, clock: Clock, now: datetime) -> Deadline:
    """The deadline the table proposes for *clock*, where the step it waits for happens *now*."""
    row = row_for(session, problem, clock)
    rule = row.rule if row is not None else FALLBACK
    start = _start(session, problem, row.start if row is not None else StartEvent.ASSIGNED, now)
    return deadline_from(rule, start, calendar_of(session))


def proposed_for(session: Session, problem_id: int, clock: Clock, now: datetime) -> Deadline:
    """The same for the problem with an id, as a dialog asks before the step is done."""
    return proposed(session, problem_of(session, problem_id, None), clock, now)


def hours_for(session: Session, problem: Problem, clock: Clock) -> int | None:
    """The hours the table gives for *clock*; days count 24 hours each; None where there is no limit."""
    row = row_for(session, problem, clock)
    if row is None or row.rule.kind is DeadlineKind.FIXED_DATE:
        return None
    return row.rule.amount if row.rule.kind is DeadlineKind.HOURS else row.rule.amount * 24


def _start(session: Session, problem: Problem, event: StartEvent, now: datetime) -> date:
    """When *event* happened to the problem's current round; *now* where it has not yet, or just does."""
    if event is StartEvent.FOUND and problem.found_on is not None:
        return problem.found_on
    round_ = session.exec(
        select(Round).where(Round.problem_id == problem.key, Round.ordinal == problem.round_no)
    ).first()
    if round_ is None:
        return now
    days = {
        StartEvent.REGISTERED: round_.opened_on,
        StartEvent.VERIFIED: round_.verified_on,
        StartEvent.SIGNED: round_.signed_on,
        StartEvent.SUBMITTED: round_.rectified_on,
    }
    return days.get(event) or now


def _campaigns(session: Session, problem: Problem) -> tuple[int, ...]:
    query = select(ProblemCampaign.campaign_id).where(
        ProblemCampaign.problem_id == problem.id, col(ProblemCampaign.removed_on).is_(None)
    )
    return tuple(session.exec(query).all())
