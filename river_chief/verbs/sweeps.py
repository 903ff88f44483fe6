"""举一反三: the question of one problem asked of every village or reach, and what each answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field, model_validator
from sqlalchemy import or_
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Area, Category, Problem, Reach, Sweep, SweepAnswer
from river_chief.records.columns import col
from river_chief.rules.deadlines import Deadline, DeadlineRule, deadline_from
from river_chief.rules.sweeps import proposed_question
from river_chief.terms import AreaLevel, DeadlineKind, Scope, State, SweepReply
from river_chief.verbs.deadlines import calendar_of
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import (
    existing,
    ids_exist,
    listed,
    not_after,
    problem_of,
    unchanged,
    village_chief,
)
from river_chief.verbs.office import settings_of
from river_chief.verbs.problems import NewProblem, register

# A problem that is none gives no reason to look for its like.
_NO_QUESTION = (State.DRAFT, State.UNFOUNDED, State.MERGED, State.VOIDED)


class NewSweep(Input):
    """The problem asked about, of whom, from when until when; an empty ``question`` is worded by the rule."""

    problem_id: int
    version: int | None = None
    scope: Scope = Field(Scope.VILLAGE, title="范围")
    question: str = Field("", title="排查内容", max_length=500)
    asked_on: date | None = Field(None, title="布置日期")
    due_on: date | None = Field(None, title="答复期限")


def ask(session: Session, entry: NewSweep, /, *, by: str, today: date) -> Changes:
    """Ask every village or every reach in use on the day; each gets an answer that is still open."""
    problem = problem_of(session, entry.problem_id, entry.version)
    if problem.state in _NO_QUESTION:
        raise Refusal(f"问题{problem.number}现为“{problem.state.label}”，请对属实的问题举一反三。")
    asked_on = entry.asked_on or today
    _check_days(problem, entry, asked_on, today)
    _refuse_twin(session, problem, entry.scope)
    places = _places(session, entry.scope, asked_on)
    if not places:
        raise Refusal(
            "没有在用的村，请先登记。" if entry.scope is Scope.VILLAGE else "没有在用的河段，请先登记。"
        )
    sweep = Sweep(
        problem_id=problem.key,
        question=entry.question or question_of(session, problem, entry.scope),
        scope=entry.scope,
        asked_on=asked_on,
        due_on=entry.due_on or due_of(session, asked_on).due,
    )
    session.add(sweep)
    session.flush()
    for place in places:
        area, reach = (place.id, None) if isinstance(place, Area) else (None, place.id)
        session.add(SweepAnswer(sweep_id=sweep.key, area_id=area, reach_id=reach))
    session.flush()
    asked = f"{len(places)}{'个村' if entry.scope is Scope.VILLAGE else '个河段'}"
    return Changes(f"就问题{problem.number}{entry.scope.label}举一反三，共{asked}", sweep.key)


def question_of(session: Session, problem: Problem, scope: Scope) -> str:
    """The question the rule proposes for *problem*."""
    category = session.exec(select(Category).where(Category.code == problem.category_code)).first()
    return proposed_question(problem.number, category.name if category else "", problem.description, scope)


def due_of(session: Session, asked_on: date) -> Deadline:
    """By when the office wants answers to what is asked on *asked_on*, with the sentence that explains it."""
    rule = DeadlineRule(kind=DeadlineKind.NATURAL_DAYS, amount=settings_of(session).sweep_days)
    return deadline_from(rule, asked_on, calendar_of(session))


class Answering(Input):
    """One reply for one or several places; 发现同类问题 is said of one place, with the problem found there.

    Without ``answerer`` a village's chief of that day answers. ``corrects``: places that have answered before get this answer instead.
    """

    answer_ids: tuple[int, ...] = Field(title="答复单位", min_length=1)
    reply: SweepReply = Field(title="答复")
    answered_on: date | None = Field(None, title="答复日期")
    answerer: str = Field("", title="答复人", max_length=120)
    words: str = Field("", title="说明", max_length=500)
    problem_id: int | None = Field(None, title="发现的问题")
    corrects: bool = Field(False, title="更正以前的答复")
    version: int | None = None

    @model_validator(mode="after")
    def _one_version_is_of_one_answer(self) -> Self:
        if self.version is not None and len(self.answer_ids) > 1:
            raise ValueError("几处一起答复时不核对版本")
        return self


def answer(session: Session, entry: Answering, /, *, by: str, today: date) -> Changes:
    """Enter what places answer to a sweep: all of *entry* or nothing."""
    answers = ids_exist(session, SweepAnswer, dict.fromkeys(entry.answer_ids), "条举一反三的答复")
    names = [place_name(session, each) for each in answers]
    answered_on = entry.answered_on or today
    not_after(answered_on, today, "答复日期")
    for each in answers:
        unchanged(each, entry.version, f"{names[0]}的答复")
        _refuse_too_early(_open_sweep(session, each.sweep_id), answered_on)
    _refuse_answered(entry, answers, names)
    found = _found(session, entry, answers)
    for each in answers:
        each.reply = entry.reply
        each.answered_on = answered_on
        each.answerer = entry.answerer or _who_answers(session, each, answered_on)
        each.words = entry.words
        each.problem_id = found.key if found is not None else None
    said = f"{entry.reply.label}{found.number}" if found is not None else entry.reply.label
    return Changes(f"举一反三：{listed(names)}答复{said}", answers[0].sweep_id)


class FoundHere(NewProblem):
    """The problem that a place found when asked; it is registered, and is the place's answer."""

    answer_id: int
    answered_on: date | None = Field(None, title="答复日期")
    answerer: str = Field("", title="答复人", max_length=120)


