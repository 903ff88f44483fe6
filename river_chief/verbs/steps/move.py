"""One action on one problem: checked against the table, the version and the dates, noted as a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules import workflow
from river_chief.rules.proof import asking_for
from river_chief.terms import Action, Origin, Proof
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import not_after, problem_of
from river_chief.verbs.proof import lacking


class StepInput(Input):
    """Common to every action: the problem as the clerk saw it, when it happened, who did it.

    ``exception`` says why proof the action needs is not there; without it such an action is refused.
    """

    problem_id: int
    version: int | None = None
    happened_at: datetime | None = Field(None, title="办理时间")
    actor: str = Field("", title="办理人", max_length=120)
    words: str = Field("", title="意见说明", max_length=2000)
    exception: str = Field("", title="缺少佐证的说明", max_length=500)

    @property
    def brings(self) -> frozenset[Proof]:
        """The proof that is entered with the action itself."""
        return frozenset()


class Reasoned(StepInput):
    """An action that needs words."""

    words: str = Field(title="原因说明", min_length=1, max_length=2000)


@dataclass(frozen=True, slots=True)
class Move:
    """A problem in the middle of an action."""

    session: Session
    problem: Problem
    round: Round
    step: Step
    today: date

    @property
    def day(self) -> date:
        """The local date on which it happened."""
        return self.step.happened_at.date()

    def tell(self, **details: Any) -> None:
        """Keep *details* (plain JSON values) with the step, besides what the clerk entered."""
        self.step.details = {**self.step.details, **details}

    def done(self, tail: str = "") -> Changes:
        """The outcome: number, action and what matters of it."""
        self.session.flush()
        label = self.step.action.label
        return Changes(f"{self.problem.number}{label}{tail}", self.problem.key)


def begin(session: Session, entry: StepInput, action: Action, by: str, today: date) -> Move:
    """Check the action and note its step; the problem takes its new state.

    An action without the proof it needs is done only with the reason, and counted as an exception.
    """
    problem = problem_of(session, entry.problem_id, entry.version)
    state = workflow.target(problem.state, action, problem.number)
    last = session.exec(
        select(Step).where(Step.problem_id == problem.key).order_by(col(Step.ordinal).desc()).limit(1)
    ).one()
    happened = entry.happened_at or datetime.combine(today, time.min)
    if happened.time() == time.min and happened.date() == last.happened_at.date():
        happened = max(happened, last.happened_at)
    not_after(happened.date(), today, "办理时间")
    if happened < last.happened_at:
        raise Refusal(
            f"办理时间 {_moment(happened)} 早于上一步“{last.action.label}”的 {_moment(last.happened_at)}，请核对。"
        )
    round_ = session.exec(
        select(Round).where(Round.problem_id == problem.key, Round.ordinal == problem.round_no)
    ).one()
    missing = lacking(session, problem, round_, action, entry.brings)
    if missing and not entry.exception:
        raise InvalidInput({"exception": asking_for(missing)})
    step = Step(
        problem_id=problem.key,
        ordinal=last.ordinal + 1,
        round_no=problem.round_no,
        action=action,
        from_state=problem.state,
        to_state=state,
        happened_at=happened,
        actor=entry.actor or by,
        words=entry.words,
        details=_details(entry),
    )
    session.add(step)
    problem.state = state
    move = Move(session, problem, round_, step, today)
    if missing:
        move.tell(missing=[proof.value for proof in missing], exception=entry.exception)
        round_.exceptions += 1
    return move


def leave(session: Session, entry: StepInput, action: Action, by: str, today: date) -> Move:
    """An action that takes the problem out of stock."""
    move = begin(session, entry, action, by, today)
    move.round.exit = workflow.EXITS[move.step.to_state]
    move.round.exit_on = move.day
    return move


def open_round(move: Move, origin: Origin) -> Round:
    """Open the next round of the problem on the day of *move*; the step belongs to it."""
    move.round.reopened_on = move.day
    move.problem.round_no = move.step.round_no = move.round.ordinal + 1
    opened = Round(
        problem_id=move.problem.key, ordinal=move.problem.round_no, origin=origin, opened_on=move.day
    )
    move.session.add(opened)
    return opened


def _details(entry: StepInput) -> dict[str, Any]:
    common = set(StepInput.model_fields)
    return entry.model_dump(mode="json", exclude=common, exclude_defaults=True)


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
