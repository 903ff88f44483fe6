"""验收与销号: the township accepts, asks the level above where that one closes, and strikes off."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.rules.proof import names_in
from river_chief.terms import Action, Closer, Proof
from river_chief.verbs.closing import closer_of
from river_chief.verbs.steps.move import Move, Reasoned, StepInput, begin, leave


class Accept(StepInput):
    """验收通过: by whom."""

    actor: str = Field(title="验收人", min_length=1, max_length=120)

    @property
    def brings(self) -> frozenset[Proof]:
        """Two acceptors, where two are named."""
        return frozenset({Proof.TWO_ACCEPTORS}) if names_in(self.actor) >= 2 else frozenset()


class Report(StepInput):
    """上报销号: to whom, by which letter."""

    receiver: str = Field("", title="上报单位", max_length=120)
    letter_number: str = Field("", title="上报文号", max_length=60)


class Close(StepInput):
    """销号; where a level above closes, who answered and by which letter."""

    approver: str = Field("", title="批准销号的单位", max_length=120)
    approval_number: str = Field("", title="批复文号", max_length=60)


def accept(session: Session, entry: Accept, /, *, by: str, today: date) -> Changes:
    """The township's acceptance passed; where a level above closes, the closing is asked for at once (上报销号)."""
    move = begin(session, entry, Action.ACCEPT, by, today)
    move.problem.acceptors = entry.actor
    move.round.accepted_on = move.day
    closer = closer_of(session, move.problem)
    if closer is Closer.TOWN:
        return move.done(f"：{entry.actor}")
    session.flush()
    asking = Report(problem_id=entry.problem_id, happened_at=move.step.happened_at, receiver=closer.label)
    report(session, asking, by=by, today=today)
    return move.done(f"：{entry.actor}，已上报{closer.label}销号")


def reject(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The acceptance failed; the rectification goes on under the same deadline."""
    move = begin(session, entry, Action.REJECT, by, today)
    move.round.rectified_on = None
    move.round.rejections += 1
    return move.done(f"：{entry.words}")


def report(session: Session, entry: Report, /, *, by: str, today: date) -> Changes:
    """Ask the level above to strike the problem off (上报销号); it waits for the answer.

    Done again, it notes another receiver or the number of the letter; the day it was first asked for stays.
    """
    move = begin(session, entry, Action.REPORT, by, today)
    move.round.reported_on = move.round.reported_on or move.day
    return move.done(f"至{entry.receiver}" if entry.receiver else "")


def close(session: Session, entry: Close, /, *, by: str, today: date) -> Changes:
    """Strike the problem off (销号); what a level above closes or was asked to close, only by its answer."""
    move = leave(session, entry, Action.CLOSE, by, today)
    if not entry.approver:
        _refuse_without_answer(move)
        return move.done()
    number = f"（{entry.approval_number}）" if entry.approval_number else ""
    return move.done(f"，{entry.approver}批准{number}")


def _refuse_without_answer(move: Move) -> None:
    closer = closer_of(move.session, move.problem)
    if closer is not Closer.TOWN:
        raise InvalidInput({"approver": f"该问题由{closer.label}销号，收到批准后请填写批准销号的单位"})
    if move.round.reported_on is not None:
        asked = move.round.reported_on.isoformat()
        raise InvalidInput({"approver": f"该问题已于 {asked} 上报销号，收到批准后请填写批准销号的单位"})


def send_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The level above does not agree to the closing (上级退回)."""
    move = begin(session, entry, Action.RETURN, by, today)
    move.round.rectified_on = move.round.accepted_on = move.round.reported_on = None
    return move.done(f"：{entry.words}")
