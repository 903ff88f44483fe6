"""时限由来: how the deadlines of a problem came about, told from its steps; those to be checked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.records import Problem, Round, Step
from river_chief.records.columns import col
from river_chief.rules.deadlines import full_text
from river_chief.rules.workflow import IN_STOCK
from river_chief.terms import Action
from river_chief.verbs.deadlines import Proposal, calendar_of, recounted

if TYPE_CHECKING:
    from river_chief.queries.problem_detail import StepRow

UNKNOWN = "交办时定下，没有记录由来。"
SETTLING = (Action.ASSIGN, Action.SIGN_FOR, Action.RELAPSE)


@dataclass(frozen=True, slots=True)
class DeadlineWhy:
    """One sentence each for the deadline first set and the one in force; "" while there is none."""

    first: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A running deadline that was counted over days nobody had published.

    ``proposal``  what the same rule gives by the calendar of now; ``is_published`` when that needs no doubt any more.
    """

    problem_id: int
    number: str
    deadline: date
    proposal: Proposal

    @property
    def is_published(self) -> bool:
        """Whether all days it rests on are published by now."""
        return not self.proposal.deadline.unconfirmed

    @property
    def differs(self) -> bool:
        """Whether the clerk has to decide: the published days give another deadline."""
        return self.is_published and self.proposal.due != self.deadline


def told(steps: Sequence[StepRow], round_no: int) -> DeadlineWhy:
    """How the deadlines of round *round_no* came about."""
    first = current = ""
    for step in steps:
        if step.round_no != round_no:
            continue
        basis = step.details.get("deadline_basis")
        if step.action in SETTLING and (basis or not first):
            first = current = _settled(step.action, basis)
        elif step.action is Action.HAND_BACK:
            first = current = ""
        else:
            current = _moved(step) or current
    return DeadlineWhy(first, current)


def _settled(action: Action, basis: dict[str, Any] | None) -> str:
    if basis is not None:
        return str(basis["why"])
    return "" if action is Action.SIGN_FOR else UNKNOWN


def _moved(step: StepRow) -> str:
    """How the step moved the deadline, "" where it did not."""
    day, details = step.happened_at.date().isoformat(), step.details
    given = details.get("deadline")
    until = full_text(date.fromisoformat(given)) if given else ""
    if step.action is Action.EXTEND:
        return f"{day}批准延期，到{until}：{step.words}"
    if step.action is Action.SUSPEND and "days_left" in details:
        return f"{day}起挂账，时限停走，恢复后接着算剩余的{details['days_left']}天。"
    if step.action is Action.RESUME:
        return f"{day}恢复整改，重新定到{until}。" if until else f"{day}恢复整改，接着算挂账时剩余的天数。"
    return ""


def doubts(session: Session) -> list[Doubt]:
    """The running deadlines that rest on days nobody had published when they were set, the earliest first.

    Extended and entered ones are the clerk's own and not among them; nor is one he has checked since.
    """
    calendar = calendar_of(session)
    found = [
        Doubt(id, number, deadline, recounted(basis, calendar))
        for id, number, deadline, basis in _resting(session)
    ]
    return sorted(found, key=lambda doubt: (doubt.deadline, doubt.problem_id))


def _resting(session: Session) -> Iterator[tuple[int, str, date, dict[str, Any]]]:
    """Problem, number, deadline and its basis, where that is still the basis of the running deadline."""
    query = (
        select(col(Step.problem_id), col(Problem.number), col(Round.deadline), col(Step.details))
        .join(Problem, col(Problem.id) == col(Step.problem_id))
        .join(
            Round, (col(Round.problem_id) == col(Problem.id)) & (col(Round.ordinal) == col(Problem.round_no))
        )
        .where(
            col(Problem.state).in_(IN_STOCK),
            col(Round.rectified_on).is_(None),
            col(Round.deadline).is_not(None),
            col(Round.extensions) == 0,
            col(Step.round_no) == col(Round.ordinal),
            col(Step.action).in_(SETTLING),
        )
        .order_by(col(Step.problem_id), col(Step.ordinal))
    )
    last: dict[int, tuple[int, str, date, dict[str, Any]]] = {}
    for id, number, deadline, details in session.execute(query):
        if "deadline_basis" in details:
            last[id] = (id, number, deadline, details["deadline_basis"])
    for each in last.values():
        basis = each[3]
        if basis.get("unconfirmed") and basis["due"] == each[2].isoformat():
            yield each
