"""The places and people of a whole county: towns of twelve villages, their waters and their chiefs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from sqlmodel import func, select

from river_chief.records import Area, Person, Reach, ReachArea, Record, Tenure, TenureReach, Water
from river_chief.records.columns import col
from river_chief.sample.bulk.tuples import Tuples, day_text, flush_all
from river_chief.sample.people import GIVEN, SURNAMES
from river_chief.sample.places import TOWN, TOWN_CODE
from river_chief.storage.database import Writer

VILLAGES_PER_TOWN, REACHES_PER_VILLAGE, REACHES_PER_TOWN_CHIEF = 12, 7, 3
SINCE = date(2021, 5, 10)
_KINDS = ("river", "creek", "canal", "drain", "small", "reservoir")


@dataclass(frozen=True, slots=True)
class Charge:
    """A tenure and a reach it answers for, as ids."""

    tenure_id: int
    person_id: int
    reach_id: int


@dataclass(slots=True)
class County:
    """Ids of what was made. ``spots`` are (water, reach, village)."""

    village_charges: list[Charge] = field(default_factory=list)
    town_charges: list[Charge] = field(default_factory=list)
    spots: list[tuple[int, int, int]] = field(default_factory=list)


def make_county(writer: Writer, towns: int, at: datetime, random: Random) -> County:
    """Load *towns* towns, the first of them 砚溪镇 that the ledger was founded for."""
    return _Maker(writer, at, random).make(towns)


class _Maker:
    def __init__(self, writer: Writer, at: datetime, random: Random) -> None:
        self._writer = writer
        self._random = random
        self._at = at
        self.areas = self._tuples(Area, "name", "code", "level", "parent_id", "population")
        self.waters = self._tuples(Water, "code", "name", "kind", "length_km")
        self.reaches = self._tuples(Reach, "code", "name", "water_id", "kind", "level", "length_km")
        self.reach_areas = self._tuples(ReachArea, "reach_id", "area_id", "ordinal")
        self.people = self._tuples(Person, "name", "code", "phone", "unit", "area_id")
        self.tenures = self._tuples(Tenure, "person_id", "role", "level", "area_id", "valid_from")
        self.links = self._tuples(TenureReach, "tenure_id", "reach_id", "valid_from")
        self.county = County()

    def _tuples(self, kind: type[Record], *columns: str) -> Tuples:
        tuples = Tuples(kind, *columns, office=TOWN_CODE, at=self._at)
        last = self._writer.session.exec(select(func.max(col(kind.id)))).one()
        tuples.start_after(last or 0)
        return tuples

    def make(self, towns: int) -> County:
        first = self._writer.session.exec(select(Area.id).where(Area.code == TOWN_CODE)).one()
        for number in range(towns):
            code = str(int(TOWN_CODE) + number)
            name = f"示例{number + 1}镇"
            town = first or 0
            if number:
                town = self.areas.add(name, code, "town", None, None)
            self._town(town, TOWN if not number else name, code)
        every: Sequence[Tuples] = (
            self.areas,
            self.waters,
            self.reaches,
            self.reach_areas,
            self.people,
            self.tenures,
            self.links,
        )
        flush_all(self._writer, every, f"生成{towns}个乡镇的示例基础数据")
        return self.county

    def _town(self, town: int, name: str, code: str) -> None:
        villages = [
            self.areas.add(
                f"{name}{number + 1}村", f"{code}{200 + number}", "village", town, 2000 + 10 * number
            )
            for number in range(VILLAGES_PER_TOWN)
        ]
        reaches: list[int] = []
        for number, village in enumerate(villages):
            below = villages[(number + 1) % len(villages)]
            for _ in range(REACHES_PER_VILLAGE):
                reaches.append(self._reach(len(reaches) + 1, name, code, (village, below)))
        for start in range(0, len(reaches), REACHES_PER_TOWN_CHIEF):
            group = reaches[start : start + REACHES_PER_TOWN_CHIEF]
            self.county.town_charges += self._chief("town", town, name, group)

    def _reach(self, number: int, town: str, code: str, villages: tuple[int, int]) -> int:
        kind = _KINDS[number % len(_KINDS)]
        length = None if kind == "reservoir" else round(self._random.uniform(1.2, 7.5), 1)
        water_code = f"H{code}{number:03}"
        name = f"{town.removesuffix('镇')}{number}号河"
        water = self.waters.add(water_code, name, kind, length)
        reach = self.reaches.add(f"{water_code}-01", name, water, kind, "town", length)
        for ordinal, village in enumerate(villages, 1):
            self.reach_areas.add(reach, village, ordinal)
            self.county.spots.append((water, reach, village))
            self.county.village_charges += self._chief("village", village, town, [reach])
        return reach

    def _chief(self, level: str, area: int, unit: str, reaches: list[int]) -> list[Charge]:
        number = self.people.last_id + 1
        name = self._random.choice(SURNAMES) + "".join(self._random.sample(GIVEN, 2))
        person = self.people.add(name, f"SL{number:06}", str(12000000000 + number), unit, area)
        since = day_text(SINCE)
        tenure = self.tenures.add(person, "chief", level, area, since)
        for reach in reaches:
            self.links.add(tenure, reach, since)
        return [Charge(tenure, person, reach) for reach in reaches]
