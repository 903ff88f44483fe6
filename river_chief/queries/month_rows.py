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
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter, clock, state_text
from river_chief.queries.rounds import RoundFilter
from river_chief.records import Step
from river_chief.records.columns import col
from river_chief.rules.periods import Span
from river_chief.terms import Action, Exit, LookBack, State


class StepFact(NamedTuple):
    """What a step did, as far as a row shows it."""

    problem_id: int
    round_no: int
    action: Action
    to_state: State
    happened_at: datetime
    actor: str
    words: str
    details: dict[str, Any]


def of_month(span: Span) -> ProblemFilter:
    """The problems that were in stock at any time of *span*: open before it, or new in it."""
    return ProblemFilter(rounds=RoundFilter(stock_during=(span.first, span.last)), drafts=False)


def rows_on(session: Session, ids: Sequence[int], day: date) -> list[Row]:
    """Rows of the problem ledger as they stood at the end of *day*, in the order of *ids*.

    State, completion, acceptance, closing, progress and look-back are those of that day. What is written
    down once (the place, who is responsible) is as it stands now, and so is the approved deadline of the
    round: the figures count by it, even when the extension was approved later. What a problem waits for, whether
    too long, and who may close it is a matter of today and left out.
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
    """The row with what the steps up to *day* and its round of that day made of it."""
    round_ = rounds[steps[-1].round_no - 1]
    values: dict[str, Any] = {**row.values, **_days(round_, day)}
    values |= dict.fromkeys(("progress", "acceptors", "unfinished_reason", "next_step"), "")
    values |= dict.fromkeys(("handed_to", "letter_number", "hand_over_reply", "suspended_by"), "")
    values |= {"step_due": None, "waiting": "", "closer": None}
    values |= dict.fromkeys(("look_back", "look_back_on", "suspended_until", "replied_on", "merged_into"))
    for step in steps:
        values |= _effect(step)
        values["state"] = step.to_state
    values["is_closed"] = values["state"] is State.CLOSED
    clock(values, day)
    return Row(row.id, row.version, {key: values[key] for key in row.values}, state_text(values))


def _days(round_: RoundRow, day: date) -> dict[str, Any]:
    """The round's clock, without the days after *day*."""

    def known(on: date | None) -> date | None:
        return on if on is not None and on <= day else None

    exit_on = known(round_.exit_on)
    return {
        "assigned_on": round_.assigned_on,
        "first_deadline": round_.first_deadline,
        "deadline": round_.deadline,
        "rectified_on": known(round_.rectified_on),
        "accepted_on": known(round_.accepted_on),
        "reported_on": known(round_.reported_on),
        "closed_on": exit_on if round_.exit is Exit.CLOSED else None,
        "_exit_on": exit_on,
    }


def _effect(step: StepFact) -> dict[str, Any]:
    """The words of a row that *step* sets; see ``verbs.steps`` for the verbs themselves."""
    details = step.details
    match step.action:
        case Action.PROGRESS:
            return {key: details.get(key, "") for key in ("progress", "unfinished_reason", "next_step")}
        case Action.SUBMIT:
            return {"progress": details.get("progress", "")}
        case Action.ACCEPT:
            return {"acceptors": step.actor}
        case Action.LOOK_BACK:
            return {"look_back": LookBack.HELD, "look_back_on": step.happened_at.date()}
        case Action.RELAPSE:
            found = {"look_back": LookBack.RELAPSED, "look_back_on": step.happened_at.date()}
            return {"progress": "", "acceptors": "", **found}
        case _:
            return _beside_the_way(step)


def _beside_the_way(step: StepFact) -> dict[str, Any]:
    """The same for the steps that lead off the straight way: held, handed over, merged."""
    details, day = step.details, step.happened_at.date()
    match step.action:
        case Action.SUSPEND:
            until = date.fromisoformat(details["until"])
            return {"suspended_until": until, "suspended_by": details["approver"]}
        case Action.RESUME:
            return {"suspended_until": None, "suspended_by": ""}
        case Action.HAND_OVER:
            letter = details.get("letter_number", "")
            return {"handed_to": details["receiver"], "letter_number": letter, "hand_over_reply": ""}
        case Action.REPLY:
            return {"hand_over_reply": details["reply"], "replied_on": day}
        case Action.TAKE_BACK:
            return {"hand_over_reply": step.words, "replied_on": day}
        case Action.MERGE:
            return {"merged_into": details["into"]}
        case _:
            return {}
