"""Deadlines against a table written by hand, day by day, from the notices of the State Council for 2024, 2025 and 2026.

2027 is not published: weekends only, to be checked again. The office's own table for 2027 is made up.
A rule reads 5工 (working days), 7自 (natural days, rolling), 7自不顺延, 24时, or a date.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from river_chief.rules.calendar import WorkCalendar
from river_chief.rules.deadlines import Deadline, DeadlineRule, deadline_from
from river_chief.terms import DeadlineKind

# start, rule, due, why
PUBLISHED = """
2024-01-01 1工 2024-01-02 元旦当天起算，周二上班
2023-12-29 3自 2024-01-02 末日元旦放假，顺延一天
2024-02-02 1工 2024-02-04 周日2月4日春节调休上班
2024-02-03 1工 2024-02-04 周六起算，次日调休上班
2024-02-08 3工 2024-02-19 9日、18日（周日调休）、19日
2024-02-09 1工 2024-02-18 春节放8天，周日2月18日调休上班
2024-02-05 7自 2024-02-18 末日12日春节放假，顺延到调休上班的周日
2024-02-28 1自 2024-02-29 闰日
2024-02-29 1工 2024-03-01 从闰日起算
2024-02-28 1工 2024-02-29 闰日是工作日
2024-03-28 7自 2024-04-07 末日4日清明放假，顺延到调休上班的周日
2024-04-03 1工 2024-04-07 清明放3天，周日4月7日调休上班
2024-04-03 3工 2024-04-09 7日（周日调休）、8日、9日
2024-04-26 1工 2024-04-28 周日4月28日劳动节调休上班
2024-04-30 1工 2024-05-06 劳动节放5天
2024-04-30 6工 2024-05-11 6日至10日，周六11日调休上班
2024-05-10 1工 2024-05-11 周六5月11日劳动节调休上班
2024-05-11 1工 2024-05-13 从调休上班日起算，周日休息
2024-06-07 1工 2024-06-11 端午10日与周末连休
2024-06-03 7自 2024-06-11 末日10日端午放假，顺延一天
2024-09-13 1工 2024-09-14 周六9月14日中秋调休上班
2024-09-14 1工 2024-09-18 从调休上班日起算，中秋15日至17日放假
2024-09-10 7自 2024-09-18 末日17日中秋放假，顺延一天
2024-09-27 1工 2024-09-29 周日9月29日国庆调休上班
2024-09-29 2工 2024-10-08 30日、国庆后10月8日
2024-09-24 7自 2024-10-08 末日10月1日国庆放假，顺延7天
2024-09-30 10工 2024-10-18 8日至11日，周六12日调休上班，14日至18日
2024-10-11 1工 2024-10-12 周六10月12日国庆调休上班
2024-10-05 7自 2024-10-12 末日周六调休上班，不顺延
2024-12-31 1工 2025-01-02 跨年，元旦放假
2024-12-25 7自 2025-01-02 末日元旦放假，顺延一天
2025-01-24 1工 2025-01-26 周日1月26日春节调休上班
2025-01-26 1工 2025-01-27 从调休上班日起算
2025-01-27 1工 2025-02-05 春节放8天
2025-01-23 5工 2025-02-06 24日、26日（周日调休）、27日、2月5日、6日
2025-01-25 7自 2025-02-05 末日2月1日春节放假，顺延
2025-02-07 1工 2025-02-08 周六2月8日春节调休上班
2025-02-01 7自 2025-02-08 末日周六调休上班，不顺延
2025-02-28 1自 2025-03-03 没有闰日，3月1日周六，顺延到周一
2025-04-03 1工 2025-04-07 清明4日至6日放假，不调休
2025-03-28 7自 2025-04-07 末日4日清明放假，顺延
2025-04-25 1工 2025-04-27 周日4月27日劳动节调休上班
2025-04-27 4工 2025-05-06 28日至30日，劳动节后6日
2025-04-30 3自 2025-05-06 末日3日劳动节放假，顺延
2025-05-30 1工 2025-06-03 端午5月31日至6月2日放假
2025-05-24 7自 2025-06-03 末日31日端午放假，顺延
2025-09-26 1工 2025-09-28 周日9月28日国庆调休上班
2025-09-29 5工 2025-10-13 30日、10月9日、10日、11日（周六调休）、13日
2025-09-22 15自 2025-10-09 末日10月7日国庆放假，顺延
2025-10-10 1工 2025-10-11 周六10月11日国庆调休上班
2025-10-11 1工 2025-10-13 从调休上班日起算
2025-10-04 7自 2025-10-11 末日周六调休上班，不顺延
2025-09-25 7自不顺延 2025-10-02 国庆放假也不顺延
2025-11-03 60自 2026-01-04 末日2026年1月2日元旦放假，顺延到调休上班的周日
2025-12-31 1工 2026-01-04 元旦放3天，周日1月4日调休上班
2025-12-26 7自 2026-01-04 末日2日元旦放假，顺延到调休上班的周日
2026-01-04 1工 2026-01-05 从调休上班日起算
2026-02-13 1工 2026-02-14 周六2月14日春节调休上班
2026-02-14 1工 2026-02-24 春节放9天
2026-02-13 6工 2026-02-28 14日（周六调休）、24日至27日、28日（周六调休）
2026-02-13 10自 2026-02-24 末日23日春节放假，顺延一天
2026-02-27 1工 2026-02-28 周六2月28日春节调休上班
2026-02-21 7自 2026-02-28 末日周六调休上班，不顺延
2026-02-09 7自不顺延 2026-02-16 春节放假也不顺延
2026-04-03 1工 2026-04-07 清明4日至6日放假
2026-03-30 7自 2026-04-07 末日6日清明放假，顺延一天
2026-04-30 1工 2026-05-06 劳动节放5天
2026-05-05 4工 2026-05-09 放假当天起算，6日至8日，周六9日调休上班
2026-05-08 1工 2026-05-09 周六5月9日劳动节调休上班
2026-06-18 1工 2026-06-22 端午19日至21日放假
2026-06-12 7自 2026-06-22 末日19日端午放假，顺延
2026-09-18 1工 2026-09-20 周日9月20日国庆调休上班
2026-09-24 1工 2026-09-28 中秋25日至27日放假
2026-09-19 7自 2026-09-28 末日26日中秋放假，顺延
2026-09-30 3工 2026-10-10 8日、9日，周六10日调休上班
2026-09-30 7自 2026-10-08 末日7日国庆放假，顺延一天
2026-10-09 1工 2026-10-10 周六10月10日国庆调休上班
2026-10-10 5自 2026-10-15 从调休上班日起算
2025-10-01 0工 2025-10-01 0天，当日到期
2026-05-09 0自 2026-05-09 0天，当日到期
2026-12-24 3工 2026-12-29 25日、28日、29日，没有用到2027年
"""
BEYOND = """
2026-12-31 1工 2027-01-01 2027年没有公布，周五按上班算
2026-12-30 3工 2027-01-04 31日、1月1日、周一
2026-12-31 10工 2027-01-14 1日、4日至8日、11日至14日
2026-12-25 7自 2027-01-01 末日在没有公布的年份
2026-12-26 7自 2027-01-04 末日周六，顺延到周一
2027-02-05 5工 2027-02-12 只扣周末
2027-09-30 3自 2027-10-04 末日周日，顺延到周一
"""
OWN = """
2026-12-31 1工 2027-01-04 元旦放3天
2026-12-30 3工 2027-01-05 31日、4日、5日
2026-12-26 7自 2027-01-04 末日2日元旦放假，顺延
2027-01-29 1工 2027-01-31 周日1月31日调休上班
2027-01-29 7自 2027-02-12 末日2月5日春节放假，顺延
2027-02-04 1工 2027-02-12 春节放7天
2027-02-03 5工 2027-02-17 4日、12日、15日至17日
2027-02-19 1工 2027-02-20 周六2月20日调休上班
2027-03-05 7自 2027-03-12 平常的一周
"""
OWN_REST = "2027-01-01 2027-01-02 2027-01-03 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10 2027-02-11"
OWN_WORK = "2027-01-31 2027-02-20"
MADE_UP = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
BLOCKS = """
2024-01-01 2024-02-10/2024-02-17 2024-04-04/2024-04-06 2024-05-01/2024-05-05 2024-06-10 2024-09-15/2024-09-17
2024-10-01/2024-10-07 2025-01-01 2025-01-28/2025-02-04 2025-04-04/2025-04-06 2025-05-01/2025-05-05
2025-05-31/2025-06-02 2025-10-01/2025-10-08 2026-01-01/2026-01-03 2026-02-15/2026-02-23 2026-04-04/2026-04-06
2026-05-01/2026-05-05 2026-06-19/2026-06-21 2026-09-25/2026-09-27 2026-10-01/2026-10-07
"""
Case = tuple[date, str, date, str]
STATE_COUNCIL = WorkCalendar()
OFFICE = WorkCalendar(
    {date.fromisoformat(day): (False, "放假") for day in OWN_REST.split()}
    | {date.fromisoformat(day): (True, "调休上班") for day in OWN_WORK.split()},
    published=[2027],
)


def read(table: str) -> list[Case]:
    lines = [line.split(" ", 3) for line in table.strip().splitlines()]
    return [(date.fromisoformat(a), rule, date.fromisoformat(b), why) for a, rule, b, why in lines]


def rule_of(text: str) -> DeadlineRule:
    amount, roll = int(text.rstrip("工自不顺延")), not text.endswith("不顺延")
    kind = DeadlineKind.WORKING_DAYS if text.endswith("工") else DeadlineKind.NATURAL_DAYS
    return DeadlineRule(kind=kind, amount=amount, roll=roll)


def found(case: Case, calendar: WorkCalendar) -> Deadline:
    return deadline_from(rule_of(case[1]), case[0], calendar)


@pytest.mark.parametrize("case", read(PUBLISHED), ids=lambda case: f"{case[0]}+{case[1]}")
def test_in_published_years(case: Case) -> None:
    deadline = found(case, STATE_COUNCIL)
    assert deadline.due == case[2], case[3]
    assert not deadline.unconfirmed
    assert "复核" not in deadline.sentence


@pytest.mark.parametrize("case", read(BEYOND), ids=lambda case: f"{case[0]}+{case[1]}")
def test_in_a_year_nobody_published(case: Case) -> None:
    deadline = found(case, STATE_COUNCIL)
    assert deadline.due == case[2], case[3]
    assert deadline.unconfirmed
    assert "待国务院公布后复核" in deadline.sentence


@pytest.mark.parametrize("case", read(OWN), ids=lambda case: f"{case[0]}+{case[1]}")
def test_by_the_offices_own_table(case: Case) -> None:
    deadline = found(case, OFFICE)
    assert deadline.due == case[2], case[3]
    assert not deadline.unconfirmed


@pytest.mark.parametrize(
    ("start", "hours", "due_at"),
    [
        (datetime(2024, 2, 28, 14, 30), 24, datetime(2024, 2, 29, 14, 30)),
        (datetime(2024, 2, 29, 23, 59), 1, datetime(2024, 3, 1, 0, 59)),
        (datetime(2024, 12, 30, 0, 0), 48, datetime(2025, 1, 1, 0, 0)),
        (datetime(2025, 9, 30, 17, 5), 72, datetime(2025, 10, 3, 17, 5)),
        (datetime(2025, 12, 31, 20, 0), 24, datetime(2026, 1, 1, 20, 0)),
        (datetime(2026, 12, 31, 18, 0), 24, datetime(2027, 1, 1, 18, 0)),
    ],
)
def test_hours_run_over_midnight_and_holidays(start: datetime, hours: int, due_at: datetime) -> None:
    deadline = deadline_from(DeadlineRule(kind=DeadlineKind.HOURS, amount=hours), start, STATE_COUNCIL)
    assert (deadline.due_at, deadline.due) == (due_at, due_at.date())
    assert not deadline.unconfirmed


@pytest.mark.parametrize(
    ("start", "on"),
    [
        (date(2025, 4, 1), date(2025, 8, 31)),
        (date(2026, 3, 1), date(2026, 10, 1)),
        (date(2026, 11, 2), date(2027, 6, 30)),
        (date(2026, 5, 9), date(2026, 5, 9)),
    ],
)
def test_a_fixed_date_stays_whatever_day_it_is(start: date, on: date) -> None:
    deadline = deadline_from(DeadlineRule(kind=DeadlineKind.FIXED_DATE, on=on), start, STATE_COUNCIL)
    assert (deadline.due, deadline.unconfirmed) == (on, False)


def test_natural_days_that_do_not_roll_need_no_calendar() -> None:
    deadline = deadline_from(rule_of("7自不顺延"), date(2026, 12, 26), STATE_COUNCIL)
    assert (deadline.due, deadline.unconfirmed) == (date(2027, 1, 2), False)


def test_the_table_is_long_and_touches_every_made_up_day_and_every_holiday() -> None:
    cases = read(PUBLISHED)
    assert len(cases) >= 60
    made_up = [date.fromisoformat(day) for day in MADE_UP.split()]
    for day in made_up:
        assert any(case[2] == day for case in cases), f"{day} is never due"
    for block in BLOCKS.split():
        first, _, last = block.partition("/")
        days = (date.fromisoformat(first), date.fromisoformat(last or first))
        touching = [
            case for case in cases if case[1].endswith("工") and case[0] <= days[0] and case[2] > days[1]
        ]
        assert touching, f"{block} is never counted over"
    rest = {day for block in BLOCKS.split() for day in days_of(block)}
    day = date(2024, 1, 1)
    while day.year < 2027:
        worked = day in made_up or (day.weekday() < 5 and day not in rest)
        assert STATE_COUNCIL.is_working(day) is worked, day
        assert chinese_calendar.is_workday(day) is worked, day
        day += timedelta(days=1)


def days_of(block: str) -> list[date]:
    first, _, last = block.partition("/")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
