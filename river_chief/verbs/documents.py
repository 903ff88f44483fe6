"""文书与附件: papers booked with their numbers, photos and scans attached."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Attachment, Paper, PaperProblem, Patrol, Problem
from river_chief.rules.numbering import paper_number
from river_chief.terms import PaperKind, Phase
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, ids_exist, next_number, not_after
from river_chief.verbs.office import settings_of


class NewPaper(Input):
    """A paper to be booked; its number is drawn from the series of its kind and year when empty."""

    kind: PaperKind = Field(title="文书种类")
    title: str = Field(title="标题", min_length=1, max_length=120)
    issued_on: date = Field(title="印发日期")
    number: str = Field("", title="文号", max_length=60)
    addressee: str = Field("", title="主送", max_length=120)
    due_on: date | None = Field(None, title="期限")
    body: str = Field("", title="正文", max_length=4000)
    problem_ids: tuple[int, ...] = Field((), title="涉及问题")


def book_paper(session: Session, entry: NewPaper, /, *, by: str, today: date) -> Changes:
    """Book a paper that goes out, with the problems it is about."""
    not_after(entry.issued_on, today, "印发日期")
    paper = book(session, entry)
    return Changes(f"印发{paper.kind.label}{paper.number}", paper.key)


def book(session: Session, entry: NewPaper) -> Paper:
    """Add the paper of *entry* inside another verb; return it with its number."""
    number = entry.number
    if not number:
        year = entry.issued_on.year
        sequence = next_number(session, f"paper.{entry.kind.value}", year)
        number = paper_number(settings_of(session).short, entry.kind, year, sequence)
    elif session.exec(select(Paper.id).where(Paper.number == number)).first() is not None:
        raise Refusal(f"文号{number}已经用过，请核对。")
    problems = ids_exist(session, Problem, dict.fromkeys(entry.problem_ids), "个问题")
    paper = Paper(**{**entry.model_dump(exclude={"problem_ids"}), "number": number})
    session.add(paper)
    session.flush()
    session.add_all(PaperProblem(paper_id=paper.key, problem_id=problem.key) for problem in problems)
    session.flush()
    return paper


class NewAttachment(Input):
    """A photo or scan already kept by its digest (storage/attachments.py); it belongs to one record."""

    sha256: str = Field(min_length=64, max_length=64)
    name: str = Field(title="文件名", min_length=1, max_length=200)
    media_type: str = Field(max_length=60)
    size: int = Field(ge=0)
    phase: Phase = Field(title="阶段")
    problem_id: int | None = None
    patrol_id: int | None = None
    taken_at: datetime | None = Field(None, title="拍摄时间")
    happened_on: date | None = Field(None, title="日期")
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    note: str = Field("", title="说明", max_length=200)


def attach(session: Session, entry: NewAttachment, /, *, by: str, today: date) -> Changes:
    """Attach a kept file to a problem or a patrol."""
    if (entry.problem_id is None) == (entry.patrol_id is None):
        raise Refusal("附件要挂在一个问题或一条巡河记录上。")
    owner = "巡河记录"
    if entry.problem_id is not None:
        owner = existing(session, Problem, entry.problem_id, "个问题").number
    else:
        existing(session, Patrol, entry.patrol_id or 0, "条巡河记录")
    attachment = Attachment(**entry.model_dump())
    session.add(attachment)
    session.flush()
    return Changes(f"{owner}添加{entry.phase.label}附件{entry.name}", attachment.key)


class VoidAttachment(Input):
    """The attachment put in by mistake."""

    id: int


def void_attachment(session: Session, entry: VoidAttachment, /, *, by: str, today: date) -> Changes:
    """Take an attachment off its record; the file stays for the journal's sake."""
    attachment = existing(session, Attachment, entry.id, "个附件")
    if attachment.voided_on is not None:
        raise Refusal("这个附件已经移除。")
    attachment.voided_on = today
    return Changes(f"移除附件{attachment.name}", attachment.key)
