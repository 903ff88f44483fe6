"""交办: who answers for the problem and until when; signed for, handed back."""

from __future__ import annotations

from datetime import date, time, timedelta

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Problem, Step
from river_chief.records.columns import col
from river_chief.rules.deadlines import deadline_after
from river_chief.terms import Action, Clock, PaperKind
from river_chief.verbs import documents
from river_chief.verbs.deadlines import hours_for, proposed
from river_chief.verbs.steps.move import Move, Reasoned, StepInput, begin


class Assign(StepInput):
    """交办: who answers for it and until when; the number of the 交办单 is drawn when left empty."""

    unit: str = Field(title="责任单位", min_length=1, max_length=80)
    officer: str = Field("", title="直接责任人", max_length=40)
    officer_title: str = Field("", title="职务", max_length=80)
    officer_phone: str = Field("", title="联系电话", max_length=40)
    leader: str = Field("", title="责任领导", max_length=40)
    lead_department: str = Field("", title="牵头部门", max_length=80)
    helping_departments: str = Field("", title="配合部门", max_length=200)
    supervisor: str = Field("", title="督办人", max_length=40)
    deadline: date | None = Field(None, title="整改时限")
    goal: str = Field("", title="整改目标(标准)", max_length=500)
    measures: str = Field("", title="整改措施", max_length=2000)
    assign_number: str = Field("", title="交办单号", max_length=60)


class SignFor(StepInput):
    """签收: by whom."""

    actor: str = Field(title="签收人", min_length=1, max_length=120)


def assign(session: Session, entry: Assign, /, *, by: str, today: date) -> Changes:
    """Hand the problem to the unit that answers for it, by a numbered 交办单, with a deadline."""
    move = begin(session, entry, Action.ASSIGN, by, today)
    problem, round_ = move.problem, move.round
    if problem.severity is None:
        raise InvalidInput({"severity": "请先在问题上填写严重程度"})
    deadline = entry.deadline or proposed(session, problem, Clock.RECTIFY, move.step.happened_at).due
    deadline_after(deadline, move.day, "交办日期")
    _take_responsibility(problem, entry)
    paper = documents.book(
        session,
        documents.NewPaper(
            kind=PaperKind.ASSIGN,
            number=entry.assign_number,
            title=f"{problem.number}问题交办单",
            addressee=entry.unit,
            issued_on=move.day,
            due_on=deadline,
            problem_ids=(problem.key,),
        ),
    )
    problem.assign_number = paper.number
    round_.assigned_on = move.day
    round_.first_deadline = round_.deadline = deadline
    round_.extensions = 0
    return move.done(f"给{entry.unit}，限{deadline.isoformat()}前完成")


def _take_responsibility(problem: Problem, entry: Assign) -> None:
    """What is left empty stays as it was known, unless the names were those of another unit."""
    same_unit = problem.unit in ("", entry.unit)
    for name in ("officer", "officer_title", "officer_phone", "leader", "supervisor"):
        setattr(problem, name, getattr(entry, name) or (getattr(problem, name) if same_unit else ""))
    for name in ("lead_department", "helping_departments", "goal", "measures"):
        setattr(problem, name, getattr(entry, name) or getattr(problem, name))
    problem.unit = entry.unit


def sign_for(session: Session, entry: SignFor, /, *, by: str, today: date) -> Changes:
    """The unit has received the 交办单."""
    move = begin(session, entry, Action.SIGN_FOR, by, today)
    move.round.signed_on = move.day
    return move.done(f"：{entry.actor}")


def hand_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The unit says it is not the one to answer (责任退回); the problem waits to be assigned again.

    Open for the hours the office's deadline table gives after the assignment (24 in the systems of real counties).
    """
    move = begin(session, entry, Action.HAND_BACK, by, today)
    _refuse_late_hand_back(session, move)
    round_ = move.round
    round_.assigned_on = round_.first_deadline = round_.deadline = None
    return move.done(f"：{entry.words}")


def _refuse_late_hand_back(session: Session, move: Move) -> None:
    hours = hours_for(session, move.problem, Clock.HAND_BACK)
    if hours is None:
        return
    query = select(Step.happened_at).where(
        Step.problem_id == move.problem.key, col(Step.action) == Action.ASSIGN
    )
    assigned = session.exec(query.order_by(col(Step.ordinal).desc()).limit(1)).one()
    gone = move.step.happened_at - assigned
    if time.min in (assigned.time(), move.step.happened_at.time()):
        gone = timedelta(days=(move.day - assigned.date()).days)
    if gone > timedelta(hours=hours):
        raise Refusal(f"交办已超过 {hours} 小时，不能责任退回；确需改派的，请先撤销交办再重新交办。")
