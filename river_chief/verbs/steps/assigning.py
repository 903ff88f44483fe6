"""交办: who answers for the problem and until when; signed for, handed back."""

from __future__ import annotations

from datetime import date, time

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Paper, Problem, Step
from river_chief.records.columns import col
from river_chief.rules.deadlines import deadline_after
from river_chief.terms import Action, Clock, DeadlineKind, PaperKind, StartEvent
from river_chief.verbs import documents
from river_chief.verbs.deadlines import (
    basis_of,
    calendar_of,
    known_moment,
    limit_of,
    proposed,
    recounted,
)
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
    deadline = _settle_deadline(move, entry)
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


def _settle_deadline(move: Move, entry: Assign) -> date:
    """The day entered, else the one the table proposes; how it came about is kept with the step."""
    found = proposed(move.session, move.problem, Clock.RECTIFY, move.step.happened_at)
    if entry.deadline is None and found.due < move.day:
        raise InvalidInput({"deadline": f"{found.sentence}交办时已经过了，请填写整改时限"})
    deadline = entry.deadline or found.due
    deadline_after(deadline, move.day, "交办日期")
    move.tell(deadline_basis=basis_of(found, deadline, provisional=found.event is StartEvent.SIGNED))
    return deadline


def _take_responsibility(problem: Problem, entry: Assign) -> None:
    """What is left empty stays as it was known, unless the names were those of another unit."""
    same_unit = problem.unit in ("", entry.unit)
    for name in ("officer", "officer_title", "officer_phone", "leader", "supervisor"):
        setattr(problem, name, getattr(entry, name) or (getattr(problem, name) if same_unit else ""))
    for name in ("lead_department", "helping_departments", "goal", "measures"):
        setattr(problem, name, getattr(entry, name) or getattr(problem, name))
    problem.unit = entry.unit


def sign_for(session: Session, entry: SignFor, /, *, by: str, today: date) -> Changes:
    """The unit has received the 交办单; a deadline counted from the signing is settled by it."""
    move = begin(session, entry, Action.SIGN_FOR, by, today)
    move.round.signed_on = move.day
    return move.done(f"：{entry.actor}{_count_from_signing(move)}")


def _count_from_signing(move: Move) -> str:
    """Count a proposed deadline anew that starts with the signing; what a clerk set or extended stays."""
    basis = _last(move, Action.ASSIGN).details.get("deadline_basis", {})
    before, round_ = move.round.deadline, move.round
    still = before is not None and before.isoformat() == basis.get("due")
    if basis.get("event") != StartEvent.SIGNED or not still:
        return ""
    found = recounted(basis, calendar_of(move.session), known_moment(move.step.happened_at))
    round_.first_deadline = round_.deadline = found.due
    move.tell(deadline_basis=found.basis())
    paper = move.session.exec(select(Paper).where(Paper.number == move.problem.assign_number)).first()
    if paper is not None and paper.due_on == before:
        paper.due_on = found.due
    return f"，限{found.due.isoformat()}前完成"


def hand_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The unit says it is not the one to answer (责任退回); the problem waits to be assigned again.

    Open for the hours the office's deadline table gives after the assignment (24 in the systems of real counties).
    """
    move = begin(session, entry, Action.HAND_BACK, by, today)
    _refuse_late_hand_back(move)
    round_ = move.round
    round_.assigned_on = round_.first_deadline = round_.deadline = None
    return move.done(f"：{entry.words}")


def _refuse_late_hand_back(move: Move) -> None:
    now = move.step.happened_at
    limit = limit_of(move.session, move.problem, Clock.HAND_BACK, now)
    if limit is None:
        return
    due_at = limit.deadline.due_at
    late = move.day > limit.due if due_at is None or now.time() == time.min else now > due_at
    if late:
        rule = limit.rule
        words = f"{rule.amount} 小时" if rule.kind is DeadlineKind.HOURS else rule.text
        raise Refusal(
            f"{limit.event.label}已超过 {words}，不能责任退回；确需改派的，请先撤销交办再重新交办。"
        )


def _last(move: Move, action: Action) -> Step:
    """The last step of *action* in the round."""
    query = select(Step).where(
        Step.problem_id == move.problem.key, Step.round_no == move.round.ordinal, col(Step.action) == action
    )
    return move.session.exec(query.order_by(col(Step.ordinal).desc()).limit(1)).one()
