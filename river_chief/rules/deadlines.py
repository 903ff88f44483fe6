"""时限: from a rule and a start to the day it is due, with the sentence that explains it.

The day of the start is not counted. Working days skip rest days of the calendar. Natural days
whose last day is a rest day roll to the next working day, unless the rule says otherwise.
Fixed dates and hours run on whatever the calendar says; hours whose start has no time of day
count as whole days, begun ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from river_chief.errors import InvalidInput, Refusal
from river_chief.rules.calendar import Day, WorkCalendar, weekday_text
from river_chief.rules.periods import ONE_DAY
from river_chief.terms import DeadlineKind

_WEEKEND_DAYS_LISTED = 4
_HOURS_A_DAY = 24


class DeadlineRule(BaseModel):
    """How long there is: ``amount`` days or hours, or until the day ``on`` (fixed date only).

    ``roll``: natural days ending on a rest day end on the next working day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: DeadlineKind
    amount: int = Field(default=0, ge=0, le=3660)
    on: date | None = None
    roll: bool = True

    @model_validator(mode="after")
    def _fits_kind(self) -> Self:
        if self.kind is DeadlineKind.FIXED_DATE and self.on is None:
            raise ValueError("固定日期的时限要填写日期")
        if self.kind is not DeadlineKind.FIXED_DATE and self.on is not None:
            raise ValueError("只有固定日期的时限才填写日期")
        if self.kind is DeadlineKind.HOURS and self.amount == 0:
            raise ValueError("按小时计的时限至少1小时")
        return self

    @property
    def text(self) -> str:
        """The rule in words: 7日, 5个工作日, 24小时, 2025年8月31日."""
        if self.on is not None:
            return date_text(self.on)
        unit = {DeadlineKind.WORKING_DAYS: "个工作日", DeadlineKind.HOURS: "小时"}.get(self.kind, "日")
        return f"{self.amount}{unit}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The outcome of a rule: the day, for hours also the minute, and why.

    ``skipped``      rest days that were not counted, in order.
    ``unconfirmed``  it rests on a year whose holidays are not published; the sentence says so too.
    """

    due: date
    sentence: str
    due_at: datetime | None = None
    skipped: tuple[Day, ...] = ()
    unconfirmed: bool = False


def deadline_from(rule: DeadlineRule, start: date, calendar: WorkCalendar) -> Deadline:
    """When what began on *start* is due; a plain date as *start* means that the time of day is not known."""
    first = start.date() if isinstance(start, datetime) else start
    if rule.on is not None:
        return _fixed(rule.on, first)
    if rule.kind is DeadlineKind.HOURS:
        return _hours(rule, start)
    if rule.amount == 0:
        return Deadline(first, f"{full_text(first)}当日到期。")
    if rule.kind is DeadlineKind.WORKING_DAYS:
        return _working_days(rule, first, calendar)
    return _natural_days(rule, first, calendar)


def days_left(deadline: date | None, today: date) -> int | None:
    """Days until the deadline: 0 on its day, negative after it; None where there is none."""
    return None if deadline is None else (deadline - today).days


def overdue_days(deadline: date | None, until: date) -> int:
    """Whole days *until* (the day it was done, or today) lies after the deadline; 0 when it does not."""
    return 0 if deadline is None else max((until - deadline).days, 0)


def deadline_after(deadline: date, start: date, what: str) -> None:
    """Refuse a deadline that lies before the day it is counted from (*what* in words)."""
    if deadline < start:
        raise InvalidInput({"deadline": f"整改时限 {deadline.isoformat()} 早于{what} {start.isoformat()}"})


def date_text(day: date) -> str:
    """2025年9月29日, as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def full_text(day: date) -> str:
    """2025年9月29日（周一）."""
    return f"{date_text(day)}（{weekday_text(day)}）"


def _fixed(on: date, start: date) -> Deadline:
    if on < start:
        raise Refusal(f"时限{date_text(on)}早于起算日{date_text(start)}，请改为之后的日期。")
    return Deadline(on, f"固定日期，到{full_text(on)}。")


