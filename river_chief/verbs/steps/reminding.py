"""督促: reminders of the ladder; each is a paper with a number and a step of every problem it covers."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.records import Paper
from river_chief.terms import Action, Clock, PaperKind
from river_chief.verbs import documents
from river_chief.verbs.deadlines import proposed
from river_chief.verbs.steps.move import Move, StepInput, begin

PAPERS: dict[Action, PaperKind] = {
    Action.REMIND: PaperKind.REMIND,
    Action.URGE: PaperKind.URGE,
    Action.SUPERVISE: PaperKind.SUPERVISE,
    Action.CIRCULATE: PaperKind.CIRCULATE,
    Action.SUMMON: PaperKind.SUMMON,
    Action.ACCOUNT: PaperKind.ACCOUNT,
}


class Reminder(StepInput):
    """A reminder of one problem: to whom, by when it is to be answered; the number is drawn when left empty."""

    addressee: str = Field("", title="主送", max_length=120)
    answer_by: date | None = Field(None, title="答复时限")
    paper_number: str = Field("", title="文号", max_length=60)
    ladder_step_id: int | None = Field(None, title="督促阶梯")


def remind(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """提醒函."""
    return _send(session, entry, Action.REMIND, by, today)


def urge(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """催办单."""
    return _send(session, entry, Action.URGE, by, today)


def supervise(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """督办单."""
    return _send(session, entry, Action.SUPERVISE, by, today)


def circulate(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """通报."""
    return _send(session, entry, Action.CIRCULATE, by, today)


def summon(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """约谈通知书."""
    return _send(session, entry, Action.SUMMON, by, today)


def account(session: Session, entry: Reminder, /, *, by: str, today: date) -> Changes:
    """问责建议书: a suggestion to the level above; the township itself can not call to account."""
    return _send(session, entry, Action.ACCOUNT, by, today)


def _send(session: Session, entry: Reminder, action: Action, by: str, today: date) -> Changes:
    move = begin(session, entry, action, by, today)
    paper = _paper(move, entry, action)
    move.tell(paper=paper.number)
    return move.done(f"：{paper.kind.label}{paper.number}")


def _paper(move: Move, entry: Reminder, action: Action) -> Paper:
    problem = move.problem
    answer = proposed(move.session, problem, Clock.ANSWER, move.step.happened_at)
    return documents.book(
        move.session,
        documents.NewPaper(
            kind=PAPERS[action],
            number=entry.paper_number,
            title=f"关于{problem.number}问题的{PAPERS[action].label}",
            addressee=entry.addressee or problem.unit,
            issued_on=move.day,
            due_on=entry.answer_by or answer.due,
            body=entry.words,
            ladder_step_id=entry.ladder_step_id,
            problem_ids=(problem.key,),
        ),
    )
