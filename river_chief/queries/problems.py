"""The problem ledger asked for: a filter, its rows for tables and lists, and one problem in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.fields.field import number_text
from river_chief.fields.problems import PROBLEMS
from river_chief.queries.chiefs import Responsible, responsible_on
from river_chief.queries.closing import closer
from river_chief.queries.ledger_query import LedgerQuery, within, words_in
from river_chief.queries.proof import lacks_proof
from river_chief.queries.rounds import RoundFilter, Span, among, group_code, problem_ids
from river_chief.queries.waiting import waiting
from river_chief.records import (
    Act,
    ActChange,
    Area,
    Campaign,
    Category,
    Problem,
    ProblemCampaign,
    Reach,
    Round,
    Water,
)
from river_chief.records.columns import col, table
from river_chief.rules.deadline_table import CLOCK_IN
from river_chief.rules.grades import suggested_severity
from river_chief.rules.workflow import IN_STOCK
from river_chief.terms import Disposal, Exit, Level, Measure, Severity, Source, State

_Leaf, _Group, _Village, _Town, _First, _Main = (
    aliased(Category, name="leaf"),
    aliased(Category, name="category_group"),
    aliased(Area, name="village"),
    aliased(Area, name="town"),
    aliased(Round, name="first_round"),
    aliased(Problem, name="main_problem"),
)


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """Conditions on a problem, all of which must hold; empty means any. Spans are inclusive days.

    None among the villages … or disposals stands for those without one, "" for no unit or category.

    ``in_stock``    registered and not yet out.  ``overdue_on``  not finished and past its deadline.
    ``due_by``      not finished and due up to that day.  ``rounds``  has a round that fits.
    ``registered``  its first round began then.  ``closed``  struck off then, and not reopened since.
    ``batch``       made or changed by that import batch.
    ``reported``    True: the closing was asked for at a level above, False: it was not.
    ``lacks_proof`` should have more proof (佐证) by now.
    ``drafts``      False leaves out what was never registered, a draft that was voided too.
    ``undated``     has no day on which it was found.  ``unclosed``  is not struck off (again) as it stands.
    """

    text: str = ""
    ids: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    in_stock: bool = False
    villages: tuple[int | None, ...] = ()
    waters: tuple[int | None, ...] = ()
    reaches: tuple[int | None, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    severities: tuple[Severity | None, ...] = ()
    sources: tuple[Source | None, ...] = ()
    campaigns: tuple[int, ...] = ()
    disposals: tuple[Disposal | None, ...] = ()
    found: Span | None = None
    undated: bool = False
    registered: Span | None = None
    closed: Span | None = None
    unclosed: bool = False
    deadline: Span | None = None
    overdue_on: date | None = None
    due_by: date | None = None
    held_past: date | None = None
    unanswered: bool = False
    reported: bool | None = None
    lacks_proof: bool = False
    rounds: RoundFilter | None = None
    batch: int | None = None
    drafts: bool = True

    def only(self, **changes: Any) -> ProblemFilter:
        """This filter with some conditions changed."""
        return replace(self, **changes)


OWN = (
    "ids numbers states in_stock villages waters reaches groups categories units severities sources disposals "
    "found undated drafts"
).split()
"""The conditions ``own_conditions`` tells; the others look beyond the problem's own row."""


def own_conditions(filter: ProblemFilter) -> Iterator[ColumnElement[bool]]:
    """The part of the WHERE of *filter* that asks the row of the ``Problem`` alone; see ``OWN``."""
    for column, wanted in (
        (col(Problem.id), filter.ids),
        (col(Problem.number), filter.numbers),
        (col(Problem.state), filter.states),
        (col(Problem.village_id), filter.villages),
        (col(Problem.water_id), filter.waters),
        (col(Problem.reach_id), filter.reaches),
        (group_code(), filter.groups),
        (col(Problem.category_code), filter.categories),
        (col(Problem.unit), filter.units),
        (col(Problem.severity), filter.severities),
        (col(Problem.source), filter.sources),
        (col(Problem.disposal), filter.disposals),
    ):
        if wanted:
            yield among(column, wanted)
    if filter.in_stock:
        yield col(Problem.state).in_(IN_STOCK)
    if not filter.drafts:
        yield col(Problem.round_no) > 0
    yield from within(col(Problem.found_on), filter.found)
    if filter.undated:
        yield col(Problem.found_on).is_(None)


