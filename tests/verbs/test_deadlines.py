from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from river_chief.errors import InvalidInput, Refusal
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.records import Campaign
from river_chief.terms import Action, Clock
from river_chief.verbs import office, rule_rows
from river_chief.verbs.deadlines import limit_of, proposed_for
from river_chief.verbs.lookup import problem_of
from tests.builders import Office

A = Action


def detail(ledger: Office, id: int) -> ProblemDetail:
    with ledger.database.read() as session:
        return problem_detail(session, id, ledger.today)


def row(ledger: Office, **values: Any) -> int:
    """A row of the deadline table."""
    return ledger.do(rule_rows.put, rule_rows.DeadlineDefaultRow, **{"clock": "rectify", **values}).id


def campaign(ledger: Office, name: str, **days: Any) -> int:
    with ledger.database.read() as session:
        id = session.exec(select(Campaign.id).where(Campaign.name == name)).one()
    ledger.do(office.edit_campaign, office.CampaignEdit, id=id, name=name, **days)
    assert id is not None
    return id


def assigned(ledger: Office, id: int, on: str = "2025-03-10", **values: Any) -> ProblemDetail:
    ledger.step(id, A.VERIFY, happened_at="2025-03-05")
    ledger.step(id, A.ASSIGN, happened_at=on, unit="柳塘村", **values)
    return detail(ledger, id)


def basis(found: ProblemDetail, action: Action) -> dict[str, Any]:
    told: dict[str, Any] = next(step for step in reversed(found.steps) if step.action is action).details[
        "deadline_basis"
    ]
    return told


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Found on Saturday 1, registered on 3, verified on 5, assigned on Monday 10 March; 10 natural days.
        ("found", date(2025, 3, 11)),
        ("registered", date(2025, 3, 13)),
        ("verified", date(2025, 3, 17)),
        ("assigned", date(2025, 3, 20)),
    ],
)
def test_a_deadline_counts_from_the_event_of_its_row(
    empty: Office, village: int, reach: int, start: str, due: date
) -> None:
    row(empty, start=start, severity="minor", kind="natural_days", amount=10)
    id = empty.problem(village, reach, on="2025-03-03", found_on="2025-03-01")
    found = assigned(empty, id)
    assert found.rounds[0].deadline == found.rounds[0].first_deadline == due
    assert basis(found, A.ASSIGN)["event"] == start


def test_the_sentence_says_which_row_and_from_when(empty: Office, problem: int) -> None:
    found = assigned(empty, problem)
    assert basis(found, A.ASSIGN)["why"] == (
        "按时限表（一般；自交办起算），从2025年3月10日起7日（当日不计），到2025年3月17日（周一）。"
    )


def test_a_day_the_clerk_wants_is_said_to_be_his(empty: Office, problem: int) -> None:
    found = assigned(empty, problem, deadline="2025-03-20")
    assert basis(found, A.ASSIGN) == {"why": "由经办人填写，到2025年3月20日（周四）。", "due": "2025-03-20"}


def test_a_deadline_that_has_gone_by_must_be_entered(empty: Office, problem: int) -> None:
    row(empty, start="found", severity="minor", kind="natural_days", amount=3)
    empty.step(problem, A.VERIFY, happened_at="2025-03-05")
    with pytest.raises(InvalidInput, match="交办时已经过了，请填写整改时限"):
        empty.step(problem, A.ASSIGN, happened_at="2025-03-10", unit="柳塘村")
    empty.step(problem, A.ASSIGN, happened_at="2025-03-10", unit="柳塘村", deadline="2025-03-14")
    assert detail(empty, problem).row["deadline"] == date(2025, 3, 14)


def test_a_deadline_from_the_signing_is_settled_by_it(empty: Office, problem: int) -> None:
    row(empty, start="signed", severity="minor", kind="working_days", amount=5)
    found = assigned(empty, problem)
    assert found.rounds[0].deadline == date(2025, 3, 17)
    assert basis(found, A.ASSIGN)["why"].endswith("签收后按签收之日重新计算。")
    empty.step(problem, A.SIGN_FOR, happened_at="2025-03-12", actor="赵春")
    signed = detail(empty, problem)
    assert signed.rounds[0].deadline == signed.rounds[0].first_deadline == date(2025, 3, 19)
    assert basis(signed, A.SIGN_FOR)["why"].startswith(
        "按时限表（一般；自签收起算），从2025年3月12日起5个工作日"
    )
    assert signed.history[0].sentence.endswith("签收：赵春，限2025-03-19前完成")


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_was_entered_or_extended_stays_when_it_is_signed_for(
    empty: Office, problem: int, by_hand: bool
) -> None:
    row(empty, start="signed", severity="minor", kind="working_days", amount=5)
    assigned(empty, problem, **({"deadline": "2025-03-28"} if by_hand else {}))
    if not by_hand:
        empty.step(problem, A.EXTEND, happened_at="2025-03-11", deadline="2025-03-28", words="连日下雨")
    empty.step(problem, A.SIGN_FOR, happened_at="2025-03-12", actor="赵春")
    assert detail(empty, problem).rounds[0].deadline == date(2025, 3, 28)


