"""举一反三 asked for: counts, open and overdue answers, what is needed to register what was found."""

from __future__ import annotations

from datetime import date

import pytest

from river_chief.errors import NotFound
from river_chief.queries.sweeps import (
    ANSWER_LEDGER,
    COUNTED,
    SWEEP_LEDGER,
    AnswerFilter,
    SweepFilter,
    asked,
    proposal,
    sweep_row,
)
from river_chief.terms import Scope, SweepReply
from river_chief.verbs import sweeps
from tests.builders import TODAY, Office

LATER = date(2025, 4, 12)


@pytest.fixture
def sweep(empty: Office, problem: int, village: int, reach: int) -> int:
    """Asked of 柳塘村, 上砚村 and 石桥村; one found something, one has not answered."""
    for name, code in (("上砚村", "990121103200"), ("石桥村", "990121103205")):
        empty.village(name, code)
    made = empty.do(sweeps.ask, sweeps.NewSweep, problem_id=problem).id
    with empty.database.read() as session:
        first, second, _ = ANSWER_LEDGER.ids(session, AnswerFilter(sweeps=(made,)))
    say = {"answerer": "钱树", "words": "查过"}
    empty.do(sweeps.answer, sweeps.Answering, answer_ids=(first,), reply="none", **say)
    found = empty.problem(village, reach, on="2025-03-30")
    empty.do(sweeps.answer, sweeps.Answering, answer_ids=(second,), reply="found", problem_id=found)
    return made


def test_a_sweep_says_how_far_it_has_come(empty: Office, sweep: int) -> None:
    with empty.database.read() as session:
        row = sweep_row(session, sweep, TODAY)
        late = sweep_row(session, sweep, LATER)
    assert [row[name] for name in COUNTED] == [3, 1, 1, 0, 1]
    assert (row["number"], row["category_name"], row["progress"]) == (
        "砚2025-001",
        "乱扔乱堆生活垃圾",
        "待答复",
    )
    assert late["progress"] == "逾期2天未答齐"


def test_what_each_place_answers(empty: Office, sweep: int) -> None:
    with empty.database.read() as session:
        rows = ANSWER_LEDGER.all(session, AnswerFilter(sweeps=(sweep,)), LATER)
    told = [(row["place"], row["reply"], row["found_number"], row["overdue_days"]) for row in rows]
    assert told == [
        ("上砚村", SweepReply.NONE, None, None),
        ("柳塘村", SweepReply.FOUND, "砚2025-002", None),
        ("石桥村", None, None, 2),
    ]


@pytest.mark.parametrize(
    ("filter", "count"),
    [
        (SweepFilter(), 1),
        (SweepFilter(text="乱扔 2025-001"), 1),
        (SweepFilter(text="石桥"), 0),
        (SweepFilter(scopes=(Scope.REACH,)), 0),
        (SweepFilter(problems=(1,), unanswered=True), 1),
        (SweepFilter(overdue_on=date(2025, 4, 10)), 0),
        (SweepFilter(overdue_on=date(2025, 4, 11)), 1),
    ],
)
def test_sweeps_by_filter(empty: Office, sweep: int, filter: SweepFilter, count: int) -> None:
    with empty.database.read() as session:
        assert SWEEP_LEDGER.count(session, filter) == count


@pytest.mark.parametrize(
    ("filter", "count"),
    [
        (AnswerFilter(), 3),
        (AnswerFilter(text="钱树"), 1),
        (AnswerFilter(replies=(SweepReply.FOUND,)), 1),
        (AnswerFilter(unanswered=True), 1),
        (AnswerFilter(overdue_on=LATER), 1),
        (AnswerFilter(overdue_on=TODAY), 0),
    ],
)
def test_answers_by_filter(empty: Office, sweep: int, filter: AnswerFilter, count: int) -> None:
    with empty.database.read() as session:
        assert ANSWER_LEDGER.count(session, filter) == count


def test_a_voided_sweep_is_out_of_the_way(empty: Office, sweep: int) -> None:
    empty.do(sweeps.void_sweep, sweeps.SweepVoid, id=sweep, words="布置重复")
    with empty.database.read() as session:
        assert SWEEP_LEDGER.count(session, SweepFilter()) == 0
        assert SWEEP_LEDGER.count(session, SweepFilter(voided=True)) == 1
        assert ANSWER_LEDGER.count(session, AnswerFilter(overdue_on=LATER)) == 0
        assert ANSWER_LEDGER.count(session, AnswerFilter(sweeps=(sweep,))) == 3
        assert sweep_row(session, sweep, LATER)["progress"] == "已作废"


def test_what_a_place_was_asked(empty: Office, sweep: int, village: int) -> None:
    with empty.database.read() as session:
        _, own, _ = ANSWER_LEDGER.ids(session, AnswerFilter(sweeps=(sweep,)))
        found = asked(session, own)
        with pytest.raises(NotFound):
            asked(session, 99)
        with pytest.raises(NotFound):
            sweep_row(session, 99, TODAY)
        with pytest.raises(NotFound):
            proposal(session, 99, Scope.VILLAGE, TODAY)
    assert (found.area_id, found.reach_id, found.place, found.category_code) == (
        village,
        None,
        "柳塘村",
        "LD01",
    )


def test_what_is_proposed(empty: Office, problem: int) -> None:
    with empty.database.read() as session:
        question, due, why = proposal(session, problem, Scope.REACH, TODAY)
    assert question.startswith("请全面排查本河段有无“乱扔乱堆生活垃圾”类问题")
    assert due == date(2025, 4, 10)
    assert "10日" in why
