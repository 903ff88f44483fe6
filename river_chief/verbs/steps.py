"""步骤: what is done with a problem in the closed loop, one verb for each action of the table.

Every verb checks the transition table, the version the clerk saw and the order of dates, notes an
append-only step, and moves the problem and its current round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, NotFound, Refusal
from river_chief.records import Problem, Round, Step, Work
from river_chief.records.columns import col
from river_chief.rules import workflow
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadlines import deadline_from
from river_chief.terms import Action, LookBack, Origin, PaperKind, Severity, State, WorkKind
from river_chief.verbs import documents, problems
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import problem_of
from river_chief.verbs.move import Move, StepInput, begin, leave
from river_chief.verbs.office import settings_of


class Verify(StepInput):
    """核实属实; the severity may be settled with a reason."""

    severity: Severity | None = Field(None, title="严重程度")
    severity_reason: str = Field("", title="等级说明", max_length=200)


class Reasoned(StepInput):
    """An action that needs words."""

    words: str = Field(title="原因说明", min_length=1, max_length=2000)


class Merge(StepInput):
    """重复并案: into which problem."""

    into: str = Field(title="并入问题编号", min_length=1, max_length=40)


class HandOver(StepInput):
    """移交上报: to whom, by which letter."""

    receiver: str = Field(title="接收单位", min_length=1, max_length=120)
    letter_number: str = Field("", title="函件文号", max_length=60)


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


class Progress(StepInput):
    """整改进展."""

    progress: str = Field(title="整改进展", min_length=1, max_length=2000)
    unfinished_reason: str = Field("", title="未完成原因", max_length=500)
    next_step: str = Field("", title="下步措施", max_length=500)


class Extend(Reasoned):
    """延期: the new deadline and why."""

    deadline: date = Field(title="延期至")


Amount = Annotated[float, Field(lt=1e9)]


class Submit(StepInput):
    """反馈完成: what was done, with the amounts of work."""

    progress: str = Field(title="整改完成情况", min_length=1, max_length=2000)
    measures: str = Field("", title="整改措施", max_length=2000)
    work: dict[WorkKind, Amount] = Field(default_factory=dict, title="工作量")


class Accept(StepInput):
    """验收通过: by whom."""

    actor: str = Field(title="验收人", min_length=1, max_length=120)


class Relapse(Reasoned):
    """反弹: what was found again, and the new deadline."""

    deadline: date | None = Field(None, title="新整改时限")


def verify(session: Session, entry: Verify, /, *, by: str, today: date) -> Changes:
    """The problem is real; it now waits to be assigned."""
    move = begin(session, entry, Action.VERIFY, by, today)
    if entry.severity is not None:
        move.problem.severity = entry.severity
        move.problem.severity_reason = entry.severity_reason or move.problem.severity_reason
    if move.problem.severity is None:
        raise InvalidInput({"severity": "请填写严重程度"})
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


def hand_over(session: Session, entry: HandOver, /, *, by: str, today: date) -> Changes:
    """The problem goes to another office or level by letter."""
    move = leave(session, entry, Action.HAND_OVER, by, today)
    move.problem.handed_to = entry.receiver
    move.problem.letter_number = entry.letter_number
    return move.done(f"至{entry.receiver}")


def assign(session: Session, entry: Assign, /, *, by: str, today: date) -> Changes:
    """Hand the problem to the unit that answers for it, by a numbered 交办单, with a deadline."""
    move = begin(session, entry, Action.ASSIGN, by, today)
    problem, round_ = move.problem, move.round
    if problem.severity is None:
        raise InvalidInput({"severity": "请先在问题上填写严重程度"})
    deadline = entry.deadline or default_deadline(session, problem.severity, move.day)
    _deadline_after(deadline, move.day)
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

    Open for the hours the settings give after the assignment (24 in the systems of real counties).
    """
    move = begin(session, entry, Action.HAND_BACK, by, today)
    _refuse_late_hand_back(session, move)
    round_ = move.round
    round_.assigned_on = round_.first_deadline = round_.deadline = None
    return move.done(f"：{entry.words}")


def _refuse_late_hand_back(session: Session, move: Move) -> None:
    query = select(Step.happened_at).where(
        Step.problem_id == move.problem.key, col(Step.action) == Action.ASSIGN
    )
    assigned = session.exec(query.order_by(col(Step.ordinal).desc()).limit(1)).one()
    gone = move.step.happened_at - assigned
    if time.min in (assigned.time(), move.step.happened_at.time()):
        gone = timedelta(days=(move.day - assigned.date()).days)
    hours = settings_of(session).hand_back_hours
    if gone > timedelta(hours=hours):
        raise Refusal(f"交办已超过 {hours} 小时，不能责任退回；确需改派的，请先撤销交办再重新交办。")


def report_progress(session: Session, entry: Progress, /, *, by: str, today: date) -> Changes:
    """Note how far the rectification is."""
    move = begin(session, entry, Action.PROGRESS, by, today)
    problem = move.problem
    problem.progress = entry.progress
    problem.unfinished_reason = entry.unfinished_reason
    problem.next_step = entry.next_step
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


def submit(session: Session, entry: Submit, /, *, by: str, today: date) -> Changes:
    """The unit reports the rectification finished; the day counts as 完成时间 unless sent back."""
    move = begin(session, entry, Action.SUBMIT, by, today)
    move.problem.progress = entry.progress
    move.problem.measures = entry.measures or move.problem.measures
    move.round.rectified_on = move.day
    for kind, amount in entry.work.items():
        if amount < 0:
            raise InvalidInput({"work": f"{kind.label}不能是负数"})
        if amount:
            session.add(Work(problem_id=move.problem.key, done_on=move.day, kind=kind, amount=amount))
    return move.done()


