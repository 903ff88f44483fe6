from __future__ import annotations

from datetime import date, timedelta

import pytest

from river_chief.rules.calendar import WorkCalendar, weekday_text

# The State Council's arrangements as published: holidays (first, last) and worked weekends.
HOLIDAYS = {
    2025: ["1-1 1-1", "1-28 2-4", "4-4 4-6", "5-1 5-5", "5-31 6-2", "10-1 10-8"],
    2026: ["1-1 1-3", "2-15 2-23", "4-4 4-6", "5-1 5-5", "6-19 6-21", "9-25 9-27", "10-1 10-7"],
}
MADE_UP = {
    2025: ["1-26", "2-8", "4-27", "9-28", "10-11"],
    2026: ["1-4", "2-14", "2-28", "5-9", "9-20", "10-10"],
}


def day_of(year: int, text: str) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_a_published_year(year: int) -> None:
    holidays = set()
    for span in HOLIDAYS[year]:
        first, last = (day_of(year, text) for text in span.split())
        holidays |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    made_up = {day_of(year, text) for text in MADE_UP[year]}
    calendar = WorkCalendar()
    for day in days_of(year):
        expected = day in made_up or (day.weekday() < 5 and day not in holidays)
        found = calendar.day(day)
        assert found.is_working is expected, day
        assert found.is_ordinary is (day not in holidays | made_up), day
        assert not found.unconfirmed


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 10, 1), "国庆节放假"),
        (date(2025, 10, 11), "国庆节调休上班"),
        (date(2025, 10, 12), "周日"),
        (date(2025, 10, 13), "工作日"),
        (date(2025, 2, 4), "春节放假"),
        (date(2025, 5, 31), "端午放假"),
    ],
)
def test_the_reason(day: date, reason: str) -> None:
    assert WorkCalendar().day(day).reason == reason


@pytest.mark.parametrize("year", [2003, 2028, 2041])
def test_a_year_nobody_published_counts_weekends_and_says_so(year: int) -> None:
    calendar = WorkCalendar()
    for day in days_of(year):
        found = calendar.day(day)
        assert found.is_working is (day.weekday() < 5)
        assert found.unconfirmed


def test_the_offices_table_wins_over_the_published_one() -> None:
    calendar = WorkCalendar(
        {
            date(2025, 7, 10): (False, "台风停工"),
            date(2025, 7, 12): (True, "台风后补班"),
            date(2025, 10, 1): (True, ""),
            date(2025, 7, 14): (False, " "),
        }
    )
    stopped, made_up = calendar.day(date(2025, 7, 10)), calendar.day(date(2025, 7, 12))
    assert (stopped.is_working, stopped.reason) == (False, "台风停工")
    assert (made_up.is_working, made_up.reason) == (True, "台风后补班")
    assert calendar.is_working(date(2025, 10, 1))
    assert calendar.day(date(2025, 7, 14)).reason == "放假"


def test_a_worked_weekend_without_a_word_has_a_reason() -> None:
    day = WorkCalendar({date(2025, 7, 12): (True, "")}).day(date(2025, 7, 12))
    assert not day.is_ordinary
    assert day.reason == "上班"


def test_a_day_in_the_offices_table_is_confirmed_but_not_its_year() -> None:
    calendar = WorkCalendar({date(2028, 1, 3): (False, "元旦放假")})
    assert not calendar.day(date(2028, 1, 3)).unconfirmed
    assert calendar.day(date(2028, 1, 4)).unconfirmed


def test_a_year_the_office_entered_completely_is_confirmed() -> None:
    calendar = WorkCalendar({date(2028, 1, 3): (False, "元旦放假")}, published=[2028])
    assert not calendar.day(date(2028, 1, 4)).unconfirmed
    assert calendar.day(date(2029, 1, 4)).unconfirmed


def test_weekday_text() -> None:
    assert [weekday_text(date(2025, 9, day)) for day in (1, 6, 7)] == ["周一", "周六", "周日"]
