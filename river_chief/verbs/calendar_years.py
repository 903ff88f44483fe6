"""一年的放假安排: entered as a whole into the office's own calendar, ticked as complete."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlalchemy import ColumnElement
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.records import Holiday
from river_chief.records.columns import col
from river_chief.verbs.input import Input
from river_chief.verbs.office import SettingChange, change_settings, settings_of

FEWEST_RESTS = 11
"""A year has at least so many statutory holidays (全国年节及纪念日放假办法); a list of fewer is not the whole year."""


class YearDay(Input):
    """A day of rest, or a weekend that is worked."""

    day: date = Field(title="日期")
    is_working: bool = Field(False, title="是否上班")
    name: str = Field("", title="名称", max_length=40)


class YearDays(Input):
    """Every day of a year that is not what its weekday says; ``is_complete``: there are no others."""

    year: int = Field(title="年份", ge=2000, le=2199)
    days: tuple[YearDay, ...] = Field(title="放假安排", min_length=1)
    is_complete: bool = Field(True, title="全年录全")


class YearTick(Input):
    """Whether the arrangement of a year stands completely in the office's table."""

    year: int = Field(title="年份", ge=2000, le=2199)
    is_complete: bool = Field(True, title="全年录全")


def enter_year(session: Session, entry: YearDays, /, *, by: str, today: date) -> Changes:
    """Let the office's table hold exactly these days of the year; days of it that are not named are retired."""
    wanted = {one.day: one for one in entry.days}
    _check_days(entry, wanted)
    kept = {row.day: row for row in session.exec(select(Holiday).where(_within(entry.year)))}
    kept |= {row.day: row for row in session.exec(select(Holiday).where(col(Holiday.day).in_(wanted)))}
    for day, one in wanted.items():
        row = kept.get(day) or Holiday(day=day)
        row.is_working, row.name, row.retired_on = one.is_working, one.name, None
        session.add(row)
    for day, row in kept.items():
        if day not in wanted and row.retired_on is None:
            row.retired_on = today
    session.flush()
    _tick(session, entry.year, entry.is_complete, by, today)
    worked = sum(one.is_working for one in entry.days)
    ticked = "，已录全" if entry.is_complete else ""
    return Changes(f"录入{entry.year}年放假安排：放假{len(wanted) - worked}天、调休上班{worked}天{ticked}")


def tick_year(session: Session, entry: YearTick, /, *, by: str, today: date) -> Changes:
    """Say that the arrangement of a year stands completely in the table, or that it does not."""
    rows = session.exec(select(Holiday).where(_within(entry.year), col(Holiday.retired_on).is_(None))).all()
    if entry.is_complete and sum(not row.is_working for row in rows) < FEWEST_RESTS:
        raise Refusal(f"节假日表里{entry.year}年的放假还没有录全，请先录入全年的放假安排。")
    _tick(session, entry.year, entry.is_complete, by, today)
    return Changes(f"{entry.year}年放假安排{'已录全' if entry.is_complete else '改为没有录全'}")


def _check_days(entry: YearDays, wanted: dict[date, YearDay]) -> None:
    if len(wanted) < len(entry.days):
        raise InvalidInput({"days": "同一天写了两次，请核对"})
    # The notice of a year may name the last days of the year before (元旦 with its weekend).
    strange = [
        day for day in wanted if day.year != entry.year and (day.year, day.month) != (entry.year - 1, 12)
    ]
    if strange:
        raise InvalidInput({"days": f"{strange[0].isoformat()} 不在{entry.year}年，请核对年份"})
    rests = sum(not one.is_working for one in entry.days)
    if entry.is_complete and rests < FEWEST_RESTS:
        wrong = f"一年至少有{FEWEST_RESTS}天法定放假，这里只有{rests}天；没有录全的，请不要勾选“全年录全”"
        raise InvalidInput({"days": wrong})


def _tick(session: Session, year: int, is_complete: bool, by: str, today: date) -> None:
    years = set(settings_of(session).calendar_years) - {year}
    wanted = sorted(years | {year} if is_complete else years)
    change_settings(session, SettingChange(values={"calendar_years": wanted}), by=by, today=today)


def _within(year: int) -> ColumnElement[bool]:
    return col(Holiday.day).between(date(year, 1, 1), date(year, 12, 31))
