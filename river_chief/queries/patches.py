"""The patches (图斑) asked for: a filter, rows, how many have which verdict, and one in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.fields.patches import PATCHES
from river_chief.queries.choices import Choice
from river_chief.queries.history import ActRow, acts_on
from river_chief.queries.ledger_query import LedgerQuery, Row, within, words_in
from river_chief.queries.photos import AttachmentRow, attachments_of
from river_chief.queries.rounds import Span, among
from river_chief.records import (
    Act,
    ActChange,
    Area,
    Attachment,
    Campaign,
    Patch,
    Problem,
    Reach,
    Water,
)
from river_chief.records.columns import col, table
from river_chief.terms import Source, State, Verdict
from river_chief.verbs.patches import carried_over, default_campaign


@dataclass(frozen=True, slots=True)
class PatchFilter:
    """Conditions on a patch, all of which must hold; empty means any. Spans are inclusive days.

    ``verdicts``     None among them: not checked yet.  ``villages``  None among them: of no village.
    ``unregistered`` real, but not a problem of the ledger yet.
    ``overdue_on``   not checked, though it should have been before that day.
    ``excepted``     no photo, with words why.
    ``batch``        made or changed by that import batch.  ``voided``  voided ones too.
    """

    text: str = ""
    ids: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    verdicts: tuple[Verdict | None, ...] = ()
    villages: tuple[int | None, ...] = ()
    campaigns: tuple[int, ...] = ()
    handed: Span | None = None
    checked: Span | None = None
    unregistered: bool = False
    overdue_on: date | None = None
    excepted: bool = False
    batch: int | None = None
    voided: bool = False

    def only(self, **changes: Any) -> PatchFilter:
        """This filter with some conditions changed."""
        return replace(self, **changes)


def _conditions(filter: PatchFilter) -> Iterator[ColumnElement[bool]]:
    for column, wanted in (
        (col(Patch.id), filter.ids),
        (col(Patch.number), filter.numbers),
        (col(Patch.verdict), filter.verdicts),
        (col(Patch.village_id), filter.villages),
        (col(Patch.campaign_id), filter.campaigns),
    ):
        if wanted:
            yield among(column, wanted)
    yield from within(col(Patch.handed_on), filter.handed)
    yield from within(col(Patch.checked_on), filter.checked)
    if filter.unregistered:
        yield and_(col(Patch.verdict) == Verdict.REAL, col(Patch.problem_id).is_(None))
    if filter.overdue_on is not None:
        yield and_(col(Patch.verdict).is_(None), col(Patch.due_on) < filter.overdue_on)
    if filter.excepted:
        yield col(Patch.exception) != ""
    if not filter.voided:
        yield col(Patch.voided_on).is_(None)
    if filter.batch is not None:
        yield exists().where(
            col(ActChange.ledger) == "patch",
            col(ActChange.record_id) == col(Patch.id),
            col(ActChange.act_id) == col(Act.id),
            col(Act.batch_id) == filter.batch,
        )
    yield from words_in(
        filter.text,
        col(Patch.number),
        col(Patch.place),
        col(Patch.suspected),
        col(Patch.shows),
        col(Patch.words),
        col(Area.name),
        col(Reach.name),
        col(Problem.number),
    )


_PHOTOS = (
    select(func.count())
    .where(col(Attachment.patch_id) == col(Patch.id), col(Attachment.voided_on).is_(None))
    .correlate(table(Patch))
    .scalar_subquery()
)
_OWN = (
    "number place lon lat datum area_m2 suspected handed_on due_on verdict checked_on checker shows words "
    "exception note voided_on void_reason"
).split()


def _finish(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    for row in rows:
        state: State | None = row["_state"]
        row["problem_state"] = state.label if state is not None else None


PATCH_LEDGER: LedgerQuery[PatchFilter] = LedgerQuery(
    PATCHES,
    table(Patch)
    .outerjoin(table(Campaign), col(Campaign.id) == col(Patch.campaign_id))
    .outerjoin(table(Area), col(Area.id) == col(Patch.village_id))
    .outerjoin(table(Reach), col(Reach.id) == col(Patch.reach_id))
    .outerjoin(table(Water), col(Water.id) == col(Reach.water_id))
    .outerjoin(table(Problem), col(Problem.id) == col(Patch.problem_id)),
    col(Patch.id),
    col(Patch.version),
    {
        **{name: col(getattr(Patch, name)) for name in _OWN},
        "campaign": col(Campaign.name),
        "water_name": col(Water.name),
        "reach_name": col(Reach.name),
        "village_name": col(Area.name),
        "problem_number": col(Problem.number),
        "photos": _PHOTOS,
    },
    _conditions,
    order=(col(Patch.id),),
    extras={"_state": col(Problem.state)},
    finish=_finish,
)


def verdict_counts(session: Session, filter: PatchFilter) -> dict[Verdict | None, int]:
    """How many of the patches *filter* lets through have each verdict (None: not checked yet)."""
    return {
        verdict: PATCH_LEDGER.count(session, replace(filter, verdicts=(verdict,)))
        for verdict in (None, *Verdict)
    }


@dataclass(frozen=True, slots=True)
class PatchDetail:
    """One patch in full; ``values`` are its own columns, ``problem`` what it carries over to a problem."""

    row: Row
    values: dict[str, Any]
    problem: dict[str, Any]
    attachments: tuple[AttachmentRow, ...]
    history: tuple[ActRow, ...]

    @property
    def problem_id(self) -> int | None:
        """The id of the problem it became."""
        id: int | None = self.values["problem_id"]
        return id


def patch_detail(session: Session, id: int, today: date) -> PatchDetail:
    """Return the patch with *id*; ``NotFound`` when it is not in the ledger."""
    rows = PATCH_LEDGER.rows(session, [id], today)
    patch = session.get(Patch, id)
    if not rows or patch is None:
        raise NotFound("台账里没有这个图斑，请刷新后重试。")
    return PatchDetail(
        row=rows[0],
        values=patch.model_dump(),
        problem=carried_over(session, patch),
        attachments=attachments_of(session, {"patch_id": id}, today),
        history=tuple(acts_on(session, "patch", id)),
    )


def patch_id_of(session: Session, number: str) -> int:
    """The id of the patch with *number*; ``NotFound`` when there is none."""
    id = session.execute(select(col(Patch.id)).where(col(Patch.number) == number)).scalar()
    if id is None:
        raise NotFound(f"台账里没有图斑{number}，请核对图斑编号。")
    return int(id)


def problems_for_patches(session: Session) -> list[Choice]:
    """Problems a real patch may be linked to: found from above and no patch of the ledger yet, newest first.

    The code of a choice is the patch number the problem names.
    """
    query = (
        select(col(Problem.id), col(Problem.number), col(Problem.patch_number), col(Problem.description))
        .where(
            or_(col(Problem.source) == Source.SATELLITE, col(Problem.patch_number) != ""),
            col(Problem.state).not_in((State.DRAFT, State.VOIDED, State.UNFOUNDED)),
            ~exists().where(col(Patch.problem_id) == col(Problem.id), col(Patch.voided_on).is_(None)),
        )
        .order_by(col(Problem.id).desc())
    )
    return [
        Choice(id, number, code, hint=" ".join(filter(None, (code, description[:24]))))
        for id, number, code, description in session.execute(query)
    ]


def number_of_patch(session: Session, problem_id: int) -> str:
    """The number of the patch that became the problem; "" where it was none."""
    query = select(col(Patch.number)).where(
        col(Patch.problem_id) == problem_id, col(Patch.voided_on).is_(None)
    )
    return str(session.execute(query.order_by(col(Patch.id).desc()).limit(1)).scalar() or "")


__all__ = [
    "PATCH_LEDGER",
    "PatchDetail",
    "PatchFilter",
    "default_campaign",
    "number_of_patch",
    "patch_detail",
    "patch_id_of",
    "problems_for_patches",
    "verdict_counts",
]
