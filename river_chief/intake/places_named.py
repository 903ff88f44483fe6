"""The village, water and reach a row names: found in the ledger, asked for, or refused; never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from river_chief.intake.characters import compact
from river_chief.intake.doings import Ref
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.record_names import ByName, RecordNames, stem
from river_chief.intake.sheet_row import SheetRow
from river_chief.queries.choices import Choice
from river_chief.terms import WaterKind

Found = int | Ref | None

_KIND_ENDINGS = (
    ("水库", WaterKind.RESERVOIR),
    ("排涝沟", WaterKind.DRAIN),
    ("渠", WaterKind.CANAL),
    ("湖", WaterKind.LAKE),
)


def kind_by_name(name: str) -> WaterKind:
    """The kind of water its name leaves no doubt about: 柳塘水库; a river where it does not say."""
    return next((kind for ending, kind in _KIND_ENDINGS if name.endswith(ending)), WaterKind.RIVER)


def village_named(row: SheetRow, key: str, names: RecordNames) -> Found:
    """The village of a cell; two villages in one cell are refused, an unknown one may be added."""
    written = row.names(key)
    if len(written) > 1:
        row.refuse(key, _two(written))
        return None
    if not written:
        return None
    return village(row, key, written[0], names)


def villages_named(row: SheetRow, key: str, names: RecordNames) -> tuple[int | Ref, ...]:
    """The villages a cell lists."""
    found = [village(row, key, name, names) for name in row.names(key)]
    return tuple(one for one in found if one is not None)


def village(row: SheetRow, key: str, written: str, names: RecordNames) -> Found:
    """The village of that name."""
    name = names.home.without(written)
    found = names.villages.find(name) or names.villages.find(stem(name))
    if found:
        return _one(row, key, name, found, "村")
    inside = villages_in(name, names)
    if len(inside) > 1:
        row.refuse(key, _two([choice.label for choice in inside]))
        return None
    return _absent(row, key, name, MissingKind.VILLAGE, names)


def villages_in(text: str, names: RecordNames) -> Sequence[Choice]:
    """The villages whose whole names stand in *text*; a name inside a longer one does not count."""
    words = compact(text)
    inside = [choice for choice in names.villages.all if choice.label in words]
    return [
        choice
        for choice in inside
        if not any(choice.label != other.label and choice.label in other.label for other in inside)
    ]


def water_named(row: SheetRow, key: str, names: RecordNames) -> tuple[Found, int | None]:
    """The water of a cell, and the reach where the cell names one of its reaches instead."""
    name = row.words(key)
    if not name:
        return None, None
    waters = names.waters.find(name)
    if waters:
        return _one(row, key, name, waters, "河湖"), None
    reaches = names.reaches.find(name)
    if reaches:
        reach = _one(row, key, name, reaches, "河段")
        water = next((choice.parent for choice in reaches if choice.id == reach), None)
        return (water if isinstance(water, int) else None), reach
    return _absent(row, key, compact(name), MissingKind.WATER, names), None


def reach_named(row: SheetRow, key: str, name: str, water: Found, names: RecordNames) -> Found:
    """The reach of that name, on *water* where that is known."""
    found = names.reaches.find(name)
    if water is not None:
        on_it = [choice for choice in found if choice.parent == water]
        if found and not on_it:
            where = found[0].hint
            row.refuse(key, f"“{name}”是{where}的河段，与本行的河湖不一致，请核对。")
            return None
        found = on_it
    if found:
        return _one(row, key, name, found, "河段")
    if water is None:
        row.refuse(key, f"台账里没有河段“{name}”；如要新增，请同时填写它所在的河湖。")
        return None
    within = water.name if isinstance(water, Ref) else _water_name(water, names)
    return _absent(row, key, compact(name), MissingKind.REACH, names, within)


def _one(row: SheetRow, key: str, name: str, found: Sequence[Choice], what: str) -> int | None:
    if len(found) == 1:
        return found[0].id
    hints = "、".join(filter(None, (choice.hint or choice.code for choice in found)))
    row.refuse(key, f"台账里叫“{name}”的{what}有 {len(found)} 个（{hints}），请改写编码或全名。")
    return None


def _absent(
    row: SheetRow, key: str, name: str, kind: MissingKind, names: RecordNames, within: str = ""
) -> Ref | None:
    if compact(name) in names.retired:
        row.refuse(key, f"“{name}”在台账里已经停用，请改填现在的名称。")
        return None
    return row.need(key, Missing(kind, name, within))


def _two(written: Sequence[str]) -> str:
    return f"一个单元格里有 {len(written)} 个村（{'、'.join(written)}），请把这一行拆成几行，一行一个村。"


def _water_name(water: int, names: RecordNames) -> str:
    return next((choice.label for choice in names.waters.all if choice.id == water), "")


__all__ = [
    "ByName",
    "Found",
    "kind_by_name",
    "reach_named",
    "village",
    "village_named",
    "villages_in",
    "villages_named",
    "water_named",
]
