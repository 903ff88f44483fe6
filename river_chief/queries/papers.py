"""督促文书 asked for: the letters of the ladder, what they cover and whether they were answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from river_chief.errors import NotFound
from river_chief.fields.papers import LADDER_LETTERS
from river_chief.queries.ledger_query import LedgerQuery, words_in
from river_chief.records import Area, LadderStep, Paper, PaperProblem, Problem
from river_chief.records.columns import col, table
from river_chief.rules.ladder import LADDER_PAPERS
from river_chief.rules.workflow import IN_STOCK
from river_chief.terms import PaperKind


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Conditions on a letter, all of which must hold; empty means any.

    ``waiting``   to be answered and not answered yet, not void, and about something that is not settled yet: a problem in stock, or a
    village.  ``late_on``  of these, those whose day to answer has passed.
    ``voided``    False leaves the void ones out.  ``problems``  covers one of them.
    """

    text: str = ""
    ids: tuple[int, ...] = ()
    kinds: tuple[PaperKind, ...] = ()
    waiting: bool = False
    late_on: date | None = None
    voided: bool = True
    villages: tuple[int, ...] = ()
    problems: tuple[int, ...] = ()


def answer_words(row: Mapping[Any, Any], today: date) -> str:
    """Whether a letter was answered: 已答复, 晚答复2天, 待答复, 逾期5天未答复, 未答复（已办结）, 不要求答复, 已作废.

    *row* has ``due_on``, ``answered_on``, ``_voided_on`` and ``_settled``.
    """
    due, answered = row["due_on"], row["answered_on"]
    if row["_voided_on"] is not None:
        return "已作废"
    if answered is not None:
        late = (answered - due).days if due is not None else 0
        return f"晚答复{late}天" if late > 0 else "已答复"
    if due is None:
        return "不要求答复"
    if row["_settled"]:
        return "未答复（已办结）"
    late = (today - due).days
    return f"逾期{late}天未答复" if late > 0 else "待答复"


def _covering(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The letter covers a problem for which *conditions* hold."""
    return exists().where(
        col(PaperProblem.paper_id) == col(Paper.id),
        col(PaperProblem.problem_id) == col(Problem.id),
        *conditions,
    )


_SETTLED = and_(_covering(), not_(_covering(col(Problem.state).in_(IN_STOCK))))
"""Every problem of the letter is out of stock: nobody waits for the answer any more."""


def _conditions(filter: LetterFilter) -> Iterator[ColumnElement[bool]]:
    yield col(Paper.kind).in_(filter.kinds or LADDER_PAPERS)
    if filter.ids:
        yield col(Paper.id).in_(filter.ids)
    if filter.waiting or filter.late_on is not None:
        yield col(Paper.answered_on).is_(None)
        yield col(Paper.voided_on).is_(None)
        yield col(Paper.due_on).is_not(None)
        yield not_(_SETTLED)
    if filter.late_on is not None:
        yield col(Paper.due_on) < filter.late_on
    if not filter.voided:
        yield col(Paper.voided_on).is_(None)
    if filter.villages:
        yield or_(
            col(Paper.area_id).in_(filter.villages), _covering(col(Problem.village_id).in_(filter.villages))
        )
    if filter.problems:
        yield _covering(col(Problem.id).in_(filter.problems))
    if filter.text.strip():
        own = (col(Paper.number), col(Paper.title), col(Paper.addressee), col(Paper.answer))
        yield or_(and_(*words_in(filter.text, *own)), _covering(*words_in(filter.text, col(Problem.number))))


def _finish(session: Session, rows: list[dict[str, Any]], today: date) -> None:
    numbers = _numbers(session, [row["_id"] for row in rows])
    for row in rows:
        covered = numbers.get(row["_id"], [])
        row["problem_count"] = len(covered)
        row["problem_numbers"] = "、".join(covered)
        row["answer_state"] = answer_words(row, today)


def _numbers(session: Session, ids: list[int]) -> dict[int, list[str]]:
    query = (
        select(col(PaperProblem.paper_id), col(Problem.number))
        .join(Problem, col(Problem.id) == col(PaperProblem.problem_id))
        .where(col(PaperProblem.paper_id).in_(ids))
        .order_by(col(PaperProblem.paper_id), col(Problem.id))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for paper_id, number in session.execute(query):
        found[paper_id].append(number)
    return found


_OWN = "kind number title addressee issued_on due_on answered_on answerer answer body void_reason".split()

LETTER_LEDGER: LedgerQuery[LetterFilter] = LedgerQuery(
    LADDER_LETTERS,
    table(Paper)
    .outerjoin(table(Area), col(Area.id) == col(Paper.area_id))
    .outerjoin(table(LadderStep), col(LadderStep.id) == col(Paper.ladder_step_id)),
    col(Paper.id),
    col(Paper.version),
    {
        **{name: col(getattr(Paper, name)) for name in _OWN},
        "village_name": col(Area.name),
        "step_name": col(LadderStep.name),
    },
    _conditions,
    order=(col(Paper.issued_on).desc(), col(Paper.id).desc()),
    extras={"_voided_on": col(Paper.voided_on), "_settled": _SETTLED},
    finish=_finish,
)


def waiting_lists(today: date) -> dict[str, tuple[str, LetterFilter]]:
    """The quick lists of letters by key: all, those waiting for an answer, those that wait too long."""
    return {
        "all": ("全部", LetterFilter()),
        "waiting": ("待答复", LetterFilter(waiting=True)),
        "unanswered": ("逾期未答复", LetterFilter(late_on=today)),
    }


def late_answers(session: Session, today: date) -> int:
    """How many letters should have been answered before *today*."""
    return LETTER_LEDGER.count(session, waiting_lists(today)["unanswered"][1])


def letter_id(session: Session, number: str) -> int:
    """The id of the letter with *number*; ``NotFound`` when there is none."""
    query = select(col(Paper.id)).where(col(Paper.number) == number, col(Paper.kind).in_(LADDER_PAPERS))
    found = session.execute(query).scalar()
    if found is None:
        raise NotFound(f"台账里没有督促文书{number}，请核对文号。")
    return int(found)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper issued about a problem; ``answer_state`` in words, "" where a paper is not to be answered."""

    id: int
    kind: PaperKind
    number: str
    title: str
    addressee: str
    issued_on: date
    due_on: date | None
    answer_state: str


def papers_about(session: Session, problem_id: int, today: date) -> tuple[PaperRow, ...]:
    """Every paper issued about a problem, of whatever kind, in the order of their booking."""
    names = "id kind number title addressee issued_on due_on answered_on".split()
    covers = aliased(PaperProblem, name="covers")
    query = (
        select(
            *(col(getattr(Paper, name)) for name in names),
            col(Paper.voided_on).label("_voided_on"),
            _SETTLED.label("_settled"),
        )
        .join(covers, col(covers.paper_id) == col(Paper.id))
        .where(col(covers.problem_id) == problem_id)
        .order_by(col(Paper.id))
    )
    found = []
    for row in session.execute(query).mappings():
        own = {name: row[name] for name in names if name != "answered_on"}
        asked = row["kind"] in LADDER_PAPERS or row["_voided_on"] is not None
        found.append(PaperRow(**own, answer_state=answer_words(row, today) if asked else ""))
    return tuple(found)
