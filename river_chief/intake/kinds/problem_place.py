"""Where a problem lies: the village, water, reach and position a row gives or clearly means."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.intake.cell import Unreadable
from river_chief.intake.characters import compact
from river_chief.intake.places_named import (
    Found,
    reach_named,
    village,
    village_named,
    villages_in,
    water_named,
)
from river_chief.intake.positions import Position, pair, position
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area

_VILLAGES = ("村", "社区", "村委会", "居委会", "村民委员会", "居民委员会")


@dataclass(frozen=True, slots=True)
class ProblemPlace:
    """The village, water and reach of a problem; ``…_written``: a cell names it, it was not worked out."""

    village: Found
    water: Found
    reach: Found
    village_written: bool
    reach_written: bool


def place_of(row: SheetRow, names: RecordNames) -> ProblemPlace:
    """Where the problem of *row* lies; what does not fit is refused."""
    town = row.words("town_name")
    if town and not names.home.is_meant_by(town):
        row.refuse("town_name", f"不在本乡镇（{names.home.name}），请交给所在乡镇登记。")
    water, reach = _water_and_reach(row, names)
    reach_written = reach is not None or row.has("reach_name")
    village_written = row.has("village_name")
    if village_written:
        village = village_named(row, "village_name", names)
    else:
        village = _village_meant(row, reach, names)
    if not reach_written:
        reach = _reach_meant(row, village, water, names)
    return ProblemPlace(village, water, reach, village_written, reach_written)


def position_of(row: SheetRow) -> Position | None:
    """The coordinates of *row*, from one cell or two; a swapped pair is put right and said."""
    if row.has("position_text"):
        key, found = "position_text", position(row.cell("position_text").value)
    else:
        key = "lon" if row.has("lon") else "lat"
        found = pair(row.cell("lon").value, row.cell("lat").value)
    if isinstance(found, Unreadable):
        row.refuse(key, found.reason)
        return None
    if found is not None and found.swapped:
        row.note(f"经度和纬度写反了，已按经度 {found.lon:g}、纬度 {found.lat:g} 读取。")
    return found


def _water_and_reach(row: SheetRow, names: RecordNames) -> tuple[Found, Found]:
    water, reach = water_named(row, "water_name", names)
    name = row.words("reach_name")
    if not name:
        return water, reach
    named = reach_named(row, "reach_name", name, water, names)
    if water is None and not row.has("water_name") and isinstance(named, int):
        water = _water_of(named, names)
    return water, named


def _village_meant(row: SheetRow, reach: Found, names: RecordNames) -> Found:
    """The village the place or the unit names, or the only one the reach runs through."""
    in_place = villages_in(row.words("place"), names)
    if len(in_place) == 1:
        row.note(f"所在村按“{row.head('place')}”取{in_place[0].label}。")
        return in_place[0].id
    unit = compact(row.words("unit"))
    if unit.endswith(_VILLAGES) and not in_place:
        row.note(f"所在村按“{row.head('unit')}”取{unit}。")
        return village(row, "unit", unit, names)
    along = names.villages_of.get(reach, []) if isinstance(reach, int) else []
    if len(along) == 1 and not in_place:
        row.note(f"所在村按河段取{names.name_of(Area, along[0])}。")
        return along[0]
    return None


def _reach_meant(row: SheetRow, village: Found, water: Found, names: RecordNames) -> int | None:
    """The only reach of the water in the village."""
    if not isinstance(water, int) or not isinstance(village, int):
        return None
    found = names.reaches_of.get((water, village), [])
    if len(found) != 1:
        return None
    row.note(f"河段按河湖和村取{found[0].label}。")
    return found[0].id


def _water_of(reach: int, names: RecordNames) -> int | None:
    return next(
        (
            choice.parent
            for choice in names.reaches.all
            if choice.id == reach and isinstance(choice.parent, int)
        ),
        None,
    )
