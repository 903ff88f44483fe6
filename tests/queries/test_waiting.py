from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.waiting import late_by_state, late_on, waiting
from river_chief.terms import Action, Clock, Severity, State
from river_chief.verbs import rule_rows
from tests.builders import Office

A = Action


def due(ledger: Office, id: int) -> date | None:
    with ledger.database.read() as session:
        found = waiting(session, [id]).get(id)
    return found.due if found is not None else None


def shown(ledger: Office, id: int, today: date) -> Any:
    with ledger.database.read() as session:
        return PROBLEM_LEDGER.rows(session, [id], today)[0]


def test_every_waiting_step_has_its_clock(empty: Office, problem: int) -> None:
    # Monday 3 March: three working days to verify.
    assert due(empty, problem) == date(2025, 3, 6)
    empty.step(problem, A.VERIFY, happened_at="2025-03-07")
    assert due(empty, problem) == date(2025, 3, 11)
    empty.step(problem, A.ASSIGN, happened_at="2025-03-14", unit="柳塘村")
    assert due(empty, problem) == date(2025, 3, 17)
    empty.step(problem, A.SIGN_FOR, happened_at="2025-03-17", actor="赵春")
    assert due(empty, problem) is None
    empty.step(problem, A.SUBMIT, happened_at="2025-03-20", progress="已清理")
    assert due(empty, problem) == date(2025, 3, 27)


def test_what_was_handed_back_waits_anew(empty: Office, problem: int) -> None:
    empty.step(problem, A.VERIFY, happened_at="2025-03-04")
    empty.step(problem, A.ASSIGN, happened_at="2025-03-20", unit="柳塘村")
    empty.step(problem, A.HAND_BACK, happened_at="2025-03-21", words="不归本村管")
    assert due(empty, problem) == date(2025, 3, 25)


def test_a_row_that_counts_from_the_finding_does(empty: Office, problem: int) -> None:
    values = {"clock": "verify", "start": "found", "severity": "minor", "kind": "natural_days", "amount": 2}
    empty.do(rule_rows.put, rule_rows.DeadlineDefaultRow, **values)
    assert due(empty, problem) == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 3, 6), ""), (date(2025, 3, 7), "核实已超时1天"), (date(2025, 3, 31), "核实已超时25天")],
)
def test_a_row_says_how_long_it_is_late(empty: Office, problem: int, day: date, words: str) -> None:
    row = shown(empty, problem, day)
    assert (row["step_due"], row["waiting"]) == (date(2025, 3, 6), words)


def test_the_late_ones_come_longest_first(empty: Office, village: int, reach: int) -> None:
    ids = [empty.problem(village, reach, on=f"2025-03-{day:02}") for day in (10, 3, 28)]
    empty.step(ids[0], A.VERIFY, happened_at="2025-03-11")
    with empty.database.read() as session:
        late = late_on(session, date(2025, 3, 31))
    assert [(each.id, each.clock) for each in late] == [(ids[1], Clock.VERIFY), (ids[0], Clock.ASSIGN)]
    assert late_by_state(late) == {
        State.TO_VERIFY: 1,
        State.TO_ASSIGN: 1,
        State.TO_SIGN: 0,
        State.TO_ACCEPT: 0,
    }


def test_a_row_has_the_suggested_severity(empty: Office, village: int, reach: int) -> None:
    for amount, severity in ((4, Severity.MINOR), (5, Severity.SERIOUS), (None, None)):
        id = empty.problem(village, reach, volume_m3=amount)
        assert shown(empty, id, empty.today)["suggested_severity"] is severity