def test_what_relapsed_counts_from_the_day_it_was_found_again(empty: Office, problem: int) -> None:
    row(empty, start="found", severity="minor", kind="natural_days", amount=7)
    empty.close(problem, on="2025-03-05")
    empty.step(problem, A.RELAPSE, happened_at="2025-03-24", words="原处又有垃圾")
    found = detail(empty, problem)
    assert found.rounds[1].deadline == date(2025, 3, 31)
    assert "从2025年3月24日起7日" in basis(found, A.RELAPSE)["why"]


# Campaigns


def test_the_earliest_target_of_the_campaigns_is_a_fixed_date(
    empty: Office, village: int, reach: int
) -> None:
    tags = (
        campaign(empty, "四乱", target_on="2025-06-30"),
        campaign(empty, "碍洪", target_on="2025-05-31"),
        campaign(empty, "清河行动", target_on="2025-03-10"),
        campaign(empty, "两违"),
    )
    found = assigned(empty, empty.problem(village, reach, campaign_ids=tags))
    assert found.row["deadline"] == date(2025, 5, 31)
    assert basis(found, A.ASSIGN)["why"] == "按专项“碍洪”的目标日期，固定日期，到2025年5月31日（周六）。"


def test_a_row_that_names_the_campaign_goes_before_its_target(
    empty: Office, village: int, reach: int
) -> None:
    tag = campaign(empty, "四乱", target_on="2025-06-30")
    row(empty, start="assigned", campaign_id=tag, kind="natural_days", amount=3)
    found = assigned(empty, empty.problem(village, reach, campaign_ids=(tag,)))
    assert found.row["deadline"] == date(2025, 3, 13)
    assert "专项“四乱”" in basis(found, A.ASSIGN)["why"]


def test_a_campaign_that_is_over_sets_no_deadline(empty: Office, village: int, reach: int) -> None:
    tag = campaign(empty, "四乱", target_on="2025-06-30")
    id = empty.problem(village, reach, campaign_ids=(tag,))
    empty.do(office.retire_campaign, office.CampaignRetirement, id=tag)
    assert assigned(empty, id).row["deadline"] == date(2025, 3, 17)


def test_a_fixed_date_gone_by_gives_way_to_the_next_row(empty: Office, problem: int) -> None:
    row(empty, start="assigned", severity="minor", source="Y01", kind="fixed_date", on_day="2025-03-09")
    assert assigned(empty, problem).row["deadline"] == date(2025, 3, 17)


def test_the_source_goes_before_the_severity(empty: Office, problem: int) -> None:
    row(empty, start="assigned", source="Y01", kind="natural_days", amount=2)
    found = assigned(empty, problem)
    assert found.row["deadline"] == date(2025, 3, 12)
    assert "时限表（河长巡河；自交办起算）" in basis(found, A.ASSIGN)["why"]


# Hours


def test_hours_count_from_the_minute_of_the_step(empty: Office, problem: int) -> None:
    row(empty, start="verified", severity="minor", kind="hours", amount=36)
    empty.step(problem, A.VERIFY, happened_at="2025-03-05 15:20")
    with empty.database.read() as session:
        found = proposed_for(session, problem, Clock.RECTIFY, datetime(2025, 3, 6, 9, 0))
    assert found.deadline.due_at == datetime(2025, 3, 7, 3, 20)


def test_hours_from_a_step_without_a_time_are_whole_days(empty: Office, problem: int) -> None:
    row(empty, start="assigned", severity="minor", kind="hours", amount=24)
    found = assigned(empty, problem)
    assert found.row["deadline"] == date(2025, 3, 11)
    assert "没有时刻，按1日计" in basis(found, A.ASSIGN)["why"]


def test_handing_back_may_have_working_days(empty: Office, problem: int) -> None:
    with empty.database.read() as session:
        shipped = limit_of(session, problem_of(session, problem, None), Clock.HAND_BACK, datetime(2025, 3, 3))
    assert shipped is not None
    assert shipped.rule.text == "24小时"
    row(empty, clock="hand_back", start="assigned", kind="working_days", amount=1)
    # Assigned on Friday 14 March: one working day later is Monday 17.
    assigned(empty, problem, on="2025-03-14 16:00", deadline="2025-03-24")
    with pytest.raises(Refusal, match="交办已超过 1个工作日，不能责任退回"):
        empty.step(problem, A.HAND_BACK, happened_at="2025-03-18 08:00", words="不归本村管")
    empty.step(problem, A.HAND_BACK, happened_at="2025-03-17 17:00", words="不归本村管")
    assert detail(empty, problem).rounds[0].deadline is None
