"""Random problems as the loop leaves them, and a way to put them into a ledger in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from uuid_utils.compat import uuid7

from river_chief.records import Problem, ProblemCampaign, Record, Round, Step
from river_chief.records.columns import table
from river_chief.storage.database import Writer
from river_chief.terms import Action, Exit, Origin, Severity, Source, State

SQLITE = dialect()
START = date(2024, 11, 1)
GROUPS = ("LZ", "LC", "LD", "LJ", "AH")
_OUT_EARLY = (Exit.UNFOUNDED, Exit.MERGED, Exit.HANDED_OVER, Exit.VOIDED)


@dataclass
class Lap:
    """A round as stored; ``acts`` are its acceptances and rejections, ``looks`` the days it was found to have held."""

    opened_on: date
    assigned_on: date | None = None
    deadline: date | None = None
    rectified_on: date | None = None
    rejections: int = 0
    extensions: int = 0
    exit: Exit | None = None
    exit_on: date | None = None
    reopened_on: date | None = None
    acts: list[tuple[date, Action]] = field(default_factory=list)
    looks: list[date] = field(default_factory=list)


@dataclass
class Case:
    """A problem with its laps; one without laps is a draft."""

    village: int | None
    group: str
    severity: Severity | None
    source: Source
    campaigns: tuple[int, ...]
    laps: list[Lap]
    leaf: str = "01"
    unit: str = ""
    finder: str = ""
    reach: int | None = None
    water: int | None = None


def random_cases(random: Random, count: int, villages: Sequence[int], campaigns: Sequence[int]) -> list[Case]:
    """*count* problems registered within half a year or so of START."""
    return [
        Case(
            village=random.choice((*villages, None)) if random.random() < 0.1 else random.choice(villages),
            group=random.choice(GROUPS),
            severity=random.choice((*Severity, None)),
            source=random.choice(tuple(Source)),
            campaigns=tuple(each for each in campaigns if random.random() < 0.3),
            laps=_laps(random) if random.random() < 0.95 else [],
        )
        for _ in range(count)
    ]


def _laps(random: Random) -> list[Lap]:
    laps = [_lap(random, _later(random, START, 200), relapsed=False)]
    while laps[-1].exit is Exit.CLOSED and random.random() < 0.3:
        closed_on = laps[-1].exit_on
        assert closed_on is not None
        laps[-1].reopened_on = _later(random, closed_on, 40)
        laps.append(_lap(random, laps[-1].reopened_on, relapsed=True))
    return laps


def _lap(random: Random, opened_on: date, *, relapsed: bool) -> Lap:
    lap = Lap(opened_on)
    day = opened_on
    if not relapsed:
        day = _later(random, day, 6)
        if random.random() < 0.15:
            lap.exit, lap.exit_on = random.choice(_OUT_EARLY), day
            return lap
        if random.random() < 0.1:
            return lap
    lap.assigned_on = day
    lap.deadline = _later(random, day, 40)
    if random.random() < 0.2:
        lap.deadline, lap.extensions = _later(random, lap.deadline + timedelta(days=1), 20), 1
    _rectify(random, lap, day)
    return lap


def _rectify(random: Random, lap: Lap, day: date) -> None:
    while random.random() < 0.9:
        day = _later(random, day, 30)
        lap.rectified_on = day
        if random.random() < 0.15:
            return
        day = _later(random, day, 4)
        if random.random() < 0.7:
            lap.acts.append((day, Action.ACCEPT))
            _leave(random, lap, day)
            return
        lap.acts.append((day, Action.REJECT))
        lap.rejections += 1
        lap.rectified_on = None
    if random.random() < 0.2:
        lap.exit, lap.exit_on = random.choice((Exit.HANDED_OVER, Exit.VOIDED)), _later(random, day, 20)


def _leave(random: Random, lap: Lap, day: date) -> None:
    if random.random() < 0.9:
        lap.exit, lap.exit_on = random.choice((Exit.CLOSED,) * 9 + (Exit.VOIDED,)), _later(random, day, 9)
    if lap.exit is Exit.CLOSED and random.random() < 0.1:
        lap.rectified_on = None  # an old case taken in without its day of finishing
    if lap.exit is Exit.CLOSED and lap.exit_on is not None and random.random() < 0.5:
        lap.looks.append(_later(random, lap.exit_on, 60))


def _later(random: Random, day: date, most: int) -> date:
    return day + timedelta(days=random.randint(0, most))


def load_cases(writer: Writer, cases: Iterable[Case], office: str, first_id: int = 1) -> None:
    """Put *cases* into the ledger as problems with the ids from *first_id* on."""
    problems: list[dict[str, Any]] = []
    rounds: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    for key, case in enumerate(cases, first_id):
        problems.append(_problem(key, case))
        tags += [{"problem_id": key, "campaign_id": campaign} for campaign in case.campaigns]
        for ordinal, lap in enumerate(case.laps, 1):
            rounds.append(_round(key, ordinal, lap))
            steps += _steps(key, ordinal, lap, len(steps))
    for kind, rows in ((Problem, problems), (Round, rounds), (Step, steps), (ProblemCampaign, tags)):
        load(writer, kind, rows, office)
    writer.seal_load("test.load", "载入问题")


def load(writer: Writer, kind: type[Record], rows: Sequence[Mapping[str, Any]], office: str) -> None:
    """Insert *rows*, all with the same keys, as the driver stores them; the rest has its defaults."""
    if not rows:
        return
    defaults = {
        name: each.default
        for name, each in kind.model_fields.items()
        if not each.is_required() and each.default_factory is None and name not in ("id", "recorded_at")
    }
    columns = [*dict.fromkeys([*defaults, *rows[0], "uid"])]
    stored = [_stored(table(kind), name) for name in columns]
    ready = []
    for row in rows:
        values = {**defaults, **row, "office": office, "version": 1, "uid": uuid7()}
        ready.append(tuple(store(values[name]) for store, name in zip(stored, columns, strict=True)))
    writer.load(table(kind), columns, ready)


def _stored(kind: Table, column: str) -> Callable[[Any], Any]:
    """How the column's type turns a value into the driver's."""
    impl = kind.c[column].type.dialect_impl(SQLITE)
    return impl.bind_processor(SQLITE) or (lambda value: value)


def _problem(key: int, case: Case) -> dict[str, Any]:
    return {
        "id": key,
        "number": f"问{key}",
        "state": State.RECTIFYING if case.laps else State.DRAFT,
        "round_no": len(case.laps),
        "village_id": case.village,
        "category_code": f"{case.group}{case.leaf}",
        "unit": case.unit,
        "finder": case.finder,
        "reach_id": case.reach,
        "water_id": case.water,
        "severity": case.severity,
        "source": case.source,
        "description": f"第{key}处岸坡堆放生活垃圾",
    }


def _round(key: int, ordinal: int, lap: Lap) -> dict[str, Any]:
    names = (
        "opened_on assigned_on deadline rectified_on rejections extensions exit exit_on reopened_on".split()
    )
    return {
        "problem_id": key,
        "ordinal": ordinal,
        "origin": Origin.FOUND if ordinal == 1 else Origin.RELAPSE,
        **{name: getattr(lap, name) for name in names},
    }


def _steps(key: int, ordinal: int, lap: Lap, before: int) -> list[dict[str, Any]]:
    again = [(lap.opened_on, Action.RELAPSE)] if ordinal > 1 else []
    held = [(day, Action.LOOK_BACK) for day in lap.looks]
    return [
        {
            "problem_id": key,
            "ordinal": before + number,
            "round_no": ordinal,
            "action": action,
            "from_state": State.TO_ACCEPT,
            "to_state": State.TO_CLOSE if action is Action.ACCEPT else State.RECTIFYING,
            "happened_at": datetime(day.year, day.month, day.day, 9, 30),
            "details": {},
        }
        for number, (day, action) in enumerate((*again, *lap.acts, *held), 1)
    ]
