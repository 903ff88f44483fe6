"""图斑核查: patches handed down, checked on the spot; a real one becomes a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Attachment, Campaign, Patch, Problem, Reach
from river_chief.records.columns import col
from river_chief.terms import Datum, Phase, Source, State, Verdict
from river_chief.verbs import documents, problems
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, not_after, problem_of, refuse_retired, unchanged
from river_chief.verbs.problems import NewProblem

CAMPAIGN = "图斑核查"
"""The shipped campaign a patch belongs to when no other is named."""

# A problem in one of these states does not hold a patch to 属实 any longer.
_GONE = (State.UNFOUNDED, State.VOIDED)


class NewPatch(Input):
    """A patch as the office above hands it down."""

    number: str = Field(title="图斑编号", min_length=1, max_length=60)
    campaign_id: int | None = Field(None, title="专项")
    village_id: int | None = Field(None, title="所在村")
    reach_id: int | None = Field(None, title="河段")
    place: str = Field("", title="具体位置", max_length=200)
    lon: float | None = Field(None, title="经度", ge=-180, le=180)
    lat: float | None = Field(None, title="纬度", ge=-90, le=90)
    datum: Datum | None = Field(None, title="坐标系")
    area_m2: float | None = Field(None, title="面积", ge=0, lt=1e9)
    suspected: str = Field("", title="疑似类型", max_length=120)
    handed_on: date | None = Field(None, title="下发日期")
    due_on: date | None = Field(None, title="核查期限")
    note: str = Field("", title="备注", max_length=500)


class PatchEdit(NewPatch):
    """The new values of a patch; what its check found is changed by checking it again."""

    id: int
    version: int | None = None


def add_patch(session: Session, entry: NewPatch, /, *, by: str, today: date) -> Changes:
    """Add a patch to be checked; without a campaign it belongs to 图斑核查."""
    _check_patch(session, entry, None, today)
    patch = Patch(**entry.model_dump() | {"campaign_id": entry.campaign_id or default_campaign(session)})
    session.add(patch)
    session.flush()
    return Changes(f"新增图斑{patch.number}", patch.key)


def edit_patch(session: Session, entry: PatchEdit, /, *, by: str, today: date) -> Changes:
    """Correct what was handed down."""
    patch = _open_patch(session, entry.id, entry.version)
    _check_patch(session, entry, patch.key, today)
    if entry.handed_on is not None and patch.checked_on is not None and patch.checked_on < entry.handed_on:
        raise Refusal(f"下发日期 {entry.handed_on} 晚于核查日期 {patch.checked_on}，请核对日期。")
    for name, value in entry.model_dump(exclude={"id", "version"}).items():
        setattr(patch, name, value)
    return Changes(f"修改图斑{patch.number}", patch.key)


class PatchCheck(Input):
    """What was found on the spot."""

    patch_id: int
    version: int | None = None
    verdict: Verdict = Field(title="核查结论")
    checked_on: date | None = Field(None, title="核查日期")
    checker: str = Field("", title="核查人", max_length=120)
    shows: str = Field("", title="现场情况", max_length=120)
    words: str = Field("", title="核查说明", max_length=500)
    exception: str = Field("", title="无照片说明", max_length=200)


def check_patch(session: Session, entry: PatchCheck, /, *, by: str, today: date) -> Changes:
    """Enter the verdict; a patch that is no problem needs a photo, or words why there is none."""
    patch = _open_patch(session, entry.patch_id, entry.version)
    checked_on = entry.checked_on or today
    not_after(checked_on, today, "核查日期")
    if patch.handed_on is not None and checked_on < patch.handed_on:
        raise Refusal(f"核查日期 {checked_on} 早于下发日期 {patch.handed_on}，请核对日期。")
    if entry.verdict is not Verdict.REAL:
        _refuse_registered(session, patch)
    patch.exception = _exception(session, patch, entry)
    patch.verdict, patch.checked_on = entry.verdict, checked_on
    patch.checker, patch.shows, patch.words = entry.checker or by, entry.shows, entry.words
    return Changes(f"图斑{patch.number}核查：{entry.verdict.label}", patch.key)


class PatchProblem(NewProblem):
    """The problem a real patch becomes; what is left out is taken over from the patch."""

    patch_id: int
    patch_version: int | None = None


def register_patch(session: Session, entry: PatchProblem, /, *, by: str, today: date) -> Changes:
    """Register a real patch as a problem; both name each other, and its photos show the problem 整改前."""
    patch = _real_patch(session, entry.patch_id, entry.patch_version)
    _refuse_double(session, patch)
    given = entry.model_dump(include=entry.model_fields_set - {"patch_id", "patch_version"})
    problem = NewProblem.model_validate({**carried_over(session, patch), **given})
    done = problems.register(session, problem, by=by, today=today)
    patch.problem_id = done.id
    for photo in _photos(session, patch):
        values = {name: getattr(photo, name) for name in documents.NewAttachment.model_fields}
        same = {**values, "phase": Phase.BEFORE, "patch_id": None, "problem_id": done.id}
        documents.attach(session, documents.NewAttachment.model_validate(same), by=by, today=today)
    number = session.get_one(Problem, done.id).number
    return Changes(f"图斑{patch.number}登记为问题{number}", done.id)


class PatchLink(Input):
    """A real patch, and the problem that was registered for it before."""

    patch_id: int
    version: int | None = None
    problem_id: int = Field(title="问题")


def link_patch(session: Session, entry: PatchLink, /, *, by: str, today: date) -> Changes:
    """Let a real patch and a problem that stands in the ledger already name each other."""
    patch = _real_patch(session, entry.patch_id, entry.version)
    problem = problem_of(session, entry.problem_id, None)
    if problem.patch_number not in ("", patch.number):
        raise Refusal(f"问题{problem.number}的图斑编号是{problem.patch_number}，请核对编号。")
    problem.patch_number = patch.number
    patch.problem_id = problem.key
    return Changes(f"图斑{patch.number}关联问题{problem.number}", patch.key)


class PatchVoid(Input):
    """The patch that was handed down or entered in error."""

    id: int
    version: int | None = None
    reason: str = Field(title="作废原因", min_length=1, max_length=200)


def void_patch(session: Session, entry: PatchVoid, /, *, by: str, today: date) -> Changes:
    """Void a patch: it stays in the ledger and is counted nowhere."""
    patch = _open_patch(session, entry.id, entry.version)
    _refuse_registered(session, patch)
    patch.voided_on, patch.void_reason = today, entry.reason
    return Changes(f"图斑{patch.number}作废：{entry.reason}", patch.key)


def carried_over(session: Session, patch: Patch) -> dict[str, Any]:
    """What the problem of *patch* takes over from it, by the keys of ``NewProblem``."""
    values: dict[str, Any] = {
        "source": Source.SATELLITE,
        "patch_number": patch.number,
        "found_on": patch.checked_on,
        "finder": patch.checker,
        "village_id": patch.village_id,
        "reach_id": patch.reach_id,
        "place": patch.place,
        "lon": patch.lon,
        "lat": patch.lat,
        "datum": patch.datum,
        "area_m2": patch.area_m2,
        "description": patch.words or patch.shows,
    }
    if patch.reach_id is not None:
        values["water_id"] = session.get_one(Reach, patch.reach_id).water_id
    tags = {patch.campaign_id, default_campaign(session)} - {None}
    return {**values, "campaign_ids": tuple(sorted(filter(None, tags)))}


def default_campaign(session: Session) -> int | None:
    """The id of the campaign 图斑核查; None where the office has none in use."""
    query = select(Campaign.id).where(Campaign.name == CAMPAIGN, col(Campaign.retired_on).is_(None))
    return session.exec(query).first()


def batch_name(count: int, verdict: Verdict) -> str:
    """What a batch of checks with one verdict is called."""
    return f"批量核查{count}个图斑：{verdict.label}"


def _photos(session: Session, patch: Patch) -> Sequence[Attachment]:
    query = select(Attachment).where(Attachment.patch_id == patch.id, col(Attachment.voided_on).is_(None))
    return session.exec(query.order_by(col(Attachment.id))).all()


def _open_patch(session: Session, id: int, version: int | None) -> Patch:
    patch = existing(session, Patch, id, "个图斑")
    unchanged(patch, version, f"图斑{patch.number}")
    if patch.voided_on is not None:
        raise Refusal(f"图斑{patch.number}已经作废，不能再办理。")
    return patch


def _real_patch(session: Session, id: int, version: int | None) -> Patch:
    patch = _open_patch(session, id, version)
    if patch.verdict is not Verdict.REAL:
        raise Refusal(f"图斑{patch.number}还没有核查属实，请先填写核查结论。")
    _refuse_registered(session, patch)
    return patch


def _refuse_registered(session: Session, patch: Patch) -> None:
    problem = session.get(Problem, patch.problem_id) if patch.problem_id is not None else None
    if problem is not None and problem.state not in _GONE:
        raise Refusal(
            f"图斑{patch.number}已经登记为问题{problem.number}；登记有误的，请先在问题里办理不属实或作废。"
        )


def _refuse_double(session: Session, patch: Patch) -> None:
    query = select(Problem.number).where(
        Problem.patch_number == patch.number, col(Problem.state).not_in(_GONE)
    )
    number = session.exec(query).first()
    if number is not None:
        raise Refusal(f"问题{number}的图斑编号就是{patch.number}，请办理“关联问题”，不要重复登记。")


def _exception(session: Session, patch: Patch, entry: PatchCheck) -> str:
    if entry.verdict is Verdict.REAL or _photos(session, patch):
        return ""
    if not entry.exception:
        raise InvalidInput(
            {"exception": f"“{entry.verdict.label}”要有现场照片；没有照片的，请在这里写明原因"}
        )
    return entry.exception


def _check_patch(session: Session, entry: NewPatch, own: int | None, today: date) -> None:
    same = session.exec(select(Patch.id).where(Patch.number == entry.number)).first()
    if same not in (None, own):
        raise InvalidInput({"number": f"图斑编号{entry.number}已经在台账里，请核对"})
    not_after(entry.handed_on, today, "下发日期")
    if entry.due_on is not None and entry.handed_on is not None and entry.due_on < entry.handed_on:
        raise InvalidInput({"due_on": "核查期限早于下发日期，请核对日期"})
    since = entry.handed_on or today
    if entry.campaign_id is not None:
        existing(session, Campaign, entry.campaign_id, "个专项")
    if entry.village_id is not None:
        refuse_retired(existing(session, Area, entry.village_id, "个村"), since)
    if entry.reach_id is not None:
        refuse_retired(existing(session, Reach, entry.reach_id, "个河段"), since)
