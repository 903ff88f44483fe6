"""问题: drafted, registered, corrected. What happens to it afterwards is in verbs/steps.py."""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.fields.problems import PROBLEMS
from river_chief.records import (
    Area,
    Campaign,
    Category,
    Patrol,
    Problem,
    ProblemCampaign,
    Reach,
    Round,
    Step,
    Water,
)
from river_chief.records.columns import col
from river_chief.rules.grades import suggested_severity
from river_chief.rules.numbering import problem_number
from river_chief.terms import Action, Bank, Datum, Disposal, Measure, Origin, Severity, Source, State
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, free_number, ids_exist, not_after, problem_of, refuse_retired
from river_chief.verbs.office import settings_of

# What a problem must say before it can be registered (登记); the rest may follow.
REQUIRED = ("found_on", "source", "village_id", "water_id", "category_code", "description")
_LABELS = {"village_id": "village_name", "water_id": "water_name", "category_code": "category_group"}


class ProblemFields(Input):
    """What is known of a problem; everything may be missing in a draft."""

    outside_number: str = Field("", title="上级编号", max_length=60)
    found_on: date | None = Field(None, title="发现时间")
    finder: str = Field("", title="发现人", max_length=60)
    source: Source | None = Field(None, title="问题来源")
    patrol_id: int | None = Field(None, title="巡河记录")
    water_id: int | None = Field(None, title="河湖名称")
    reach_id: int | None = Field(None, title="河段")
    village_id: int | None = Field(None, title="所在村")
    place: str = Field("", title="具体位置", max_length=200)
    stake: str = Field("", title="桩号", max_length=40)
    bank: Bank | None = Field(None, title="岸别")
    lon: float | None = Field(None, title="经度", ge=-180, le=180)
    lat: float | None = Field(None, title="纬度", ge=-90, le=90)
    datum: Datum | None = Field(None, title="坐标系")
    position_text: str = Field("", title="地理坐标", max_length=80)
    category_code: str = Field("", title="问题类型", max_length=8)
    description: str = Field("", title="问题描述", max_length=2000)
    area_m2: float | None = Field(None, title="面积", ge=0, lt=1e9)
    length_m: float | None = Field(None, title="长度", ge=0, lt=1e7)
    volume_m3: float | None = Field(None, title="体积", ge=0, lt=1e9)
    weight_t: float | None = Field(None, title="重量", ge=0, lt=1e8)
    count_n: float | None = Field(None, title="数量", ge=0, lt=1e6)
    severity: Severity | None = Field(None, title="严重程度")
    severity_reason: str = Field("", title="等级说明", max_length=200)
    party: str = Field("", title="涉事单位(个人)", max_length=120)
    patch_number: str = Field("", title="图斑编号", max_length=60)
    note: str = Field("", title="备注", max_length=500)
    unit: str = Field("", title="责任单位", max_length=80)
    goal: str = Field("", title="整改目标(标准)", max_length=500)
    disposal: Disposal | None = Field(None, title="处置方式")
    campaign_ids: tuple[int, ...] = Field((), title="专项")


class NewProblem(ProblemFields):
    """A problem to be registered; ``number`` only when an office of before gave one already."""

    number: str = Field("", title="问题编号", max_length=40)
    happened_at: datetime | None = Field(None, title="登记时间")


class ProblemEdit(ProblemFields):
    """The new values of a problem; responsibility and rectification come with the steps."""

    id: int
    version: int | None = None
    lead_department: str = Field("", title="牵头部门", max_length=80)
    helping_departments: str = Field("", title="配合部门", max_length=200)
    leader: str = Field("", title="责任领导", max_length=40)
    officer: str = Field("", title="直接责任人", max_length=40)
    officer_title: str = Field("", title="职务", max_length=80)
    officer_phone: str = Field("", title="联系电话", max_length=40)
    supervisor: str = Field("", title="督办人", max_length=40)
    responsibility_note: str = Field("", title="责任备注", max_length=500)
    measures: str = Field("", title="整改措施", max_length=2000)
    unfinished_reason: str = Field("", title="未完成原因", max_length=500)
    next_step: str = Field("", title="下步措施", max_length=500)
    rectification_note: str = Field("", title="整改备注", max_length=500)


