"""How large a ledger may be made: a county, a city of several counties, or any multiple."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from river_chief.progress import Progress
from river_chief.sample.agenda import PRESENT
from river_chief.sample.bulk.county import make_county
from river_chief.sample.bulk.patrol_mass import PatrolMass
from river_chief.sample.bulk.problem_mass import ProblemMass
from river_chief.sample.people import CLERK
from river_chief.sample.places import TOWN, TOWN_CODE
from river_chief.storage.database import Database
from river_chief.verbs import office

QUIET = Progress()


@dataclass(frozen=True, slots=True)
class Size:
    """So many towns of twelve villages, problems and patrols over so many years up to ``PRESENT``."""

    towns: int
    problems: int
    patrols: int
    years: int = 4

    def times(self, factor: float) -> Size:
        """This size so many times over; at least one town."""
        return Size(
            max(round(self.towns * factor), 1),
            round(self.problems * factor),
            round(self.patrols * factor),
            self.years,
        )

    @property
    def first_day(self) -> date:
        """The first day of its time."""
        return (PRESENT + timedelta(days=1)).replace(year=PRESENT.year - self.years)


COUNTY = Size(towns=25, problems=100_000, patrols=1_000_000)
CITY = COUNTY.times(3)
SIZES = {"county": COUNTY, "city": CITY}


def make(
    folder: Path,
    size: Size = COUNTY,
    *,
    seed: int = 1,
    password: str | None = None,
    progress: Progress = QUIET,
) -> None:
    """Make a ledger of *size* in *folder*, which must not hold one yet; ``PRESENT`` is its last day."""
    random = Random(seed)
    database, _ = Database.create(folder, password=password)
    with database:
        database.set_office(TOWN_CODE)
        first = size.first_day
        with database.write(by=CLERK, today=first) as writer:
            writer.do(office.found_office, office.NewOffice(place=TOWN, area_code=TOWN_CODE))
            county = make_county(writer, size.towns, writer.recorder.stamp.at, random)
        progress.step(1, 3, "载入问题")
        ProblemMass(county, first, PRESENT, size.problems, random).load(database, CLERK)
        progress.step(2, 3, "载入巡河记录")
        PatrolMass(county, first, PRESENT, size.patrols, random).load(database, CLERK)
        database.analyse()
        progress.step(3, 3, "载入完成")
