from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from river_chief.errors import Refusal
from river_chief.resources import resource
from river_chief.rules.patrol_rule import METHOD_SENTENCES, DutyRule, RuleBook, parse_kinds, parse_months
from river_chief.terms import DutyMethod, DutyUnit, Level, Period, Role, WaterKind

START = date(2020, 1, 1)
RIVER = (Role.CHIEF, Level.TOWN, WaterKind.RIVER)
RESERVOIR = (Role.CHIEF, Level.TOWN, WaterKind.RESERVOIR)


def rule(name: str = "乡级", **changes: Any) -> DutyRule:
    values: dict[str, Any] = {
        "name": name,
        "level": Level.TOWN,
        "period": Period.MONTH,
        "count": 1,
        "valid_from": START,
    }
    return DutyRule(**(values | changes))


def test_the_most_special_rule_applies() -> None:
    plain = rule("层级")
    by_role = rule("角色", role=Role.CHIEF)
    by_kind = rule("类型", kind=WaterKind.RESERVOIR)
    by_both = rule("类型和角色", kind=WaterKind.RESERVOIR, role=Role.CHIEF)
    day = date(2025, 3, 1)
    deputy = (Role.DEPUTY_GENERAL_CHIEF, Level.TOWN, WaterKind.RESERVOIR)
    book = RuleBook([by_both, plain, by_kind, by_role])
    assert book.rule_on(day, RESERVOIR) is by_both
    assert book.rule_on(day, deputy) is by_kind
    assert book.rule_on(day, RIVER) is by_role
    assert book.rule_on(day, (Role.DEPUTY_GENERAL_CHIEF, Level.TOWN, WaterKind.RIVER)) is plain
    assert RuleBook([plain, by_role, by_kind]).rule_on(day, RESERVOIR) is by_kind


def test_another_level_owes_nothing() -> None:
    assert RuleBook([rule()]).rule_on(START, (Role.CHIEF, Level.VILLAGE, WaterKind.RIVER)) is None


@pytest.mark.parametrize("role", [role for role in Role if not role.is_chief])
def test_a_rule_without_a_role_speaks_of_chiefs_only(role: Role) -> None:
    assert RuleBook([rule()]).rule_on(START, (role, Level.TOWN, WaterKind.RIVER)) is None
    own = rule("专岗", role=role)
    assert RuleBook([own]).rule_on(START, (role, Level.TOWN, WaterKind.RIVER)) is own


def test_rules_apply_from_their_first_to_their_last_day() -> None:
    old = rule("旧", valid_to=date(2025, 6, 30))
    new = rule("新", valid_from=date(2025, 9, 1))
    book = RuleBook([new, old])
    on = [
        book.rule_on(day, RIVER)
        for day in (
            date(2019, 12, 31),
            START,
            date(2025, 6, 30),
            date(2025, 7, 1),
            date(2025, 8, 31),
            date(2025, 9, 1),
        )
    ]
    assert on == [None, old, old, None, None, new]
    assert book.rules_between(date(2025, 1, 1), date(2025, 12, 31), RIVER) == [old, None, new]
    assert book.rules_between(date(2025, 7, 1), date(2025, 8, 31), RIVER) == [None]


def test_of_two_equally_special_rules_the_younger_applies() -> None:
    old, new = rule("同名"), rule("同名", valid_from=date(2025, 9, 1), count=3)
    book = RuleBook([old, new])
    assert book.rule_on(date(2025, 8, 31), RIVER) is old
    assert book.rule_on(date(2025, 9, 1), RIVER) is new


