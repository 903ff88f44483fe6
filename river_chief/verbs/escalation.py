"""督促文书: a letter of the ladder issued for one or more problems or for a village, answered, taken back when wrong."""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import Field
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, LadderStep, Paper
from river_chief.rules.ladder import LADDER_PAPERS
from river_chief.terms import PaperKind
from river_chief.verbs.input import EARLIEST, Input
from river_chief.verbs.lookup import existing, listed, not_after, unchanged
from river_chief.verbs.steps.move import StepInput, begin
from river_chief.verbs.steps.reminding import ACTIONS, Sending, send


class Escalation(Input):
    """A letter: what kind, to whom, why, about which problems (or about which village, with or without problems).

    The number, the day to answer by and the text are made when left empty.
    """

    kind: PaperKind = Field(title="文书种类")
    addressee: str = Field(title="主送", min_length=1, max_length=120)
    issued_on: date | None = Field(None, title="印发日期", ge=EARLIEST)
    answer_by: date | None = Field(None, title="答复时限")
    paper_number: str = Field("", title="文号", max_length=60)
    reason: str = Field("", title="事由", max_length=500)
    body: str = Field("", title="正文", max_length=4000)
    problem_ids: tuple[int, ...] = Field((), title="涉及问题")
    area_id: int | None = Field(None, title="村")
    ladder_step_id: int | None = Field(None, title="督促阶梯")


class PaperAnswer(Input):
    """答复: what the addressee wrote back; a second one puts the first right."""

    paper_id: int
    version: int | None = None
    answered_on: date = Field(title="答复日期", ge=EARLIEST)
    answerer: str = Field("", title="答复人", max_length=120)
    answer: str = Field(title="答复内容", min_length=1, max_length=2000)


class PaperVoiding(Input):
    """A letter that was issued in error."""

    paper_id: int
    version: int | None = None
    reason: str = Field(title="作废原因", min_length=1, max_length=200)


def escalate(session: Session, entry: Escalation, /, *, by: str, today: date) -> Changes:
    """Issue one letter of the ladder; every problem it covers gets a step that says so."""
    if entry.kind not in ACTIONS:
        raise Refusal(f"{entry.kind.label}不是督促文书，可用的有：{_kinds()}。")
    if not entry.problem_ids and entry.area_id is None:
        raise InvalidInput({"problem_ids": "请至少选一个问题，或者选一个村"})
    day = entry.issued_on or today
    not_after(day, today, "印发日期")
    if entry.area_id is not None:
        existing(session, Area, entry.area_id, "个村")
    if entry.ladder_step_id is not None:
        existing(session, LadderStep, entry.ladder_step_id, "一级督促阶梯")
    moves = [
        begin(
            session,
            StepInput(problem_id=id, happened_at=datetime.combine(day, time.min), words=entry.reason),
            ACTIONS[entry.kind],
            by,
            today,
        )
        for id in dict.fromkeys(entry.problem_ids)
    ]
    sending = Sending(
        day=day,
        number=entry.paper_number,
        **entry.model_dump(exclude={"issued_on", "paper_number", "problem_ids"}),
    )
    paper = send(session, sending, moves)
    session.flush()
    about = f"，涉及{listed([move.problem.number for move in moves])}" if moves else ""
    return Changes(f"印发{paper.kind.label}{paper.number}，主送{paper.addressee}{about}", paper.key)


def answer_paper(session: Session, entry: PaperAnswer, /, *, by: str, today: date) -> Changes:
    """Enter the answer to a letter."""
    paper = _letter(session, entry.paper_id, entry.version)
    not_after(entry.answered_on, today, "答复日期")
    if entry.answered_on < paper.issued_on:
        raise InvalidInput({"answered_on": f"答复日期早于印发日期 {paper.issued_on.isoformat()}"})
    verb = "更正" if paper.answered_on is not None else "登记"
    paper.answered_on = entry.answered_on
    paper.answerer = entry.answerer
    paper.answer = entry.answer
    return Changes(f"{verb}{paper.kind.label}{paper.number}的答复", paper.key)


def void_paper(session: Session, entry: PaperVoiding, /, *, by: str, today: date) -> Changes:
    """Void a letter issued in error: it no longer counts as sent, and its number is not given again."""
    paper = _letter(session, entry.paper_id, entry.version)
    paper.voided_on = today
    paper.void_reason = entry.reason
    return Changes(f"作废{paper.kind.label}{paper.number}：{entry.reason}", paper.key)


def _letter(session: Session, id: int, version: int | None) -> Paper:
    paper = existing(session, Paper, id, "份文书")
    unchanged(paper, version, f"{paper.kind.label}{paper.number}")
    if paper.kind not in LADDER_PAPERS:
        raise Refusal(f"{paper.kind.label}不是督促文书，可用的有：{_kinds()}。")
    if paper.voided_on is not None:
        raise Refusal(f"{paper.kind.label}{paper.number}已经作废，不能再办。")
    return paper


def _kinds() -> str:
    return "、".join(kind.label for kind in LADDER_PAPERS)
