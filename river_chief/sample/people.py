"""The persons of 砚溪镇: 45 chiefs, 6 patrollers, 14 cleaners and their posts; none of them is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random

from river_chief.sample.agenda import ONE_DAY, Agenda
from river_chief.sample.places import CITY, COUNTY, STRETCHES, TOWN, VILLAGES, Places
from river_chief.storage.database import Writer
from river_chief.terms import Gender, Level, Role
from river_chief.verbs import chiefs

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何"
GIVEN = "春树文海小国建明志庆玉秀云林平生华根田水"
CLERK, WITNESS = "何文秀", "许建平"
ACCEPTORS = f"{WITNESS}、{CLERK}"
SINCE = date(2023, 5, 10)

Key = tuple[str, str]
"""A village and a reach: which of the village's chiefs is meant."""

# The story: who comes and goes, who is away, whose reach another looks after.
CHANGED, CHANGED_ON = ("白鹭洲村", "R09"), date(2025, 7, 8)
MAYOR_ON = date(2025, 11, 10)
VACANT, STAND_IN = ("石埠村", "R17"), ("石埠村", "R06")
VACANT_FROM, FILLED_ON = date(2025, 1, 1), date(2025, 4, 1)
AWAY, AWAY_FROM, AWAY_TO = ("樟树下村", "R08"), date(2025, 9, 1), date(2025, 10, 31)
NO_PHONE: Key = ("古井村", "R11")
TWINS: tuple[Key, Key] = (("上砚村", "R15"), ("杨湾村", "R12"))
LONG_WALKER: Key = ("新渡村", "R14")
NEVER_FIND: frozenset[Key] = frozenset({("上砚村", "R15"), ("下砚村", "R16"), ("桐坪村", "R19")})

_ABOVE = (
    (Level.CITY, CITY, Role.CHIEF, "临澜市副市长", "R01 R02"),
    (Level.COUNTY, COUNTY, Role.CHIEF, "澜川县委副书记", "R01 R02"),
    (Level.COUNTY, COUNTY, Role.CHIEF, "澜川县副县长", "R03 R04 R05"),
    (Level.COUNTY, COUNTY, Role.DEPUTY_GENERAL_CHIEF, "澜川县常务副县长", ""),
)
_IN_TOWN = (
    (Role.GENERAL_CHIEF, "党委书记", "R01 R03"),
    (Role.GENERAL_CHIEF, "镇长", "R02 R04"),
    (Role.DEPUTY_GENERAL_CHIEF, "副镇长、河长办主任", "R05 R20"),
    (Role.CHIEF, "党委副书记", "R06"),
    (Role.CHIEF, "人大主席", "R07"),
    (Role.CHIEF, "纪委书记", "R08"),
    (Role.CHIEF, "组织委员", "R09"),
    (Role.CHIEF, "政法委员", "R10 R19"),
    (Role.CHIEF, "宣传委员", "R11"),
    (Role.CHIEF, "人武部部长", "R12"),
    (Role.CHIEF, "副镇长", "R13"),
    (Role.CHIEF, "农业农村办主任", "R18"),
    (Role.CHIEF, "综合行政执法队队长", "R14 R15 R16 R17"),
)
_MAYOR, _HEIR = "镇长", "党委副书记"
_IN_VILLAGE = ("党支部书记", "村委会主任", "村委委员")
_CLEANED_TWICE = ("砚溪社区", "南圩村")


@dataclass(eq=False, slots=True)
class Human:
    """A person; ``id`` is known once entered."""

    name: str
    code: str
    phone: str
    unit: str
    title: str
    area: str
    id: int = 0

    @property
    def gender(self) -> Gender:
        """As the name sounds."""
        return Gender.FEMALE if set(self.name) & set("玉秀云") else Gender.MALE


@dataclass(eq=False, slots=True)
class Post:
    """A tenure; ``id`` is known once it has begun."""

    human: Human
    role: Role
    level: Level
    area: str
    title: str
    reaches: tuple[str, ...]
    first: date = SINCE
    last: date | None = None
    key: Key = ("", "")
    id: int = 0


@dataclass(frozen=True, slots=True)
class Charge:
    """A post's charge of one reach, from a day to a day (inclusive)."""

    post: Post
    reach: str
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the post answers for the reach on *day*."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(slots=True)
class Staff:
    """Every post of the story, in the order in which they begin in a sheet of the office."""

    posts: list[Post] = field(default_factory=list)

    def chief(self, key: Key, day: date) -> Post:
        """The village chief of that post on *day*."""
        return next(each for each in self.posts if each.key == key and _on(each, day))

    @property
    def charges(self) -> Iterator[Charge]:
        """What every chief answers for, and the reach looked after during the vacancy."""
        for post in self.posts:
            if post.role.is_chief:
                yield from (Charge(post, reach, post.first, post.last) for reach in post.reaches)
        yield Charge(self.chief(STAND_IN, VACANT_FROM), VACANT[1], VACANT_FROM, FILLED_ON - ONE_DAY)

    def answering(self, level: Level, reach: str, day: date, village: str = "") -> Post:
        """Who answers for *reach* on *day* at *level* (in *village*, for a village chief)."""
        return next(
            charge.post
            for charge in self.charges
            if charge.post.level is level
            and charge.reach == reach
            and charge.holds(day)
            and village in ("", charge.post.area)
        )

    def patroller(self, village: str) -> Post:
        """The patroller who walks the waters of *village*."""
        reaches = {stretch.key for stretch in STRETCHES if village in stretch.villages}
        walkers = [post for post in self.posts if post.role is Role.PATROLLER]
        return max(walkers, key=lambda post: len(reaches.intersection(post.reaches)))


