"""河段: reaches by code, else by name and water, with the villages they run through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.fields.field import Value
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import Comparison, Identity, Outcome, Planner, kept_values
from river_chief.intake.making import adding, adding_words
from river_chief.intake.places_named import Found, kind_by_name, villages_named, water_named
from river_chief.intake.plan import Missing
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area, Reach, ReachArea, Water
from river_chief.records.columns import col
from river_chief.terms import Level
from river_chief.verbs import waters

_PLAIN = "kind level length_km from_place to_place bank target_class note".split()
Known = Mapping[str, Any]


class ReachPlanner(Planner):
    """Reaches; the one downstream may stand in the same sheet."""

    used = frozenset(
        ("code", "name", "water_code", "water_name", "village_names", "downstream_name", *_PLAIN)
    )
    heads = MappingProxyType(
        {"water_id": "water_name", "area_ids": "village_names", "downstream_id": "downstream_name"}
    )

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        known = [row.model_dump() for row in self.session.execute(select(Reach)).scalars()]
        self._by_code: dict[str, Known] = {compact(one["code"]): one for one in known}
        self._by_name: dict[tuple[str, object], list[Known]] = {}
        for one in known:
            self._by_name.setdefault((compact(one["name"]), one["water_id"]), []).append(one)
        self._coming_codes = {compact(row.words("code")) for row in rows}
        self._coming = {compact(row.words("name")): row for row in rows}
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        row.require("name")
        name, code = compact(row.words("name")), compact(row.words("code"))
        water = self._water(row)
        found = self._found(row, name, code, water)
        identities: tuple[Identity, ...] = (
            Identity(("name", name, water), "name", "河湖和河段名称", apart=code),
        )
        if code:
            identities += (Identity(("code", code), "code", "河段编码"),)
        outcome = Outcome(f"{code} {name}".strip(), known=found is not None, identities=identities)
        villages = villages_named(row, "village_names", self.names)
        values: dict[str, Value] = {"code": code, "name": name}
        values |= {key: value for key in _PLAIN if (value := row.read(key)) not in (None, "")}
        if found is not None:
            if found["retired_on"] is not None:
                row.refuse("name", f"“{name}”在台账里已经停用。")
            self._change(row, outcome, found, values, water, villages)
        else:
            self._add(row, outcome, values, water, villages)
        return outcome

    def _found(self, row: SheetRow, name: str, code: str, water: Found) -> Known | None:
        if code in self._by_code:
            return self._by_code[code]
        named = [
            one
            for one in self._by_name.get((name, water), [])
            if compact(one["code"]) not in self._coming_codes
        ]
        if len(named) > 1:
            row.refuse("name", f"台账里这条河湖上叫“{name}”的河段有 {len(named)} 个，请填写编码。")
            return None
        if named and code:
            row.doubt(f"台账里这条河湖已有同名的{name}，编码是 {named[0]['code']}；是同一河段才勾选。")
        return named[0] if named else None

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        del rows
        return adding(missing, {}, self.names)

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        del rows
        return adding_words(missing, {}, self.names)

    def _water(self, row: SheetRow) -> Found:
        code = compact(row.words("water_code"))
        found = self.names.waters.find(code) if code else ()
        if found:
            return found[0].id
        water, _ = water_named(row, "water_name", self.names)
        if water is None and code and not row.has("water_name"):
            row.refuse("water_code", f"台账里没有编码为 {code} 的河湖，请先导入河湖名录。")
        return water

    def _add(
        self,
        row: SheetRow,
        outcome: Outcome,
        values: dict[str, Value],
        water: Found,
        villages: tuple[int | Ref, ...],
    ) -> None:
        if not row.has("water_code"):
            row.require("water_name")
        if "kind" not in values:
            name = water.name if isinstance(water, Ref) else self.names.name_of(Water, water)
            values["kind"] = kind_by_name(name)
        if "level" not in values and not row.has("level"):
            row.note(f"没有填河湖级别，登记为{Level.TOWN.label}。")
        entry: dict[str, Any] = {**values, "water_id": water, "area_ids": villages}
        ref = _ref(row)
        outcome.doings = (Doing(waters.add_reach, waters.NewReach, entry, ref),)
        downstream = self._downstream(row)
        if downstream is not None:
            edit = {"id": ref, "downstream_id": downstream}
            outcome.late = (Doing(waters.edit_reach, waters.ReachEdit, edit, kept=_KEPT),)

    def _change(
        self,
        row: SheetRow,
        outcome: Outcome,
        found: Known,
        values: dict[str, Value],
        water: Found,
        villages: tuple[int | Ref, ...],
    ) -> None:
        different = Comparison(self.fields, found)
        for key, value in values.items():
            different.put(key, value)
        different.put_record("water_id", water, "water_name", lambda id: self.names.name_of(Water, id))
        here = tuple(self.names.villages_of.get(found["id"], []))
        if villages and set(villages) != set(here):
            before = "、".join(self.names.name_of(Area, id) for id in here)
            after = "、".join(row.names("village_names"))
            different.add("area_ids", villages, before, after, "village_names", before, after)
        downstream = self._downstream(row)
        different.put_record(
            "downstream_id", downstream, "downstream_name", lambda id: self.names.name_of(Reach, id)
        )
        outcome.changes = tuple(different.changes)
        later = {key: different.values.pop(key) for key in ("downstream_id",) if key in different.values}
        if different.values:
            edit = {"id": found["id"], "version": found["version"], **different.values}
            outcome.doings = (Doing(waters.edit_reach, waters.ReachEdit, edit, kept=_KEPT),)
        if later:
            outcome.late = (
                Doing(waters.edit_reach, waters.ReachEdit, {"id": found["id"], **later}, kept=_KEPT),
            )

    def _downstream(self, row: SheetRow) -> int | Ref | None:
        name = compact(row.words("downstream_name"))
        if not name:
            return None
        found = self.names.reaches.find(name)
        if len(found) == 1:
            return found[0].id
        coming = self._coming.get(name)
        if coming is not None:
            return _ref(coming)
        row.refuse("downstream_name", f"台账和本表里都没有下游河段“{name}”，请核对名称。")
        return None


def _ref(row: SheetRow) -> Ref:
    return Ref("reach", compact(row.words("name")), str(row.number))


def _area_ids(session: Session, id: int) -> dict[str, Any]:
    query = (
        select(col(ReachArea.area_id))
        .where(col(ReachArea.reach_id) == id, col(ReachArea.ordinal) > 0)
        .order_by(col(ReachArea.ordinal))
    )
    return {"area_ids": tuple(session.execute(query).scalars())}


_KEPT = kept_values(Reach, waters.ReachEdit.model_fields, _area_ids)
