from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from river_chief.errors import InvalidInput, Refusal
from river_chief.queries.deadline_why import Doubt, doubts
from river_chief.queries.problem_detail import ProblemDetail, as_json, problem_detail
from river_chief.storage.undo import undo_last
from river_chief.terms import Action
from river_chief.verbs import office, rule_rows
from river_chief.verbs.deadline_review import DeadlineReview, review
from tests.builders import Office

A = Action


def detail(ledger: Office, id: int) -> ProblemDetail:
    with ledger.database.read() as session:
        return problem_detail(session, id, ledger.today)


def doubted(ledger: Office) -> list[Doubt]:
    with ledger.database.read() as session:
        return doubts(session)


@pytest.fixture
def december(empty: Office, village: int, reach: int) -> int:
    """Assigned on Monday 21 December 2026; ten working days end on 4 January 2027 as far as is known."""
    empty.today = date(2027, 1, 4)
    values = {
        "clock": "rectify",
        "start": "assigned",
        "severity": "minor",
        "kind": "working_days",
        "amount": 10,
    }
    empty.do(rule_rows.put, rule_rows.DeadlineDefaultRow, **values)
    id = empty.problem(village, reach, on="2026-12-18")
    empty.step(id, A.VERIFY, happened_at="2026-12-18")
    empty.step(id, A.ASSIGN, happened_at="2026-12-21", unit="柳塘村")
    return id


def publish(ledger: Office, *days: str) -> None:
    for day in days:
        ledger.do(rule_rows.put, rule_rows.HolidayRow, day=day, name="元旦放假")
    ledger.do(office.change_settings, office.SettingChange, values={"calendar_years": [2027]})


def test_each_move_of_the_deadline_has_its_sentence(empty: Office, problem: int) -> None:
    assert detail(empty, problem).deadline_why.current == ""
    empty.step(problem, A.VERIFY, happened_at="2025-03-04")
    empty.step(problem, A.ASSIGN, happened_at="2025-03-05", unit="柳塘村")
    first = "按时限表（一般；自交办起算），从2025年3月5日起7日（当日不计），到2025年3月12日（周三）。"
    assert detail(empty, problem).deadline_why.first == first
    empty.step(problem, A.SIGN_FOR, happened_at="2025-03-05", actor="赵春")
    empty.step(problem, A.EXTEND, happened_at="2025-03-10", deadline="2025-03-20", words="连日降雨")
    shown = as_json(detail(empty, problem))
    assert shown["first_deadline_why"] == first
    assert shown["deadline_why"] == "2025-03-10批准延期，到2025年3月20日（周四）：连日降雨"
    empty.step(
        problem, A.SUSPEND, happened_at="2025-03-12", until="2025-03-25", approver="县河长办", words="防汛"
    )
    assert (
        detail(empty, problem).deadline_why.current == "2025-03-12起挂账，时限停走，恢复后接着算剩余的8天。"
    )
    empty.step(problem, A.RESUME, happened_at="2025-03-24", deadline="2025-04-10")
    assert (
        detail(empty, problem).deadline_why.current == "2025-03-24恢复整改，重新定到2025年4月10日（周四）。"
    )


def test_what_was_handed_back_has_no_deadline_to_explain(empty: Office, problem: int) -> None:
    empty.step(problem, A.VERIFY, happened_at="2025-03-04")
    empty.step(problem, A.ASSIGN, happened_at="2025-03-05", unit="柳塘村")
    empty.step(problem, A.HAND_BACK, happened_at="2025-03-06", words="不归本村管")
    assert detail(empty, problem).deadline_why.current == ""
    empty.step(problem, A.ASSIGN, happened_at="2025-03-07", unit="柳塘村", deadline="2025-03-31")
    assert detail(empty, problem).deadline_why.current == "由经办人填写，到2025年3月31日（周一）。"


# Deadlines over a year nobody had published


def test_a_deadline_in_an_unpublished_year_is_noted(empty: Office, december: int) -> None:
    assert "待国务院公布后复核" in detail(empty, december).deadline_why.current
    (one,) = doubted(empty)
    assert (one.problem_id, one.deadline) == (december, date(2027, 1, 4))
    assert (one.is_published, one.differs) == (False, False)
    with pytest.raises(Refusal, match="还没有公布或录全"):
        empty.do(review, DeadlineReview, problem_id=december, deadline="2027-01-05")


def test_when_the_year_is_published_the_clerk_decides(empty: Office, december: int) -> None:
    publish(empty, "2027-01-01", "2027-01-02", "2027-01-03")
    (one,) = doubted(empty)
    assert one.differs
    assert one.proposal.due == date(2027, 1, 5)
    assert detail(empty, december).row["deadline"] == date(2027, 1, 4), "never silently"
    done = empty.do(review, DeadlineReview, problem_id=december, deadline="2027-01-05")
    assert done.sentence == "砚2026-001时限复核：由2027-01-04改为2027-01-05"
    found = detail(empty, december)
    assert (found.row["first_deadline"], found.row["deadline"]) == (date(2027, 1, 5),) * 2
    assert found.rounds[0].extensions == 0
    assert "复核" not in found.deadline_why.current
    assert doubted(empty) == []
    with empty.database.write(by="经办人", today=empty.today) as writer:
        undo_last(writer)
    assert detail(empty, december).row["deadline"] == date(2027, 1, 4)
    assert len(doubted(empty)) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"deadline": "2027-01-04"}, "按放假安排应为 2027-01-05，定为别的日期要填写说明"),
        ({"deadline": "2026-12-20", "words": "早"}, "早于交办日期"),
    ],
)
def test_a_review_that_is_refused(
    empty: Office, december: int, values: dict[str, Any], sentence: str
) -> None:
    publish(empty, "2027-01-01")
    with pytest.raises(InvalidInput, match=sentence):
        empty.do(review, DeadlineReview, problem_id=december, **values)


def test_a_deadline_may_be_kept_with_words(empty: Office, december: int) -> None:
    publish(empty, "2027-01-01")
    empty.do(review, DeadlineReview, problem_id=december, deadline="2027-01-04", words="村里已答应按期")
    assert doubted(empty) == []
    assert detail(empty, december).deadline_why.current.endswith("定到2027年1月4日（周一）：村里已答应按期")


def test_an_extended_deadline_is_the_clerks_own(empty: Office, december: int) -> None:
    empty.step(december, A.EXTEND, happened_at="2026-12-28", deadline="2027-01-20", words="封河")
    assert doubted(empty) == []
    with pytest.raises(Refusal, match="不需要复核"):
        empty.do(review, DeadlineReview, problem_id=december, deadline="2027-01-21")