@pytest.mark.parametrize(
    ("minutes", "km", "kind", "counts"),
    [
        (10, 0.5, WaterKind.RIVER, True),
        (9, 0.5, WaterKind.RIVER, False),
        (10, 0.49, WaterKind.RIVER, False),
        (None, 0.5, WaterKind.RIVER, False),
        (10, None, WaterKind.RIVER, False),
        (10, None, None, False),
        (10, None, WaterKind.RESERVOIR, True),
        (9, None, WaterKind.RESERVOIR, False),
    ],
)
def test_when_a_patrol_is_long_enough(
    minutes: int | None, km: float | None, kind: WaterKind | None, counts: bool
) -> None:
    strict = rule(min_minutes=10, min_km=0.5, exempt_kinds="reservoir;lake")
    assert strict.counts(minutes, km, kind) is counts
    assert rule().counts(minutes, km, kind)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("", set(range(1, 13))),
        ("3-12", set(range(3, 13))),
        ("1-2;11-12", {1, 2, 11, 12}),
        ("5", {5}),
        ("1、3，5", {1, 3, 5}),
    ],
)
def test_months(text: str, months: set[int]) -> None:
    assert parse_months(text) == months


@pytest.mark.parametrize("text", ["0-3", "3-13", "12-3", "三月", "3-", ";"])
def test_months_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Refusal, match="适用月份"):
        parse_months(text)


def test_kinds_by_code_or_label() -> None:
    assert parse_kinds("reservoir;湖塘") == {WaterKind.RESERVOIR, WaterKind.LAKE}
    assert parse_kinds("") == frozenset()
    with pytest.raises(Refusal, match="“大海”不认识"):
        parse_kinds("reservoir;大海")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"period": Period.WEEK, "count": 8}, "每周8次不成立"),
        ({"count": -1}, "每月-1次不成立"),
        ({"flood_count": 29}, "每月29次不成立"),
        ({"valid_to": date(2019, 1, 1)}, "停用日期早于启用日期"),
        ({"months": "x"}, "适用月份"),
        ({"exempt_kinds": "x"}, "不认识"),
    ],
)
def test_rules_that_cannot_hold_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        rule(**changes)


def test_a_rule_explains_itself() -> None:
    strict = rule(
        count=1,
        flood_count=2,
        months="3-12",
        min_minutes=30,
        min_km=2.0,
        min_gap_hours=96,
        exempt_kinds="reservoir",
    )
    assert strict.sentence == (
        "乡级河长每人每河段每月1次，汛期2次，限3-12月；有效巡河：不少于30分钟、不少于2公里（水库不限里程）、"
        f"距上次有效巡河不少于96小时、同日只计一次；{METHOD_SENTENCES[DutyMethod.CAPPED]}。"
    )
    narrow = rule(role=Role.RANGER, kind=WaterKind.LAKE, unit=DutyUnit.PER_CHIEF, flood_count=1)
    assert narrow.sentence.startswith("乡级河道专管员（湖塘）每人每月1次；有效巡河：同日只计一次；")
    assert set(METHOD_SENTENCES) == set(DutyMethod)


def test_the_shipped_rules_can_be_read() -> None:
    with resource("rules/patrol_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reader = TypeAdapter(DutyRule)
    rules = [
        reader.validate_python({key: text for key, text in row.items() if text and key != "note"})
        for row in rows
    ]
    assert [(each.level, each.period, each.count, each.flood_count) for each in rules] == [
        (Level.CITY, Period.HALF_YEAR, 1, None),
        (Level.COUNTY, Period.QUARTER, 1, None),
        (Level.TOWN, Period.MONTH, 1, 2),
        (Level.VILLAGE, Period.WEEK, 1, None),
    ]
    for each, row in zip(rules, rows, strict=True):
        assert (each.min_minutes, each.min_km, each.exempt) == (10, 0.5, frozenset({WaterKind.RESERVOIR}))
        assert row["note"].startswith("默认，可改")


def test_the_shipped_campaigns_name_every_tag_of_the_categories() -> None:
    with resource("rules/campaigns.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    with resource("categories.csv").open(encoding="utf-8", newline="") as file:
        tags = {tag for row in csv.DictReader(file) for tag in row["tags"].split(";") if tag}
    assert len(set(names)) == len(names)
    assert tags <= set(names)
    assert "图斑核查" in names
