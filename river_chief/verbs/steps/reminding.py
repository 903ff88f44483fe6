"""督促: letters of the ladder; each is one paper with a number, and a step of every problem it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.records import Area, Paper
from river_chief.rules import ladder_letter
from river_chief.rules.deadline_table import applicable
from river_chief.rules.deadlines import deadline_from
from river_chief.rules.ladder_letter import Covered
from river_chief.terms import Action, Clock, PaperKind
from river_chief.verbs import documents
from river_chief.verbs.deadlines import FALLBACK, calendar_of, table_of
from river_chief.verbs.lookup import existing
from river_chief.verbs.steps.move import Move, StepInput, begin

PAPERS: dict[Action, PaperKind] = {
    Action.REMIND: PaperKind.REMIND,
    Action.URGE: PaperKind.URGE,
    Action.SUPERVISE: PaperKind.SUPERVISE,
    Action.CIRCULATE: PaperKind.CIRCULATE,
    Action.SUMMON: PaperKind.SUMMON,
    Action.ACCOUNT: PaperKind.ACCOUNT,
}
ACTIONS = {kind: action for action, kind in PAPERS.items()}


class Reminder(StepInput):
    """A letter about one problem: to whom, by when it is to be answered; the number is drawn when left empty."""

    addressee: str = Field("", title="主送", max_length=120)
    answer_by: date | None = Field(None, title="答复时限")
    paper_number: str = Field("", title="文号", max_length=60)
    ladder_step_id: int | None = Field(None, title="督促阶梯")


@dataclass(frozen=True, slots=True)
class Sending:
    """What a letter is besides the problems it covers; "" and None are filled in with what is usual."""

    kind: PaperKind
    day: date
    addressee: str
    answer_by: date | None = None
    number: str = ""
    reason: str = ""
    body: str = ""
    ladder_step_id: int | None = None
    area_id: int | None = None


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
    sending = Sending(
        kind=PAPERS[action],
        day=move.day,
        addressee=entry.addressee or move.problem.unit,
        answer_by=entry.answer_by,
        number=entry.paper_number,
        reason=entry.words,
        ladder_step_id=entry.ladder_step_id,
    )
    paper = send(session, sending, [move])
    return move.done(f"：{paper.kind.label}{paper.number}")


def send(session: Session, sending: Sending, moves: Sequence[Move]) -> Paper:
    """Book the one paper that covers the problems of *moves*; each of their steps tells its number and addressee."""
    answer_by = sending.answer_by or answer_deadline(session, sending.day, moves)
    if answer_by < sending.day:
        raise InvalidInput({"answer_by": f"答复时限早于印发日期 {sending.day.isoformat()}"})
    covered = [_covered(move) for move in moves]
    village = existing(session, Area, sending.area_id, "个村").name if sending.area_id is not None else ""
    paper = documents.book(
        session,
        documents.NewPaper(
            kind=sending.kind,
            number=sending.number,
            title=ladder_letter.title(sending.kind, covered, village),
            addressee=sending.addressee,
            issued_on=sending.day,
            due_on=answer_by,
            body=sending.body or ladder_letter.body(sending.kind, covered, sending.reason, answer_by),
            ladder_step_id=sending.ladder_step_id,
            area_id=sending.area_id,
            problem_ids=tuple(move.problem.key for move in moves),
        ),
    )
    for move in moves:
        move.step.details = {}  # what went out is told, not what was typed
        move.tell(paper_number=paper.number, addressee=paper.addressee, answer_by=answer_by.isoformat())
    return paper


def answer_deadline(session: Session, day: date, moves: Sequence[Move] = ()) -> date:
    """By when a letter of *day* is to be answered: the office's row for it, of the first problem where there is one."""
    problem = moves[0].problem if moves else None
    severity, source = (problem.severity, problem.source) if problem is not None else (None, None)
    row = applicable(table_of(session), Clock.ANSWER, severity, source)
    return deadline_from(row.rule if row is not None else FALLBACK, day, calendar_of(session)).due


def _covered(move: Move) -> Covered:
    problem = move.problem
    brief = ladder_letter.brief_of(problem.description)
    return Covered(problem.number, problem.assign_number, brief, move.round.deadline)
