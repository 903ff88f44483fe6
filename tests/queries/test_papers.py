from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from river_chief.errors import NotFound
from river_chief.queries.papers import LETTER_LEDGER, LetterFilter, answer_words, letter_id, waiting_lists
from river_chief.queries.problem_detail import problem_detail
from river_chief.terms import Action, PaperKind
from river_chief.verbs import escalation
from tests.builders import Office

TODAY = date(2025, 3, 31)


@pytest.fixture
def running(empty: Office, village: int, reach: int) -> int:
    id = empty.problem(village, reach)
    empty.step(id, Action.VERIFY, happened_at="2025-03-04")
    empty.step(id, Action.ASSIGN, happened_at="2025-03-04", unit="柳塘村", deadline="2025-03-10")
    empty.step(id, Action.SIGN_FOR, happened_at="2025-03-04", actor="赵春")
    return id


@pytest.fixture
def letter(empty: Office, running: int) -> int:
    """A 督办单 that should have been answered on 2025-03-25."""
    given = {"kind": "supervise", "addressee": "柳塘村", "problem_ids": (running,)}
    given |= {"issued_on": "2025-03-20", "answer_by": "2025-03-25"}
    return empty.do(escalation.escalate, escalation.Escalation, **given).id


def listed(of: Office, filter: LetterFilter) -> list[int]:
    with of.database.read() as session:
        return LETTER_LEDGER.ids(session, filter)


def waiting(of: Office) -> dict[str, list[int]]:
    return {key: listed(of, filter) for key, (_, filter) in waiting_lists(TODAY).items()}


def test_a_row_says_what_the_letter_covers(empty: Office, letter: int) -> None:
    with empty.database.read() as session:
        (row,) = LETTER_LEDGER.all(session, LetterFilter(), TODAY)
    assert row.id == letter
    assert (row["kind"], row["problem_count"], row["problem_numbers"]) == (
        PaperKind.SUPERVISE,
        1,
        "砚2025-001",
    )
    assert row["answer_state"] == "逾期6天未答复"


def test_who_has_not_answered(empty: Office, letter: int) -> None:
    assert waiting(empty) == {"all": [letter], "waiting": [letter], "unanswered": [letter]}
    given = {"paper_id": letter, "answered_on": "2025-03-27", "answer": "已清理"}
    empty.do(escalation.answer_paper, escalation.PaperAnswer, **given)
    assert waiting(empty) == {"all": [letter], "waiting": [], "unanswered": []}


def test_nobody_waits_for_what_is_settled(empty: Office, running: int, letter: int) -> None:
    empty.step(running, Action.VOID, words="登记有误")
    assert waiting(empty) == {"all": [letter], "waiting": [], "unanswered": []}
    with empty.database.read() as session:
        (row,) = LETTER_LEDGER.all(session, LetterFilter(), TODAY)
    assert row["answer_state"] == "未答复（已办结）"


def test_nobody_waits_for_what_is_void(empty: Office, letter: int) -> None:
    empty.do(escalation.void_paper, escalation.PaperVoiding, paper_id=letter, reason="写错")
    assert waiting(empty) == {"all": [letter], "waiting": [], "unanswered": []}
    assert listed(empty, LetterFilter(voided=False)) == []


def test_a_letter_to_a_village_waits_too(empty: Office, village: int) -> None:
    given = {"kind": "circulate", "addressee": "柳塘村", "area_id": village}
    id = empty.do(escalation.escalate, escalation.Escalation, **given).id
    assert waiting(empty) == {"all": [id], "waiting": [id], "unanswered": []}
    assert listed(empty, LetterFilter(villages=(village,))) == [id]


def test_letters_are_found_by_words_problem_and_village(
    empty: Office, village: int, running: int, letter: int
) -> None:
    for text in ("督", "柳塘", "砚2025-001", "督 柳塘"):
        assert listed(empty, LetterFilter(text=text)) == [letter], text
    for filter in (
        LetterFilter(text="砚2025-002"),
        LetterFilter(kinds=(PaperKind.URGE,)),
        LetterFilter(problems=(running + 1,)),
        LetterFilter(villages=(village + 9,)),
    ):
        assert listed(empty, filter) == []
    assert listed(empty, LetterFilter(problems=(running,), villages=(village,))) == [letter]


def test_a_letter_is_found_by_its_number(empty: Office, letter: int) -> None:
    with empty.database.read() as session:
        assert letter_id(session, "砚河长办督〔2025〕1号") == letter
        with pytest.raises(NotFound, match="没有督促文书"):
            letter_id(session, "砚河长办交〔2025〕1号")


def test_a_problem_knows_whether_its_papers_were_answered(empty: Office, running: int, letter: int) -> None:
    with empty.database.read() as session:
        papers = problem_detail(session, running, TODAY).papers
    assert [(paper.kind, paper.answer_state) for paper in papers] == [
        (PaperKind.ASSIGN, ""),
        (PaperKind.SUPERVISE, "逾期6天未答复"),
    ]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "逾期6天未答复"),
        ({"due_on": TODAY}, "待答复"),
        ({"due_on": None}, "不要求答复"),
        ({"answered_on": date(2025, 3, 25)}, "已答复"),
        ({"answered_on": date(2025, 3, 27)}, "晚答复2天"),
        ({"_settled": True}, "未答复（已办结）"),
        ({"_settled": True, "answered_on": TODAY, "_voided_on": TODAY}, "已作废"),
    ],
)
def test_the_words_for_an_answer(changes: dict[str, Any], wanted: str) -> None:
    row = {"due_on": date(2025, 3, 25), "answered_on": None, "_voided_on": None, "_settled": False}
    assert answer_words({**row, **changes}, TODAY) == wanted