def accept(session: Session, entry: Accept, /, *, by: str, today: date) -> Changes:
    """The township's acceptance passed."""
    move = begin(session, entry, Action.ACCEPT, by, today)
    move.problem.acceptors = entry.actor
    move.round.accepted_on = move.day
    return move.done(f"：{entry.actor}")


def reject(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The acceptance failed; the rectification goes on under the same deadline."""
    move = begin(session, entry, Action.REJECT, by, today)
    move.round.rectified_on = None
    move.round.rejections += 1
    return move.done(f"：{entry.words}")


def close(session: Session, entry: StepInput, /, *, by: str, today: date) -> Changes:
    """Strike the problem off (销号)."""
    return leave(session, entry, Action.CLOSE, by, today).done()


def send_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The level above does not agree to the closing (上级退回)."""
    move = begin(session, entry, Action.RETURN, by, today)
    move.round.rectified_on = move.round.accepted_on = None
    return move.done(f"：{entry.words}")


def look_back(session: Session, entry: StepInput, /, *, by: str, today: date) -> Changes:
    """Looked at again after closing; it held (未反弹)."""
    move = begin(session, entry, Action.LOOK_BACK, by, today)
    move.problem.look_back = LookBack.HELD
    move.problem.look_back_on = move.day
    return move.done(f"：{LookBack.HELD.label}")


def relapse(session: Session, entry: Relapse, /, *, by: str, today: date) -> Changes:
    """Found again after closing: a new round opens with its own deadline; the old clock is kept."""
    move = begin(session, entry, Action.RELAPSE, by, today)
    problem, old = move.problem, move.round
    deadline = entry.deadline
    if deadline is None:
        deadline = default_deadline(session, problem.severity or Severity.MINOR, move.day)
    _deadline_after(deadline, move.day)
    old.reopened_on = move.day
    problem.round_no = old.ordinal + 1
    move.step.round_no = problem.round_no
    problem.progress = problem.acceptors = ""  # they belong to the round before; its steps keep them
    problem.look_back = LookBack.RELAPSED
    problem.look_back_on = move.day
    session.add(
        Round(
            problem_id=problem.key,
            ordinal=problem.round_no,
            origin=Origin.RELAPSE,
            opened_on=move.day,
            verified_on=move.day,
            assigned_on=move.day,
            first_deadline=deadline,
            deadline=deadline,
        )
    )
    return move.done(f"，限{deadline.isoformat()}前重新整改")


def suspend(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """Hold the rectification for a stated, approved reason (挂账); the problem stays in stock."""
    return begin(session, entry, Action.SUSPEND, by, today).done(f"：{entry.words}")


def resume(session: Session, entry: StepInput, /, *, by: str, today: date) -> Changes:
    """Take up the rectification again."""
    return begin(session, entry, Action.RESUME, by, today).done()


def void(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The problem was entered in error; it is counted apart."""
    problem = problem_of(session, entry.problem_id, entry.version)
    if problem.round_no == 0:
        workflow.target(problem.state, Action.VOID, problem.number)
        problem.state = State.VOIDED
        return Changes(f"{problem.number}作废：{entry.words}", problem.key)
    return leave(session, entry, Action.VOID, by, today).done(f"：{entry.words}")


def default_deadline(session: Session, severity: Severity, start: date) -> date:
    """The deadline the office's settings give a problem of *severity* assigned on *start*."""
    return deadline_from(settings_of(session).deadline_rule(severity), start, WorkCalendar()).due


def _deadline_after(deadline: date, start: date) -> None:
    if deadline < start:
        raise InvalidInput({"deadline": f"整改时限 {deadline.isoformat()} 早于交办日期 {start.isoformat()}"})


@dataclass(frozen=True, slots=True)
class Doing:
    """What carries out an action: its verb and the input it accepts."""

    accepts: type[Input]
    verb: Callable[..., Changes]


DOINGS: dict[Action, Doing] = {
    Action.REGISTER: Doing(problems.Registration, problems.register_draft),
    Action.VERIFY: Doing(Verify, verify),
    Action.REFUTE: Doing(Reasoned, refute),
    Action.MERGE: Doing(Merge, merge),
    Action.HAND_OVER: Doing(HandOver, hand_over),
    Action.ASSIGN: Doing(Assign, assign),
    Action.SIGN_FOR: Doing(SignFor, sign_for),
    Action.HAND_BACK: Doing(Reasoned, hand_back),
    Action.PROGRESS: Doing(Progress, report_progress),
    Action.EXTEND: Doing(Extend, extend),
    Action.SUBMIT: Doing(Submit, submit),
    Action.ACCEPT: Doing(Accept, accept),
    Action.REJECT: Doing(Reasoned, reject),
    Action.CLOSE: Doing(StepInput, close),
    Action.RETURN: Doing(Reasoned, send_back),
    Action.LOOK_BACK: Doing(StepInput, look_back),
    Action.RELAPSE: Doing(Relapse, relapse),
    Action.SUSPEND: Doing(Reasoned, suspend),
    Action.RESUME: Doing(StepInput, resume),
    Action.VOID: Doing(Reasoned, void),
}
