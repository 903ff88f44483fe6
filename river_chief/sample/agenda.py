"""What the office of 砚溪镇 does, day by day: acts put down in any order, carried out in that of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from river_chief.progress import Progress
from river_chief.rules.calendar import WorkCalendar
from river_chief.storage.database import Database, Writer

# The ledger's first day, and the day the sample calls today.
FOUNDED, PRESENT = date(2024, 11, 4), date(2026, 3, 31)
CALENDAR = WorkCalendar()
ONE_DAY = timedelta(days=1)
# The office enters its day's work in the afternoon; Chinese time is eight hours before UTC.
ENTERED = time(16, 30)
LOCAL = timedelta(hours=8)

Doing = Callable[[Writer], object]


def office_day(day: date) -> date:
    """*day*, or the next day the office works."""
    while not CALENDAR.is_working(day):
        day += ONE_DAY
    return day


def after(day: date, working_days: int) -> date:
    """The working day *working_days* after *day* (0: *day* itself or the next one worked)."""
    day = office_day(day)
    for _ in range(working_days):
        day = office_day(day + ONE_DAY)
    return day


def is_holiday(day: date) -> bool:
    """Whether *day* is a statutory day of rest (a weekend alone is none)."""
    found = CALENDAR.day(day)
    return not found.is_working and bool(found.name)


class Agenda:
    """Acts by the day they are entered; those of one day in the order they were put down."""

    def __init__(self) -> None:
        self._acts: dict[date, list[Doing]] = defaultdict(list)

    def on(self, day: date, doing: Doing) -> None:
        """Let *doing* be entered on the first working day from *day* on."""
        self._acts[office_day(day)].append(doing)

    def carry_out(self, database: Database, *, by: str, until: date, progress: Progress) -> None:
        """Do everything up to *until*: one transaction for each day, entered at office hours."""
        days = sorted(day for day in self._acts if day <= until)
        for done, day in enumerate(days):
            progress.step(done, len(days), f"生成演示台账：{day.isoformat()}")
            at = datetime.combine(day, ENTERED, UTC) - LOCAL
            with database.write(by=by, today=day, at=at) as writer:
                for doing in self._acts[day]:
                    doing(writer)
        progress.step(len(days), len(days), "生成演示台账")
