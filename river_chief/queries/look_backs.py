"""回头看 asked for: which closed problems are to be looked at again, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session
from sqlmodel import select as records

from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter, brief
from river_chief.records import Area, Category, LookBackRule, Problem, Round, Step, Water
from river_chief.records.columns import col, table
from river_chief.rules.look_back import DueLook, LookBackPlan, applicable, is_drawn, months_in, open_looks
from river_chief.terms import Action, Exit, LookBack, Severity, State

SOON = timedelta(days=30)
"""How far ahead the list of what comes next looks."""
_Leaf = aliased(Category, name="look_leaf")


class Which(Enum):
    """Which closed problems are listed."""

    DUE = "已到期"
    SOON = "三十天内"
    ALL = "全部已销号"


@dataclass(frozen=True, slots=True)
class LookBackFilter:
    """``problems`` narrows the closed problems; ``percent`` None takes the share the office's table gives, else that.

    Where all closed problems are listed, a problem for which the table has no row is among them.
    """

    which: Which = Which.DUE
    problems: ProblemFilter = field(default_factory=ProblemFilter)
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class LookBackRow:
    """A closed problem: the dates still open, the last look, and how often it was looked at.

    ``now`` are the open dates up to the day asked for; ``next`` the first open date, ``overdue`` the days since.
    """

    id: int
    version: int
    number: str
    village: str
    water: str
    category: str
    severity: Severity | None
    place: str
    brief: str
    closed_on: date
    now: tuple[DueLook, ...]
    next: DueLook | None
    overdue: int
    look_back: LookBack | None
    looked_on: date | None
    looks: int
    percent: int

    @property
    def dates(self) -> str:
        """Which dates one look would keep: 1个月、3个月; the next one where none is due."""
        shown = self.now or ((self.next,) if self.next is not None else ())
        return "、".join(each.name for each in shown)


def plans_of(session: Session) -> list[LookBackPlan]:
    """The rows of the office's table in force."""
    query = records(LookBackRule).where(col(LookBackRule.retired_on).is_(None)).order_by(col(LookBackRule.id))
    return [
        LookBackPlan(months_in(row.months), row.percent, row.early_days, row.category_code, row.severity)
        for row in session.exec(query)
    ]


def look_backs(session: Session, filter: LookBackFilter, today: date) -> list[LookBackRow]:
    """Closed problems as *filter* asks, those longest overdue first."""
    plans, looks = plans_of(session), _looks(session)
    rows = (_row(raw, plans, filter, looks, today) for raw in session.execute(_closed(filter.problems)))
    found = [row for row in rows if row is not None]
    return sorted(found, key=lambda row: (row.next.due_on if row.next else date.max, row.id))


def due_count(session: Session, today: date) -> int:
    """How many closed problems of the office's own sample are to be looked at again now."""
    return len(look_backs(session, LookBackFilter(), today))


def _looks(session: Session) -> dict[int, int]:
    """How often each problem was looked at again."""
    query = (
        select(col(Step.problem_id), func.count())
        .where(col(Step.action).in_((Action.LOOK_BACK, Action.RELAPSE)))
        .group_by(col(Step.problem_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _closed(problems: ProblemFilter) -> Executable:
    """The closed problems among *problems*, with their current round and the names of where and what they are."""
    chosen = PROBLEM_LEDGER.matching(replace(problems, states=(State.CLOSED,)))
    return (
        select(
            col(Problem.id),
            col(Problem.uid),
            col(Problem.version),
            col(Problem.number),
            col(Problem.category_code),
            col(Problem.severity),
            col(Problem.place),
            col(Problem.description),
            col(Problem.look_back),
            col(Problem.look_back_on),
            col(Round.exit_on),
            col(Area.name).label("village"),
            col(Water.name).label("water"),
            col(_Leaf.name).label("category"),
        )
        .select_from(table(Problem))
        .join(
            table(Round),
            and_(col(Round.problem_id) == col(Problem.id), col(Round.ordinal) == col(Problem.round_no)),
        )
        .outerjoin(table(Area), col(Area.id) == col(Problem.village_id))
        .outerjoin(table(Water), col(Water.id) == col(Problem.water_id))
        .outerjoin(
            _Leaf,
            and_(col(_Leaf.code) == col(Problem.category_code), col(_Leaf.office) == col(Problem.office)),
        )
        .where(col(Problem.id).in_(chosen), col(Round.exit) == Exit.CLOSED)
    )


def _row(
    raw: Any, plans: Sequence[LookBackPlan], filter: LookBackFilter, looks: Mapping[int, int], today: date
) -> LookBackRow | None:
    plan = applicable(plans, raw.category_code, raw.severity)
    percent = filter.percent if filter.percent is not None else plan.percent if plan is not None else 100
    if not _drawn(raw.uid, percent):
        return None
    held = raw.look_back_on if raw.look_back is LookBack.HELD else None
    open_ = open_looks(plan, raw.exit_on, held) if plan is not None else ()
    next_ = open_[0] if open_ else None
    if not _wanted(filter.which, next_, today):
        return None
    return LookBackRow(
        id=raw.id,
        version=raw.version,
        number=raw.number,
        village=raw.village or "",
        water=raw.water or "",
        category=raw.category or "",
        severity=raw.severity,
        place=raw.place,
        brief=brief({"description": raw.description}),
        closed_on=raw.exit_on,
        now=tuple(each for each in open_ if each.due_on <= today),
        next=next_,
        overdue=max((today - next_.due_on).days, 0) if next_ is not None else 0,
        look_back=raw.look_back,
        looked_on=raw.look_back_on,
        looks=looks.get(raw.id, 0),
        percent=percent,
    )


def _drawn(uid: UUID, percent: int) -> bool:
    return percent >= 100 or is_drawn(uid, percent)


def _wanted(which: Which, next_: DueLook | None, today: date) -> bool:
    if which is Which.ALL:
        return True
    until = today if which is Which.DUE else today + SOON
    return next_ is not None and next_.due_on <= until
