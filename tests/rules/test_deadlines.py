from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from river_chief.errors import Refusal
from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadlines import DeadlineRule, days_left, deadline_from, overdue_days
from river_chief.terms import DeadlineKind

CALENDAR = WorkCalendar()
STARTS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
AMOUNTS = st.integers(1, 60)


def working_days(amount: int) -> DeadlineRule:
    return DeadlineRule(kind=DeadlineKind.WORKING_DAYS, amount=amount)


def natural_days(amount: int, *, roll: bool = True) -> DeadlineRule:
    return DeadlineRule(kind=DeadlineKind.NATURAL_DAYS, amount=amount, roll=roll)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (date(2025, 9, 29), 5, date(2025, 10, 13)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 10, 1), 1, date(2025, 10, 9)),
        (date(2025, 1, 24), 1, date(2025, 1, 26)),
        (date(2025, 1, 27), 4, date(2025, 2, 8)),
        (date(2025, 4, 25), 3, date(2025, 4, 29)),
        (date(2025, 5, 30), 1, date(2025, 6, 3)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 5, date(2026, 2, 28)),
        (date(2026, 9, 24), 3, date(2026, 9, 30)),
        # A notice of closing shown from Tuesday 27 January to Monday 9 February 2026: ten working days.
        (date(2026, 1, 26), 10, date(2026, 2, 9)),
        (date(2024, 9, 13), 1, date(2024, 9, 14)),
        (date(2024, 9, 14), 1, date(2024, 9, 18)),
        (date(2025, 3, 8), 0, date(2025, 3, 8)),
    ],
)
def test_working_days(start: date, amount: int, due: date) -> None:
    assert deadline_from(working_days(amount), start, CALENDAR).due == due


@pytest.mark.parametrize(
    ("start", "amount", "roll", "due"),
    [
        (date(2025, 3, 3), 7, True, date(2025, 3, 10)),
        (date(2025, 3, 1), 7, True, date(2025, 3, 10)),
        (date(2025, 3, 1), 7, False, date(2025, 3, 8)),
        (date(2025, 9, 25), 7, True, date(2025, 10, 9)),
        (date(2025, 9, 25), 3, True, date(2025, 9, 28)),
        (date(2024, 2, 28), 1, True, date(2024, 2, 29)),
        (date(2025, 3, 8), 0, True, date(2025, 3, 8)),
    ],
)
def test_natural_days(start: date, amount: int, roll: bool, due: date) -> None:
    assert deadline_from(natural_days(amount, roll=roll), start, CALENDAR).due == due


@pytest.mark.parametrize(
    ("rule", "start", "sentence"),
    [
        (
            working_days(5),
            date(2025, 9, 29),
            "从2025年9月29日起5个工作日（当日不计）：10月1日至8日国庆节、中秋放假，"
            "10月11日（周六）国庆节调休上班，10月12日周日，到2025年10月13日（周一）。",
        ),
        (
            working_days(2),
            date(2025, 3, 4),
            "从2025年3月4日起2个工作日（当日不计），到2025年3月6日（周四）。",
        ),
        (
            working_days(30),
            date(2025, 9, 20),
            "从2025年9月20日起30个工作日（当日不计）：9月28日（周日）国庆节调休上班，10月1日至8日国庆节、中秋放假，"
            "10月11日（周六）国庆节调休上班，另有周末9天，到2025年11月6日（周四）。",
        ),
        (
            working_days(10),
            date(2026, 12, 31),
            "从2026年12月31日起10个工作日（当日不计）：2027年1月2日至3日周末，2027年1月9日至10日周末，"
            "到2027年1月14日（周四）；程序中没有2027年的放假安排，只扣除周末，待国务院公布后复核。",
        ),
        (
            working_days(6),
            date(2025, 1, 26),
            "从2025年1月26日起6个工作日（当日不计）：1月28日至2月4日春节放假，2月8日（周六）春节调休上班，"
            "2月9日周日，到2025年2月10日（周一）。",
        ),
        (
            natural_days(7),
            date(2025, 9, 25),
            "从2025年9月25日起7日（当日不计）：末日10月2日国庆节放假，顺延到2025年10月9日（周四）。",
        ),
        (natural_days(7), date(2025, 3, 3), "从2025年3月3日起7日（当日不计），到2025年3月10日（周一）。"),
        (natural_days(0), date(2025, 3, 8), "2025年3月8日（周六）当日到期。"),
        (
            DeadlineRule(kind=DeadlineKind.HOURS, amount=24),
            datetime(2025, 3, 5, 14, 30),
            "从2025年3月5日14:30起24小时，到2025年3月6日14:30。",
        ),
        (
            DeadlineRule(kind=DeadlineKind.FIXED_DATE, on=date(2025, 8, 31)),
            date(2025, 4, 1),
            "固定日期，到2025年8月31日（周日）。",
        ),
    ],
)
def test_a_deadline_explains_itself(rule: DeadlineRule, start: date, sentence: str) -> None:
    assert deadline_from(rule, start, CALENDAR).sentence == sentence


