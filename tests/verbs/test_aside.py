"""Off the straight way: 挂账 stops the clock, 移交 is answered and comes back, doubles keep their numbers."""

from __future__ import annotations

from datetime import date

import pytest

from river_chief.errors import InvalidInput
from river_chief.figures.month import monthly
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.rules.periods import month_range
from river_chief.terms import Action, Origin, State
from river_chief.verbs.office import settings_of
from tests.builders import Office

A = Action
HELD = {"words": "涉及诉讼", "approver": "县河长办", "until": "2025-03-20"}


def detail(office: Office, problem: int) -> ProblemDetail:
    with office.database.read() as session:
        return problem_detail(session, problem, office.today)


@pytest.fixture
def assigned(empty: Office, problem: int) -> int:
    """Assigned on 5 March, to be done by the 12th."""
    empty.step(problem, A.VERIFY, happened_at="2025-03-04")
    empty.step(problem, A.ASSIGN, happened_at="2025-03-05", unit="柳塘村", deadline="2025-03-12")
    empty.step(problem, A.SIGN_FOR, happened_at="2025-03-05", actor="赵春")
    return problem


@pytest.mark.parametrize(
    ("resumed", "deadline"),
    [("2025-03-15", date(2025, 3, 17)), ("2025-03-20", date(2025, 3, 22)), ("2025-03-30", date(2025, 4, 1))],
)
def test_the_days_that_were_left_are_left_after_it(
    empty: Office, assigned: int, resumed: str, deadline: date
) -> None:
    empty.step(assigned, A.SUSPEND, happened_at="2025-03-10", **HELD)
    held = detail(empty, assigned)
    assert held.row["deadline"] == date(2025, 3, 22), "two days were left on the tenth"
    assert (held.row["suspended_until"], held.row["suspended_by"]) == (date(2025, 3, 20), "县河长办")
    empty.step(assigned, A.RESUME, happened_at=resumed)
    after = detail(empty, assigned)
    assert (after.row["first_deadline"], after.row["deadline"]) == (date(2025, 3, 12), deadline)
    assert (after.row["suspended_until"], after.row["suspended_by"]) == (None, "")
    assert after.rounds[-1].extensions == 0


def test_what_was_late_before_it_was_held_stays_late(empty: Office, assigned: int) -> None:
    empty.step(assigned, A.SUSPEND, happened_at="2025-03-14", **HELD)
    done = empty.step(assigned, A.RESUME, happened_at="2025-03-25")
    assert done.sentence == "砚2025-001恢复整改，时限2025-03-12已过，需要的请办延期"
    assert detail(empty, assigned).row["deadline"] == date(2025, 3, 12)


def test_a_new_deadline_may_be_set_on_resuming(empty: Office, assigned: int) -> None:
    empty.step(assigned, A.SUSPEND, happened_at="2025-03-10", **HELD)
    with pytest.raises(InvalidInput) as caught:
        empty.step(assigned, A.RESUME, happened_at="2025-03-20", deadline="2025-03-19")
    assert "早于恢复整改的日期" in caught.value.fields["deadline"]
    empty.step(assigned, A.RESUME, happened_at="2025-03-20", deadline="2025-04-30")
    assert detail(empty, assigned).row["deadline"] == date(2025, 4, 30)


@pytest.mark.parametrize("until", ["2025-03-10", "2025-03-09"])
def test_it_is_held_for_at_least_a_day(empty: Office, assigned: int, until: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        empty.step(assigned, A.SUSPEND, happened_at="2025-03-10", **{**HELD, "until": until})
    assert "应晚于办理日期" in caught.value.fields["until"]
    assert detail(empty, assigned).state is State.RECTIFYING


def test_what_was_handed_over_comes_back_in_a_round_of_its_own(empty: Office, problem: int) -> None:
    empty.step(problem, A.VERIFY, happened_at="2025-03-04")
    letter = {"receiver": "澜川县水利局", "letter_number": "砚河长办移〔2025〕1号"}
    empty.step(problem, A.HAND_OVER, happened_at="2025-03-05", **letter)
    empty.step(problem, A.REPLY, happened_at="2025-03-08", reply="正在核实")
    assert detail(empty, problem).state is State.HANDED_OVER
    empty.step(problem, A.TAKE_BACK, happened_at="2025-03-12", words="不属水利局管")
    found = detail(empty, problem)
    assert (found.state, [item.origin for item in found.rounds]) == (
        State.TO_ASSIGN,
        [Origin.FOUND, Origin.RETURNED],
    )
    assert (found.row["handed_to"], found.row["hand_over_reply"]) == ("澜川县水利局", "不属水利局管")
    with empty.database.read() as session:
        stock = monthly(session, settings_of(session), month_range(2025, 3), empty.today).stock
    assert (stock.found, stock.handed_over, stock.ending) == (2, 1, 1)
    assert stock.balances
