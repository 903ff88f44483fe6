"""时限复核: a deadline counted over days nobody had published is checked once they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Paper, Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.deadlines import deadline_after, full_text
from river_chief.verbs.deadlines import Proposal, calendar_of, recounted
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import problem_of


class DeadlineReview(Input):
    """The deadline that holds from now on; words where it is not the one the published days give."""

    problem_id: int
    version: int | None = None
    deadline: date = Field(title="整改时限")
    words: str = Field("", title="说明", max_length=500)


def review(session: Session, entry: DeadlineReview, /, *, by: str, today: date) -> Changes:
    """Settle a deadline that was to be checked; as it was provisional, this is no extension."""
    problem = problem_of(session, entry.problem_id, entry.version)
    round_ = session.exec(
        select(Round).where(Round.problem_id == problem.key, Round.ordinal == problem.round_no)
    ).first()
    step = _resting(session, round_)
    if round_ is None or step is None or round_.deadline is None:
        raise Refusal(f"{problem.number}的时限不需要复核；要改时限请办理“延期”。")
    found = recounted(step.details["deadline_basis"], calendar_of(session))
    if found.deadline.unconfirmed:
        raise Refusal("放假安排还没有公布或录全，公布并录全以后再复核。")
    if entry.deadline != found.due and not entry.words:
        raise InvalidInput({"words": f"按放假安排应为 {found.due.isoformat()}，定为别的日期要填写说明"})
    if round_.assigned_on is not None:
        deadline_after(entry.deadline, round_.assigned_on, "交办日期")
    before = round_.deadline
    _follow(session, problem, before, entry.deadline)
    round_.first_deadline = round_.deadline = entry.deadline
    step.details = {**step.details, "deadline_basis": _basis(entry, found)}
    session.flush()
    kept = entry.deadline == before
    outcome = (
        f"仍为{before.isoformat()}" if kept else f"由{before.isoformat()}改为{entry.deadline.isoformat()}"
    )
    return Changes(f"{problem.number}时限复核：{outcome}", problem.key)


def _basis(entry: DeadlineReview, found: Proposal) -> dict[str, Any]:
    if entry.deadline == found.due:
        return found.basis()
    why = f"放假安排公布后复核，由经办人定到{full_text(entry.deadline)}：{entry.words}"
    return {"why": why, "due": entry.deadline.isoformat()}


def _resting(session: Session, round_: Round | None) -> Step | None:
    """The step whose basis the running deadline still has, where that is to be checked."""
    if round_ is None or round_.extensions or round_.rectified_on is not None or round_.exit is not None:
        return None
    query = select(Step).where(Step.problem_id == round_.problem_id, Step.round_no == round_.ordinal)
    steps = [
        step for step in session.exec(query.order_by(col(Step.ordinal))) if "deadline_basis" in step.details
    ]
    if not steps or round_.deadline is None:
        return None
    basis = steps[-1].details["deadline_basis"]
    rests = basis.get("unconfirmed") and basis["due"] == round_.deadline.isoformat()
    return steps[-1] if rests else None


def _follow(session: Session, problem: Problem, before: date, after: date) -> None:
    """The 交办单 has the same day."""
    paper = session.exec(select(Paper).where(Paper.number == problem.assign_number)).first()
    if paper is not None and paper.due_on == before:
        paper.due_on = after
