"""整改: how far it is, a later deadline, held for a reason, reported finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.records import Work
from river_chief.rules.deadlines import days_left
from river_chief.terms import Action, Disposal, Proof, WorkKind
from river_chief.verbs.steps.move import Move, Reasoned, StepInput, begin

Amount = Annotated[float, Field(lt=1e9)]


class WithWork(StepInput):
    """An action that may say how much work was done, by kind and in the unit of the kind."""

    work: dict[WorkKind, Amount] = Field(default_factory=dict, title="工作量")

    @property
    def brings(self) -> frozenset[Proof]:
        """The amounts of work, where there are any."""
        return frozenset({Proof.WORK}) if any(self.work.values()) else frozenset()


class Progress(WithWork):
    """整改进展, with the work done so far."""

    progress: str = Field(title="整改进展", min_length=1, max_length=2000)
    unfinished_reason: str = Field("", title="未完成原因", max_length=500)
    next_step: str = Field("", title="下步措施", max_length=500)


class Extend(Reasoned):
    """延期: the new deadline and why."""

    deadline: date = Field(title="延期至")


class Suspend(Reasoned):
    """挂账: who approved it, until when, and why."""

    approver: str = Field(title="批准人", min_length=1, max_length=120)
    until: date = Field(title="挂账至")


class Resume(StepInput):
    """恢复整改: with a new deadline, or the days that were left when it was suspended."""

    deadline: date | None = Field(None, title="整改时限")


class Submit(WithWork):
    """反馈完成: what was done, with the amounts of work."""

    progress: str = Field(title="整改完成情况", min_length=1, max_length=2000)
    measures: str = Field("", title="整改措施", max_length=2000)
    disposal: Disposal | None = Field(None, title="处置方式")


def report_progress(session: Session, entry: Progress, /, *, by: str, today: date) -> Changes:
    """Note how far the rectification is."""
    move = begin(session, entry, Action.PROGRESS, by, today)
    problem = move.problem
    problem.progress = entry.progress
    problem.unfinished_reason = entry.unfinished_reason
    problem.next_step = entry.next_step
    _note_work(move, entry.work)
    return move.done(f"：{entry.progress}")


def extend(session: Session, entry: Extend, /, *, by: str, today: date) -> Changes:
    """Approve a later deadline; the first one is kept."""
    move = begin(session, entry, Action.EXTEND, by, today)
    before = move.round.deadline
    if before is not None and entry.deadline <= before:
        raise InvalidInput({"deadline": f"延期应晚于现行时限 {before.isoformat()}"})
    move.round.deadline = entry.deadline
    move.round.extensions += 1
    return move.done(f"至{entry.deadline.isoformat()}")


def suspend(session: Session, entry: Suspend, /, *, by: str, today: date) -> Changes:
    """Hold the rectification for a stated, approved reason (挂账); the problem stays in stock.

    The clock stops: the deadline moves behind the day until which it is held by the days that were left.
    """
    move = begin(session, entry, Action.SUSPEND, by, today)
    if entry.until <= move.day:
        raise InvalidInput({"until": f"挂账至的日期应晚于办理日期 {move.day.isoformat()}"})
    left = days_left(move.round.deadline, move.day)
    if left is not None and left >= 0:
        move.round.deadline = entry.until + timedelta(days=left)
        move.tell(days_left=left)
    move.problem.suspended_until = entry.until
    move.problem.suspended_by = entry.approver
    return move.done(f"至{entry.until.isoformat()}，{entry.approver}批准：{entry.words}")


def resume(session: Session, entry: Resume, /, *, by: str, today: date) -> Changes:
    """Take up the rectification again, earlier or later than the day it was held until."""
    move = begin(session, entry, Action.RESUME, by, today)
    until, deadline = move.problem.suspended_until, move.round.deadline
    if entry.deadline is not None:
        if entry.deadline < move.day:
            raise InvalidInput({"deadline": f"整改时限早于恢复整改的日期 {move.day.isoformat()}"})
        move.round.deadline = entry.deadline
    elif until is not None and deadline is not None and deadline >= until:
        move.round.deadline = move.day + (deadline - until)
    move.problem.suspended_until = None
    move.problem.suspended_by = ""
    now = move.round.deadline
    if now is None:
        return move.done()
    return move.done(
        f"，限{now.isoformat()}前完成" if now >= move.day else f"，时限{now.isoformat()}已过，需要的请办延期"
    )


def submit(session: Session, entry: Submit, /, *, by: str, today: date) -> Changes:
    """The unit reports the rectification finished; the day counts as 完成时间 unless sent back."""
    move = begin(session, entry, Action.SUBMIT, by, today)
    move.problem.progress = entry.progress
    move.problem.measures = entry.measures or move.problem.measures
    move.problem.disposal = entry.disposal or move.problem.disposal
    move.round.rectified_on = move.day
    _note_work(move, entry.work)
    return move.done()


def _note_work(move: Move, work: Mapping[WorkKind, float]) -> None:
    for kind, amount in work.items():
        if amount < 0:
            raise InvalidInput({"work": f"{kind.label}不能是负数"})
        if amount:
            move.session.add(Work(problem_id=move.problem.key, done_on=move.day, kind=kind, amount=amount))
