from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from river_chief.queries.look_backs import LookBackFilter, LookBackRow, Which, due_count, look_backs
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.storage.database import Database
from river_chief.terms import Action, LookBack, State
from river_chief.verbs.rule_rows import LookBackRow as Row
from river_chief.verbs.rule_rows import put
from tests.builders import Office

ALL = LookBackFilter(Which.ALL)


def asked(office: Office, day: str, filter: LookBackFilter | None = None) -> list[LookBackRow]:
    with office.database.read() as session:
        return look_backs(session, filter or LookBackFilter(), date.fromisoformat(day))


@pytest.fixture
def closed(empty: Office, problem: int) -> int:
    """砚2025-001, closed on 2025-03-10: to be looked at on 04-10, 06-10 and 09-10."""
    empty.close(problem)
    empty.today = date(2025, 12, 31)
    return problem


def test_due_from_the_day_on(empty: Office, closed: int) -> None:
    assert asked(empty, "2025-04-09") == []
    (row,) = asked(empty, "2025-04-10")
    assert (row.number, row.village, row.closed_on, row.dates, row.overdue) == (
        "砚2025-001",
        "柳塘村",
        date(2025, 3, 10),
        "1个月",
        0,
    )
    assert row.looks == 0
    assert asked(empty, "2025-06-12")[0].dates == "1个月、3个月"
    assert asked(empty, "2025-06-12")[0].overdue == 63
    assert due_count_on(empty, "2025-06-12") == 1


def due_count_on(office: Office, day: str) -> int:
    with office.database.read() as session:
        return due_count(session, date.fromisoformat(day))


def test_what_comes_within_thirty_days(empty: Office, closed: int) -> None:
    soon = LookBackFilter(Which.SOON)
    assert asked(empty, "2025-03-10", soon) == []
    (row,) = asked(empty, "2025-03-11", soon)
    assert (row.dates, row.now, row.overdue) == ("1个月", (), 0)


def test_a_look_keeps_its_dates(empty: Office, closed: int) -> None:
    empty.step(closed, Action.LOOK_BACK, happened_at="2025-04-02", words="未反弹")
    assert asked(empty, "2025-06-09") == []
    (row,) = asked(empty, "2025-06-10")
    assert (row.dates, row.look_back, row.looked_on, row.looks) == (
        "3个月",
        LookBack.HELD,
        date(2025, 4, 2),
        1,
    )
    empty.step(closed, Action.LOOK_BACK, happened_at="2025-09-10", words="未反弹")
    assert asked(empty, "2030-01-01") == []
    (row,) = asked(empty, "2030-01-01", ALL)
    assert (row.dates, row.next, row.looks) == ("", None, 2)


def test_after_a_relapse_the_dates_begin_anew(empty: Office, closed: int) -> None:
    empty.step(closed, Action.LOOK_BACK, happened_at="2025-04-10", words="未反弹")
    empty.step(closed, Action.RELAPSE, happened_at="2025-05-06", words="又堆放")
    assert asked(empty, "2025-12-31", ALL) == []
    empty.step(closed, Action.SUBMIT, happened_at="2025-05-08", progress="已清理")
    empty.step(closed, Action.ACCEPT, happened_at="2025-05-08", actor="钱树、孙文")
    empty.step(closed, Action.CLOSE, happened_at="2025-05-08")
    (row,) = asked(empty, "2025-06-08")
    assert (row.closed_on, row.dates, row.looks) == (date(2025, 5, 8), "1个月", 2)


def test_the_office_s_own_row_and_its_sample(empty: Office, village: int, reach: int, closed: int) -> None:
    empty.do(put, Row, category_code="LD", months="2", percent=1)
    for _ in range(5):
        empty.close(empty.problem(village, reach))
    assert len(asked(empty, "2025-12-31")) <= 1
    whole = LookBackFilter(Which.ALL, percent=100)
    assert {row.dates for row in asked(empty, "2025-12-31", whole)} == {"2个月"}
    assert len(asked(empty, "2025-12-31", whole)) == 6
    half = asked(empty, "2025-12-31", LookBackFilter(percent=50))
    assert {row.id for row in half} <= {row.id for row in asked(empty, "2025-12-31", whole)}
    assert {row.percent for row in half} <= {50}


def test_narrowed_like_the_ledger(empty: Office, village: int, reach: int, closed: int) -> None:
    other = empty.village("上溪村", "990121103201")
    second = empty.problem(other, empty.reach("上溪", other))
    empty.close(second, on="2025-03-20")

    def numbers(filter: ProblemFilter) -> list[str]:
        return [row.number for row in asked(empty, "2025-12-31", LookBackFilter(problems=filter))]

    assert numbers(ProblemFilter()) == ["砚2025-001", "砚2025-002"]
    assert numbers(ProblemFilter(villages=(other,))) == ["砚2025-002"]
    assert numbers(ProblemFilter(closed=(None, date(2025, 3, 15)))) == ["砚2025-001"]
    assert numbers(ProblemFilter(text="上溪")) == ["砚2025-002"]


def test_every_closed_problem_of_the_township(township: Path) -> None:
    with Database.open(township) as database, database.read() as session:
        day = date(2026, 3, 31)
        whole, due = look_backs(session, ALL, day), look_backs(session, LookBackFilter(), day)
        closed = PROBLEM_LEDGER.count(session, ProblemFilter(states=(State.CLOSED,)))
    assert len(whole) == closed > 100
    assert {row.id for row in due} == {row.id for row in whole if row.next and row.next.due_on <= day}
    assert [row.overdue for row in due] == sorted((row.overdue for row in due), reverse=True)
