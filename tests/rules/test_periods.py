from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.errors import Refusal
from river_chief.rules.periods import (
    FloodSeason,
    Span,
    month_day,
    month_of,
    month_range,
    period_of,
    periods_ending_in,
)
from river_chief.terms import Period

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
START_DAYS = st.integers(1, 28)


@pytest.mark.parametrize(
    ("year", "month", "start_day", "first", "last"),
    [
        (2025, 3, 1, date(2025, 3, 1), date(2025, 3, 31)),
        (2024, 2, 1, date(2024, 2, 1), date(2024, 2, 29)),
        (2025, 3, 26, date(2025, 2, 26), date(2025, 3, 25)),
        (2025, 1, 26, date(2024, 12, 26), date(2025, 1, 25)),
        (2025, 12, 21, date(2025, 11, 21), date(2025, 12, 20)),
    ],
)
def test_month_range(year: int, month: int, start_day: int, first: date, last: date) -> None:
    assert month_range(year, month, start_day) == (first, last)


@pytest.mark.parametrize("start_day", [0, 29, -1])
def test_a_month_cannot_start_on_a_day_some_months_lack(start_day: int) -> None:
    with pytest.raises(ValueError, match="start"):
        month_range(2025, 3, start_day)


@given(DAYS, START_DAYS)
def test_every_day_lies_in_the_month_named_for_it(day: date, start_day: int) -> None:
    assert day in month_range(*month_of(day, start_day), start_day)


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        (Period.WEEK, date(2025, 3, 2), date(2025, 2, 24), date(2025, 3, 2)),
        (Period.WEEK, date(2025, 3, 3), date(2025, 3, 3), date(2025, 3, 9)),
        (Period.TEN_DAYS, date(2025, 2, 10), date(2025, 2, 1), date(2025, 2, 10)),
        (Period.TEN_DAYS, date(2025, 2, 11), date(2025, 2, 11), date(2025, 2, 20)),
        (Period.TEN_DAYS, date(2025, 2, 21), date(2025, 2, 21), date(2025, 2, 28)),
        (Period.HALF_MONTH, date(2025, 3, 15), date(2025, 3, 1), date(2025, 3, 15)),
        (Period.HALF_MONTH, date(2025, 3, 16), date(2025, 3, 16), date(2025, 3, 31)),
        (Period.MONTH, date(2025, 3, 16), date(2025, 3, 1), date(2025, 3, 31)),
        (Period.QUARTER, date(2025, 5, 1), date(2025, 4, 1), date(2025, 6, 30)),
        (Period.HALF_YEAR, date(2025, 7, 1), date(2025, 7, 1), date(2025, 12, 31)),
        (Period.YEAR, date(2025, 7, 1), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_period_a_day_lies_in(period: Period, day: date, first: date, last: date) -> None:
    assert period_of(period, day) == (first, last)


def test_longer_periods_follow_the_offices_months() -> None:
    assert period_of(Period.QUARTER, date(2025, 3, 26), 26) == (date(2025, 3, 26), date(2025, 6, 25))
    assert period_of(Period.YEAR, date(2024, 12, 26), 26) == (date(2024, 12, 26), date(2025, 12, 25))
    assert period_of(Period.WEEK, date(2025, 3, 26), 26) == period_of(Period.WEEK, date(2025, 3, 26))


@given(st.sampled_from(Period), DAYS, START_DAYS)
def test_periods_tile_time(period: Period, day: date, start_day: int) -> None:
    span = period_of(period, day, start_day)
    assert day in span
    assert period_of(period, span.first, start_day) == period_of(period, span.last, start_day) == span
    after = period_of(period, span.last + timedelta(days=1), start_day)
    assert after.first == span.last + timedelta(days=1)


@given(st.sampled_from(Period), st.integers(2002, 2089), START_DAYS)
def test_each_period_ends_in_exactly_one_month_of_the_year(period: Period, year: int, start_day: int) -> None:
    first, last = month_range(year, 1, start_day).first, month_range(year, 12, start_day).last
    whole = list(periods_ending_in(period, first, last, start_day))
    by_month = [
        span
        for month in range(1, 13)
        for span in periods_ending_in(period, *month_range(year, month, start_day), start_day)
    ]
    assert by_month == whole


def test_2025_has_52_weeks() -> None:
    weeks = list(periods_ending_in(Period.WEEK, date(2025, 1, 1), date(2025, 12, 31)))
    assert len(weeks) == 52
    assert weeks[0].last == date(2025, 1, 5)
    assert weeks[-1].last == date(2025, 12, 28)


def test_a_period_that_ends_later_is_not_given() -> None:
    assert list(periods_ending_in(Period.QUARTER, date(2025, 1, 1), date(2025, 3, 30))) == []


def test_span_knows_its_days() -> None:
    span = Span(date(2025, 2, 1), date(2025, 2, 28))
    assert span.days == 28
    assert date(2025, 2, 28) in span
    assert date(2025, 3, 1) not in span
    assert "2025-02-28" not in span


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
    ],
)
def test_flood_season_counts_both_ends(day: date, inside: bool) -> None:
    assert (day in FloodSeason((4, 1), (9, 30))) is inside


def test_a_flood_season_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refusal, match="汛期"):
        FloodSeason((9, 30), (4, 1))


@pytest.mark.parametrize(("text", "parts"), [("04-01", (4, 1)), (" 9-30 ", (9, 30)), ("02-29", (2, 29))])
def test_month_day(text: str, parts: tuple[int, int]) -> None:
    assert month_day(text) == parts


@pytest.mark.parametrize("text", ["", "13-01", "04-31", "0401", "4月1日", "2025-04-01"])
def test_no_month_day(text: str) -> None:
    with pytest.raises(Refusal, match="月-日"):
        month_day(text)
