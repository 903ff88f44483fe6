"""The division of any level a cell names."""

from __future__ import annotations

from river_chief.intake.characters import compact
from river_chief.intake.places_named import Found, village
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow

_VILLAGE_ENDINGS = ("村", "社区", "村委会", "居委会", "村民委员会", "居民委员会")


def area_named(row: SheetRow, key: str, names: RecordNames) -> Found:
    """The division of a cell; an unknown village may be added, an unknown division above it may not."""
    name = compact(row.words(key))
    if not name:
        return None
    found = names.areas.find(name)
    if len(found) == 1:
        return found[0].id
    if not found and names.home.is_meant_by(name) and names.home.id is not None:
        return names.home.id
    if found or names.villages.find(names.home.without(name)) or name.endswith(_VILLAGE_ENDINGS):
        return village(row, key, name, names)
    row.refuse(key, f"台账里没有行政区“{name}”，请先登记或导入行政区划。")
    return None
