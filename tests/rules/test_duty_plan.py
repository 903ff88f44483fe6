from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.duty_plan import DutyCalendar, windows
from river_chief.rules.patrol_rule import DutyRule, RuleBook
from river_chief.rules.periods import FloodSeason, Span, month_range
from river_chief.terms import DutyMethod, Level, Period, Role, WaterKind

FLOOD = FloodSeason((4, 1), (9, 30))
TOWN = (Role.CHIEF, Level.TOWN, WaterKind.RIVER)


def calendar(*rules: DutyRule, start_day: int = 1) -> DutyCalendar:
    return DutyCalendar(RuleBook(rules), FLOOD, start_day)


def rule(
    period: Period, count: int = 1, *, method: DutyMethod = DutyMethod.CAPPED, months: str = "", gap: int = 0
) -> DutyRule:
    return DutyRule(
        "乡级", Level.TOWN, period, count, date(2020, 1, 1), method=method, months=months, min_gap_hours=gap
    )


@pytest.mark.parametrize(
    ("days", "count", "lengths"),
    [
        (31, 4, [8, 8, 8, 7]),
        (30, 4, [8, 8, 8, 6]),
        (28, 3, [9, 9, 10]),
        (31, 2, [16, 15]),
        (30, 3, [10, 10, 10]),
        (7, 7, [1] * 7),
        (7, 1, [7]),
        (10, 6, [1, 1, 1, 1, 1, 5]),
    ],
)
def test_windows(days: int, count: int, lengths: list[int]) -> None:
    span = Span(date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=days - 1))
    assert [window.days for window in windows(span, count)] == lengths


@given(st.integers(1, 366).flatmap(lambda days: st.tuples(st.just(days), st.integers(1, days))))
def test_windows_tile_the_period_and_each_has_a_day(sizes: tuple[int, int]) -> None:
    days, count = sizes
    span = Span(date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=days - 1))
    cut = list(windows(span, count))
    assert len(cut) == count
    assert all(window.days >= 1 for window in cut)
    assert cut[0].first == span.first
    assert cut[-1].last == span.last
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(cut))


def test_only_the_months_of_the_rule_are_owed() -> None:
    plan = calendar(rule(Period.MONTH, months="3-12")).owed_periods(
        TOWN, date(2025, 1, 1), date(2025, 12, 31)
    )
    assert [each.span.last.month for each in plan] == list(range(3, 13))


def test_a_week_belongs_to_the_month_of_its_sunday() -> None:
    plan = list(calendar(rule(Period.WEEK)).owed_periods(TOWN, *month_range(2025, 3)))
    assert plan[0].span == (date(2025, 2, 24), date(2025, 3, 2))
    assert plan[-1].span == (date(2025, 3, 24), date(2025, 3, 30))
    assert len(plan) == 5


@pytest.mark.parametrize(
    ("method", "quotas"),
    [
        (DutyMethod.CAPPED, [(date(2025, 9, 1), date(2025, 9, 28), 8)]),
        (
            DutyMethod.VALID_DAYS,
            [(date(2025, 9, day), date(2025, 9, day + 6), 2) for day in (1, 8, 15, 22)],
        ),
        (
            DutyMethod.WINDOWS,
            [
                (date(2025, 9, first), date(2025, 9, last), 1)
                for day in (1, 8, 15, 22)
                for first, last in ((day, day + 3), (day + 4, day + 6))
            ],
        ),
    ],
)
def test_quotas_of_the_methods(method: DutyMethod, quotas: list[tuple[date, date, int]]) -> None:
    office = calendar(rule(Period.WEEK, 2, method=method))
    found = office.quotas(office.owed_periods(TOWN, *month_range(2025, 9)))
    assert [quota[:3] for quota in found] == quotas


def test_patrols_must_be_known_from_the_first_period_that_ends_in_the_range() -> None:
    march = month_range(2025, 3)
    assert calendar().facts_from(*march) == date(2025, 3, 1)
    assert calendar(rule(Period.MONTH)).facts_from(*march) == date(2025, 3, 1)
    assert calendar(rule(Period.MONTH), rule(Period.WEEK)).facts_from(*march) == date(2025, 2, 24)
    assert calendar(rule(Period.QUARTER)).facts_from(*march) == date(2025, 1, 1)
    assert calendar(rule(Period.QUARTER)).facts_from(*month_range(2025, 2)) == date(2025, 2, 1)
    assert calendar(rule(Period.WEEK, gap=96)).facts_from(*march) == date(2025, 1, 1)
    assert calendar(rule(Period.WEEK, gap=96)).facts_from(*month_range(2025, 1)) == date(2024, 1, 1)


def test_an_office_that_counts_from_the_26th() -> None:
    office = calendar(rule(Period.MONTH), start_day=26)
    plan = list(office.owed_periods(TOWN, *month_range(2025, 3, 26)))
    assert [each.span for each in plan] == [(date(2025, 2, 26), date(2025, 3, 25))]
    assert office.year_start(date(2025, 1, 1)) == date(2024, 12, 26)
