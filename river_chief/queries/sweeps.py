"""举一反三 asked for: the sweeps with their counts, and what each place answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.fields.follow_up import SWEEP_ANSWERS, SWEEPS
from river_chief.queries.choices import Choice
from river_chief.queries.ledger_query import LedgerQuery, Row, words_in
from river_chief.records import Area, Category, Problem, Reach, Sweep, SweepAnswer
from river_chief.records.columns import col, table
from river_chief.terms import Scope, SweepReply
from river_chief.verbs.sweeps import due_of, question_of

MOST_LIKELY = 40
_Found = aliased(Problem, name="found_problem")


@dataclass(frozen=True, slots=True)
class SweepFilter:
    """Conditions on a sweep; voided ones only when asked for.

    ``unanswered``  some place has not answered.  ``overdue_on``  … and the day to answer has passed.
    """

    text: str = ""
    ids: tuple[int, ...] = ()
    problems: tuple[int, ...] = ()
    scopes: tuple[Scope, ...] = ()
    unanswered: bool = False
    overdue_on: date | None = None
    voided: bool = False


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Conditions on the answers of places; those of voided sweeps only when their sweep is named."""

    text: str = ""
    ids: tuple[int, ...] = ()
    sweeps: tuple[int, ...] = ()
    replies: tuple[SweepReply, ...] = ()
    unanswered: bool = False
    overdue_on: date | None = None


def _tally(reply: SweepReply | None) -> ColumnElement[int]:
    answered = col(SweepAnswer.reply)
    return func.sum(case((answered.is_(None) if reply is None else answered == reply, 1), else_=0))


_COUNTS = (
    select(
        col(SweepAnswer.sweep_id).label("sweep_id"),
        func.count().label("asked"),
        _tally(SweepReply.NONE).label("none"),
        _tally(SweepReply.FOUND).label("found"),
        _tally(SweepReply.NOT_CONCERNED).label("not_concerned"),
        _tally(None).label("unanswered"),
    )
    .group_by(col(SweepAnswer.sweep_id))
    .subquery("counts")
)
COUNTED = ("asked", "none", "found", "not_concerned", "unanswered")
"""The counts of a sweep; the first is the sum of the others."""


def _sweep_conditions(filter: SweepFilter) -> Iterator[ColumnElement[bool]]:
    if filter.ids:
        yield col(Sweep.id).in_(filter.ids)
    if filter.problems:
        yield col(Sweep.problem_id).in_(filter.problems)
    if filter.scopes:
        yield col(Sweep.scope).in_(filter.scopes)
    if filter.unanswered or filter.overdue_on is not None:
        yield _COUNTS.c.unanswered > 0
    if filter.overdue_on is not None:
        yield col(Sweep.due_on) < filter.overdue_on
    if not filter.voided:
        yield col(Sweep.voided_on).is_(None)
    yield from words_in(filter.text, col(Problem.number), col(Sweep.question), col(Category.name))


