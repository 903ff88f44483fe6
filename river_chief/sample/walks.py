"""When the chiefs of 砚溪镇 walk: planned from what they owe, with what goes wrong in a real year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from river_chief.rules.periods import Span, month_range, period_of, periods_ending_in
from river_chief.sample.agenda import ONE_DAY, is_holiday, office_day
from river_chief.sample.people import AWAY, AWAY_FROM, AWAY_TO, LONG_WALKER, Charge, Human, Post, Staff
from river_chief.sample.places import BY_KEY
from river_chief.terms import Entry, Level, PatrolMode, Performer, Period, WaterKind

STARTS = date(2025, 1, 1)
STORMS = (date(2025, 5, 21), date(2025, 6, 25), date(2025, 8, 13))
# Shares of the story: requirements met, failed ones that were walked too briefly, doubles, paper logs.
USUAL_RATE, POOR_RATE = (0.945, 0.975), 0.88
POOR_MONTHS = ((2025, 2), (2025, 8))
BRIEF_SHARE, DOUBLE_SHARE, PAPER_SHARE, DRIFT_SHARE = 0.66, 0.02, 0.05, 0.15
AFTER_STORM = 12
FLOOD_MONTHS = range(4, 10)
_PERIODS = (
    (Level.VILLAGE, Period.WEEK),
    (Level.TOWN, Period.MONTH),
    (Level.COUNTY, Period.QUARTER),
    (Level.CITY, Period.HALF_YEAR),
)
_TOWN_DAYS = (8, 18, 28)


@dataclass(eq=False, slots=True)
class Walk:
    """A patrol to be logged; ``id`` is known once it is entered on ``entered``."""

    post: Post
    reaches: tuple[str, ...]
    day: date
    brief: bool = False
    is_double: bool = False
    started_at: datetime = datetime.min
    minutes: int = 0
    km: float | None = None
    mode: PatrolMode = PatrolMode.WALK
    performer: Performer = Performer.SELF
    entry: Entry = Entry.TYPED
    entered: date = date.min
    weather: str = ""
    finding: str = ""
    handling: str = ""
    item: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class _Owed:
    charge: Charge
    span: Span
    nth: int
    month: tuple[int, int]

    @property
    def group(self) -> tuple[Post, str, tuple[int, int]]:
        return self.charge.post, self.charge.reach, self.month


def plan_walks(staff: Staff, until: date, random: Random) -> list[Walk]:
    """Every patrol from 2025 to *until*, in the order in which they begin."""
    return _Planner(staff, until, random).walks()


class _Planner:
    def __init__(self, staff: Staff, until: date, random: Random) -> None:
        self._charges = list(staff.charges)
        self._until = until
        self._random = random
        self._missed: set[tuple[Post, str, tuple[int, int]]] = set()

    def walks(self) -> list[Walk]:
        walks: list[Walk] = []
        months: dict[tuple[Level, tuple[int, int]], list[_Owed]] = defaultdict(list)
        for owed in self._owed():
            months[owed.charge.post.level, owed.month].append(owed)
        for (level, month), group in months.items():
            walks += self._month(level, month, group)
        good = [walk for walk in walks if not walk.brief]
        for walk in self._random.sample(good, round(len(good) * DOUBLE_SHARE)):
            walks.append(Walk(walk.post, walk.reaches, walk.day, is_double=True))
        for storm in STORMS:
            walks += self._after_storm(storm)
        walks.sort(key=lambda walk: walk.day)
        self._fill(walks)
        walks.sort(key=lambda walk: walk.started_at)
        return walks

    def _owed(self) -> Iterator[_Owed]:
        for level, period in _PERIODS:
            for span in periods_ending_in(period, STARTS, self._until):
                month = (span.last.year, span.last.month)
                twice = level is Level.TOWN and span.last.month in FLOOD_MONTHS
                for charge in self._charges:
                    if charge.post.level is level and charge.holds(span.last):
                        yield from (_Owed(charge, span, nth, month) for nth in range(1 + twice))

    def _month(self, level: Level, month: tuple[int, int], owed: Sequence[_Owed]) -> Iterator[Walk]:
        rate = POOR_RATE if month in POOR_MONTHS else self._random.uniform(*USUAL_RATE)
        failed: list[_Owed] = []
        if level in (Level.VILLAGE, Level.TOWN):
            failed = self._random.sample(owed, round(len(owed) * (1 - rate)))
        self._missed.update(each.group for each in failed)
        brief = set(self._random.sample(failed, round(len(failed) * BRIEF_SHARE)))
        town_days: dict[tuple[Post, str], list[int]] = {}
        for each in owed:
            key = (each.charge.post, each.charge.reach)
            days = town_days.setdefault(key, self._random.sample(_TOWN_DAYS, len(_TOWN_DAYS)))
            if each not in failed or each in brief:
                day = self._day(level, each, days)
                yield Walk(each.charge.post, (each.charge.reach,), day, brief=each in brief)

    def _day(self, level: Level, owed: _Owed, town_days: Sequence[int]) -> date:
        span = owed.span
        if level is Level.VILLAGE:
            wished = span.first + ONE_DAY * 2
        elif level is Level.TOWN:
            wished = span.first.replace(day=town_days[owed.nth])
        else:
            wished = span.first + ONE_DAY * self._random.randrange(10, span.days - 10)
        if self._random.random() < DRIFT_SHARE:
            wished += ONE_DAY * self._random.choice((-2, -1, 1, 2))
        charge = owed.charge
        first = max(span.first, charge.first, STARTS)
        last = min(span.last, charge.last or span.last)
        days = [first + ONE_DAY * shift for shift in range((last - first).days + 1)]
        free = [day for day in days if not is_holiday(day) and day not in STORMS] or days
        return min(free, key=lambda day: (abs(day - wished), day < wished))

    def _after_storm(self, storm: date) -> Iterator[Walk]:
        month = (storm.year, storm.month)
        steady = [
            charge
            for charge in self._charges
            if charge.holds(storm)
            and charge.post.level in (Level.VILLAGE, Level.TOWN)
            and (charge.post, charge.reach, month) not in self._missed
        ]
        for charge in self._random.sample(steady, AFTER_STORM):
            post = charge.post
            whole = all((post, reach, month) not in self._missed for reach in post.reaches)
            reaches = post.reaches if whole and charge.reach in post.reaches else (charge.reach,)
            yield Walk(post, reaches, storm + ONE_DAY * self._random.choice((1, 2)))

    def _fill(self, walks: Sequence[Walk]) -> None:
        weather = _Weather(self._random)
        busy: dict[tuple[Human, date], datetime] = {}
        for walk in walks:
            _length(walk, self._random)
            free = busy.get((walk.post.human, walk.day))
            if free is None:
                free = datetime.combine(walk.day, time(self._random.choice((7, 8, 8, 9, 14, 15))))
            walk.started_at = free + timedelta(minutes=self._random.randrange(5, 45))
            busy[walk.post.human, walk.day] = walk.started_at + timedelta(minutes=walk.minutes + 5)
            walk.mode = _mode(walk, self._random)
            walk.weather = weather.of(walk.day)
            self._enter(walk)

    def _enter(self, walk: Walk) -> None:
        away = walk.post.key == AWAY and AWAY_FROM <= walk.day <= AWAY_TO
        walk.performer = Performer.DELEGATE if away else Performer.SELF
        walk.entry = Entry.APP if self._random.random() < 0.6 else Entry.TYPED
        walk.entered = office_day(walk.day)
        next_month = month_range(walk.day.year, walk.day.month).last + ONE_DAY
        late = office_day(next_month + ONE_DAY * self._random.randrange(4))
        if self._random.random() < PAPER_SHARE and late <= self._until:
            walk.entry, walk.entered = Entry.PAPER, late


class _Weather:
    """The sky over the town, one word for each day."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._days: dict[date, str] = {}

    def of(self, day: date) -> str:
        if day not in self._days:
            wet = any(storm < day <= storm + 2 * ONE_DAY for storm in STORMS)
            words = ("小雨", "阴") if wet else ("晴", "晴", "多云", "多云", "阴", "小雨")
            self._days[day] = self._random.choice(words)
        return self._days[day]


