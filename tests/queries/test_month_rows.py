"""Rows as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from river_chief.queries.month_rows import of_month, rows_on
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.periods import Span
from river_chief.terms import Action, LookBack, State
from tests.builders import Office

# Every step of a problem that goes the whole way twice, by the day on which it happens.
STORY: tuple[tuple[str, Action, dict[str, Any]], ...] = (
    ("2025-03-04", Action.VERIFY, {}),
    ("2025-03-05", Action.ASSIGN, {"unit": "杨湾村", "deadline": "2025-03-12"}),
    ("2025-03-06", Action.HAND_BACK, {"words": "不在辖区"}),
    ("2025-03-07", Action.ASSIGN, {"unit": "柳塘村"}),
    ("2025-03-08", Action.SIGN_FOR, {"actor": "赵春"}),
    (
        "2025-03-10",
        Action.PROGRESS,
        {"progress": "清了一半", "unfinished_reason": "下雨", "next_step": "加人"},
    ),
    ("2025-03-11", Action.EXTEND, {"deadline": "2025-03-30", "words": "下雨"}),
    ("2025-03-13", Action.SUBMIT, {"progress": "清完了"}),
    ("2025-03-14", Action.REJECT, {"words": "没清完"}),
    ("2025-03-15", Action.SUBMIT, {"progress": "真清完了"}),
    ("2025-03-16", Action.ACCEPT, {"actor": "钱树"}),
    ("2025-03-17", Action.RETURN, {"words": "照片不全"}),
    ("2025-03-18", Action.SUBMIT, {"progress": "补了照片"}),
    ("2025-03-19", Action.ACCEPT, {"actor": "孙文"}),
    ("2025-03-20", Action.CLOSE, {}),
    ("2025-03-21", Action.LOOK_BACK, {}),
    ("2025-03-22", Action.RELAPSE, {"words": "又见垃圾", "deadline": "2025-03-25"}),
    ("2025-03-23", Action.SUSPEND, {"words": "等资金", "approver": "县河长办", "until": "2025-04-30"}),
    ("2025-03-24", Action.RESUME, {}),
    ("2025-03-26", Action.SUBMIT, {"progress": "再清完"}),
    ("2025-03-27", Action.ACCEPT, {"actor": "孙文"}),
    ("2025-03-28", Action.CLOSE, {}),
)


# The days a round settles for good only when it has not been sent back or put off.
_SETTLED_LATER = {"first_deadline", "deadline", "extended_deadline", "assigned_on", "assign_number", "unit"}
_SENT_BACK = {"rectified_on", "accepted_on"}
_OF_TODAY = {"step_due", "waiting", "closer"}
_CLOCK = {"on_time", "overdue_days", "days_left"}


def test_a_row_of_a_day_is_the_row_that_was_read_on_that_day(empty: Office, problem: int) -> None:
    """What is read of the past equals what was read at the time, step by step."""
    read: dict[date, Mapping[str, Any]] = {}
    for on, action, values in STORY:
        empty.step(problem, action, happened_at=on, **values)
        with empty.database.read() as session:
            day = date.fromisoformat(on)
            read[day] = PROBLEM_LEDGER.rows(session, [problem], day)[0].values
    with empty.database.read() as session:
        for day, then in read.items():
            now = rows_on(session, [problem], day)[0].values
            changed = {key for key in then if then[key] != now[key]} - _OF_TODAY
            if day < date(2025, 3, 12):
                changed -= _SETTLED_LATER | _CLOCK
            elif day < date(2025, 3, 18):
                changed -= _SENT_BACK | _CLOCK
            elif (
                date(2025, 3, 22) <= day < date(2025, 3, 24)
            ):  # the clock of the second round was stopped later
                changed -= {"deadline", "extended_deadline"} | _CLOCK
            assert not changed, (day, {key: (then[key], now[key]) for key in changed})


def test_a_deadline_put_off_later_counts_as_the_figures_count_it(empty: Office, problem: int) -> None:
    empty.step(problem, Action.VERIFY, happened_at="2025-03-04")
    empty.step(problem, Action.ASSIGN, happened_at="2025-03-04", unit="柳塘村", deadline="2025-03-10")
    empty.step(problem, Action.EXTEND, happened_at="2025-03-20", deadline="2025-04-10", words="下雨")
    with empty.database.read() as session:
        (row,) = rows_on(session, [problem], date(2025, 3, 15))
    assert (row["first_deadline"], row["deadline"]) == (date(2025, 3, 10), date(2025, 4, 10))
    assert row["overdue_days"] == 0


def test_nothing_is_known_of_later_days(empty: Office, problem: int) -> None:
    empty.close(problem, on="2025-03-20")
    with empty.database.read() as session:
        (row,) = rows_on(session, [problem], date(2025, 3, 19))
    assert row["state"] is State.TO_VERIFY
    assert row["progress"] == row["acceptors"] == ""
    assert row["rectified_on"] is row["accepted_on"] is row["closed_on"] is None
    assert row["is_closed"] is False


def test_look_back_is_taken_back(empty: Office, problem: int) -> None:
    empty.close(problem, on="2025-03-10")
    empty.step(problem, Action.LOOK_BACK, happened_at="2025-03-30")
    with empty.database.read() as session:
        assert rows_on(session, [problem], date(2025, 3, 29))[0]["look_back"] is None
        assert rows_on(session, [problem], date(2025, 3, 30))[0]["look_back"] is LookBack.HELD


@pytest.mark.parametrize(
    ("first", "last", "listed"),
    [("2025-02-01", "2025-03-02", 0), ("2025-03-03", "2025-03-03", 1), ("2025-03-10", "2025-03-31", 1)],
)
def test_a_month_holds_what_was_in_stock(
    empty: Office, problem: int, first: str, last: str, listed: int
) -> None:
    empty.close(problem, on="2025-03-10")
    asked = of_month(Span(date.fromisoformat(first), date.fromisoformat(last)))
    with empty.database.read() as session:
        assert PROBLEM_LEDGER.count(session, asked) == listed


def test_what_left_before_the_month_is_not_in_it(empty: Office, problem: int) -> None:
    empty.close(problem, on="2025-03-10")
    with empty.database.read() as session:
        april = of_month(Span(date(2025, 4, 1), date(2025, 4, 30)))
        assert PROBLEM_LEDGER.ids(session, april) == []