def report_found(session: Session, entry: FoundHere, /, *, by: str, today: date) -> Changes:
    """Register what a place found and answer 发现同类问题 with it, as one act; the id is the problem's."""
    own = existing(session, SweepAnswer, entry.answer_id, "条举一反三的答复")
    problem = NewProblem(**entry.model_dump(exclude={"answer_id", "answered_on", "answerer"}))
    id = register(session, problem, by=by, today=today).id
    told = Answering(
        answer_ids=(own.key,),
        reply=SweepReply.FOUND,
        answered_on=entry.answered_on,
        answerer=entry.answerer or entry.finder,
        problem_id=id,
    )
    answer(session, told, by=by, today=today)
    number = existing(session, Problem, id, "个问题").number
    return Changes(f"举一反三：{place_name(session, own)}发现同类问题，登记为{number}", id)


class SweepVoid(Input):
    """The sweep that was asked in error (作废)."""

    id: int
    version: int | None = None
    words: str = Field(title="原因", min_length=1, max_length=200)


def void_sweep(session: Session, entry: SweepVoid, /, *, by: str, today: date) -> Changes:
    """Void a sweep; what was found by it stays in the ledger."""
    sweep = _open_sweep(session, entry.id)
    number = existing(session, Problem, sweep.problem_id, "个问题").number
    unchanged(sweep, entry.version, f"问题{number}的举一反三")
    sweep.voided_on = today
    sweep.void_reason = entry.words
    return Changes(f"作废问题{number}的举一反三：{entry.words}", sweep.key)


def place_name(session: Session, each: SweepAnswer) -> str:
    """The village or reach that was asked."""
    if each.area_id is not None:
        return existing(session, Area, each.area_id, "个村").name
    return existing(session, Reach, each.reach_id or 0, "个河段").name


def _who_answers(session: Session, each: SweepAnswer, day: date) -> str:
    return village_chief(session, each.area_id, day) if each.area_id is not None else ""


