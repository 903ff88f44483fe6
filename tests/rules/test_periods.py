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
    months_in,
    period_before,
    period_kind,
    period_of,
    periods_ending_in,
    span_text,
    year_before,
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


def days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


NAMED = [
    (days("2026-03-01", "2026-03-31"), 1, Period.MONTH, "2026年3月"),
    (days("2026-01-01", "2026-03-31"), 1, Period.QUARTER, "2026年一季度"),
    (days("2026-10-01", "2026-12-31"), 1, Period.QUARTER, "2026年四季度"),
    (days("2026-01-01", "2026-06-30"), 1, Period.HALF_YEAR, "2026年上半年"),
    (days("2026-07-01", "2026-12-31"), 1, Period.HALF_YEAR, "2026年下半年"),
    (days("2026-01-01", "2026-12-31"), 1, Period.YEAR, "2026年"),
    (days("2025-12-26", "2026-03-25"), 26, Period.QUARTER, "2026年一季度"),
    (days("2025-12-26", "2026-12-25"), 26, Period.YEAR, "2026年"),
    (days("2025-12-26", "2026-01-25"), 26, Period.MONTH, "2026年1月"),
    (days("2026-01-01", "2026-05-31"), 1, None, "2026年1—5月"),
    (days("2026-02-01", "2026-04-30"), 1, None, "2026年2—4月"),
    (days("2025-11-01", "2026-02-28"), 1, None, "2025年11月—2026年2月"),
    (days("2026-01-01", "2026-03-31"), 26, None, "2026年1月1日至3月31日"),
    (days("2026-03-05", "2026-03-20"), 1, None, "2026年3月5日至3月20日"),
    (days("2025-12-30", "2026-01-02"), 1, None, "2025年12月30日至2026年1月2日"),
    (days("2026-03-05", "2026-03-05"), 1, None, "2026年3月5日"),
]


@pytest.mark.parametrize(("span", "start_day", "kind", "text"), NAMED)
def test_a_span_is_known_by_its_name(span: Span, start_day: int, kind: Period | None, text: str) -> None:
    assert period_kind(span, start_day) is kind
    assert span_text(span, start_day) == text


@pytest.mark.parametrize(
    ("span", "start_day", "before", "last_year"),
    [
        (("2026-03-01", "2026-03-31"), 1, ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        (("2026-01-01", "2026-01-31"), 1, ("2025-12-01", "2025-12-31"), ("2025-01-01", "2025-01-31")),
        (("2026-04-01", "2026-06-30"), 1, ("2026-01-01", "2026-03-31"), ("2025-04-01", "2025-06-30")),
        (("2026-01-01", "2026-06-30"), 1, ("2025-07-01", "2025-12-31"), ("2025-01-01", "2025-06-30")),
        (("2024-01-01", "2024-12-31"), 1, ("2023-01-01", "2023-12-31"), ("2023-01-01", "2023-12-31")),
        (("2025-12-26", "2026-01-25"), 26, ("2025-11-26", "2025-12-25"), ("2024-12-26", "2025-01-25")),
        (("2026-01-01", "2026-05-31"), 1, ("2025-08-01", "2025-12-31"), ("2025-01-01", "2025-05-31")),
        (("2026-03-05", "2026-03-20"), 1, ("2026-02-17", "2026-03-04"), ("2025-03-05", "2025-03-20")),
        (("2024-02-20", "2024-02-29"), 26, ("2024-02-10", "2024-02-19"), ("2023-02-20", "2023-02-28")),
        (("2024-02-01", "2024-02-29"), 1, ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
    ],
)
def test_what_a_period_is_compared_with(
    span: tuple[str, str], start_day: int, before: tuple[str, str], last_year: tuple[str, str]
) -> None:
    assert period_before(days(*span), start_day) == days(*before)
    assert year_before(days(*span), start_day) == days(*last_year)


@given(DAYS, START_DAYS, st.sampled_from([Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR]))
def test_the_period_before_is_of_the_same_kind_and_ends_the_day_before(
    day: date, start_day: int, kind: Period
) -> None:
    span = period_of(kind, day, start_day)
    before = period_before(span, start_day)
    assert before.last == span.first - timedelta(days=1)
    assert period_kind(before, start_day) is kind
    assert len(months_in(before, start_day)) == len(months_in(span, start_day))
    assert period_kind(year_before(span, start_day), start_day) is kind
