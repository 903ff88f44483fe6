from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.durations import minutes


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("35分钟", 35),
        ("35分", 35),
        ("35 min", 35),
        ("35", 35),
        (35, 35),
        (35.0, 35),
        ("３５分钟", 35),
        ("0:35", 35),
        ("00:35:20", 35),
        ("1:20", 80),
        ("1小时20分", 80),
        ("1小时20", 80),
        ("1小时20分钟", 80),
        ("1.5小时", 90),
        ("1个半小时", 90),
        ("半小时", 30),
        ("半个小时", 30),
        ("一小时二十分", 80),
        ("2小时", 120),
        ("9分40秒", 9),
        ("0分", 0),
        (time(0, 35), 35),
        (time(0, 9, 59), 9),
        (timedelta(hours=1, minutes=5), 65),
        (timedelta(seconds=2099.995), 35),
        (None, None),
        ("  ", None),
    ],
)
def test_a_duration_in_whole_minutes(cell: CellValue, answer: int | None) -> None:
    assert minutes(cell) == answer


def test_the_head_says_the_unit_of_a_bare_number() -> None:
    assert minutes(1.5, written_in="小时") == 90
    assert minutes("0.5", written_in="小时") == 30
    assert minutes("2100", written_in="秒") == 35
    assert minutes("35分钟", written_in="小时") == 35
    assert isinstance(minutes(35, written_in="公里"), Unreadable)


@pytest.mark.parametrize(
    "cell",
    [
        "约半天",
        "30-40分钟",
        "35公里",
        "0:75",
        -5,
        0.0243,
        "25小时",
        9999,
        True,
        date(2025, 3, 5),
        "abc",
        float("nan"),
    ],
)
def test_what_is_no_duration_is_refused(cell: CellValue) -> None:
    answer = minutes(cell)
    assert isinstance(answer, Unreadable)
    assert answer.reason.endswith("。")


def test_a_moment_is_no_duration() -> None:
    assert isinstance(minutes(datetime(2025, 3, 5, 0, 35)), Unreadable)


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.text("0123456789:小时分秒半个. "),
        st.floats(),
        st.integers(),
        st.timedeltas(),
    )
)
def test_never_raises(cell: CellValue) -> None:
    answer = minutes(cell)
    assert answer is None or isinstance(answer, Unreadable) or 0 <= answer <= 1440


@given(st.integers(0, 23), st.integers(0, 59))
def test_hours_and_minutes_read_back(hours: int, rest: int) -> None:
    total = hours * 60 + rest
    assert minutes(f"{hours}小时{rest}分") == total
    assert minutes(f"{hours}:{rest:02}") == total
    assert minutes(f"{total}分钟") == total
    assert minutes(time(hours, rest)) == total
    assert minutes(timedelta(minutes=total)) == total
