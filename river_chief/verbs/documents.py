"""文书与附件: papers booked with their numbers, photos and scans attached."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import Attachment, Paper, PaperProblem, Patch, Patrol, Problem
from river_chief.records.columns import col
from river_chief.rules.numbering import paper_number
from river_chief.terms import PaperKind, Phase
from river_chief.verbs.input import EARLIEST, Input
from river_chief.verbs.lookup import existing, free_number, ids_exist, not_after
from river_chief.verbs.office import settings_of


class NewPaper(Input):
    """A paper to be booked; its number is drawn from the series of its kind and year when empty."""

    kind: PaperKind = Field(title="文书种类")
    title: str = Field(title="标题", min_length=1, max_length=120)
    issued_on: date = Field(title="印发日期", ge=EARLIEST)
    number: str = Field("", title="文号", max_length=60)
    addressee: str = Field("", title="主送", max_length=120)
    due_on: date | None = Field(None, title="期限")
    body: str = Field("", title="正文", max_length=4000)
    ladder_step_id: int | None = Field(None, title="督促阶梯")
    area_id: int | None = Field(None, title="村")
    problem_ids: tuple[int, ...] = Field((), title="涉及问题")


def book_paper(session: Session, entry: NewPaper, /, *, by: str, today: date) -> Changes:
    """Book a paper that goes out, with the problems it is about."""
    not_after(entry.issued_on, today, "印发日期")
    if entry.due_on is not None and entry.due_on < entry.issued_on:
        raise Refusal("期限早于印发日期，请核对日期。")
    paper = book(session, entry)
    return Changes(f"印发{paper.kind.label}{paper.number}", paper.key)


def book(session: Session, entry: NewPaper) -> Paper:
    """Add the paper of *entry* inside another verb; return it with its number."""
    number = entry.number
    if not number:
        number = _next_paper_number(session, entry)
    elif session.exec(select(Paper.id).where(Paper.number == number)).first() is not None:
        raise Refusal(f"文号{number}已经用过，请核对。")
    problems = ids_exist(session, Problem, dict.fromkeys(entry.problem_ids), "个问题")
    paper = Paper(**{**entry.model_dump(exclude={"problem_ids"}), "number": number})
    session.add(paper)
    session.flush()
    session.add_all(PaperProblem(paper_id=paper.key, problem_id=problem.key) for problem in problems)
    session.flush()
    return paper


def _next_paper_number(session: Session, entry: NewPaper) -> str:
    settings, year = settings_of(session), entry.issued_on.year

    def written(seq: int) -> str:
        return paper_number(
            settings.short, entry.kind, year, seq, settings.paper_pattern, settings.office_word
        )

    return free_number(session, f"paper.{entry.kind.value}", year, written, col(Paper.number), longest=60)


class NewAttachment(Input):
    """A photo or scan already kept by its digest (storage/attachments.py); it belongs to one record."""

    sha256: str = Field(title="文件校验值", pattern="^[0-9a-f]{64}$")
    name: str = Field(title="文件名", min_length=1, max_length=200)
    media_type: str = Field(title="文件类型", max_length=60)
    size: int = Field(title="文件大小", ge=0, lt=2**40)
    phase: Phase = Field(title="阶段")
    problem_id: int | None = None
    patrol_id: int | None = None
    paper_id: int | None = None
    patch_id: int | None = None
    taken_at: datetime | None = Field(None, title="拍摄时间")
    happened_on: date | None = Field(None, title="日期")
    looks: str = Field("", pattern="^([A-Za-z0-9+/]{432})?$")
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    note: str = Field("", title="说明", max_length=200)


def attach(session: Session, entry: NewAttachment, /, *, by: str, today: date) -> Changes:
    """Attach a kept file to a problem, a patrol, a paper or a patch; the same file of one phase only once."""
    not_after(entry.happened_on, today, "日期")
    owner = _owner(session, entry)
    if _twin(session, entry, entry.phase):
        raise Refusal(f"{entry.phase.label}附件“{entry.name}”已经添加过，不必重复添加。")
    attachment = Attachment(**entry.model_dump())
    session.add(attachment)
    session.flush()
    return Changes(f"{owner}添加{entry.phase.label}附件{entry.name}", attachment.key)


def _twin(session: Session, file: NewAttachment | Attachment, phase: Phase) -> bool:
    """Whether the record of *file* has the same file in *phase* already."""
    query = select(Attachment.id).where(
        Attachment.sha256 == file.sha256,
        Attachment.phase == phase,
        Attachment.problem_id == file.problem_id,
        Attachment.patrol_id == file.patrol_id,
        Attachment.paper_id == file.paper_id,
        Attachment.patch_id == file.patch_id,
        col(Attachment.voided_on).is_(None),
    )
    return session.exec(query).first() is not None


def _owner(session: Session, entry: NewAttachment | Attachment) -> str:
    """The record of the attachment in words; exactly one must be named."""
    owners = (entry.problem_id, entry.patrol_id, entry.paper_id, entry.patch_id)
    if sum(id is not None for id in owners) != 1:
        raise Refusal("附件要挂在一个问题、一条巡河记录、一份文书或一个图斑上。")
    if entry.problem_id is not None:
        return existing(session, Problem, entry.problem_id, "个问题").number
    if entry.paper_id is not None:
        return existing(session, Paper, entry.paper_id, "份文书").number
    if entry.patch_id is not None:
        return f"图斑{existing(session, Patch, entry.patch_id, '个图斑').number}"
    patrol = existing(session, Patrol, entry.patrol_id or 0, "条巡河记录")
    return f"{patrol.started_at:%Y-%m-%d}的巡河记录"


class Rephasing(Input):
    """The phase an attachment really shows, where it was put under another."""

    id: int
    phase: Phase = Field(title="阶段")


def rephase(session: Session, entry: Rephasing, /, *, by: str, today: date) -> Changes:
    """Correct the phase of an attachment; it stays with its record, and is to be checked anew."""
    attachment = _standing(session, entry.id)
    before = attachment.phase
    if before is entry.phase:
        raise Refusal(f"附件“{attachment.name}”已经是{before.label}。")
    if _twin(session, attachment, entry.phase):
        raise Refusal(f"{entry.phase.label}附件里已经有“{attachment.name}”，多余的一张请移除。")
    attachment.phase = entry.phase
    attachment.settled = ""
    owner = _owner(session, attachment)
    return Changes(f"{owner}的附件{attachment.name}由{before.label}改为{entry.phase.label}", attachment.key)


class Settling(Input):
    """Why an attachment is right in spite of its warnings."""

    id: int
    words: str = Field(title="核对说明", min_length=1, max_length=200)


def settle(session: Session, entry: Settling, /, *, by: str, today: date) -> Changes:
    """Stand by an attachment that the program warns of; it leaves the list of those to be checked."""
    attachment = _standing(session, entry.id)
    attachment.settled = entry.words
    return Changes(f"核对{_owner(session, attachment)}的附件{attachment.name}：{entry.words}", attachment.key)


class VoidAttachment(Input):
    """The attachment put in by mistake."""

    id: int


def void_attachment(session: Session, entry: VoidAttachment, /, *, by: str, today: date) -> Changes:
    """Take an attachment off its record; the file stays for the journal's sake."""
    attachment = _standing(session, entry.id)
    attachment.voided_on = today
    return Changes(f"移除附件{attachment.name}", attachment.key)


def _standing(session: Session, id: int) -> Attachment:
    attachment = existing(session, Attachment, id, "个附件")
    if attachment.voided_on is not None:
        raise Refusal("这个附件已经移除。")
    return attachment
