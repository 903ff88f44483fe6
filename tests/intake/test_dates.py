from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.dates import day, moment

MARCH_5 = date(2025, 3, 5)

anything = st.one_of(
    st.none(),
    st.text(),
    st.text(alphabet="0123456789.-/年月日时分秒点: 上午下前号二〇三五十"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    "cell",
    [
        "2025.3.5",
        "2025/3/5",
        "2025-3-5",
        "2025-03-05",
        " 2025.03.05 ",
        "2025年3月5日",
        "2025年03月05日",
        "2025年3月5号",
        "2025 年 3 月 5 日",
        "２０２５．３．５",
        "2025。3。5",
        "2025—3—5",
        "2025，3，5",
        "2025、3、5",
        "'2025-03-05",
        "2025.3.5.",
        "20250305",
        "45721",
        "45721.354",
        45721,
        45721.0,
        45721.99,
        20250305,
        20250305.0,
        "2025.3.5 上午",
        "2025.3.5上午",
        "2025-03-05 08:30",
        "2025-03-05T08:30:15",
        "2025/3/5 8:30:15",
        "2025年3月5日8时30分",
        "2025年3月5日 星期三",
        "2025年3月5日（周三）上午",
        "二〇二五年三月五日",
        "二零二五年三月五日",
        "二O二五年三月五日",
        "二〇二五年〇三月〇五日",
        MARCH_5,
        datetime(2025, 3, 5, 8, 30),
    ],
)
def test_one_day_written_in_many_ways(cell: CellValue) -> None:
    assert day(cell) == MARCH_5


@pytest.mark.parametrize("cell", ["3月5日", "3月5号", "３月５日", "三月五日", "03月05日", "3月5日 上午"])
def test_the_year_comes_from_the_context(cell: str) -> None:
    assert day(cell, year=2025) == MARCH_5
    assert isinstance(day(cell), Unreadable)


def test_numerals_of_a_date() -> None:
    assert day("二〇二五年十二月三十一日") == date(2025, 12, 31)
    assert day("二〇二五年十月二十日") == date(2025, 10, 20)
    assert day("二〇二五年十一月十日") == date(2025, 11, 10)


@pytest.mark.parametrize("cell", [None, "", "  ", "　", "\ufeff"])
def test_an_empty_cell_is_no_date_and_no_fault(cell: CellValue) -> None:
    assert day(cell) is None
    assert moment(cell) is None


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("2025.13.5", "没有 13 月"),
        ("2025.2.30", "2025年2月没有 30 日"),
        ("2025年2月29日", "2025年2月没有 29 日"),
        ("20251305", "没有 13 月"),
        (20250230, "没有 30 日"),
        ("1025.3.5", "年份 1025"),
        ("2025.3", "缺少日"),
        ("2025年3月", "缺少日"),
        ("2025年3月底", "缺少日"),
        ("3.5", "缺少年份"),
        ("3/5", "缺少年份"),
        ("25.3.5", "四位"),
        ("2025.3.5-2025.3.8", "只填一个日期"),
        ("2025.3.5-8", "只填一个日期"),
        ("2025.3.5、3.6", "只填一个日期"),
        ("2025年3月5日前", "只填一个日期"),
        ("2025.3.5 25:00", "没有“25:00”"),
        ("2025.3.155", "不是看得懂的日期"),
        ("三月份", "不是看得懂的日期"),
        ("待定", "不是看得懂的日期"),
        (3.5, "数字不能当作日期"),
        (2025, "数字不能当作日期"),
        (0, "数字不能当作日期"),
        (-45721, "数字不能当作日期"),
        (True, "不是日期"),
        (date(1900, 1, 1), "年份 1900"),
        (time(8, 30), "只有时刻"),
        (timedelta(hours=3), "只有时刻"),
    ],
)
def test_what_is_not_a_day_is_refused_and_says_what_is_expected(cell: CellValue, word: str) -> None:
    answer = day(cell)
    assert isinstance(answer, Unreadable)
    assert word in answer.reason
    assert answer.reason.endswith("。")


