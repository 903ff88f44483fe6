"""Dates and moments as sheets hold them: date cells, Excel serials, and every way of typing one.

A date is read or refused, never guessed: a year that is not written comes from the caller's
context (the sheet's title), an impossible day is refused.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.characters import arabic, plain
from river_chief.intake.clock_times import TIME_FORM, clock_time, part_of_day

DATE_FORM = "请写成 2025-03-05 这样的日期"
FIRST_YEAR, LAST_YEAR = 1949, 2100

_EPOCH = datetime(1899, 12, 30)
_FIRST_SERIAL = (datetime(1980, 1, 1) - _EPOCH).days
_LAST_SERIAL = (datetime(LAST_YEAR, 12, 31) - _EPOCH).days
_MARKS = str.maketrans({"。": ".", "·": ".", "・": ".", "—": "-", "–": "-", "‐": "-", "−": "-", "\\": "/"})
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_FULL = re.compile(
    r"(?P<year>\d{4}) ?[年.,、\-/ ] ?(?P<month>\d{1,2}) ?[月.,、\-/ ] ?(?P<day>\d{1,2})(?!\d) ?[日号]?(?P<rest>.*)"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)(?P<rest>.*)")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2})(?!\d) ?[日号]?(?P<rest>.*)")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_NO_DAY = re.compile(r"\d{4} ?[年.\-/] ?\d{1,2} ?月?.{0,3}")
_NO_YEAR = re.compile(r"\d{1,2}[.\-/]\d{1,2}")
_SHORT_YEAR = re.compile(r"\d{2}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?.*")
_BEFORE = re.compile(r"(?:之前|以前|前)$")

# A day with the words that followed it, not yet read.
_Found = tuple[date, str]


def day(value: CellValue, *, year: int | None = None, latest: bool = False) -> date | Unreadable | None:
    """The date a cell holds; a time of day beside it is dropped. None for an empty cell.

    *year* is taken where only month and day are written. *latest*: the cell is a deadline, so
    2025年3月5日前 means that day.
    """
    if isinstance(value, str):
        return _day_of_text(value, year, latest)
    if isinstance(value, time | timedelta):
        return Unreadable(f"这里只有时刻、没有日期，{DATE_FORM}。")
    found = _moment_of_value(value)
    return found.date() if isinstance(found, datetime) else found


def moment(
    value: CellValue, *, year: int | None = None, on: date | None = None
) -> datetime | Unreadable | None:
    """The local date and time a cell holds, to the second; a day without a time is that day at 00:00.

    *on* is the day of a cell that holds only a time of day (the end of what began in the cell before).
    """
    if isinstance(value, str):
        return _moment_of_text(value, year, on)
    if isinstance(value, time):
        return _on_day(value, on)
    if isinstance(value, timedelta):
        return (
            _on_day((_EPOCH + value).time(), on) if timedelta(0) <= value < timedelta(days=1) else _WRONG_TIME
        )
    if isinstance(value, float) and 0 < value < 1:
        return _on_day(_rounded(_EPOCH + timedelta(days=value)).time(), on)
    return _moment_of_value(value)


_WRONG_TIME = Unreadable(f"这不是一个时刻，{TIME_FORM}。")


def _moment_of_value(value: CellValue) -> datetime | Unreadable | None:
    """The moment of a date cell, or of a number that is a serial or yyyymmdd."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return _within_years(_rounded(value))
    if isinstance(value, date):
        return _within_years(datetime(value.year, value.month, value.day))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Unreadable(f"这不是日期，{DATE_FORM}。")
    return _moment_of_number(value)


def _moment_of_number(value: int | float) -> datetime | Unreadable:
    if _FIRST_SERIAL <= value < _LAST_SERIAL + 1:
        return _rounded(_EPOCH + timedelta(days=value))
    if 19000000 <= value < 22000000 and value == int(value):
        found = _find(str(int(value)), None)
        return found if isinstance(found, Unreadable) else datetime.combine(found[0], time())
    return Unreadable(f"数字不能当作日期，{DATE_FORM}。")


