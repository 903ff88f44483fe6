"""What waits to be done: named filters over the problems, for the first page's counts and quick lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.terms import State


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list with a name: the count shown is the count of its filter, so a click shows those rows."""

    key: str
    label: str
    filter: ProblemFilter


def work_lists(today: date, due_soon_days: int) -> dict[str, WorkList]:
    """The lists of an office on *today*, by key; due soon (临期) is within *due_soon_days*."""
    soon = today + timedelta(days=due_soon_days)
    lists = [
        WorkList("all", "全部", ProblemFilter()),
        WorkList("in_stock", "在办", ProblemFilter(in_stock=True)),
        *(
            WorkList(state.value, state.label, ProblemFilter(states=(state,)))
            for state in (
                State.TO_VERIFY,
                State.TO_ASSIGN,
                State.TO_SIGN,
                State.RECTIFYING,
                State.TO_ACCEPT,
                State.TO_CLOSE,
            )
        ),
        WorkList("reported", "已上报", ProblemFilter(states=(State.TO_CLOSE,), reported=True)),
        WorkList("lacks_proof", "缺佐证", ProblemFilter(lacks_proof=True)),
        WorkList("due_soon", "临期", ProblemFilter(due_by=soon, deadline=(today, soon))),
        WorkList("overdue", "逾期", ProblemFilter(overdue_on=today)),
        WorkList("suspended", State.SUSPENDED.label, ProblemFilter(states=(State.SUSPENDED,))),
        WorkList("held_past", "挂账到期", ProblemFilter(held_past=today)),
        WorkList("unanswered", "移交未复", ProblemFilter(unanswered=True)),
        WorkList("closed", "已销号", ProblemFilter(states=(State.CLOSED,))),
        WorkList("draft", "草稿", ProblemFilter(states=(State.DRAFT,))),
    ]
    return {item.key: item for item in lists}


def counts(session: Session, lists: dict[str, WorkList]) -> dict[str, int]:
    """How many problems each list holds."""
    return {key: PROBLEM_LEDGER.count(session, item.filter) for key, item in lists.items()}