def _hours(rule: DeadlineRule, start: date) -> Deadline:
    if not isinstance(start, datetime):
        days = -(-rule.amount // _HOURS_A_DAY)
        due = start + ONE_DAY * days
        return Deadline(
            due, f"从{date_text(start)}起{rule.text}（没有时刻，按{days}日计），到{full_text(due)}。"
        )
    end = start + timedelta(hours=rule.amount)
    sentence = f"从{_moment(start)}起{rule.text}，到{_moment(end)}。"
    return Deadline(end.date(), sentence, due_at=end)


def _working_days(rule: DeadlineRule, start: date, calendar: WorkCalendar) -> Deadline:
    days: list[Day] = []
    counted = 0
    while counted < rule.amount:
        days.append(calendar.day(start + ONE_DAY * (len(days) + 1)))
        counted += days[-1].is_working
    due = days[-1].day
    notes = _notes(days, start.year)
    middle = f"：{'，'.join(notes)}，" if notes else "，"
    sentence = f"从{date_text(start)}起{rule.text}（当日不计）{middle}到{full_text(due)}{_doubt(days)}。"
    skipped = tuple(day for day in days if not day.is_working)
    return Deadline(due, sentence, skipped=skipped, unconfirmed=any(day.unconfirmed for day in days))


def _natural_days(rule: DeadlineRule, start: date, calendar: WorkCalendar) -> Deadline:
    last = start + timedelta(days=rule.amount)
    opening = f"从{date_text(start)}起{rule.text}（当日不计）"
    if not rule.roll:
        return Deadline(last, f"{opening}，到{full_text(last)}。")
    days = [calendar.day(last)]
    while not days[-1].is_working:
        days.append(calendar.day(days[-1].day + ONE_DAY))
    due = days[-1].day
    unconfirmed = any(day.unconfirmed for day in days)
    if due == last:
        return Deadline(due, f"{opening}，到{full_text(due)}{_doubt(days)}。", unconfirmed=unconfirmed)
    ending = f"末日{_short(last, start.year)}{_why(days[:1])}，顺延到{full_text(due)}"
    return Deadline(due, f"{opening}：{ending}{_doubt(days)}。", None, tuple(days[:-1]), unconfirmed)


def _notes(days: Sequence[Day], year: int) -> list[str]:
    """What a clerk must know of the days counted over: holidays, make-up days, weekends."""
    weekends = sum(day.is_ordinary and day.is_weekend for day in days)
    notes: list[str] = []
    for what, run in groupby(days, key=_sort):
        same = list(run)
        if what == "work" or (what == "weekend" and weekends > _WEEKEND_DAYS_LISTED):
            continue
        weekday = f"（{weekday_text(same[0].day)}）" if what == "made up" and len(same) == 1 else ""
        notes.append(f"{_span(same[0].day, same[-1].day, year)}{weekday}{_why(same)}")
    if weekends > _WEEKEND_DAYS_LISTED:
        notes.append(f"另有周末{weekends}天")
    return notes


def _sort(day: Day) -> str:
    if day.is_ordinary:
        return "work" if day.is_working else "weekend"
    return "made up" if day.is_working else "holiday"


def _why(days: Sequence[Day]) -> str:
    if days[0].is_ordinary:
        return "周末" if len(days) > 1 else weekday_text(days[0].day)
    reasons = list(dict.fromkeys(day.reason for day in days))
    if all(reason.endswith("放假") for reason in reasons):
        return "、".join(reason.removesuffix("放假") for reason in reasons) + "放假"
    return "、".join(reasons)


def _doubt(days: Iterable[Day]) -> str:
    years = sorted({day.day.year for day in days if day.unconfirmed})
    if not years:
        return ""
    named = "、".join(f"{year}年" for year in years)
    return f"；程序中没有{named}的放假安排，只扣除周末，待国务院公布后复核"


def _moment(moment: datetime) -> str:
    return f"{date_text(moment)}{moment:%H:%M}"


def _short(day: date, year: int) -> str:
    return f"{day.month}月{day.day}日" if day.year == year else date_text(day)


def _span(first: date, last: date, year: int) -> str:
    if first == last:
        return _short(first, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_short(first, year)}至{last.day}日"
    return f"{_short(first, year)}至{_short(last, first.year)}"
