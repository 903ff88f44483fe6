"""Patrols of a county by the hundred thousand, so many of those owed as the size asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from river_chief.records import Patrol, PatrolReach
from river_chief.sample.bulk.county import Charge, County
from river_chief.sample.bulk.tuples import Tuples, day_text, flush_all
from river_chief.sample.places import TOWN_CODE
from river_chief.storage.database import Database

BRIEF, FOUND = 0.035, 0.12
_SMALL = "岸边有零星垃圾"
_SEEN_TO = "当场清理，已恢复"
_FLOOD = range(4, 10)
_COLUMNS = (
    "tenure_id",
    "person_id",
    "started_at",
    "ended_at",
    "minutes",
    "km",
    "has_finding",
    "finding",
    "handling",
)


class PatrolMass:
    """Makes the patrols between two days, a month at a time and in order of time."""

    def __init__(self, county: County, first: date, last: date, count: int, random: Random) -> None:
        self._county = county
        self._first, self._last = first, last
        self._random = random
        self._share = count / max(self._owed(), 1)
        self._left = count

    def load(self, database: Database, by: str) -> int:
        """Load them all, one act for each month; return how many."""
        at = datetime.combine(self._last, datetime.min.time()).astimezone()
        patrols = Tuples(Patrol, *_COLUMNS, office=TOWN_CODE, at=at)
        links = Tuples(PatrolReach, "patrol_id", "reach_id", office=TOWN_CODE, at=at)
        loaded = 0
        for month, days in self._months():
            for day in days:
                self._day(day, patrols, links)
            loaded += len(patrols)
            with database.write(by=by, today=self._last, at=at) as writer:
                flush_all(writer, (patrols, links), f"载入{month}巡河记录{len(patrols)}条")
        return loaded

    def _owed(self) -> int:
        return sum(len(self._due(day)) for _, days in self._months() for day in days)

    def _months(self) -> list[tuple[str, list[date]]]:
        months: dict[str, list[date]] = {}
        day = self._first
        while day <= self._last:
            months.setdefault(f"{day:%Y年%m月}", []).append(day)
            day += timedelta(days=1)
        return list(months.items())

    def _due(self, day: date) -> list[Charge]:
        """Who walks on *day*: a fifth of the villages on each weekday, the towns on the 8th (and 18th)."""
        due: list[Charge] = []
        if day.weekday() < 5:
            due += self._county.village_charges[day.weekday() :: 5]
        if day.day == 8 or (day.day == 18 and day.month in _FLOOD):
            due += self._county.town_charges
        return due

    def _day(self, day: date, patrols: Tuples, links: Tuples) -> None:
        random, text = self._random, day_text(day)
        hours: dict[int, int] = {}
        for charge in self._due(day):
            if self._left == 0 or random.random() >= self._share:
                continue
            self._left -= 1
            hour = hours[charge.person_id] = hours.get(charge.person_id, 7) + 1
            minutes = random.randrange(6, 10) if random.random() < BRIEF else random.randrange(12, 56)
            begun = random.randrange(0, 4)
            found = random.random() < FOUND
            patrol = patrols.add(
                charge.tenure_id,
                charge.person_id,
                f"{text} {hour:02}:{begun:02}:00.000000",
                f"{text} {hour:02}:{begun + minutes:02}:00.000000",
                minutes,
                round(minutes * 0.052, 2),
                int(found),
                _SMALL if found else "",
                _SEEN_TO if found else "",
            )
            links.add(patrol, charge.reach_id)