def save_draft(session: Session, entry: NewProblem, /, *, by: str, today: date) -> Changes:
    """Keep an incomplete problem as a draft; it is not in stock and has no official number yet."""
    problem = _new(session, entry, today)
    problem.number = free_number(session, "draft", 0, "草稿{}".format, col(Problem.number), longest=40)
    session.add(problem)
    session.flush()
    _tag(session, problem, entry.campaign_ids, today)
    return Changes(f"保存{problem.number}", problem.key)


def register(session: Session, entry: NewProblem, /, *, by: str, today: date) -> Changes:
    """Register a complete problem: it gets its number, enters the stock and waits to be verified."""
    problem = _new(session, entry, today)
    refuse_incomplete(problem)
    happened = entry.happened_at or datetime.combine(today, time.min)
    problem.number = _number(session, entry.number, happened.date())
    session.add(problem)
    session.flush()
    _tag(session, problem, entry.campaign_ids, today)
    enter_stock(session, problem, happened, today, by)
    return Changes(f"登记问题{problem.number}", problem.key)


class Registration(Input):
    """The draft to be registered."""

    problem_id: int
    version: int | None = None
    happened_at: datetime | None = Field(None, title="登记时间")
    actor: str = Field("", title="登记人", max_length=120)
    words: str = Field("", title="说明", max_length=2000)


def register_draft(session: Session, entry: Registration, /, *, by: str, today: date) -> Changes:
    """Register a draft whose missing fields have been filled in."""
    problem = problem_of(session, entry.problem_id, entry.version)
    if problem.state is not State.DRAFT:
        raise Refusal(f"问题{problem.number}已经登记，不必再登记。")
    refuse_incomplete(problem)
    happened = entry.happened_at or datetime.combine(today, time.min)
    draft = problem.number
    problem.number = _number(session, "", happened.date())
    enter_stock(session, problem, happened, today, entry.actor or by)
    return Changes(f"{draft}登记为{problem.number}", problem.key)


def edit(session: Session, entry: ProblemEdit, /, *, by: str, today: date) -> Changes:
    """Correct what the ledger says of a problem; its state, dates and deadlines change by steps only."""
    problem = problem_of(session, entry.id, entry.version)
    _check_links(session, entry, today)
    graded = _grading(problem)
    values = entry.model_dump(exclude={"id", "version", "campaign_ids"})
    for name, value in values.items():
        setattr(problem, name, value)
    if problem.round_no and _grading(problem) != graded:
        refuse_unreasoned(session, problem)
    _take_water(session, problem)
    if problem.state is not State.DRAFT:
        refuse_incomplete(problem)
    if problem.round_no:
        first = session.exec(select(Round).where(Round.problem_id == problem.key, Round.ordinal == 1)).one()
        _found_before(problem, first.opened_on)
        if first.verified_on is not None and problem.severity is None:
            raise InvalidInput({"severity": "核实过的问题要有严重程度，请填写"})
    _tag(session, problem, entry.campaign_ids, today)
    return Changes(f"修改问题{problem.number}", problem.key)


def missing(problem: Problem) -> tuple[str, ...]:
    """Return the keys a problem still needs before it can be registered."""
    return tuple(name for name in REQUIRED if getattr(problem, name) in (None, ""))


def refuse_incomplete(problem: Problem) -> None:
    """Refuse with a sentence for each field that is still missing."""
    found = {name: f"请填写{PROBLEMS[_LABELS.get(name, name)].label}" for name in missing(problem)}
    if found:
        raise InvalidInput(found)


def enter_stock(session: Session, problem: Problem, happened: datetime, today: date, actor: str) -> None:
    """Open the first round of *problem* and note its first step."""
    not_after(happened.date(), today, "登记时间")
    _found_before(problem, happened.date())
    if problem.severity is None:
        problem.severity = suggestion(session, problem)
    refuse_unreasoned(session, problem)
    problem.state = State.TO_VERIFY
    problem.round_no = 1
    session.add(Round(problem_id=problem.key, ordinal=1, origin=Origin.FOUND, opened_on=happened.date()))
    session.add(
        Step(
            problem_id=problem.key,
            ordinal=1,
            round_no=1,
            action=Action.REGISTER,
            from_state=State.DRAFT,
            to_state=State.TO_VERIFY,
            happened_at=happened,
            actor=actor,
        )
    )
    session.flush()


def suggestion(session: Session, problem: Problem) -> Severity | None:
    """The severity the category's rule suggests (建议等级) for the measured quantity; None without one."""
    category = session.exec(select(Category).where(Category.code == problem.category_code)).first()
    if category is None or not category.grade:
        return None
    return suggested_severity(category.grade, measured(problem))


