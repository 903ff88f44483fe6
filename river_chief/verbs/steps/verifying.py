"""核实: the problem is real, or not, or another one's double, or was entered in error."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, NotFound, Refusal
from river_chief.records import Problem
from river_chief.rules import workflow
from river_chief.terms import Action, Severity, State
from river_chief.verbs.lookup import problem_of
from river_chief.verbs.problems import refuse_unreasoned
from river_chief.verbs.steps.move import Reasoned, StepInput, begin, leave


class Verify(StepInput):
    """核实属实; the severity may be settled with a reason."""

    severity: Severity | None = Field(None, title="严重程度")
    severity_reason: str = Field("", title="等级说明", max_length=200)


class Merge(StepInput):
    """重复并案: into which problem."""

    into: str = Field(title="并入问题编号", min_length=1, max_length=40)


def verify(session: Session, entry: Verify, /, *, by: str, today: date) -> Changes:
    """The problem is real; it now waits to be assigned."""
    move = begin(session, entry, Action.VERIFY, by, today)
    if entry.severity is not None:
        move.problem.severity = entry.severity
        move.problem.severity_reason = entry.severity_reason or move.problem.severity_reason
    if move.problem.severity is None:
        raise InvalidInput({"severity": "请填写严重程度"})
    refuse_unreasoned(session, move.problem)
    move.round.verified_on = move.day
    return move.done(f"，{move.problem.severity.label}")


def refute(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The problem does not exist (不属实)."""
    move = leave(session, entry, Action.REFUTE, by, today)
    return move.done(f"：{entry.words}")


def merge(session: Session, entry: Merge, /, *, by: str, today: date) -> Changes:
    """The problem is another one's double: both keep their numbers, this one leaves the stock."""
    main = session.exec(select(Problem).where(Problem.number == entry.into)).first()
    if main is None:
        raise NotFound(f"台账里没有问题{entry.into}，请核对编号。")
    if main.id == entry.problem_id or main.state in (State.MERGED, State.VOIDED, State.DRAFT):
        raise Refusal(f"不能并入问题{entry.into}，请另选一个在办或已办结的问题。")
    move = leave(session, entry, Action.MERGE, by, today)
    move.problem.merged_into_id = main.key
    return move.done(f"，并入{main.number}")


def void(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The problem was entered in error; it is counted apart."""
    problem = problem_of(session, entry.problem_id, entry.version)
    if problem.round_no == 0:
        workflow.target(problem.state, Action.VOID, problem.number)
        problem.state = State.VOIDED
        return Changes(f"{problem.number}作废：{entry.words}", problem.key)
    return leave(session, entry, Action.VOID, by, today).done(f"：{entry.words}")
