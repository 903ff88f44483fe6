from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from river_chief.figures.rates import BY_KEY
from river_chief.rules.escalation import Proposal, addressee_of, proposals
from river_chief.rules.ladder import LADDER_PAPERS, RATE_NAMES, LadderRule, Letter, Running, Village, level_of
from river_chief.terms import PaperKind, Severity, Target, Trigger
from river_chief.verbs.steps.reminding import ACTIONS

TODAY = date(2026, 3, 31)
REMIND = LadderRule(1, 1, "到期提醒", Trigger.BEFORE_DUE, Target.OFFICER, PaperKind.REMIND, days=3)
URGE = LadderRule(2, 2, "逾期催办", Trigger.AFTER_DUE, Target.UNIT, PaperKind.URGE, days=1)
SUPERVISE = LadderRule(3, 3, "逾期督办", Trigger.AFTER_DUE, Target.UNIT, PaperKind.SUPERVISE, days=7)
MANY = LadderRule(4, 4, "多件逾期通报", Trigger.OVERDUE_COUNT, Target.VILLAGE, PaperKind.CIRCULATE, count=3)
LOW = LadderRule(
    5,
    4,
    "按期率偏低通报",
    Trigger.RATE_BELOW,
    Target.VILLAGE,
    PaperKind.CIRCULATE,
    rate_key="on_time_rate",
    percent=80,
    months=2,
)
LAST = LadderRule(6, 5, "连续末位约谈", Trigger.RANK_LAST, Target.VILLAGE_CHIEF, PaperKind.SUMMON, months=3)
RELAPSED = LadderRule(7, 5, "反弹约谈", Trigger.RELAPSE, Target.VILLAGE_CHIEF, PaperKind.SUMMON, count=2)
LADDER = (REMIND, URGE, SUPERVISE, MANY, LOW, LAST, RELAPSED)
VILLAGE = Village(9, "古井村", "秦根", "许立")