def refuse_unreasoned(session: Session, problem: Problem) -> None:
    """Refuse another severity than the suggested one (建议等级) without words why."""
    suggested = suggestion(session, problem)
    if problem.severity is None or suggested in (None, problem.severity) or problem.severity_reason:
        return
    wanted = f"建议等级为{suggested.label}，定为{problem.severity.label}要填写等级说明"
    raise InvalidInput({"severity_reason": wanted})


def measured(problem: Problem) -> dict[Measure, float]:
    """The measured quantities of *problem* by the letters of the grade rules."""
    values = {
        Measure.AREA: problem.area_m2,
        Measure.LENGTH: problem.length_m,
        Measure.VOLUME: problem.volume_m3,
        Measure.WEIGHT: problem.weight_t,
        Measure.COUNT: problem.count_n,
    }
    return {measure: value for measure, value in values.items() if value is not None}


def _new(session: Session, entry: NewProblem, today: date) -> Problem:
    _check_links(session, entry, today)
    problem = Problem(**entry.model_dump(exclude={"happened_at", "campaign_ids"}))
    _take_water(session, problem)
    return problem


def _grading(problem: Problem) -> tuple[object, ...]:
    """What the severity and its suggestion rest on."""
    return (problem.severity, problem.severity_reason, problem.category_code, measured(problem))


def _found_before(problem: Problem, registered: date) -> None:
    if problem.found_on is not None and registered < problem.found_on:
        raise Refusal(
            f"登记时间 {registered.isoformat()} 早于发现时间 {problem.found_on.isoformat()}，请核对。"
        )


def _take_water(session: Session, problem: Problem) -> None:
    if problem.reach_id is None:
        return
    reach = existing(session, Reach, problem.reach_id, "个河段")
    if problem.water_id not in (None, reach.water_id):
        raise InvalidInput({"reach_id": f"河段{reach.name}不在所选的河湖上，请核对"})
    problem.water_id = reach.water_id


def _check_links(session: Session, entry: ProblemFields, today: date) -> None:
    not_after(entry.found_on, today, "发现时间")
    found_on = entry.found_on or today
    if entry.water_id is not None:
        refuse_retired(existing(session, Water, entry.water_id, "条河湖"), found_on)
    if entry.reach_id is not None:
        refuse_retired(existing(session, Reach, entry.reach_id, "个河段"), found_on)
    if entry.village_id is not None:
        refuse_retired(existing(session, Area, entry.village_id, "个村"), found_on)
    if entry.patrol_id is not None:
        existing(session, Patrol, entry.patrol_id, "条巡河记录")
    if entry.category_code:
        found = session.exec(select(Category).where(Category.code == entry.category_code)).first()
        if found is None:
            raise InvalidInput({"category_code": f"问题类型代码“{entry.category_code}”不在分类表里"})


def _number(session: Session, given: str, day: date) -> str:
    if not given:
        settings = settings_of(session)
        return free_number(
            session,
            "problem",
            day.year,
            lambda seq: problem_number(settings.short, day.year, seq, settings.problem_pattern),
            col(Problem.number),
            longest=40,
        )
    if session.exec(select(Problem.id).where(Problem.number == given)).first() is not None:
        raise Refusal(f"问题编号{given}已经在台账里，请核对。")
    return given


def _tag(session: Session, problem: Problem, campaign_ids: tuple[int, ...], today: date) -> None:
    """Let the problem carry exactly these campaigns; a tag taken off is kept with its day."""
    wanted = {row.key for row in ids_exist(session, Campaign, campaign_ids, "个专项")}
    query = select(ProblemCampaign).where(ProblemCampaign.problem_id == problem.key)
    here = {tag.campaign_id: tag for tag in session.exec(query)}
    for campaign_id, tag in here.items():
        if campaign_id in wanted:
            tag.removed_on = None
        elif tag.removed_on is None:
            tag.removed_on = today
    for campaign_id in sorted(wanted - set(here)):
        session.add(ProblemCampaign(problem_id=problem.key, campaign_id=campaign_id))
    session.flush()


__all__ = [
    "REQUIRED",
    "NewProblem",
    "ProblemEdit",
    "ProblemFields",
    "Registration",
    "edit",
    "enter_stock",
    "measured",
    "missing",
    "refuse_incomplete",
    "refuse_unreasoned",
    "register",
    "register_draft",
    "save_draft",
    "suggestion",
]
