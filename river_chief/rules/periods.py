"""统计期 and 周期: weeks, ten-days, months … as first and last day, what they are called, and the flood season.

An office may count its months from another day than the first (上月26日至本月25日). Months,
quarters, half-years and years follow it; weeks, ten-days and half-months stay on the calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from river_chief.errors import Refusal
from river_chief.terms import Period

ONE_DAY = timedelta(days=1)
LATEST_START_DAY = 28
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
_LAST_DAYS = {Period.TEN_DAYS: (10, 20), Period.HALF_MONTH: (15,)}
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


class Span(NamedTuple):
    """Days from ``first`` to ``last``, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def month_range(year: int, month: int, period_start_day: int = 1) -> Span:
    """The office's month: the calendar month, or from that day of the month before to the day before it."""
    _check_start_day(period_start_day)
    if period_start_day == 1:
        return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    before_year, before = (year - 1, 12) if month == 1 else (year, month - 1)
    return Span(date(before_year, before, period_start_day), date(year, month, period_start_day - 1))


def month_of(day: date, period_start_day: int = 1) -> tuple[int, int]:
    """Year and month of the office's month in which *day* lies."""
    _check_start_day(period_start_day)
    if period_start_day == 1 or day.day < period_start_day:
        return day.year, day.month
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


def period_of(period: Period, day: date, period_start_day: int = 1) -> Span:
    """The week (Monday to Sunday), ten-day, half-month, month … in which *day* lies."""
    if period is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    if period in _LAST_DAYS:
        return _part_of_month(_LAST_DAYS[period], day)
    length = _MONTHS[period]
    year, month = month_of(day, period_start_day)
    opening = (month - 1) // length * length + 1
    first = month_range(year, opening, period_start_day).first
    return Span(first, month_range(year, opening + length - 1, period_start_day).last)


def periods_ending_in(period: Period, first: date, last: date, period_start_day: int = 1) -> Iterator[Span]:
    """The periods whose last day lies from *first* to *last*, in order; each belongs to one month only."""
    span = period_of(period, first, period_start_day)
    while span.last <= last:
        yield span
        span = period_of(period, span.last + ONE_DAY, period_start_day)


def months_in(span: Span, period_start_day: int = 1) -> tuple[tuple[int, int], ...]:
    """The months of the office (year, month) that *span* is made of; none where it cuts one."""
    found = []
    day = span.first
    while day <= span.last:
        month = month_of(day, period_start_day)
        whole = month_range(*month, period_start_day)
        if whole.first != day or whole.last > span.last:
            return ()
        found.append(month)
        day = whole.last + ONE_DAY
    return tuple(found)


def period_kind(span: Span, period_start_day: int = 1) -> Period | None:
    """Whether *span* is a month, quarter, half-year or year of the office; None for other days."""
    return next(
        (kind for kind in _MONTHS if period_of(kind, span.last, period_start_day) == span),
        None,
    )


def period_before(span: Span, period_start_day: int = 1) -> Span:
    """环比: as many months of the office, or as many days, right before *span*."""
    months = months_in(span, period_start_day)
    if not months:
        return Span(span.first - span.days * ONE_DAY, span.first - ONE_DAY)
    return _months_later(months, -len(months), period_start_day)


def year_before(span: Span, period_start_day: int = 1) -> Span:
    """同比: the same months of the office, or the same days, of last year."""
    months = months_in(span, period_start_day)
    if not months:
        return Span(_last_year(span.first), _last_year(span.last))
    return _months_later(months, -12, period_start_day)


def before_words(span: Span, period_start_day: int = 1) -> str:
    """What the period before is called beside *span*: 上月, 上季度, 上个半年, 上年; 上期 for other days."""
    words = {
        Period.MONTH: "上月",
        Period.QUARTER: "上季度",
        Period.HALF_YEAR: "上个半年",
        Period.YEAR: "上年",
    }
    kind = period_kind(span, period_start_day)
    return "上期" if kind is None else words[kind]


def span_text(span: Span, period_start_day: int = 1) -> str:
    """2026年3月, 2026年一季度, 2026年上半年, 2026年, 2026年1—5月; else the two days."""
    months = months_in(span, period_start_day)
    if not months:
        return days_text(span)
    (year, first), (last_year, last) = months[0], months[-1]
    match period_kind(span, period_start_day):
        case Period.MONTH:
            return f"{year}年{first}月"
        case Period.QUARTER:
            return f"{year}年{'一二三四'[(first - 1) // 3]}季度"
        case Period.HALF_YEAR:
            return f"{year}年{'上' if first == 1 else '下'}半年"
        case Period.YEAR:
            return f"{year}年"
        case _:
            to = f"{last}月" if last_year == year else f"{last_year}年{last}月"
            return f"{year}年{first}{'' if last_year == year else '月'}—{to}"


def day_text(day: date) -> str:
    """2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def days_text(span: Span) -> str:
    """2025年3月1日至3月31日, the year once where it is the same."""
    last = day_text(span.last)
    if span.first == span.last:
        return last
    return f"{day_text(span.first)}至{last.partition('年')[2] if span.first.year == span.last.year else last}"


def _months_later(months: tuple[tuple[int, int], ...], by: int, period_start_day: int) -> Span:
    moved = [divmod(year * 12 + month - 1 + by, 12) for year, month in (months[0], months[-1])]
    first, last = (month_range(year, month + 1, period_start_day) for year, month in moved)
    return Span(first.first, last.last)


def _last_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)


def _part_of_month(last_days: tuple[int, ...], day: date) -> Span:
    first = 1
    for last in last_days:
        if day.day <= last:
            return Span(day.replace(day=first), day.replace(day=last))
        first = last + 1
    return Span(day.replace(day=first), day.replace(day=monthrange(day.year, day.month)[1]))


def _check_start_day(period_start_day: int) -> None:
    if not 1 <= period_start_day <= LATEST_START_DAY:
        raise ValueError(f"a month cannot start on day {period_start_day}")


@dataclass(frozen=True, slots=True)
class FloodSeason:
    """汛期: from a month and day to a month and day of the same year, both counted."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Refusal("汛期的开始日期在结束日期之后，请改正，例如 04-01 至 09-30。")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= (day.month, day.day) <= self.last


def month_day(text: str) -> tuple[int, int]:
    """Month and day of a text such as "04-01"; a Refusal says what is wrong with another one."""
    found = _MONTH_DAY.fullmatch(text.strip())
    if found:
        month, day = int(found[1]), int(found[2])
        # 2000 was a leap year, so 02-29 is a day.
        if 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]:
            return month, day
    raise Refusal(f"“{text}”不是月日，请写成“月-日”，例如 04-01。")
