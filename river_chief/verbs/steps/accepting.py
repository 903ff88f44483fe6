"""验收与销号: the township accepts, asks the level above where that one closes, and strikes off."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.terms import Action
from river_chief.verbs.steps.move import Reasoned, StepInput, begin, leave


class Accept(StepInput):
    """验收通过: by whom."""

    actor: str = Field(title="验收人", min_length=1, max_length=120)


class Report(StepInput):
    """上报销号: to whom, by which letter."""

    receiver: str = Field("", title="上报单位", max_length=120)
    letter_number: str = Field("", title="上报文号", max_length=60)


class Close(StepInput):
    """销号; where a level above closes, who answered and by which letter."""

    approver: str = Field("", title="批准销号的单位", max_length=120)
    approval_number: str = Field("", title="批复文号", max_length=60)


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


def report(session: Session, entry: Report, /, *, by: str, today: date) -> Changes:
    """Ask the level above to strike the problem off (上报销号); it waits for the answer."""
    move = begin(session, entry, Action.REPORT, by, today)
    move.round.reported_on = move.day
    return move.done(f"至{entry.receiver}" if entry.receiver else "")


def close(session: Session, entry: Close, /, *, by: str, today: date) -> Changes:
    """Strike the problem off (销号)."""
    return leave(session, entry, Action.CLOSE, by, today).done()


def send_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The level above does not agree to the closing (上级退回)."""
    move = begin(session, entry, Action.RETURN, by, today)
    move.round.rectified_on = move.round.accepted_on = move.round.reported_on = None
    return move.done(f"：{entry.words}")
