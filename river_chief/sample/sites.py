"""Where and when the problems of the story are found: those of chiefs on their own walks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from random import Random

from river_chief.sample.agenda import ONE_DAY, office_day
from river_chief.sample.cases import Case
from river_chief.sample.patrols import may_find
from river_chief.sample.people import VACANT
from river_chief.sample.places import BY_KEY, STRETCHES
from river_chief.sample.walks import Walk, in_month
from river_chief.sample.words import LANDMARKS
from river_chief.terms import Bank, Entry, Source

_OPEN_WATERS = "R01 R02 R03 R05 R06 R07 R08 R09 R10 R11 R14"
_REACHES = {
    "LZ": _OPEN_WATERS,
    "LJ": _OPEN_WATERS,
    "LC": "R01 R02 R03",
    "SZ": "R04 R09 R13 R14 R20",
    "PW": "R04 R05 R07 R09 R12 R13 R14 R20",
    "SG": "R01 R02 R05 R07 R12 R13",
    "AH02": "R03 R06 R08 R10 R11 R15",
    "LZ09": "R09 R14 R18",
    "LZ11": "R03 R06 R07",
    "LJ08": "R06 R10",
    "LJ05": "R02",
    "SG05": "R12 R13 R16 R17",
    "SZ05": "R13 R18",
    "HD01": "R01 R02",
}
# Marks a walk as taken until the case is told.
TAKEN = "待登记"
# Plain problems of the year's end are found early enough to be struck off within it.
_LATEST = {11: 21, 12: 6}
_SATELLITE_DAY = date(2025, 4, 10)


def place_cases(cases: Iterable[Case], walks: list[Walk], random: Random) -> None:
    """Give every case its reach, village, days and spot; a walk serves one case at most."""
    for case in cases:
        if case.source is Source.CHIEF and walks[0].day.year <= case.year:
            _find_on_walk(case, walks, random)
        else:
            _find_otherwise(case, random)
        _spot(case, random)


def _reaches(case: Case) -> list[str]:
    if case.reach:
        return [case.reach]
    keys = _REACHES.get(case.leaf) or _REACHES.get(case.group)
    return keys.split() if keys else [stretch.key for stretch in STRETCHES]


def _days(case: Case) -> tuple[date, date]:
    first, last = case.days
    if case.is_plain and case.days == (1, 31):
        last = _LATEST.get(case.month, last)
    last = min(last, monthrange(case.year, case.month)[1])
    return date(case.year, case.month, first), date(case.year, case.month, last)


def _find_on_walk(case: Case, walks: list[Walk], random: Random) -> None:
    first, last = _days(case)
    free = [
        walk
        for walk in in_month(walks, case.year, case.month)
        if first <= walk.day and walk.entered <= last
        if may_find(walk) and not walk.finding and walk.entry is not Entry.PAPER
        if case.village in ("", walk.post.area)
    ]
    reaches = _reaches(case)
    fitting = [walk for walk in free if walk.reaches[0] in reaches]
    if not fitting and not case.reach:
        fitting = free  # in a few days nobody may have walked a water of the usual kind
    if not fitting:
        _find_otherwise(case, random)
        return
    walk = random.choice(fitting)
    case.walk = walk
    case.reach = walk.reaches[0]
    villages = BY_KEY[case.reach].villages
    case.village = walk.post.area if walk.post.area in villages else random.choice(villages)
    case.found_on, case.registered = walk.day, walk.entered
    walk.finding = TAKEN


def _find_otherwise(case: Case, random: Random) -> None:
    keys = _reaches(case)
    if case.year < 2025:
        keys = [key for key in keys if key != VACANT[1]]
    case.reach = random.choice(keys)
    case.village = case.village or random.choice(BY_KEY[case.reach].villages)
    if case.source is Source.SATELLITE:
        case.found_on = _SATELLITE_DAY
        case.registered = office_day(_SATELLITE_DAY + ONE_DAY * random.randrange(1, 8))
        return
    first, last = _days(case)
    days = [first + ONE_DAY * shift for shift in range((last - first).days + 1)]
    case.registered = random.choice([day for day in days if office_day(day) == day])
    case.found_on = max(first.replace(day=1), case.registered - ONE_DAY * random.choice((0, 0, 1, 2)))


def _spot(case: Case, random: Random) -> None:
    stretch = BY_KEY[case.reach]
    side = random.choice(("上游", "下游"))
    village = case.village.removesuffix("村").removesuffix("社区")
    case.place = f"{village}{random.choice(LANDMARKS)}{side}{random.randrange(30, 400, 10)}米"
    case.bank = random.choice((Bank.LEFT, Bank.RIGHT))
    of_village = stretch.villages.index(case.village)
    case.share = (of_village + random.random()) / len(stretch.villages)
