from __future__ import annotations

from fractions import Fraction

import pytest

from river_chief.rules.lights import LIT, Limits, contradiction, light_of
from river_chief.terms import Light
from river_chief.verbs.office import shipped

HIGH, LOW = Limits(95, 85), Limits(5, 15, less_is_better=True)


@pytest.mark.parametrize(
    ("limits", "part", "light"),
    [
        (HIGH, Fraction(1), Light.GREEN),
        (HIGH, Fraction(95, 100), Light.GREEN),
        (HIGH, Fraction(94999, 100000), Light.YELLOW),
        (HIGH, Fraction(85, 100), Light.YELLOW),
        (HIGH, Fraction(84, 100), Light.RED),
        (HIGH, Fraction(0), Light.RED),
        (LOW, Fraction(0), Light.GREEN),
        (LOW, Fraction(5, 100), Light.GREEN),
        (LOW, Fraction(51, 1000), Light.YELLOW),
        (LOW, Fraction(15, 100), Light.YELLOW),
        (LOW, Fraction(1, 6), Light.RED),
        (Limits(99.9, 99.8), Fraction(999, 1000), Light.GREEN),
        (Limits(90, 90), Fraction(899, 1000), Light.RED),
    ],
)
def test_a_limit_belongs_to_the_better_side(limits: Limits, part: Fraction, light: Light) -> None:
    assert limits.light(part) is light


def test_no_light_without_limits_or_without_anything_to_judge() -> None:
    table = {"on_time_rate": HIGH}
    assert light_of(table, "on_time_rate", Fraction(9, 10)) is Light.YELLOW
    assert light_of(table, "on_time_rate", None) is None
    assert light_of(table, "overdue_rate", Fraction(9, 10)) is None


def test_words() -> None:
    assert HIGH.text == "绿≥95%，黄≥85%，低于85%为红"
    assert LOW.text == "绿≤5%，黄≤15%，高于15%为红"
    assert [each.mark for each in Light] == ["● 绿", "▲ 黄", "■ 红"]


@pytest.mark.parametrize(
    ("key", "green", "yellow", "said"),
    [
        ("on_time_rate", 95, 85, ""),
        ("on_time_rate", 85, 85, ""),
        ("on_time_rate", 85, 95, "绿的下限要不低于黄的下限"),
        ("overdue_rate", 5, 15, ""),
        ("overdue_rate", 15, 5, "绿的上限要不高于黄的上限"),
        ("own_finding_rate", 95, 85, "不能亮灯"),
        ("nothing", 95, 85, "不能亮灯"),
    ],
)
def test_limits_run_with_the_direction_of_the_rate(key: str, green: float, yellow: float, said: str) -> None:
    wrong = contradiction(key, green, yellow)
    assert said in wrong
    assert bool(wrong) is bool(said)


def test_the_shipped_limits_hold_and_say_that_they_are_the_programs_own() -> None:
    rows = shipped("rules/lights.csv")
    assert {row["rate_key"] for row in rows} == set(LIT)
    for row in rows:
        assert contradiction(row["rate_key"], float(row["green"]), float(row["yellow"])) == ""
        assert "程序默认，可改" in row["note"]
