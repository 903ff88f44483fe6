"""One patrol log in full: its row, its own values for a form, reaches, checklist and problems found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.queries.history import ActRow, acts_on
from river_chief.queries.ledger_query import Row
from river_chief.queries.patrols import PATROL_LEDGER, checks
from river_chief.queries.waters import villages_of
from river_chief.records import Patrol, PatrolReach, Problem, Reach
from river_chief.records.columns import col
from river_chief.terms import Answer, State


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A problem registered from the log."""

    id: int
    number: str
    state: State


@dataclass(frozen=True, slots=True)
class PatrolDetail:
    """Everything the ledger knows of one log.

    ``values``  the input of ``edit_patrol`` as it stands.  ``checks``  items not simply in order.
    ``villages``  ids of the villages its reaches run through.
    """

    row: Row
    values: dict[str, Any]
    reaches: tuple[tuple[int, str], ...]
    villages: tuple[int, ...]
    checks: dict[int, tuple[Answer, str]]
    problems: tuple[FoundProblem, ...]
    history: tuple[ActRow, ...]


def patrol_detail(session: Session, id: int, today: date) -> PatrolDetail:
    """Return the log with *id*; ``NotFound`` when it is not in the ledger."""
    rows = PATROL_LEDGER.rows(session, [id], today)
    patrol = session.get(Patrol, id)
    if not rows or patrol is None:
        raise NotFound("台账里没有这条巡河记录，请刷新后重试。")
    reaches = session.execute(
        select(col(Reach.id), col(Reach.name))
        .join(PatrolReach, col(PatrolReach.reach_id) == col(Reach.id))
        .where(col(PatrolReach.patrol_id) == id)
        .order_by(col(PatrolReach.id))
    )
    walked = tuple((reach_id or 0, name) for reach_id, name in reaches)
    answers = checks(session, id)
    return PatrolDetail(
        row=rows[0],
        values={
            **patrol.model_dump(exclude={"uid", "office", "recorded_at", "person_id", "voided_on"}),
            "reach_ids": tuple(reach_id for reach_id, _ in walked),
            "checks": tuple(
                {"item": item, "answer": answer, "note": note} for item, (answer, note) in answers.items()
            ),
        },
        reaches=walked,
        villages=_villages(session, [reach_id for reach_id, _ in walked]),
        checks=answers,
        problems=_problems(session, id),
        history=tuple(acts_on(session, "patrol", id)),
    )


def _villages(session: Session, reach_ids: list[int]) -> tuple[int, ...]:
    crossed = villages_of(session, reach_ids)
    return tuple(dict.fromkeys(area_id for reach_id in reach_ids for area_id, _ in crossed.get(reach_id, ())))


def _problems(session: Session, patrol_id: int) -> tuple[FoundProblem, ...]:
    query = (
        select(col(Problem.id), col(Problem.number), col(Problem.state))
        .where(col(Problem.patrol_id) == patrol_id)
        .order_by(col(Problem.id))
    )
    return tuple(FoundProblem(id or 0, number, state) for id, number, state in session.execute(query))
