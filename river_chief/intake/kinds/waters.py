"""河湖: waters by code, else by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from river_chief.fields.field import Value
from river_chief.intake.cell import Unreadable
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import Comparison, Identity, Outcome, Planner, kept_values
from river_chief.intake.places_named import kind_by_name
from river_chief.intake.positions import pair
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Water
from river_chief.verbs import waters

_PLAIN = (
    "kind system basin bank length_km catchment_km2 upper_code upper_name source_place mouth_place note"
).split()
_ENDS = (("source", "河源"), ("mouth", "河口"))
_KEPT = kept_values(Water, waters.WaterEdit.model_fields)
Found = Mapping[str, Any]


class WaterPlanner(Planner):
    """Waters; a new code for a name the ledger has under another code is left to the clerk."""

    used = frozenset(
        ("code", "name", *_PLAIN, *(f"{end}_{axis}" for end, _ in _ENDS for axis in ("lon", "lat")))
    )

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        known = [row.model_dump() for row in self.session.execute(select(Water)).scalars()]
        self._by_code: dict[str, Found] = {compact(one["code"]): one for one in known}
        self._by_name: dict[str, list[Found]] = {}
        for one in known:
            self._by_name.setdefault(compact(one["name"]), []).append(one)
        self._coming = {compact(row.words("code")) for row in rows}
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        row.require("name")
        name, code = compact(row.words("name")), compact(row.words("code"))
        found = self._found(row, name, code)
        identities: tuple[Identity, ...] = (Identity(("name", name), "name", "河湖名称", apart=code),)
        if code:
            identities += (Identity(("code", code), "code", "河湖编码"),)
        outcome = Outcome(f"{code} {name}".strip(), known=found is not None, identities=identities)
        values = {"code": code, "name": name, **self._values(row)}
        if found is not None:
            if found["retired_on"] is not None:
                row.refuse("name", f"“{name}”在台账里已经停用。")
            self._change(outcome, found, values)
        else:
            if "kind" not in values:
                values["kind"] = kind_by_name(name)
                row.note(f"没有填河湖类型，按名称登记为{kind_by_name(name).label}。")
            ref = Ref("water", name, str(row.number))
            outcome.doings = (Doing(waters.add_water, waters.NewWater, values, ref),)
        return outcome

    def _found(self, row: SheetRow, name: str, code: str) -> Found | None:
        if code in self._by_code:
            return self._by_code[code]
        named = [one for one in self._by_name.get(name, []) if compact(one["code"]) not in self._coming]
        if len(named) > 1:
            row.refuse("name", f"台账里叫“{name}”的河湖有 {len(named)} 条，请填写编码。")
            return None
        if named and code:
            row.doubt(
                f"台账里已有同名的{name}，编码是 {named[0]['code']}；是同一条河湖才勾选，勾选则按本行更新。"
            )
        return named[0] if named else None

    def _values(self, row: SheetRow) -> dict[str, Value]:
        values: dict[str, Value] = {
            key: value for key in _PLAIN if (value := row.read(key)) not in (None, "")
        }
        for end, label in _ENDS:
            lon, lat = f"{end}_lon", f"{end}_lat"
            found = pair(row.cell(lon).value, row.cell(lat).value)
            if isinstance(found, Unreadable):
                row.refuse(lon if row.has(lon) else lat, found.reason)
            elif found is not None:
                values |= {lon: found.lon, lat: found.lat}
                if found.swapped:
                    row.note(f"{label}的经度和纬度写反了，已按经度 {found.lon:g}、纬度 {found.lat:g} 读取。")
        return values

    def _change(self, outcome: Outcome, found: Found, values: Mapping[str, Value]) -> None:
        different = Comparison(self.fields, found)
        for key, value in values.items():
            different.put(key, value)
        outcome.changes = tuple(different.changes)
        if different.values:
            edit = {"id": found["id"], "version": found["version"], **different.values}
            outcome.doings = (Doing(waters.edit_water, waters.WaterEdit, edit, kept=_KEPT),)