def _length(walk: Walk, random: Random) -> None:
    if walk.brief:
        walk.minutes, walk.km = random.randrange(6, 10), round(random.uniform(0.2, 0.45), 2)
        return
    if walk.post.key == LONG_WALKER:
        walk.minutes = random.randrange(62, 96)
    elif walk.post.level is Level.VILLAGE:
        walk.minutes = random.randrange(14, 46)
    else:
        walk.minutes = random.randrange(25, 59)
    stretch = BY_KEY[walk.reaches[0]]
    if stretch.kind is WaterKind.RESERVOIR:
        walk.km = round(random.uniform(0.2, 0.9), 2) if random.random() < 0.7 else None
        return
    pace = random.uniform(0.045, 0.062)
    walk.km = round(min(max(walk.minutes * pace, 0.6), stretch.km or 1.2), 2)


def _mode(walk: Walk, random: Random) -> PatrolMode:
    if walk.reaches[0] in ("R01", "R02") and random.random() < 0.2:
        return PatrolMode.BOAT
    if walk.post.level is Level.VILLAGE:
        return random.choices((PatrolMode.WALK, PatrolMode.VEHICLE), (88, 12))[0]
    modes = (PatrolMode.WALK, PatrolMode.VEHICLE, PatrolMode.DRONE, PatrolMode.ON_SITE)
    return random.choices(modes, (60, 30, 4, 6))[0]


def in_month(walks: Iterable[Walk], year: int, month: int) -> list[Walk]:
    """The walks of a calendar month."""
    span = period_of(Period.MONTH, date(year, month, 1))
    return [walk for walk in walks if walk.day in span]