def problem(late: int, id: int = 1, **values: object) -> Running:
    """A problem that is so many days late (below zero: still to come)."""
    made = Running(
        id=id,
        number=f"砚2026-{id:03}",
        assign_number=f"砚河长办交〔2026〕{id}号",
        deadline=TODAY - timedelta(days=late),
        severity=Severity.MINOR,
        village_id=9,
        village="古井村",
        unit="砚溪镇古井村",
        officer="秦根",
        village_chief="秦根",
        town_chief="许立",
        relapses=0,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def propose(*running: Running, village: Village = VILLAGE, **runs: str) -> list[Proposal]:
    found = {int(key[1:]): {9: reason} for key, reason in runs.items()}
    return proposals(LADDER, running, [village], found, TODAY)


def letter(rule: LadderRule | None, kind: PaperKind = PaperKind.URGE, answered: bool = False) -> Letter:
    return Letter(rule.paper if rule else kind, "砚河长办催〔2026〕3号", rule.id if rule else None, answered)


@pytest.mark.parametrize(
    ("late", "wanted"),
    [
        (-4, ""),
        (-3, "到期提醒"),
        (0, "到期提醒"),
        (1, "逾期催办"),
        (6, "逾期催办"),
        (7, "逾期督办"),
        (90, "逾期督办"),
    ],
)
def test_the_day_decides_the_step(late: int, wanted: str) -> None:
    assert [each.rule.name for each in propose(problem(late))] == [wanted][: bool(wanted)]


def test_the_highest_step_due_names_the_milder_ones_never_sent() -> None:
    (found,) = propose(problem(8))
    assert found.rule == SUPERVISE
    assert found.skipped == (REMIND, URGE)
    assert found.reason == "时限2026-03-23，已逾期8天"
    assert found.addressee == "砚溪镇古井村"


def test_the_last_letter_stands_in_the_reason() -> None:
    (found,) = propose(problem(8, letters=(letter(REMIND), letter(URGE))))
    assert found.skipped == ()
    assert found.reason == "时限2026-03-23，已逾期8天；催办单砚河长办催〔2026〕3号已发未答复"
    (found,) = propose(problem(8, letters=(letter(URGE, answered=True),)))
    assert found.reason.endswith("砚河长办催〔2026〕3号已答复")


def test_a_level_is_used_once_and_the_milder_ones_are_quiet_after_it() -> None:
    assert propose(problem(3, letters=(letter(URGE),))) == []
    assert propose(problem(3, letters=(letter(SUPERVISE),))) == []
    assert propose(problem(-2, letters=(letter(URGE),))) == []  # after an extension


def test_a_letter_of_no_step_stands_for_the_mildest_of_its_kind() -> None:
    assert level_of([letter(None)], LADDER) == 2
    assert level_of([letter(None, PaperKind.ACCOUNT)], LADDER) == 0
    retired = Letter(PaperKind.CIRCULATE, "砚河长办通〔2026〕1号", 99, False)
    assert level_of([retired], LADDER) == 4
    assert propose(problem(3, letters=(letter(None),))) == []


def test_problems_of_one_unit_go_on_one_paper() -> None:
    found = propose(
        problem(9, 1), problem(8, 2), problem(8, 3, unit="砚溪镇上砚村", village_id=8, village="上砚村")
    )
    assert [(each.addressee, [p.id for p in each.problems]) for each in found] == [
        ("砚溪镇古井村", [1, 2]),
        ("砚溪镇上砚村", [3]),
    ]
    assert found[0].reason == "砚2026-001已逾期9天、砚2026-002已逾期8天"
    assert found[0].about == "砚2026-001、砚2026-002"


def test_a_severity_keeps_the_step_to_its_own() -> None:
    only_major = replace(SUPERVISE, severity=Severity.MAJOR)
    (found,) = proposals([URGE, only_major], [problem(9)], [], {}, TODAY)
    assert found.rule == URGE
    (found,) = proposals([URGE, only_major], [problem(9, severity=Severity.MAJOR)], [], {}, TODAY)
    assert found.rule == only_major


def test_relapses_are_counted_whatever_the_deadline() -> None:
    (found,) = propose(problem(-20, relapses=2))
    assert found.rule == RELAPSED
    assert found.addressee == "古井村村级河长秦根"
    assert found.reason == "同一问题已反弹2次"
    assert found.skipped == ()


def test_many_overdue_in_a_village_take_the_place_of_their_single_papers() -> None:
    late = [problem(days, id) for id, days in enumerate((9, 8, 2), 1)]
    (found,) = propose(*late)
    assert found.rule == MANY
    assert found.area_id == 9
    assert found.addressee == "古井村"
    assert [each.id for each in found.problems] == [1, 2, 3]
    assert found.reason == "古井村有3个问题逾期"
    assert [each.rule for each in propose(*late[:2])] == [SUPERVISE]


def test_a_village_is_urged_once_in_a_month_at_a_level() -> None:
    late = [problem(2, id) for id in (1, 2, 3)]
    told = replace(VILLAGE, letters=(letter(MANY),))
    assert {each.rule.name for each in propose(*late, village=told)} == {"逾期催办"}


def test_months_in_a_row_concern_a_village_without_problems() -> None:
    (found,) = propose(_5="按期整改率连续2个月低于80%（2026年1月50%，2026年2月0.0%）")
    assert (found.rule, found.area_id, found.problems, found.about) == (LOW, 9, (), "古井村")
    (found,) = propose(_5="低", _6="整改销号率连续3个月排名末位")
    assert found.rule == LAST
    assert found.addressee == "古井村村级河长秦根"
    assert found.skipped == (LOW,)


def test_the_gravest_stand_first() -> None:
    running = [problem(-1, 1), problem(2, 2), problem(30, 3, unit="甲"), problem(40, 4, unit="乙")]
    assert [each.rule.ordinal for each in proposals(LADDER, running, [], {}, TODAY)] == [3, 3, 2, 1]
    assert [each.addressee for each in proposals(LADDER, running, [], {}, TODAY)][:2] == ["乙", "甲"]


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        (Target.OFFICER, "砚溪镇古井村秦根"),
        (Target.UNIT, "砚溪镇古井村"),
        (Target.VILLAGE, "古井村"),
        (Target.VILLAGE_CHIEF, "古井村村级河长秦根"),
        (Target.TOWN_CHIEF, "乡级河长许立"),
        (Target.ABOVE, ""),
    ],
)
def test_whom_a_step_goes_to(target: Target, wanted: str) -> None:
    assert addressee_of(target, problem(1)) == wanted


def test_who_has_no_officer_is_written_to_as_a_unit() -> None:
    assert addressee_of(Target.OFFICER, problem(1, officer="")) == "砚溪镇古井村"
    assert addressee_of(Target.UNIT, problem(1, unit="")) == "古井村"


def test_what_a_ladder_may_name_is_there() -> None:
    assert {key: BY_KEY[key].name for key in RATE_NAMES} == RATE_NAMES
    assert set(LADDER_PAPERS) == set(ACTIONS)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (REMIND, "到期前3日"),
        (SUPERVISE, "逾期7日"),
        (MANY, "一个村同时逾期3件"),
        (LOW, "按期整改率连续2个月低于80%"),
        (LAST, "连续3个月排名末位"),
        (RELAPSED, "同一问题反弹2次"),
    ],
)
def test_a_condition_is_said_in_words(rule: LadderRule, wanted: str) -> None:
    assert rule.condition == wanted