def _conditions(filter: ProblemFilter) -> Iterator[ColumnElement[bool]]:
    yield from own_conditions(filter)
    yield from within(col(Round.deadline), filter.deadline)
    yield from within(col(_First.opened_on), filter.registered)
    if filter.closed is not None:
        yield and_(col(Round.exit) == Exit.CLOSED, *within(col(Round.exit_on), filter.closed))
    if filter.unclosed:
        yield or_(col(Round.exit).is_(None), col(Round.exit) != Exit.CLOSED)
    if filter.rounds is not None:
        yield col(Problem.id).in_(problem_ids(filter.rounds))
    yield from _pending(filter)
    yield from _links(filter)
    yield from words_in(
        filter.text,
        col(Problem.number),
        col(Problem.outside_number),
        col(Problem.description),
        col(Problem.place),
        col(Problem.unit),
        col(Problem.officer),
        col(Water.name),
        col(Reach.name),
        col(_Village.name),
        col(_Leaf.name),
    )


def _pending(filter: ProblemFilter) -> Iterator[ColumnElement[bool]]:
    unfinished = and_(col(Problem.state).in_(IN_STOCK), col(Round.rectified_on).is_(None))
    if filter.reported is not None:
        yield col(Round.reported_on).is_not(None) if filter.reported else col(Round.reported_on).is_(None)
    if filter.lacks_proof:
        yield lacks_proof()
    if filter.overdue_on is not None:
        yield and_(unfinished, col(Round.deadline) < filter.overdue_on)
    if filter.held_past is not None:
        yield and_(col(Problem.state) == State.SUSPENDED, col(Problem.suspended_until) <= filter.held_past)
    if filter.unanswered:
        yield and_(col(Problem.state) == State.HANDED_OVER, col(Problem.replied_on).is_(None))
    if filter.due_by is not None:
        yield and_(unfinished, col(Round.deadline) <= filter.due_by)


def _links(filter: ProblemFilter) -> Iterator[ColumnElement[bool]]:
    if filter.campaigns:
        yield exists().where(
            col(ProblemCampaign.problem_id) == col(Problem.id),
            col(ProblemCampaign.campaign_id).in_(filter.campaigns),
            col(ProblemCampaign.removed_on).is_(None),
        )
    if filter.batch is not None:
        acts = select(col(Act.id)).where(col(Act.batch_id) == filter.batch)
        yield col(Problem.id).in_(
            select(col(ActChange.record_id)).where(
                col(ActChange.ledger) == "problem", col(ActChange.act_id).in_(acts)
            )
        )


_SOURCE = (
    table(Problem)
    .outerjoin(table(Water), col(Water.id) == col(Problem.water_id))
    .outerjoin(table(Reach), col(Reach.id) == col(Problem.reach_id))
    .outerjoin(_Village, col(_Village.id) == col(Problem.village_id))
    .outerjoin(_Town, col(_Town.id) == col(_Village.parent_id))
    .outerjoin(
        _Leaf,
        and_(col(_Leaf.code) == col(Problem.category_code), col(_Leaf.office) == col(Problem.office)),
    )
    .outerjoin(_Group, and_(col(_Group.code) == group_code(), col(_Group.office) == col(Problem.office)))
    .outerjoin(
        table(Round),
        and_(
            col(Round.problem_id) == col(Problem.id),
            col(Round.ordinal) == col(Problem.round_no),
        ),
    )
    .outerjoin(_Main, col(_Main.id) == col(Problem.merged_into_id))
    .outerjoin(_First, and_(col(_First.problem_id) == col(Problem.id), col(_First.ordinal) == 1))
)

# Columns of the record itself that rows carry under the same key.
_OWN = (
    "number outside_number state found_on finder source place stake bank position_text lon lat datum category_code "
    "description area_m2 length_m volume_m3 weight_t count_n severity severity_reason party patch_number note unit "
    "lead_department helping_departments leader officer officer_title officer_phone assign_number supervisor "
    "responsibility_note goal disposal measures progress acceptors look_back look_back_on unfinished_reason next_step "
    "rectification_note suspended_until suspended_by handed_to letter_number replied_on hand_over_reply"
).split()

_COLUMNS: dict[str, ColumnElement[Any]] = {
    **{name: col(getattr(Problem, name)) for name in _OWN},
    "water_name": col(Water.name),
    "reach_name": col(Reach.name),
    "reach_level": col(Reach.level),
    "village_name": col(_Village.name),
    "town_name": col(_Town.name),
    "category_group": col(_Group.name),
    "category_name": case((col(_Leaf.parent_code) != "", col(_Leaf.name)), else_=""),
    "assigned_on": col(Round.assigned_on),
    "first_deadline": col(Round.first_deadline),
    "deadline": col(Round.deadline),
    "rectified_on": col(Round.rectified_on),
    "accepted_on": col(Round.accepted_on),
    "closer": closer(),
    "reported_on": col(Round.reported_on),
    "closed_on": case((col(Round.exit) == Exit.CLOSED, col(Round.exit_on))),
    "registered_on": col(_First.opened_on),
    "merged_into": col(_Main.number),
}

