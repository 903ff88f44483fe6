"""Durations as sheets hold them, in whole minutes: 35, 35分钟, 0:35, 1小时20分."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.characters import arabic, compact

MOST_MINUTES = 24 * 60

_FORM = "请写分钟数，如 35，或写成 1小时20分"
_HOURS = ("小时", "h", "时")
_HALF_HOUR = re.compile(r"(?:半个?小时)")
_CLOCK = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?")
_WORDS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?P<half>个半)?个?(?:小时|h|时)半?)?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)(?:分钟|分|mins|min|′|')?)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)(?:秒钟?|s|″|\"))?",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d+(?:\.\d+)?")


def minutes(value: CellValue, *, written_in: str = "分钟") -> int | Unreadable | None:
    """The full minutes a cell holds: a minute begun does not count. None for an empty cell.

    *written_in* is the unit of a bare number, as the head of the column says (分钟, 小时, 秒).
    """
    if value is None or (isinstance(value, str) and not compact(value)):
        return None
    seconds = _seconds(value, written_in)
    if isinstance(seconds, Unreadable):
        return seconds
    whole = int(seconds) // 60
    return whole if 0 <= seconds <= MOST_MINUTES * 60 else Unreadable(f"时长不会超过 24 小时，{_FORM}。")


def _seconds(value: CellValue, written_in: str) -> Decimal | Unreadable:
    if isinstance(value, str):
        return _seconds_of_text(arabic(compact(value)), written_in)
    if isinstance(value, timedelta):
        return Decimal(round(value.total_seconds()))
    if isinstance(value, time):
        return Decimal(value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6))
    if isinstance(value, bool | date | datetime) or value is None:
        return Unreadable(f"这不是时长，{_FORM}。")
    if not 0 <= value <= 1e9:
        return Unreadable(f"时长应是不小于 0 的数，{_FORM}。")
    return _of_number(Decimal(repr(value)), written_in)


def _of_number(number: Decimal, written_in: str) -> Decimal | Unreadable:
    if written_in in _HOURS:
        return number * 3600
    if written_in in ("秒", "s"):
        return number
    if written_in not in ("", "分钟", "分", "min"):
        return Unreadable(f"表头的单位“{written_in}”不是时长的单位，{_FORM}。")
    if 0 < number < 1:
        return Unreadable(f"“{number}”不像分钟数（可能是没有设成时间格式的时刻），{_FORM}。")
    return number * 60


def _seconds_of_text(text: str, written_in: str) -> Decimal | Unreadable:
    if _BARE.fullmatch(text):
        return _of_number(Decimal(text), written_in)
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        hours, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if minute > 59 or second > 59:
            return Unreadable(f"“{text}”不是时长，{_FORM}。")
        return Decimal(hours * 3600 + minute * 60 + second)
    if _HALF_HOUR.fullmatch(text):
        return Decimal(1800)
    words = _WORDS.fullmatch(text)
    if words is None or not any(words.group("hours", "minutes", "seconds")):
        return Unreadable(f"不是看得懂的时长，{_FORM}。")
    total = Decimal(words["hours"] or 0) * 3600 + Decimal(words["minutes"] or 0) * 60
    if words["hours"] and ("半" in text):
        total += 1800
    return total + Decimal(words["seconds"] or 0)