def test_the_offices_own_words_stand_in_the_sentence() -> None:
    calendar = WorkCalendar({date(2025, 7, 10): (False, "台风停工"), date(2025, 7, 11): (False, "台风停工")})
    deadline = deadline_from(working_days(1), date(2025, 7, 9), calendar)
    assert deadline.due == date(2025, 7, 14)
    assert "7月10日至11日台风停工，7月12日至13日周末，" in deadline.sentence


def test_hours_run_on_through_holidays() -> None:
    deadline = deadline_from(
        DeadlineRule(kind=DeadlineKind.HOURS, amount=24), datetime(2025, 9, 30, 17, 5), CALENDAR
    )
    assert deadline.due_at == datetime(2025, 10, 1, 17, 5)
    assert deadline.due == date(2025, 10, 1)
    assert deadline.skipped == ()


@pytest.mark.parametrize(
    ("hours", "due", "days"),
    [
        (1, date(2025, 10, 1), 1),
        (24, date(2025, 10, 1), 1),
        (25, date(2025, 10, 2), 2),
        (48, date(2025, 10, 2), 2),
    ],
)
def test_hours_without_a_time_of_day_are_whole_days(hours: int, due: date, days: int) -> None:
    found = deadline_from(DeadlineRule(kind=DeadlineKind.HOURS, amount=hours), date(2025, 9, 30), CALENDAR)
    assert (found.due, found.due_at) == (due, None)
    assert f"{hours}小时（没有时刻，按{days}日计）" in found.sentence


def test_days_are_counted_from_the_day_of_a_moment() -> None:
    late = datetime(2025, 9, 29, 23, 59)
    assert deadline_from(working_days(5), late, CALENDAR) == deadline_from(
        working_days(5), late.date(), CALENDAR
    )


def test_a_fixed_date_before_the_start_is_refused() -> None:
    rule = DeadlineRule(kind=DeadlineKind.FIXED_DATE, on=date(2025, 3, 1))
    with pytest.raises(Refusal, match="早于起算日2025年3月5日"):
        deadline_from(rule, date(2025, 3, 5), CALENDAR)


@pytest.mark.parametrize(
    ("kind", "amount", "on", "words"),
    [
        (DeadlineKind.FIXED_DATE, 0, None, "要填写日期"),
        (DeadlineKind.NATURAL_DAYS, 7, date(2025, 3, 1), "只有固定日期"),
        (DeadlineKind.HOURS, 0, None, "至少1小时"),
        (DeadlineKind.WORKING_DAYS, -1, None, "greater than or equal"),
    ],
)
def test_rules_that_cannot_hold(kind: DeadlineKind, amount: int, on: date | None, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DeadlineRule(kind=kind, amount=amount, on=on)


@pytest.mark.parametrize("rule", [working_days(5), natural_days(7, roll=False)])
def test_a_rule_survives_being_stored(rule: DeadlineRule) -> None:
    assert DeadlineRule.model_validate_json(rule.model_dump_json()) == rule


@given(STARTS, AMOUNTS)
def test_so_many_working_days_lie_between_start_and_due(start: date, amount: int) -> None:
    deadline = deadline_from(working_days(amount), start, CALENDAR)
    after = [start + timedelta(days=number) for number in range(1, (deadline.due - start).days + 1)]
    assert sum(CALENDAR.is_working(day) for day in after) == amount
    assert CALENDAR.is_working(deadline.due)
    assert [day.day for day in deadline.skipped] == [day for day in after if not CALENDAR.is_working(day)]
    assert deadline.unconfirmed is any(CALENDAR.day(day).unconfirmed for day in after)
    assert deadline.unconfirmed is ("待国务院公布后复核" in deadline.sentence)


@given(STARTS, AMOUNTS)
def test_natural_days_roll_to_the_next_working_day_only(start: date, amount: int) -> None:
    deadline = deadline_from(natural_days(amount), start, CALENDAR)
    last = start + timedelta(days=amount)
    assert deadline.due >= last
    assert CALENDAR.is_working(deadline.due)
    rest = [last + timedelta(days=number) for number in range((deadline.due - last).days)]
    assert [day.day for day in deadline.skipped] == rest
    assert not any(CALENDAR.is_working(day) for day in rest)
    assert deadline_from(natural_days(amount, roll=False), start, CALENDAR).due == last


@given(STARTS, AMOUNTS)
def test_working_days_are_never_due_before_as_many_natural_days(start: date, amount: int) -> None:
    plain = deadline_from(natural_days(amount, roll=False), start, CALENDAR)
    assert deadline_from(working_days(amount), start, CALENDAR).due >= plain.due


def test_days_left_and_overdue_days() -> None:
    due = date(2025, 3, 10)
    assert [days_left(due, date(2025, 3, day)) for day in (7, 10, 12)] == [3, 0, -2]
    assert [overdue_days(due, date(2025, 3, day)) for day in (7, 10, 12)] == [0, 0, 2]
    assert days_left(None, due) is None
    assert overdue_days(None, due) == 0


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (natural_days(7), "7日"),
        (working_days(5), "5个工作日"),
        (DeadlineRule(kind=DeadlineKind.HOURS, amount=24), "24小时"),
        (DeadlineRule(kind=DeadlineKind.FIXED_DATE, on=date(2025, 8, 31)), "2025年8月31日"),
    ],
)
def test_a_rule_in_words(rule: DeadlineRule, text: str) -> None:
    assert rule.text == text
