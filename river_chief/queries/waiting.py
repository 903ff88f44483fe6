"""办理超时: problems that wait for their next step longer than the office's deadline table allows.

Computed from the table as it is now, never stored; what is late for 整改 itself is 逾期 (``overdue_on``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from river_chief.records import Campaign, Problem, ProblemCampaign, Round, Step
from river_chief.records.columns import col
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadline_table import CLOCK_IN, ENTERED_BY, DeadlineRow, applicable
from river_chief.rules.deadlines import deadline_from, overdue_days
from river_chief.terms import Clock, StartEvent, State
from river_chief.verbs.deadlines import calendar_of, table_of

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a problem waits for, and the day by which it should have been done."""

    id: int
    clock: Clock
    due: date

    def words(self, today: date) -> str:
        """核实已超时2天; "" while there is time."""
        late = overdue_days(self.due, today)
        return f"{self.clock.label}已超时{late}天" if late else ""


def waiting(session: Session, ids: Sequence[int]) -> dict[int, Waiting]:
    """Which of the problems *ids* wait for a step that has its own clock, and until when."""
    table = table_of(session)
    calendar = calendar_of(session)
    found: dict[int, Waiting] = {}
    for start in range(0, len(ids), _BATCH):
        some = list(ids[start : start + _BATCH])
        for each in _waiting(session, some, table, calendar):
            found[each.id] = each
    return found


def late_on(session: Session, today: date) -> list[Waiting]:
    """Every problem of the office that waits too long on *today*, the longest first."""
    query = select(col(Problem.id)).where(col(Problem.state).in_(CLOCK_IN))
    every = waiting(session, list(session.execute(query).scalars())).values()
    return sorted((each for each in every if each.due < today), key=lambda each: (each.due, each.id))


def late_by_state(late: Sequence[Waiting]) -> dict[State, int]:
    """How many of *late* wait in each state."""
    counted = dict.fromkeys(CLOCK_IN, 0)
    for state, clock in CLOCK_IN.items():
        counted[state] = sum(each.clock is clock for each in late)
    return counted


def _waiting(
    session: Session, ids: list[int], table: list[DeadlineRow], calendar: WorkCalendar
) -> Iterator[Waiting]:
    tags, entered = _tags(session, ids), _entered(session, ids)
    for row in _rows(session, ids):
        id, clock = int(row["id"]), CLOCK_IN[row["state"]]
        rule = applicable(table, clock, row["severity"], row["source"], tags.get(id, ()))
        start = None if rule is None else _start(row, clock, rule.start, entered.get(id))
        if rule is not None and start is not None:
            due = rule.rule.on or deadline_from(rule.rule, start, calendar).due
            yield Waiting(id, clock, due)


def _rows(session: Session, ids: list[int]) -> Iterator[Mapping[str, Any]]:
    columns = (
        *(col(getattr(Problem, name)) for name in ("id", "state", "severity", "source", "found_on")),
        *(col(getattr(Round, name)) for name in ("opened_on", "verified_on", "assigned_on", "signed_on")),
        col(Round.rectified_on),
    )
    query = (
        select(*columns)
        .join(
            Round, (col(Round.problem_id) == col(Problem.id)) & (col(Round.ordinal) == col(Problem.round_no))
        )
        .where(col(Problem.id).in_(ids), col(Problem.state).in_(CLOCK_IN))
    )
    for row in session.execute(query).mappings():
        yield dict(row)


def _start(row: Mapping[str, Any], clock: Clock, event: StartEvent, entered: datetime | None) -> date | None:
    """When *event* was; the one that brings a problem into its state is when it came there last."""
    if event is ENTERED_BY[clock] and entered is not None:
        return entered.date() if entered.time() == time.min else entered
    day: date | None = {
        StartEvent.FOUND: row["found_on"],
        StartEvent.REGISTERED: row["opened_on"],
        StartEvent.VERIFIED: row["verified_on"],
        StartEvent.ASSIGNED: row["assigned_on"],
        StartEvent.SIGNED: row["signed_on"],
        StartEvent.SUBMITTED: row["rectified_on"],
    }.get(event)
    return day


def _entered(session: Session, ids: list[int]) -> dict[int, datetime]:
    """When each problem came into the state it is in."""
    query = (
        select(col(Step.problem_id), func.max(col(Step.happened_at)))
        .where(col(Step.problem_id).in_(ids), col(Step.from_state) != col(Step.to_state))
        .group_by(col(Step.problem_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _tags(session: Session, ids: list[int]) -> dict[int, list[int]]:
    query = (
        select(col(ProblemCampaign.problem_id), col(ProblemCampaign.campaign_id))
        .join(Campaign, col(Campaign.id) == col(ProblemCampaign.campaign_id))
        .where(
            col(ProblemCampaign.problem_id).in_(ids),
            col(ProblemCampaign.removed_on).is_(None),
            col(Campaign.retired_on).is_(None),
        )
    )
    found: dict[int, list[int]] = {}
    for problem_id, campaign_id in session.execute(query):
        found.setdefault(problem_id, []).append(campaign_id)
    return found