def test_a_leap_day_needs_a_leap_year() -> None:
    assert day("2月29日", year=2024) == date(2024, 2, 29)
    assert isinstance(day("2月29日", year=2025), Unreadable)


def test_a_deadline_may_say_before() -> None:
    assert day("2025年4月30日前", latest=True) == date(2025, 4, 30)
    assert day("4月30日之前", latest=True, year=2025) == date(2025, 4, 30)
    assert isinstance(day("2025年4月30日以前"), Unreadable)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("2025.3.5 8:30", time(8, 30)),
        ("2025-03-05 08:30:15", time(8, 30, 15)),
        ("2025-03-05 08:30:15.000", time(8, 30, 15)),
        ("2025年3月5日8时30分", time(8, 30)),
        ("2025年3月5日8时30分20秒", time(8, 30, 20)),
        ("2025年3月5日 8点", time(8)),
        ("2025年3月5日 8点半", time(8, 30)),
        ("2025年3月5日下午3点20", time(15, 20)),
        ("2025-3-5 下午 3:20", time(15, 20)),
        ("2025-3-5 3:20 PM", time(15, 20)),
        ("2025-3-5 中午12:10", time(12, 10)),
        ("2025-3-5 凌晨12:10", time(0, 10)),
        ("二〇二五年三月五日上午九时十分", time(9, 10)),
        ("2025-3-5", time(0)),
        ("2025.3.5 上午", time(0)),
        (MARCH_5, time(0)),
        (45721, time(0)),
        (45721.354166666664, time(8, 30)),
        ("45721.354166666664", time(8, 30)),
        (datetime(2025, 3, 5, 8, 29, 59, 999_995), time(8, 30)),
    ],
)
def test_a_moment_written_in_many_ways(cell: CellValue, clock: time) -> None:
    assert moment(cell) == datetime.combine(MARCH_5, clock)


@pytest.mark.parametrize(
    "cell", ["9:15", "9时15分", "上午9:15", time(9, 15), timedelta(hours=9, minutes=15), 0.385416666]
)
def test_a_time_alone_belongs_to_the_day_before_it(cell: CellValue) -> None:
    assert moment(cell, on=MARCH_5) == datetime(2025, 3, 5, 9, 15)
    answer = moment(cell)
    assert isinstance(answer, Unreadable)
    assert "没有日期" in answer.reason


@pytest.mark.parametrize(
    "cell", ["24:00", "8:60", "上午13:00", "晚上12:30", "2025.3.5 8:30 起", timedelta(days=2)]
)
def test_an_impossible_time_is_refused(cell: CellValue) -> None:
    assert isinstance(moment(cell, on=MARCH_5), Unreadable)


@given(anything)
def test_a_cell_gives_a_date_or_a_reason_and_never_raises(cell: CellValue) -> None:
    for latest in (True, False):
        answer = day(cell, year=2025, latest=latest)
        assert answer is None or type(answer) in (date, Unreadable)


@given(anything)
def test_a_cell_gives_a_moment_or_a_reason_and_never_raises(cell: CellValue) -> None:
    answer = moment(cell, year=2025, on=MARCH_5)
    assert answer is None or type(answer) in (datetime, Unreadable)


days = st.dates(date(1980, 1, 1), date(2100, 12, 31))


@given(days)
def test_every_shape_reads_back_the_day_it_wrote(one: date) -> None:
    year, month, day_of_month = one.year, one.month, one.day
    written = [
        one.isoformat(),
        f"{year}.{month}.{day_of_month}",
        f"{year}/{month}/{day_of_month}",
        f"{year}年{month}月{day_of_month}日",
        f"{year}{month:02}{day_of_month:02}",
        str((one - date(1899, 12, 30)).days),
    ]
    assert {day(text) for text in written} == {one}
    assert day((one - date(1899, 12, 30)).days) == one
    assert day(f"{month}月{day_of_month}日", year=year) == one


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 12, 31)))
def test_a_moment_reads_back_to_the_second(one: datetime) -> None:
    exact = one.replace(microsecond=0)
    assert moment(exact.isoformat(" ")) == exact
    assert moment((exact - datetime(1899, 12, 30)) / timedelta(days=1)) == exact
