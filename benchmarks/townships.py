"""Large ledgers for the benchmarks: problems of years, villages, chiefs and what they walked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from river_chief.records import Area, Patrol, PatrolReach, Person, Reach, Tenure, TenureReach, Water
from river_chief.storage.database import Writer
from river_chief.terms import Action, AreaLevel, Exit, Level, Role, Severity, Source, WaterKind
from tests.builders import CLERK, Office, new_office
from tests.figures.histories import GROUPS, Case, Lap, load, load_cases

DAYS, CHIEFS, PATROLS_A_MONTH = 1180, 300, 1000
FIRST, TODAY = date(2021, 1, 1), date(2024, 12, 31)
_ID = 100


def township(folder: Path, problems: int, villages: int) -> Office:
    """A ledger of *problems* found from 2021 to spring 2024; 300 chiefs with 1,000 patrols a month of 2024."""
    office, random = new_office(folder, today=TODAY), Random(20)
    database = office.database
    with database.write(by=CLERK, today=TODAY) as writer:
        _places(writer, villages, database.office)
        _patrols(writer, random, database.office)
        writer.seal_load("test.load", "载入河湖、河长和巡河")
    with database.write(by=CLERK, today=TODAY) as writer:
        load_cases(writer, [_case(random, villages) for _ in range(problems)], database.office)
    database.analyse()
    return office


def _places(writer: Writer, villages: int, office: str) -> None:
    every = range(CHIEFS)
    areas = [
        {"name": f"第{n}村", "level": AreaLevel.VILLAGE, "parent_id": 1, "code": str(990121103201 + n)}
        for n in range(villages)
    ]
    load(writer, Area, [{"id": _ID + n, **area} for n, area in enumerate(areas)], office)
    water = {"kind": WaterKind.RIVER}
    load(
        writer,
        Water,
        [{"id": _ID + n, "code": f"W{n}", "name": f"第{n}河", **water} for n in range(100)],
        office,
    )
    reach = {**water, "level": Level.VILLAGE}
    reaches = [
        {"id": _ID + n, "code": f"R{n}", "name": f"第{n}段", "water_id": _ID + n % 100, **reach}
        for n in every
    ]
    load(writer, Reach, reaches, office)
    load(
        writer,
        Person,
        [{"id": _ID + n, "name": f"河长{n}", "area_id": _ID + n % villages} for n in every],
        office,
    )
    tenures = [
        {
            "id": _ID + n,
            "person_id": _ID + n,
            "role": Role.CHIEF,
            "level": Level.VILLAGE if n % 10 else Level.TOWN,
            "area_id": _ID + n % villages,
            "valid_from": date(2020, 1, 1),
        }
        for n in every
    ]
    load(writer, Tenure, tenures, office)
    charges = [{"tenure_id": _ID + n, "reach_id": _ID + n, "valid_from": date(2020, 1, 1)} for n in every]
    load(writer, TenureReach, charges, office)


def _patrols(writer: Writer, random: Random, office: str) -> None:
    chiefs = [random.randrange(CHIEFS) for _ in range(12 * PATROLS_A_MONTH)]
    patrols = [
        {
            "id": place + 1,
            "tenure_id": _ID + chief,
            "person_id": _ID + chief,
            "started_at": datetime(2024, 1 + place // PATROLS_A_MONTH, random.randrange(1, 29), 9),
            "minutes": 40,
            "km": 2.0,
            "has_finding": random.random() < 0.1,
        }
        for place, chief in enumerate(chiefs)
    ]
    load(writer, Patrol, patrols, office)
    walked = [{"patrol_id": place + 1, "reach_id": _ID + chief} for place, chief in enumerate(chiefs)]
    load(writer, PatrolReach, walked, office)


def _case(random: Random, villages: int) -> Case:
    """Nearly all are finished within weeks, one in thirty relapses."""
    found = FIRST + timedelta(days=random.randrange(DAYS))
    finished = found + timedelta(days=1 + int(random.expovariate(1 / 7)))
    lap = Lap(
        found,
        assigned_on=found + timedelta(days=1),
        deadline=found + timedelta(days=random.choice((8, 8, 16, 61))),
        rectified_on=finished,
        exit=Exit.CLOSED,
        exit_on=finished + timedelta(days=2),
        acts=[(finished + timedelta(days=1), Action.ACCEPT)],
    )
    laps = [lap]
    if random.random() < 1 / 30:
        lap.reopened_on = finished + timedelta(days=60)
        laps.append(Lap(lap.reopened_on, lap.reopened_on, lap.reopened_on + timedelta(days=15)))
    severity = random.choice((Severity.MINOR,) * 8 + tuple(Severity))
    source = random.choice((Source.CHIEF,) * 10 + tuple(Source))
    reach = _ID + random.randrange(CHIEFS)
    village = _ID + random.randrange(villages)
    return Case(
        village, random.choice(GROUPS), severity, source, (), laps, reach=reach, unit=f"第{village}村"
    )