def _finish_sweeps(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        row["progress"] = _progress(row, today)


def _progress(row: dict[str, Any], today: date) -> str:
    if row["voided_on"] is not None:
        return "已作废"
    if not row["unanswered"]:
        return "已答齐"
    late = (today - row["due_on"]).days if row["due_on"] is not None else 0
    return f"逾期{late}天未答齐" if late > 0 else "待答复"


SWEEP_LEDGER: LedgerQuery[SweepFilter] = LedgerQuery(
    SWEEPS,
    table(Sweep)
    .join(table(Problem), col(Problem.id) == col(Sweep.problem_id))
    .join(_COUNTS, _COUNTS.c.sweep_id == col(Sweep.id))
    .outerjoin(
        table(Category),
        and_(col(Category.code) == col(Problem.category_code), col(Category.office) == col(Problem.office)),
    ),
    col(Sweep.id),
    col(Sweep.version),
    {
        "number": col(Problem.number),
        "category_name": col(Category.name),
        **{
            name: col(getattr(Sweep, name))
            for name in ("question", "scope", "asked_on", "due_on", "voided_on", "void_reason")
        },
        **{name: _COUNTS.c[name] for name in COUNTED},
    },
    _sweep_conditions,
    order=(col(Sweep.id).desc(),),
    finish=_finish_sweeps,
)


def _answer_conditions(filter: AnswerFilter) -> Iterator[ColumnElement[bool]]:
    if filter.ids:
        yield col(SweepAnswer.id).in_(filter.ids)
    if filter.sweeps:
        yield col(SweepAnswer.sweep_id).in_(filter.sweeps)
    else:
        yield col(Sweep.voided_on).is_(None)
    if filter.replies:
        yield col(SweepAnswer.reply).in_(filter.replies)
    if filter.unanswered or filter.overdue_on is not None:
        yield col(SweepAnswer.reply).is_(None)
    if filter.overdue_on is not None:
        yield col(Sweep.due_on) < filter.overdue_on
    yield from words_in(filter.text, _PLACE, col(SweepAnswer.answerer), col(SweepAnswer.words))


def _finish_answers(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        waits = row["reply"] is None and row["due_on"] is not None
        row["overdue_days"] = max((today - row["due_on"]).days, 0) if waits else None


_PLACE: ColumnElement[str] = func.coalesce(col(Area.name), col(Reach.name))
ANSWER_LEDGER: LedgerQuery[AnswerFilter] = LedgerQuery(
    SWEEP_ANSWERS,
    table(SweepAnswer)
    .join(table(Sweep), col(Sweep.id) == col(SweepAnswer.sweep_id))
    .outerjoin(table(Area), col(Area.id) == col(SweepAnswer.area_id))
    .outerjoin(table(Reach), col(Reach.id) == col(SweepAnswer.reach_id))
    .outerjoin(_Found, col(_Found.id) == col(SweepAnswer.problem_id)),
    col(SweepAnswer.id),
    col(SweepAnswer.version),
    {
        "place": _PLACE,
        **{name: col(getattr(SweepAnswer, name)) for name in ("reply", "answerer", "answered_on", "words")},
        "found_number": col(_Found.number),
        "due_on": col(Sweep.due_on),
    },
    _answer_conditions,
    order=(col(SweepAnswer.sweep_id).desc(), col(SweepAnswer.id)),
    finish=_finish_answers,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one place was asked: ids of the sweep, of the place and of the problem found there so far."""

    id: int
    sweep_id: int
    area_id: int | None
    reach_id: int | None
    problem_id: int | None
    place: str
    category_code: str
    question: str


def asked(session: Session, answer_id: int) -> Asked:
    """One answer with what is needed to register what was found; ``NotFound`` when it is gone."""
    query = (
        select(
            col(SweepAnswer.id),
            col(SweepAnswer.sweep_id),
            col(SweepAnswer.area_id),
            col(SweepAnswer.reach_id),
            col(SweepAnswer.problem_id),
            _PLACE,
            col(Problem.category_code),
            col(Sweep.question),
        )
        .join(Sweep, col(Sweep.id) == col(SweepAnswer.sweep_id))
        .join(Problem, col(Problem.id) == col(Sweep.problem_id))
        .outerjoin(Area, col(Area.id) == col(SweepAnswer.area_id))
        .outerjoin(Reach, col(Reach.id) == col(SweepAnswer.reach_id))
        .where(col(SweepAnswer.id) == answer_id)
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound("台账里没有这条举一反三的答复，请刷新后重试。")
    return Asked(*found)


def likely_found(session: Session, own: Asked) -> list[Choice]:
    """Registered problems of the place that could be what it found, newest first."""
    there = (
        col(Problem.village_id) == own.area_id
        if own.area_id is not None
        else col(Problem.reach_id) == own.reach_id
    )
    origin = select(col(Sweep.problem_id)).where(col(Sweep.id) == own.sweep_id).scalar_subquery()
    query = (
        select(col(Problem.id), col(Problem.number), col(Problem.description))
        .where(there, col(Problem.round_no) > 0, col(Problem.id) != origin)
        .order_by(col(Problem.id).desc())
        .limit(MOST_LIKELY)
    )
    return [Choice(id, number, hint=words[:20]) for id, number, words in session.execute(query)]


def sweep_row(session: Session, id: int, today: date) -> Row:
    """One sweep, voided or not; ``NotFound`` when there is none with *id*."""
    rows = SWEEP_LEDGER.rows(session, [id], today)
    if not rows:
        raise NotFound(f"台账里没有举一反三 {id}，请核对编号。")
    return rows[0]


def proposal(session: Session, problem_id: int, scope: Scope, asked_on: date) -> tuple[str, date, str]:
    """The question proposed for a problem, the day by which answers are due, and how that came about."""
    problem = session.get(Problem, problem_id)
    if problem is None:
        raise NotFound("台账里没有这个问题，请刷新后重试。")
    due = due_of(session, asked_on)
    return question_of(session, problem, scope), due.due, due.sentence
