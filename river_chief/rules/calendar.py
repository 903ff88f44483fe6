"""工作日: statutory holidays and make-up days, with the office's own table over them.

The State Council publishes a year in the November before it. What is not published counts
weekends only, and every answer about it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import chinese_calendar

WEEKDAYS = "一二三四五六日"
_FESTIVALS = {festival.value: festival.chinese for festival in chinese_calendar.Holiday}
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: worked or not, why, and whether that is still to be published.

    ``name`` is the festival of a holiday or of a make-up day, or the office's own word, or empty.
    """

    day: date
    is_working: bool
    name: str = ""
    unconfirmed: bool = False

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return self.day.weekday() >= _SATURDAY

    @property
    def is_ordinary(self) -> bool:
        """Whether the day is what its weekday says: work from Monday to Friday, rest at the weekend."""
        return not self.name and self.is_working is not self.is_weekend

    @property
    def reason(self) -> str:
        """Why it is worked or not: 工作日, 周日, 国庆节放假, 国庆节调休上班, or the office's own word."""
        if self.is_ordinary:
            return "工作日" if self.is_working else weekday_text(self.day)
        return self.name or ("上班" if self.is_working else "放假")


class WorkCalendar:
    """Which days are worked.

    ``own``        the office's table: day → (worked, its word); it wins over the published one.
    ``published``  years whose arrangement stands completely in ``own``.
    """

    def __init__(
        self, own: Mapping[date, tuple[bool, str]] | None = None, published: Collection[int] = ()
    ) -> None:
        self._own = dict(own or {})
        self._published = frozenset(published)

    def day(self, day: date) -> Day:
        """What kind of day *day* is."""
        if day in self._own:
            is_working, name = self._own[day]
            return Day(day, is_working, name.strip())
        try:
            is_holiday, festival = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return Day(day, day.weekday() < _SATURDAY, unconfirmed=day.year not in self._published)
        name = _FESTIVALS[festival] if festival else ""
        if not is_holiday:
            return Day(day, True, f"{name}调休上班" if name else "")
        return Day(day, False, f"{name}放假" if name else "")

    def is_working(self, day: date) -> bool:
        """Whether *day* is worked."""
        return self.day(day).is_working


def published_years() -> list[int]:
    """The years whose arrangement the program knows, in order."""
    return sorted({day.year for day in chinese_calendar.holidays})


def weekday_text(day: date) -> str:
    """周一 … 周日."""
    return f"周{WEEKDAYS[day.weekday()]}"