def plan_people(random: Random) -> Staff:
    """Everyone who holds a post from the ledger's beginning to its last day."""
    roll = _Roll(random)
    staff = Staff()
    for level, area, role, title, reaches in _ABOVE:
        staff.posts.append(roll.post(role, level, area, title, reaches))
    for role, title, reaches in _IN_TOWN:
        staff.posts.append(roll.post(role, Level.TOWN, TOWN, TOWN + title, reaches))
    staff.posts.append(_new_mayor(staff))
    for village in VILLAGES:
        keys = [stretch.key for stretch in STRETCHES if village.name in stretch.villages]
        for reach, title in zip(keys, _IN_VILLAGE, strict=False):
            staff.posts += _village_posts(roll, (village.name, reach), village.name + title)
    for first, second in zip(VILLAGES[::2], VILLAGES[1::2], strict=True):
        reaches = " ".join(s.key for s in STRETCHES if {first.name, second.name} & set(s.villages))
        staff.posts.append(roll.post(Role.PATROLLER, Level.VILLAGE, first.name, "巡查员", reaches))
    for village_name in (*(village.name for village in VILLAGES), *_CLEANED_TWICE):
        reaches = " ".join(s.key for s in STRETCHES if village_name in s.villages)
        staff.posts.append(roll.post(Role.CLEANER, Level.VILLAGE, village_name, "保洁员", reaches))
    return staff


def enter_people(staff: Staff, agenda: Agenda, places: Places, founded: date) -> None:
    """Put into the agenda: posts as they begin and end, the stand-in and the delegate."""
    by_start = sorted(staff.posts, key=lambda post: max(post.first, founded))
    for post in by_start:
        agenda.on(max(post.first, founded), partial(_begin, post=post, places=places))
        if post.last is not None:
            agenda.on(post.last, partial(_end, post=post))
    agenda.on(VACANT_FROM, partial(_stand_in, staff=staff, places=places))
    agenda.on(AWAY_FROM, partial(_delegate, staff=staff))


class _Roll:
    """Makes up persons; a name is given once, except to the twins."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names = {CLERK, WITNESS}
        self._count = 0
        self.twin = ""

    def post(self, role: Role, level: Level, area: str, title: str, reaches: str, name: str = "") -> Post:
        self._count += 1
        unit = area if level in (Level.CITY, Level.COUNTY) else TOWN + area.removeprefix(TOWN)
        phone = str(12000000000 + self._count)
        human = Human(name or self._name(), f"YX{self._count:04}", phone, unit, title, area)
        return Post(human, role, level, area, title, tuple(reaches.split()))

    def _name(self) -> str:
        while True:
            given = "".join(self._random.sample(GIVEN, self._random.choice((1, 2, 2))))
            name = self._random.choice(SURNAMES) + given
            if name not in self._names:
                self._names.add(name)
                return name


def _new_mayor(staff: Staff) -> Post:
    old = next(post for post in staff.posts if post.title == TOWN + _MAYOR)
    heir = next(post for post in staff.posts if post.title == TOWN + _HEIR)
    old.last = heir.last = MAYOR_ON - ONE_DAY
    reaches = old.reaches + heir.reaches
    return Post(heir.human, old.role, old.level, old.area, old.title, reaches, first=MAYOR_ON)


def _village_posts(roll: _Roll, key: Key, title: str) -> list[Post]:
    village, reach = key
    name = roll.twin if key == TWINS[1] else ""
    post = roll.post(Role.CHIEF, Level.VILLAGE, village, title, reach, name)
    post.key = key
    if key == TWINS[0]:
        roll.twin = post.human.name
    if key == NO_PHONE:
        post.human.phone = ""
    if key == VACANT:
        post.first = FILLED_ON
    if key != CHANGED:
        return [post]
    post.last = CHANGED_ON - ONE_DAY
    heir = roll.post(Role.CHIEF, Level.VILLAGE, village, title, reach)
    heir.key, heir.first = key, CHANGED_ON
    return [post, heir]


def _on(post: Post, day: date) -> bool:
    return post.first <= day and (post.last is None or day <= post.last)


def _begin(writer: Writer, post: Post, places: Places) -> None:
    human = post.human
    if not human.id:
        entry = chiefs.NewPerson(
            name=human.name,
            code=human.code,
            gender=human.gender,
            phone=human.phone,
            unit=human.unit,
            title=human.title,
            area_id=places.areas[human.area],
        )
        human.id = writer.do(chiefs.add_person, entry).id
    tenure = chiefs.NewTenure(
        person_id=human.id,
        role=post.role,
        level=post.level,
        area_id=places.areas[post.area],
        title=post.title,
        valid_from=post.first,
        reach_ids=tuple(places.reaches[reach] for reach in post.reaches),
    )
    post.id = writer.do(chiefs.begin_tenure, tenure).id


def _end(writer: Writer, post: Post) -> None:
    if post.last is not None:
        writer.do(chiefs.end_tenure, chiefs.EndTenure(tenure_id=post.id, last_day=post.last))


def _stand_in(writer: Writer, staff: Staff, places: Places) -> None:
    charge = chiefs.ReachCharge(
        tenure_id=staff.chief(STAND_IN, VACANT_FROM).id,
        reach_ids=(places.reaches[VACANT[1]],),
        valid_from=VACANT_FROM,
        valid_to=FILLED_ON - ONE_DAY,
    )
    writer.do(chiefs.take_reaches, charge)


def _delegate(writer: Writer, staff: Staff) -> None:
    entry = chiefs.Delegation(
        tenure_id=staff.chief(AWAY, AWAY_FROM).id,
        delegate_id=staff.patroller(AWAY[0]).human.id,
        delegate_from=AWAY_FROM,
        delegate_to=AWAY_TO,
    )
    writer.do(chiefs.delegate, entry)
