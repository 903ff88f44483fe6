"""Problems that lead off the straight way: held, handed over, merged; what their rows and links say."""

from __future__ import annotations

from datetime import date

from river_chief.queries.ledger_query import Row
from river_chief.queries.problem_detail import problem_detail
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.terms import Action
from tests.builders import Office


def row(office: Office, id: int) -> Row:
    with office.database.read() as session:
        return PROBLEM_LEDGER.rows(session, [id], office.today)[0]


def test_what_leads_off_the_straight_way_stands_in_the_row(
    empty: Office, problem: int, village: int, reach: int
) -> None:
    other, double = empty.problem(village, reach), empty.problem(village, reach)
    for id in (problem, other):
        empty.step(id, Action.VERIFY, happened_at="2025-03-04")
    empty.step(problem, Action.ASSIGN, happened_at="2025-03-05", unit="柳塘村")
    empty.step(problem, Action.SIGN_FOR, happened_at="2025-03-05", actor="赵春")
    held = {"words": "诉讼", "approver": "县河长办", "until": "2025-06-30"}
    empty.step(problem, Action.SUSPEND, happened_at="2025-03-06", **held)
    letter = {"receiver": "澜川县水利局", "letter_number": "砚河长办移〔2025〕1号"}
    empty.step(other, Action.HAND_OVER, happened_at="2025-03-06", **letter)
    empty.step(other, Action.REPLY, happened_at="2025-03-20", reply="已立案")
    empty.step(double, Action.MERGE, happened_at="2025-03-06", into="砚2025-001")
    assert (row(empty, problem)["suspended_until"], row(empty, problem)["suspended_by"]) == (
        date(2025, 6, 30),
        "县河长办",
    )
    handed = row(empty, other)
    assert (handed["handed_to"], handed["letter_number"]) == tuple(letter.values())
    assert (handed["hand_over_reply"], handed["replied_on"]) == ("已立案", date(2025, 3, 20))
    assert row(empty, double)["merged_into"] == "砚2025-001"
    with empty.database.read() as session:
        links = [problem_detail(session, id, empty.today).links for id in (problem, double)]
    assert [[(link.words, link.number) for link in each] for each in links] == [
        [("并入本问题", "砚2025-003")],
        [("并入", "砚2025-001")],
    ]