def _rounded(moment: datetime) -> datetime:
    """*moment* to the nearest second: the fractions of a serial are not exact."""
    if moment > datetime(9999, 12, 31):
        return moment.replace(microsecond=0)
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0, tzinfo=None)


def _within_years(moment: datetime) -> datetime | Unreadable:
    if FIRST_YEAR <= moment.year <= LAST_YEAR:
        return moment
    return Unreadable(f"年份 {moment.year} 不在 {FIRST_YEAR}—{LAST_YEAR} 之间，请核对日期。")


def _day_of_text(text: str, year: int | None, latest: bool) -> date | Unreadable | None:
    written = _written(text)
    if not written:
        return None
    found = _find(written, year)
    if isinstance(found, Unreadable):
        return found
    rest = _BEFORE.sub("", found[1]).strip() if latest else found[1]
    clock = _clock_of(rest)
    return clock if isinstance(clock, Unreadable) else found[0]


def _moment_of_text(text: str, year: int | None, on: date | None) -> datetime | Unreadable | None:
    written = _written(text)
    if not written:
        return None
    alone = clock_time(written)
    if alone is not None:
        return alone if isinstance(alone, Unreadable) else _on_day(alone, on)
    found = _find(written, year)
    if isinstance(found, Unreadable):
        return found
    clock = _clock_of(found[1])
    return clock if isinstance(clock, Unreadable) else datetime.combine(found[0], clock)


def _on_day(clock: time, on: date | None) -> datetime | Unreadable:
    if on is None:
        return Unreadable("这里只有时刻、没有日期，请写成 2025-03-05 08:30 这样的日期和时刻。")
    return datetime.combine(on, clock.replace(microsecond=0, tzinfo=None))


def _written(text: str) -> str:
    """*text* in half width and digits, without the weekday."""
    return _WEEKDAY.sub(" ", arabic(plain(text).translate(_MARKS))).strip(" '")


def _clock_of(rest: str) -> time | Unreadable:
    """The time written after a date; 00:00 when there is none."""
    words = rest.strip(" T,.;").strip()
    if not words or part_of_day(words):
        return time()
    clock = clock_time(words)
    return (
        clock if clock is not None else Unreadable(f"日期后面的“{words}”看不懂，只填一个日期，{DATE_FORM}。")
    )


def _find(written: str, year: int | None) -> _Found | Unreadable:
    """The date at the start of *written* and what follows it."""
    if _SERIAL.fullmatch(written):
        moment_found = _moment_of_number(float(written))
        if isinstance(moment_found, Unreadable):
            return moment_found
        return moment_found.date(), moment_found.strftime("%H:%M:%S")
    match = _FULL.fullmatch(written) or _COMPACT.fullmatch(written)
    if match is not None:
        return _dated(int(match["year"]), match)
    match = _MONTH_DAY.fullmatch(written)
    if match is not None:
        if year is None:
            return Unreadable(f"缺少年份，{DATE_FORM}。")
        return _dated(year, match)
    return Unreadable(_why_not(written))


def _dated(year: int, match: re.Match[str]) -> _Found | Unreadable:
    month, day_of_month = int(match["month"]), int(match["day"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unreadable(f"年份 {year} 不在 {FIRST_YEAR}—{LAST_YEAR} 之间，请核对日期。")
    if not 1 <= month <= 12:
        return Unreadable(f"没有 {month} 月，请改成实际的日期，如 2025-03-05。")
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        return Unreadable(f"{year}年{month}月没有 {day_of_month} 日，请改成实际的日期。")
    return found, match["rest"].strip()


def _why_not(written: str) -> str:
    if _SHORT_YEAR.fullmatch(written):
        return f"年份要写四位，{DATE_FORM}。"
    if _NO_YEAR.fullmatch(written):
        return f"缺少年份，{DATE_FORM}。"
    if _NO_DAY.fullmatch(written):
        return f"缺少日，{DATE_FORM}。"
    return f"不是看得懂的日期，{DATE_FORM}。"