def _check_days(problem: Problem, entry: NewSweep, asked_on: date, today: date) -> None:
    not_after(asked_on, today, "布置日期")
    if problem.found_on is not None and asked_on < problem.found_on:
        raise InvalidInput({"asked_on": f"布置日期早于问题的发现时间 {problem.found_on.isoformat()}，请核对"})
    if entry.due_on is not None and entry.due_on < asked_on:
        raise InvalidInput({"due_on": f"答复期限早于布置日期 {asked_on.isoformat()}，请核对"})


def _refuse_twin(session: Session, problem: Problem, scope: Scope) -> None:
    """Refuse to ask the same places the same thing while they have not all answered."""
    query = (
        select(Sweep)
        .join(SweepAnswer, col(SweepAnswer.sweep_id) == col(Sweep.id))
        .where(
            Sweep.problem_id == problem.key,
            Sweep.scope == scope,
            col(Sweep.voided_on).is_(None),
            col(SweepAnswer.reply).is_(None),
        )
    )
    twin = session.exec(query).first()
    if twin is not None:
        raise Refusal(
            f"问题{problem.number}已于 {twin.asked_on.isoformat()} {scope.label}举一反三，还有未答复的；"
            "请先催齐答复，布置有误的先作废。"
        )


def _places(session: Session, scope: Scope, day: date) -> Sequence[Area | Reach]:
    if scope is Scope.REACH:
        in_use = or_(col(Reach.retired_on).is_(None), col(Reach.retired_on) >= day)
        return session.exec(select(Reach).where(in_use).order_by(col(Reach.id))).all()
    villages = (
        select(Area)
        .where(
            Area.level == AreaLevel.VILLAGE,
            or_(col(Area.retired_on).is_(None), col(Area.retired_on) >= day),
            or_(col(Area.valid_from).is_(None), col(Area.valid_from) <= day),
        )
        .order_by(col(Area.code), col(Area.id))
    )
    return session.exec(villages).all()


def _open_sweep(session: Session, id: int) -> Sweep:
    sweep = existing(session, Sweep, id, "次举一反三")
    if sweep.voided_on is not None:
        raise Refusal("这次举一反三已经作废，不再办理。")
    return sweep


def _refuse_too_early(sweep: Sweep, answered_on: date) -> None:
    if answered_on < sweep.asked_on:
        raise InvalidInput({"answered_on": f"答复日期早于布置日期 {sweep.asked_on.isoformat()}，请核对"})


def _refuse_answered(entry: Answering, answers: Sequence[SweepAnswer], names: Sequence[str]) -> None:
    before = [name for each, name in zip(answers, names, strict=True) if each.reply is not None]
    if before and not entry.corrects:
        raise Refusal(f"{listed(before)}已经答复过；确要改的，请逐个更正答复。")


def _found(session: Session, entry: Answering, answers: Sequence[SweepAnswer]) -> Problem | None:
    """The problem found in the place that answers; refuse one that does not lie there."""
    if entry.reply is not SweepReply.FOUND:
        if entry.problem_id is not None:
            raise InvalidInput({"problem_id": "只有答复“发现同类问题”的才填发现的问题"})
        return None
    if len(answers) > 1:
        raise Refusal("发现同类问题的，请一处一处答复，各写明发现的问题。")
    if entry.problem_id is None:
        raise InvalidInput({"problem_id": "请登记发现的问题，或填写已登记的问题编号"})
    (own,) = answers
    problem = problem_of(session, entry.problem_id, None)
    sweep = existing(session, Sweep, own.sweep_id, "次举一反三")
    if problem.key == sweep.problem_id or problem.state is State.DRAFT:
        raise InvalidInput({"problem_id": f"{problem.number}不是这次发现的问题，请填写另外登记的问题"})
    there = problem.village_id == own.area_id if own.area_id is not None else problem.reach_id == own.reach_id
    if not there:
        raise InvalidInput({"problem_id": f"问题{problem.number}不在{place_name(session, own)}，请核对编号"})
    return problem
