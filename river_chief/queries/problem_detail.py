"""One problem in full: its row, its rounds, its steps, its proof, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.queries.deadline_why import DeadlineWhy, told
from river_chief.queries.history import ActRow, acts_on
from river_chief.queries.ledger_query import Row, plain
from river_chief.queries.papers import PaperRow, papers_about
from river_chief.queries.photos import AttachmentRow, attachments_of, photo_json, warnings_json
from river_chief.queries.problem_links import ProblemLink, links_of
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.proof import missing_next
from river_chief.records import Problem, ProblemCampaign, Round, Step, Work
from river_chief.records.columns import col
from river_chief.rules.workflow import allowed
from river_chief.terms import Action, Exit, Origin, Proof, State, WorkKind
from river_chief.verbs.steps.merged import Chain, chains_of


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round (轮次) of a problem; days as in ``records.problems.Round``."""

    ordinal: int
    origin: Origin
    opened_on: date
    verified_on: date | None
    assigned_on: date | None
    signed_on: date | None
    first_deadline: date | None
    deadline: date | None
    extensions: int
    rectified_on: date | None
    rejections: int
    accepted_on: date | None
    reported_on: date | None
    exceptions: int
    exit: Exit | None
    exit_on: date | None
    reopened_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the loop, as it happened."""

    ordinal: int
    round_no: int
    action: Action
    from_state: State
    to_state: State
    happened_at: datetime
    actor: str
    words: str
    details: dict[str, Any]
    recorded_at: datetime | None

    @property
    def excuse(self) -> str:
        """What proof the step was done without, and why; "" where it had all it needs."""
        lacked = "、".join(Proof(value).label for value in self.details.get("missing", ()))
        return f"例外办理，缺{lacked}：{self.details['exception']}" if lacked else ""


@dataclass(frozen=True, slots=True)
class ProblemDetail:
    """Everything the ledger knows of one problem.

    ``values``  the record's own columns for a form.   ``chains``  what the office does in one go with each of the
    ``actions`` (合并办理): the action alone where nothing is merged with it.   ``missing``  the proof the next step
    still needs.
    """

    row: Row
    state: State
    values: dict[str, Any]
    rounds: tuple[RoundRow, ...]
    steps: tuple[StepRow, ...]
    attachments: tuple[AttachmentRow, ...]
    papers: tuple[PaperRow, ...]
    work: tuple[tuple[WorkKind, float], ...]
    actions: tuple[Action, ...]
    chains: dict[Action, Chain]
    history: tuple[ActRow, ...]
    links: tuple[ProblemLink, ...]
    missing: tuple[Proof, ...]
    deadline_why: DeadlineWhy


_ROUND = tuple(RoundRow.__dataclass_fields__)
_STEP = tuple(StepRow.__dataclass_fields__)


def problem_detail(session: Session, id: int, today: date) -> ProblemDetail:
    """Return the problem with *id*; ``NotFound`` when it is not in the ledger."""
    rows = PROBLEM_LEDGER.rows(session, [id], today)
    problem = session.get(Problem, id)
    if not rows or problem is None:
        raise NotFound("台账里没有这个问题，请刷新后重试。")
    values = problem.model_dump()
    values["campaign_ids"] = tuple(
        session.execute(
            select(col(ProblemCampaign.campaign_id))
            .where(col(ProblemCampaign.problem_id) == id, col(ProblemCampaign.removed_on).is_(None))
            .order_by(col(ProblemCampaign.campaign_id))
        ).scalars()
    )
    steps = steps_of(session, id)
    return ProblemDetail(
        row=rows[0],
        state=problem.state,
        values=values,
        rounds=rounds_of(session, [id]).get(id, ()),
        steps=steps,
        attachments=attachments_of(session, {"problem_id": id}, today),
        papers=papers_about(session, id, today),
        work=_work(session, id),
        actions=allowed(problem.state),
        chains=chains_of(session, id, allowed(problem.state)),
        history=tuple(acts_on(session, "problem", id)),
        links=links_of(session, id),
        missing=missing_next(session, id),
        deadline_why=told(steps, problem.round_no),
    )


def id_of(session: Session, number: str) -> int:
    """The id of the problem with *number* (its own, or that of the office above)."""
    if not number:
        raise NotFound("没有写问题编号，请写上。")
    for column in (Problem.number, Problem.outside_number):
        ids = list(session.execute(select(col(Problem.id)).where(col(column) == number)).scalars())
        if len(ids) == 1:
            return int(ids[0])
        if ids:
            raise NotFound(f"编号{number}对应{len(ids)}个问题，请用本单位的问题编号。")
    raise NotFound(f"台账里没有问题{number}，请核对编号。")


def rounds_of(session: Session, ids: list[int]) -> dict[int, tuple[RoundRow, ...]]:
    """The rounds of each problem, in order."""
    query = (
        select(col(Round.problem_id), *(col(getattr(Round, name)) for name in _ROUND))
        .where(col(Round.problem_id).in_(ids))
        .order_by(col(Round.problem_id), col(Round.ordinal))
    )
    found: dict[int, tuple[RoundRow, ...]] = {}
    for problem_id, *values in session.execute(query):
        found[problem_id] = (*found.get(problem_id, ()), RoundRow(*values))
    return found


def steps_of(session: Session, id: int) -> tuple[StepRow, ...]:
    """The steps of a problem, in order."""
    query = (
        select(*(col(getattr(Step, name)) for name in _STEP))
        .where(col(Step.problem_id) == id)
        .order_by(col(Step.ordinal))
    )
    return tuple(StepRow(*values) for values in session.execute(query))


def as_json(detail: ProblemDetail) -> dict[str, Any]:
    """The problem as one JSON document (codes of terms, ISO dates)."""
    return {
        **{key: plain(value) for key, value in detail.row.values.items()},
        "rounds": [_json(item) for item in detail.rounds],
        "steps": [_json(item) for item in detail.steps],
        "attachments": [photo_json(item) for item in detail.attachments],
        "photo_warnings": warnings_json(detail.attachments),
        "papers": [_json(item) for item in detail.papers],
        "work": {kind.value: amount for kind, amount in detail.work},
        "deadline_why": detail.deadline_why.current,
        "first_deadline_why": detail.deadline_why.first,
        "links": [{"words": link.words, "number": link.number} for link in detail.links],
        "missing": [proof.value for proof in detail.missing],
        "actions": [action.value for action in detail.actions],
    }


def _json(item: RoundRow | StepRow | PaperRow) -> dict[str, Any]:
    return {name: plain(getattr(item, name)) for name in type(item).__dataclass_fields__}


def _work(session: Session, id: int) -> tuple[tuple[WorkKind, float], ...]:
    query = select(col(Work.kind), col(Work.amount)).where(col(Work.problem_id) == id).order_by(col(Work.id))
    return tuple((kind, amount) for kind, amount in session.execute(query))
