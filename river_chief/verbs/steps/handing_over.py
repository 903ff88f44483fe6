"""移交上报: the problem goes to another office or level by letter; what that office answers."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.terms import Action, Origin
from river_chief.verbs.steps.move import Reasoned, StepInput, begin, leave, open_round


class HandOver(StepInput):
    """移交上报: to whom, by which letter."""

    receiver: str = Field(title="接收单位", min_length=1, max_length=120)
    letter_number: str = Field("", title="函件文号", max_length=60)


class Reply(StepInput):
    """收到答复: what the receiver did with it."""

    reply: str = Field(title="答复内容", min_length=1, max_length=500)


def hand_over(session: Session, entry: HandOver, /, *, by: str, today: date) -> Changes:
    """The problem goes to another office or level by letter."""
    move = leave(session, entry, Action.HAND_OVER, by, today)
    move.problem.handed_to = entry.receiver
    move.problem.letter_number = entry.letter_number
    move.problem.hand_over_reply = ""
    move.problem.replied_on = None
    return move.done(f"至{entry.receiver}")


def reply(session: Session, entry: Reply, /, *, by: str, today: date) -> Changes:
    """The receiver has answered; the problem stays handed over."""
    move = begin(session, entry, Action.REPLY, by, today)
    move.problem.hand_over_reply = entry.reply
    move.problem.replied_on = move.day
    return move.done(f"：{entry.reply}")


def take_back(session: Session, entry: Reasoned, /, *, by: str, today: date) -> Changes:
    """The receiver sends the problem back: it enters the stock again in a round of its own (转回)."""
    move = begin(session, entry, Action.TAKE_BACK, by, today)
    move.problem.hand_over_reply = entry.words
    move.problem.replied_on = move.day
    open_round(move, Origin.RETURNED)
    return move.done(f"：{entry.words}")
