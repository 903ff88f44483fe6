"""Times of day as people write them: 8:30, 8时30分, 下午3点半."""

from __future__ import annotations

import re
from datetime import time

from river_chief.intake.cell import Unreadable

TIME_FORM = "请写成 08:30 这样的时刻"

_MORNING = ("凌晨", "清晨", "早上", "早晨", "上午", "AM", "am")
_AFTERNOON = ("下午", "傍晚", "晚上", "夜间", "PM", "pm")
_PARTS = "|".join((*_MORNING, "中午", *_AFTERNOON, "全天"))
_PART = re.compile(rf"({_PARTS})")
_CLOCK = re.compile(
    rf"(?P<part>{_PARTS})? ?(?P<hour>\d{{1,2}}) ?(?::|时|点钟?) ?"
    r"(?:(?P<half>半|整)|(?P<minute>\d{1,2}) ?(?:(?::|分) ?(?:(?P<second>\d{1,2})(?:\.\d+)? ?秒?)?)?)?"
    r" ?(?P<after>AM|PM|am|pm)?"
)


def part_of_day(text: str) -> bool:
    """Whether *text* names a part of the day and no time: 上午."""
    return _PART.fullmatch(text.strip("()（） ")) is not None


def clock_time(text: str) -> time | Unreadable | None:
    """The time of day *text* writes, None when it is no time at all. *text* is plain, in half width."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if match["half"] == "半":
        minute = 30
    hour_of_day = _hour(hour, match["part"] or match["after"] or "")
    if hour_of_day is None or minute > 59 or second > 59:
        return Unreadable(f"没有“{text}”这个时刻，{TIME_FORM}。")
    return time(hour_of_day, minute, second)


def _hour(hour: int, part: str) -> int | None:
    """The hour 0 to 23 in the named part of the day, None when the two do not fit."""
    if hour > 23 or (part in _MORNING and hour > 12):
        return None
    if part in ("凌晨", "AM", "am") and hour == 12:
        return 0
    if part in ("晚上", "夜间") and hour == 12:
        return None
    if part in _AFTERNOON and hour < 12:
        return hour + 12
    if part == "中午" and hour < 11:
        return hour + 12 if hour <= 2 else None
    return hour
