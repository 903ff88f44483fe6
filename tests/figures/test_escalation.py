from __future__ import annotations

from datetime import date

import pytest

from river_chief.figures.escalation import proposed
from river_chief.figures.month import monthly
from river_chief.queries.ladder import ladder_rules
from river_chief.rules.escalation import Proposal
from river_chief.rules.periods import month_range
from river_chief.terms import Action
from river_chief.verbs import escalation, rule_rows
from river_chief.verbs.office import settings_of
from tests.builders import Office

TODAY = date(2025, 3, 31)


@pytest.fixture
def villages(empty: Office) -> list[int]:
    """上村 and 下村."""
    return [empty.village("上村"), empty.village("下村")]


@pytest.fixture
def reach(empty: Office, villages: list[int]) -> int:
    return empty.reach("柳塘河", *villages)


def asked(of: Office, today: date = TODAY) -> list[Proposal]:
    with of.database.read() as session:
        return proposed(session, settings_of(session), today)


def running(of: Office, village: int, reach: int, found: str, deadline: str) -> int:
    id = of.problem(village, reach, on=found)
    of.step(id, Action.VERIFY, happened_at=found)
    of.step(id, Action.ASSIGN, happened_at=found, unit="村委会", officer="赵春", deadline=deadline)
    of.step(id, Action.SIGN_FOR, happened_at=found, actor="赵春")
    return id


def only(of: Office, **row: object) -> None:
    """Leave one step on the ladder."""
    with of.database.read() as session:
        ids = [rule.id for rule in ladder_rules(session)]
    for id in ids:
        of.do(rule_rows.retire, rule_rows.RuleRetirement, ledger="ladder_step", id=id)
    of.do(rule_rows.put, rule_rows.LadderRow, ordinal=4, name="所试", paper="circulate", **row)


def test_what_is_sent_is_not_proposed_again(empty: Office, villages: list[int], reach: int) -> None:
    id = running(empty, villages[0], reach, "2025-03-10", "2025-03-20")
    (found,) = asked(empty)
    assert (found.rule.name, found.addressee) == ("逾期督办", "村委会")
    assert [rule.name for rule in found.skipped] == ["到期提醒", "逾期催办"]
    values = {"kind": "supervise", "addressee": found.addressee, "ladder_step_id": found.rule.id}
    paper = empty.do(escalation.escalate, escalation.Escalation, problem_ids=(id,), **values).id
    assert asked(empty) == []
    (later,) = asked(empty, date(2025, 4, 4))
    assert later.rule.name == "逾期通报"
    assert later.reason == "时限2025-03-20，已逾期15天；督办单砚河长办督〔2025〕1号已发未答复"
    empty.do(escalation.void_paper, escalation.PaperVoiding, paper_id=paper, reason="写错")
    assert [each.rule.name for each in asked(empty)] == ["逾期督办"]


def test_held_and_finished_problems_are_left_alone(empty: Office, villages: list[int], reach: int) -> None:
    held = running(empty, villages[0], reach, "2025-03-10", "2025-03-20")
    done = running(empty, villages[0], reach, "2025-03-10", "2025-03-20")
    assert len(asked(empty)) == 1
    empty.step(held, Action.SUSPEND, approver="镇长", until="2025-06-30", words="汛后再修")
    empty.step(done, Action.SUBMIT, progress="已清理")
    assert asked(empty) == []


def test_a_relapse_begins_the_ladder_anew(empty: Office, villages: list[int], reach: int) -> None:
    id = running(empty, villages[0], reach, "2025-02-03", "2025-02-10")
    empty.step(id, Action.SUPERVISE, happened_at="2025-02-17")
    empty.step(id, Action.SUBMIT, happened_at="2025-02-18", progress="已清理")
    empty.step(id, Action.ACCEPT, happened_at="2025-02-18", actor="钱树、孙文")
    empty.step(id, Action.CLOSE, happened_at="2025-02-18")
    empty.step(id, Action.RELAPSE, happened_at="2025-03-20", words="又堆放", deadline="2025-03-30")
    assert [each.rule.name for each in asked(empty)] == ["逾期催办"]


def test_a_low_rate_for_months_in_a_row(empty: Office, villages: list[int], reach: int) -> None:
    only(empty, trigger="rate_below", rate_key="on_time_rate", percent=80, months=2, target="village")
    for found, deadline in (("2025-01-06", "2025-01-13"), ("2025-02-10", "2025-02-17")):
        running(empty, villages[0], reach, found, deadline)
        fine = running(empty, villages[1], reach, found, deadline)
        empty.step(fine, Action.SUBMIT, happened_at=deadline, progress="已清理")
    (found_one,) = asked(empty)
    assert found_one.area_id == villages[0]
    assert found_one.reason == "按期整改率连续2个月低于80%（2025年1月0.0%，2025年2月0.0%）"
    assert asked(empty, date(2025, 2, 28)) == []  # February still runs
    given = {"kind": "circulate", "addressee": "上村", "area_id": villages[0]}
    empty.do(escalation.escalate, escalation.Escalation, ladder_step_id=found_one.rule.id, **given)
    assert asked(empty) == []


def test_last_in_rank_agrees_with_the_monthly_report(empty: Office, villages: list[int], reach: int) -> None:
    only(empty, trigger="rank_last", months=2, target="village_chief")
    empty.chief("赵春", villages[0], reach)
    running(empty, villages[0], reach, "2025-01-06", "2025-01-13")
    assert asked(empty) == []  # the only one with problems is no last one
    done = running(empty, villages[1], reach, "2025-01-06", "2025-01-13")
    empty.step(done, Action.SUBMIT, happened_at="2025-01-10", progress="已清理")
    empty.step(done, Action.ACCEPT, happened_at="2025-01-10", actor="钱树、孙文")
    empty.step(done, Action.CLOSE, happened_at="2025-01-10")
    (found,) = asked(empty)
    assert (found.area_id, found.addressee) == (villages[0], "上村村级河长赵春")
    with empty.database.read() as session:
        report = monthly(session, settings_of(session), month_range(2025, 2), TODAY)
    assert {line.name: line.rank for line in report.by_village} == {"下村": 1, "上村": 2}


def test_the_severity_of_a_step_holds_for_rates_too(empty: Office, villages: list[int], reach: int) -> None:
    only(
        empty,
        trigger="rate_below",
        rate_key="on_time_rate",
        percent=80,
        months=1,
        target="village",
        severity="major",
    )
    running(empty, villages[0], reach, "2025-02-10", "2025-02-17")
    assert asked(empty) == []
