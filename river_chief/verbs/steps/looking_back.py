"""回头看: looked at again after closing; it held, or it relapsed."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.rules.deadlines import deadline_after
from river_chief.terms import Action, Clock, LookBack, Origin
from river_chief.verbs.deadlines import basis_of, proposed
from river_chief.verbs.steps.move import Reasoned, StepInput, begin, open_round


class Relapse(Reasoned):
    """反弹: what was found again, and the new deadline."""

    deadline: date | None = Field(None, title="新整改时限")


def look_back(session: Session, entry: StepInput, /, *, by: str, today: date) -> Changes:
    """Looked at again after closing; it held (未反弹)."""
    move = begin(session, entry, Action.LOOK_BACK, by, today)
    move.problem.look_back = LookBack.HELD
    move.problem.look_back_on = move.day
    return move.done(f"：{LookBack.HELD.label}")


def relapse(session: Session, entry: Relapse, /, *, by: str, today: date) -> Changes:
    """Found again after closing: a new round opens with its own deadline; the old clock is kept."""
    move = begin(session, entry, Action.RELAPSE, by, today)
    problem = move.problem
    found = proposed(session, problem, Clock.RECTIFY, move.step.happened_at, anew=True)
    deadline = entry.deadline or found.due
    move.tell(deadline_basis=basis_of(found, deadline))
    deadline_after(deadline, move.day, "交办日期")
    problem.progress = problem.acceptors = ""  # they belong to the round before; its steps keep them
    problem.look_back = LookBack.RELAPSED
    problem.look_back_on = move.day
    round_ = open_round(move, Origin.RELAPSE)
    round_.verified_on = round_.assigned_on = move.day
    round_.first_deadline = round_.deadline = deadline
    return move.done(f"，限{deadline.isoformat()}前重新整改")