_AMOUNTS = ("area_m2", "length_m", "volume_m3", "weight_t", "count_n")
_EXTRAS: dict[str, ColumnElement[Any]] = {
    "_reach_id": col(Problem.reach_id),
    "_village_id": col(Problem.village_id),
    "_exit_on": col(Round.exit_on),
    "_grade": col(_Leaf.grade),
}


def _finish(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    """Add what is computed: names of campaigns and chiefs, the brief, the clock."""
    tags = _campaigns(session, [row["_id"] for row in rows])
    on_day = [
        (row["_reach_id"], row["_village_id"], row["assigned_on"] or row["found_on"] or today) for row in rows
    ]
    chiefs = responsible_on(session, on_day)
    clocks = waiting(session, [row["_id"] for row in rows if row["state"] in CLOCK_IN])
    for row, who in zip(rows, chiefs, strict=True):
        row["campaigns"] = "、".join(tags.get(row["_id"], ()))
        row["extent"] = extent(row)
        row["brief"] = brief(row)
        row["is_closed"] = row["state"] is State.CLOSED
        row["_texts"] = state_text(row)
        row["suggested_severity"] = _suggested(row)
        _name_chiefs(row, who)
        clock(row, today)
        own = clocks.get(row["_id"])
        row["step_due"] = own.due if own is not None else None
        row["waiting"] = own.words(today) if own is not None else ""


def state_text(row: Mapping[str, Any]) -> dict[str, str]:
    """待销号（已上报）, where a level above was asked to close."""
    asked = row["state"] is State.TO_CLOSE and row["reported_on"] is not None
    return {"state": f"{State.TO_CLOSE.label}（已上报）"} if asked else {}


def _name_chiefs(row: dict[str, Any], who: Responsible) -> None:
    row["county_chief"] = who.names(Level.COUNTY)
    row["town_chief"] = who.names(Level.TOWN)
    row["village_chief"] = who.names(Level.VILLAGE)
    row["chief_name"] = who.lowest()


def _suggested(row: Mapping[str, Any]) -> Severity | None:
    """建议等级 by the rule of the category and the measured quantity."""
    amounts = {measure: row[key] for key, measure in zip(_AMOUNTS, Measure, strict=True)}
    return suggested_severity(row["_grade"], amounts) if row["_grade"] else None


def clock(row: dict[str, Any], today: date) -> None:
    """是否按期, 逾期天数, 剩余天数 against the approved deadline, as of *today*."""
    deadline, finished = row["deadline"], row["rectified_on"]
    row["extended_deadline"] = deadline if deadline != row["first_deadline"] else None
    row["on_time"] = row["overdue_days"] = row["days_left"] = None
    if deadline is None:
        return
    if finished is not None:
        row["on_time"] = finished <= deadline
        row["overdue_days"] = max((finished - deadline).days, 0)
    elif row["_exit_on"] is None:
        row["on_time"] = False if today > deadline else None
        row["overdue_days"] = max((today - deadline).days, 0)
        row["days_left"] = (deadline - today).days


def extent(row: dict[str, Any]) -> str:
    """规模 in one text: 120㎡，30m³."""
    parts = []
    for key, measure in zip(_AMOUNTS, Measure, strict=True):
        if row[key] is not None:
            parts.append(f"{number_text(row[key], None)}{measure.unit}")
    return "，".join(parts)


def brief(row: dict[str, Any]) -> str:
    """问题简述: the description, cut at the first full stop when it is long."""
    text = str(row["description"] or "")
    return text if len(text) <= 40 else text.split("。", maxsplit=1)[0][:60]


def _campaigns(session: Session, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = (
        select(col(ProblemCampaign.problem_id), col(Campaign.name))
        .join(Campaign, col(Campaign.id) == col(ProblemCampaign.campaign_id))
        .where(col(ProblemCampaign.problem_id).in_(ids), col(ProblemCampaign.removed_on).is_(None))
        .order_by(col(Campaign.id))
    )
    for problem_id, name in session.execute(query):
        found.setdefault(problem_id, []).append(name)
    return found


PROBLEM_LEDGER: LedgerQuery[ProblemFilter] = LedgerQuery(
    PROBLEMS,
    _SOURCE,
    col(Problem.id),
    col(Problem.version),
    _COLUMNS,
    _conditions,
    order=(col(Problem.id),),
    extras=_EXTRAS,
    finish=_finish,
)
