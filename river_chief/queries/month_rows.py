"""The problems of a month: which they are, and how each of them stood at the end of a day.

A list of March printed in April must not know of April: what later steps did is left out of its rows,
so that they agree with figures that count up to the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from river_chief.queries.ledger_query import CHUNK, Row
from river_chief.queries.problem_detail import RoundRow, rounds_of
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter, clock
from river_chief.queries.rounds import RoundFilter
from river_chief.records import Step
from river_chief.records.columns import col
from river_chief.rules.periods import Span
from river_chief.terms import Action, LookBack, State


class StepFact(NamedTuple):
    """What a step did, as far as a row shows it."""

    problem_id: int
    round_no: int
    action: Action
    to_state: State
    happened_at: datetime
    actor: str
    details: dict[str, Any]


def of_month(span: Span) -> ProblemFilter:
    """The problems that were in stock at any time of *span*: open before it, or new in it."""
    return ProblemFilter(rounds=RoundFilter(stock_during=(span.first, span.last)), drafts=False)


def rows_on(session: Session, ids: Sequence[int], day: date) -> list[Row]:
    """Rows of the problem ledger as they stood at the end of *day*, in the order of *ids*.

    State, days, deadlines, progress, acceptors and look-back follow the steps up to that day; what is
    only written down (place, description, who is responsible) is as it stands now.
    """
    found: list[Row] = []
    for start in range(0, len(ids), CHUNK):
        found += _rows_on(session, ids[start : start + CHUNK], day)
    return found


def _rows_on(session: Session, ids: Sequence[int], day: date) -> list[Row]:
    rows = PROBLEM_LEDGER.rows(session, ids, day)
    moved = _moved_after(session, ids, day)
    if not moved:
        return rows
    rounds = rounds_of(session, moved)
    steps: dict[int, list[StepFact]] = {}
    for step in _steps_up_to(session, moved, day):
        steps.setdefault(step.problem_id, []).append(step)
    return [_taken_back(row, steps[row.id], rounds[row.id], day) if row.id in steps else row for row in rows]


def _moved_after(session: Session, ids: Sequence[int], day: date) -> list[int]:
    """Those of *ids* that had a step after *day*."""
    query = (
        select(col(Step.problem_id))
        .where(col(Step.problem_id).in_(ids), col(Step.happened_at) >= _midnight_after(day))
        .distinct()
    )
    return list(session.execute(query).scalars())


def _steps_up_to(session: Session, ids: Sequence[int], day: date) -> Iterable[StepFact]:
    query = (
        select(*(col(getattr(Step, name)) for name in StepFact._fields))
        .where(col(Step.problem_id).in_(ids), col(Step.happened_at) < _midnight_after(day))
        .order_by(col(Step.problem_id), col(Step.ordinal))
    )
    return (StepFact(*values) for values in session.execute(query))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min)


def _taken_back(row: Row, steps: Sequence[StepFact], rounds: Sequence[RoundRow], day: date) -> Row:
    """The row with what the steps up to *day* made of it."""
    values: dict[str, Any] = dict(row.values)
    values |= dict.fromkeys(("assigned_on", "first_deadline", "deadline", "_exit_on", "closed_on"))
    values |= dict.fromkeys(("rectified_on", "accepted_on", "look_back", "look_back_on"))
    values |= dict.fromkeys(("progress", "acceptors", "unfinished_reason", "next_step"), "")
    values["_extensions"] = 0
    for step in steps:
        values |= _effect(step, rounds[step.round_no - 1], values["_extensions"])
        values["state"] = step.to_state
    if values["assigned_on"] is None:
        values["assign_number"] = ""
    values["is_closed"] = values["state"] is State.CLOSED
    clock(values, day)
    return Row(row.id, row.version, {key: value for key, value in values.items() if key in row.values})


# What each action does to a row: values that become its day, that go, that its input told.
_BECOME_THE_DAY: dict[Action, tuple[str, ...]] = {
    Action.ASSIGN: ("assigned_on",),
    Action.SUBMIT: ("rectified_on",),
    Action.ACCEPT: ("accepted_on",),
    Action.CLOSE: ("closed_on", "_exit_on"),
    Action.REFUTE: ("_exit_on",),
    Action.MERGE: ("_exit_on",),
    Action.HAND_OVER: ("_exit_on",),
    Action.VOID: ("_exit_on",),
    Action.LOOK_BACK: ("look_back_on",),
    Action.RELAPSE: ("assigned_on", "look_back_on"),
}
_GO: dict[Action, tuple[str, ...]] = {
    Action.HAND_BACK: ("assigned_on", "first_deadline", "deadline"),
    Action.REJECT: ("rectified_on",),
    Action.RETURN: ("rectified_on", "accepted_on"),
    Action.RELAPSE: ("rectified_on", "accepted_on", "closed_on", "_exit_on"),
}
_TOLD: dict[Action, tuple[str, ...]] = {
    Action.PROGRESS: ("progress", "unfinished_reason", "next_step"),
    Action.SUBMIT: ("progress",),
}


def _effect(step: StepFact, round_: RoundRow, extensions: int) -> dict[str, Any]:
    """The values of a row that *step* sets; see ``verbs.steps`` for the verbs themselves."""
    action, details = step.action, step.details
    values: dict[str, Any] = dict.fromkeys(_BECOME_THE_DAY.get(action, ()), step.happened_at.date())
    values |= dict.fromkeys(_GO.get(action, ()))
    values |= {key: details.get(key, "") for key in _TOLD.get(action, ())}
    deadline = date.fromisoformat(details["deadline"]) if "deadline" in details else None
    if action in (Action.ASSIGN, Action.RELAPSE):
        values |= dict.fromkeys(("first_deadline", "deadline"), deadline or round_.first_deadline)
        values["_extensions"] = 0
    if action is Action.EXTEND:
        values |= {"deadline": deadline, "_extensions": extensions + 1}
    if action is Action.ACCEPT:
        values["acceptors"] = step.actor
    if action is Action.LOOK_BACK:
        values["look_back"] = LookBack.HELD
    if action is Action.RELAPSE:
        values |= {"progress": "", "acceptors": "", "look_back": LookBack.RELAPSED}
    return values
