"""督促 asked for: the steps of the ladder, the problems and villages they look at, the letters sent so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.queries.chiefs import CHIEF_ROLES, in_force, responsible_on, within_days
from river_chief.records import (
    Area,
    LadderStep,
    Paper,
    PaperProblem,
    Person,
    Problem,
    ReachArea,
    Round,
    Tenure,
    TenureReach,
)
from river_chief.records.columns import col, table
from river_chief.rules.ladder import LADDER_PAPERS, LadderRule, Letter, Running, Village
from river_chief.rules.ladder_letter import brief_of
from river_chief.rules.periods import Span
from river_chief.terms import AreaLevel, Level, Origin, State

UNDER_WAY = (State.TO_SIGN, State.RECTIFYING)
_RULE = "ordinal name trigger target paper days count rate_key percent months severity".split()
_LETTER = (
    col(Paper.kind),
    col(Paper.number),
    col(Paper.ladder_step_id),
    col(Paper.answered_on).is_not(None),
)


def ladder_rules(session: Session) -> list[LadderRule]:
    """The steps of the ladder in force, the mildest first."""
    query = (
        select(col(LadderStep.id), *(col(getattr(LadderStep, name)) for name in _RULE))
        .where(col(LadderStep.retired_on).is_(None))
        .order_by(col(LadderStep.ordinal), col(LadderStep.id))
    )
    return [LadderRule(id, **dict(zip(_RULE, values, strict=True))) for id, *values in session.execute(query)]


def running_problems(session: Session, today: date, ids: Iterable[int] | None = None) -> list[Running]:
    """The problems assigned and not reported finished, or those of *ids*; chiefs are those of *today*."""
    earlier = aliased(Round, name="earlier_round")
    relapses = (
        select(func.count())
        .select_from(earlier)
        .where(col(earlier.problem_id) == col(Problem.id), col(earlier.origin) == Origin.RELAPSE)
        .correlate(Problem)
        .scalar_subquery()
    )
    own = (
        col(Problem.id),
        col(Problem.number),
        col(Problem.assign_number),
        col(Round.deadline),
        col(Problem.severity),
        col(Problem.village_id),
        func.coalesce(col(Area.name), ""),
        col(Problem.unit),
        col(Problem.officer),
    )
    query = (
        select(*own, col(Problem.description), relapses, col(Problem.reach_id))
        .select_from(_CURRENT.outerjoin(table(Area), col(Area.id) == col(Problem.village_id)))
        .where(*_under_way(ids))
        .order_by(col(Round.deadline), col(Problem.id))
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(query)]
    chiefs = responsible_on(session, [(row[-1], row[5], today) for row in rows])
    letters = _letters_of_problems(session, ids)
    return [
        Running(
            **dict(zip(_OWN, row, strict=False)),
            village_chief=who.names(Level.VILLAGE),
            town_chief=who.names(Level.TOWN),
            relapses=row[-2],
            letters=letters.get(row[0], ()),
            brief=brief_of(row[-3]),
        )
        for row, who in zip(rows, chiefs, strict=True)
    ]


# The fields of ``Running`` that are read as they are, in the order of the query's columns.
_OWN = "id number assign_number deadline severity village_id village unit officer".split()
_CURRENT = table(Problem).join(
    table(Round),
    and_(col(Round.problem_id) == col(Problem.id), col(Round.ordinal) == col(Problem.round_no)),
)


def _under_way(ids: Iterable[int] | None) -> list[ColumnElement[bool]]:
    assigned = col(Round.deadline).is_not(None)
    if ids is not None:
        return [assigned, col(Problem.id).in_(list(ids))]
    return [assigned, col(Problem.state).in_(UNDER_WAY), col(Round.rectified_on).is_(None)]


def _letters_of_problems(session: Session, ids: Iterable[int] | None) -> dict[int, tuple[Letter, ...]]:
    query = (
        select(col(Problem.id), *_LETTER)
        .select_from(
            _CURRENT.join(table(PaperProblem), col(PaperProblem.problem_id) == col(Problem.id)).join(
                table(Paper), col(Paper.id) == col(PaperProblem.paper_id)
            )
        )
        .where(*_under_way(ids), *_in_force(), col(Paper.issued_on) >= col(Round.opened_on))
        .order_by(col(Paper.issued_on), col(Paper.id))
    )
    found: dict[int, list[Letter]] = defaultdict(list)
    for problem_id, *values in session.execute(query):
        found[problem_id].append(Letter(*values))
    return {id: tuple(letters) for id, letters in found.items()}


def _in_force() -> tuple[ColumnElement[bool], ...]:
    return (col(Paper.kind).in_(LADDER_PAPERS), col(Paper.voided_on).is_(None))


def villages_now(session: Session, month: Span, today: date) -> list[Village]:
    """The villages in use with their chiefs of *today* and the letters sent to them in *month*."""
    query = (
        select(col(Area.id), col(Area.name))
        .where(col(Area.level) == AreaLevel.VILLAGE, col(Area.retired_on).is_(None))
        .order_by(col(Area.code), col(Area.id))
    )
    chiefs, town_chiefs = _village_chiefs(session, today), _town_chiefs(session, today)
    letters = _letters_of_villages(session, month)
    return [
        Village(id, name, chiefs.get(id, ""), town_chiefs.get(id, ""), letters.get(id, ()))
        for id, name in session.execute(query)
    ]


def _letters_of_villages(session: Session, month: Span) -> dict[int, tuple[Letter, ...]]:
    query = (
        select(col(Paper.area_id), *_LETTER)
        .where(col(Paper.area_id).is_not(None), *_in_force(), col(Paper.issued_on).between(*month))
        .order_by(col(Paper.issued_on), col(Paper.id))
    )
    found: dict[int, list[Letter]] = defaultdict(list)
    for area_id, *values in session.execute(query):
        found[area_id].append(Letter(*values))
    return {id: tuple(letters) for id, letters in found.items()}


def _village_chiefs(session: Session, today: date) -> dict[int, str]:
    query = (
        select(col(Tenure.area_id), col(Person.name))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .where(col(Tenure.level) == Level.VILLAGE, col(Tenure.role).in_(CHIEF_ROLES), in_force(today))
        .order_by(col(Tenure.id))
    )
    return _names((area_id, name) for area_id, name in session.execute(query))


def _town_chiefs(session: Session, today: date) -> dict[int, str]:
    """The chiefs of township level who answer for a reach through the village."""
    query = (
        select(col(ReachArea.area_id), col(Person.name))
        .join(TenureReach, col(TenureReach.reach_id) == col(ReachArea.reach_id))
        .join(Tenure, col(Tenure.id) == col(TenureReach.tenure_id))
        .join(Person, col(Person.id) == col(Tenure.person_id))
        .where(
            col(Tenure.level) == Level.TOWN,
            col(Tenure.role).in_(CHIEF_ROLES),
            in_force(today),
            *within_days(TenureReach, today),
            col(ReachArea.ordinal) > 0,
        )
        .order_by(col(Tenure.id))
    )
    return _names((area_id, name) for area_id, name in session.execute(query))


def _names(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for area_id, name in pairs:
        found[area_id][name] = None
    return {area_id: "、".join(names) for area_id, names in found.items()}
