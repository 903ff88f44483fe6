"""The patches the county handed down in April 2025: 21 places, six of them real (the problems of source Y08)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from random import Random
from typing import Any

from river_chief.bulk.batch import Deed, carry_out
from river_chief.sample.agenda import Agenda, after
from river_chief.sample.cases import Case
from river_chief.sample.people import Staff
from river_chief.sample.photos import draw
from river_chief.sample.places import BY_KEY, DEMO_POSITION, Places
from river_chief.storage.attachments import keep
from river_chief.storage.database import Writer
from river_chief.storage.paths import LedgerFolder
from river_chief.terms import Datum, Level, Phase, Source, Verdict
from river_chief.verbs import documents, patches
from river_chief.verbs.input import understood

HANDED, DUE = date(2025, 4, 10), date(2025, 5, 10)
BRIDGE, HOUSE, WEIR, POND, SOLAR, OTHER = "桥梁", "房屋", "拦河堰", "坑塘", "光伏", "其他"
# What stands where the real ones are, by the leaf of the problem they become.
_REAL = {"LJ02": HOUSE, "LJ05": SOLAR, "LJ08": WEIR, "LZ11": POND, "LZ10": OTHER}
# What the other fifteen are, in the county's order, and on which of its reaches.
_UNREAL = (
    BRIDGE,
    HOUSE,
    BRIDGE,
    BRIDGE,
    WEIR,
    BRIDGE,
    BRIDGE,
    POND,
    BRIDGE,
    BRIDGE,
    BRIDGE,
    WEIR,
    *[BRIDGE] * 3,
)
_REACHES = "R04 R07 R06 R03 R08 R09 R02 R14 R01 R12 R11 R10 R05 R04 R13".split()
# The places of the real ones among the 21.
_REAL_PLACES = (3, 7, 10, 14, 16, 19)
_LAWFUL = {
    BRIDGE: "已建交通桥，手续齐全，不影响行洪",
    HOUSE: "房屋在河道管理范围线以外，有不动产登记",
    WEIR: "灌溉用拦河堰，属水利设施，正常使用",
    POND: "承包坑塘在堤防背水侧，不在河道管理范围内",
}
_TAKEN = time(9, 20)


@dataclass(eq=False, slots=True)
class Point:
    """A place on the county's list; a real one has the case it becomes."""

    number: str
    shows: str
    village: str
    reach: str
    share: float
    area: float
    checked_on: date
    case: Case | None = None
    id: int = 0


def patch_numbers(cases: Sequence[Case]) -> dict[int, str]:
    """The patch numbers of the real ones, by the identity of their case, in the order they were registered."""
    real = [case for case in cases if case.source is Source.SATELLITE]
    return {id(case): _number(place) for place, case in zip(_REAL_PLACES, real, strict=False)}


def put_patches(
    agenda: Agenda, staff: Staff, places: Places, cases: Sequence[Case], folder: LedgerFolder
) -> None:
    """Let the list be entered, every place be checked with a photo, and the real ones be linked to their problems."""
    points = _points(cases)
    agenda.on(HANDED, partial(_hand_down, points=points, places=places))
    for point in points:
        agenda.on(point.checked_on, partial(_photograph, point=point, folder=folder))
        if point.case is not None:
            agenda.on(point.checked_on, partial(_link, point=point, staff=staff))
    others = [point for point in points if point.case is None]
    for day in sorted({point.checked_on for point in others}):
        together = [point for point in others if point.checked_on == day]
        agenda.on(day, partial(_check_together, points=together, staff=staff))


def _points(cases: Sequence[Case]) -> list[Point]:
    random = Random("patches")
    real = [case for case in cases if case.source is Source.SATELLITE]
    rest = iter(zip(_UNREAL, _REACHES, strict=True))
    found = []
    for place in range(1, len(_UNREAL) + len(_REAL_PLACES) + 1):
        if place in _REAL_PLACES:
            case = real[_REAL_PLACES.index(place)]
            found.append(
                Point(
                    _number(place),
                    _REAL[case.leaf],
                    case.village,
                    case.reach,
                    case.share,
                    case.measure,
                    case.registered,
                    case,
                )
            )
            continue
        shows, reach = next(rest)
        village = random.choice(BY_KEY[reach].villages)
        checked_on = after(HANDED, 4 + 3 * (place % 4))
        area = random.randrange(40, 900, 10)
        found.append(Point(_number(place), shows, village, reach, random.random(), area, checked_on))
    return found


def _number(place: int) -> str:
    return f"TB2025-{place:03}"


def _hand_down(writer: Writer, points: Sequence[Point], places: Places) -> None:
    for point in points:
        lon, lat = BY_KEY[point.reach].point(point.share)
        entry = patches.NewPatch(
            number=point.number,
            village_id=places.areas[point.village],
            reach_id=places.reaches[point.reach],
            place=point.case.place if point.case is not None else "",
            lon=lon,
            lat=lat,
            datum=Datum.CGCS2000,
            area_m2=point.area,
            suspected=f"疑似{point.shows}" if point.shows != OTHER else "疑似其他",
            handed_on=HANDED,
            due_on=DUE,
            note=DEMO_POSITION,
        )
        point.id = writer.do(patches.add_patch, entry).id


def draw_point(number: str, shows: str, day: date) -> bytes:
    """A JPEG of the place of patch *number* as it was found on *day*."""
    return draw(number, shows, Phase.EVIDENCE, datetime.combine(day, _TAKEN))


def _photograph(writer: Writer, point: Point, folder: LedgerFolder) -> None:
    kept = keep(folder, draw_point(point.number, point.shows, point.checked_on))
    lon, lat = BY_KEY[point.reach].point(point.share)
    values: dict[str, Any] = {
        **kept.values,
        "name": f"{point.number}.jpg",
        "phase": Phase.EVIDENCE,
        "patch_id": point.id,
        "happened_on": point.checked_on,
        "lon": lon,
        "lat": lat,
    }
    writer.do(documents.attach, understood(documents.NewAttachment, values))


def _link(writer: Writer, point: Point, staff: Staff) -> None:
    if point.case is None:
        raise ValueError(f"{point.number} is not real")
    writer.do(patches.check_patch, _check(point, staff, Verdict.REAL, point.case.description))
    writer.do(patches.link_patch, patches.PatchLink(patch_id=point.id, problem_id=point.case.id))


def _check_together(writer: Writer, points: Sequence[Point], staff: Staff) -> None:
    entries = [_check(point, staff, Verdict.NOT_REAL, _LAWFUL[point.shows]) for point in points]
    verb: Callable[..., Any] = patches.check_patch
    carry_out(
        writer, [Deed(verb, entry) for entry in entries], patches.batch_name(len(points), Verdict.NOT_REAL)
    )


def _check(point: Point, staff: Staff, verdict: Verdict, words: str) -> patches.PatchCheck:
    chief = staff.answering(Level.VILLAGE, point.reach, point.checked_on, point.village)
    return patches.PatchCheck(
        patch_id=point.id,
        verdict=verdict,
        checked_on=point.checked_on,
        checker=chief.human.name,
        shows=point.shows,
        words=words,
    )
