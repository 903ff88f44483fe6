"""行政区划: divisions by code, else by name and what they belong to; those above come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import Comparison, Identity, Outcome, Planner, kept_values
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area
from river_chief.terms import AreaLevel
from river_chief.verbs import waters

_WHOLE = 12
_TOWN, _COUNTY, _CITY = 9, 6, 4
_ENDINGS = (
    (AreaLevel.VILLAGE, ("村", "社区", "村委会", "居委会")),
    (AreaLevel.TOWN, ("镇", "乡", "街道")),
    (AreaLevel.COUNTY, ("县", "区")),
    (AreaLevel.CITY, ("市",)),
)
_PLAIN = "population valid_from valid_to".split()
_LEVELS = tuple(AreaLevel)
_KEPT = kept_values(Area, waters.AreaEdit.model_fields)
Found = Mapping[str, Any]


class AreaPlanner(Planner):
    """Divisions; a code of nine digits and one filled up to twelve are the same."""

    used = frozenset(("code", "name", "level", "parent_code", "parent_name", *_PLAIN))
    heads = MappingProxyType({"parent_id": "parent_name"})

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        known = [row.model_dump() for row in self.session.execute(select(Area)).scalars()]
        self._by_id: dict[int, Found] = {one["id"]: one for one in known}
        self._by_code: dict[str, Found] = {filled(one["code"]): one for one in known if one["code"]}
        self._by_name: dict[str, list[Found]] = {}
        for one in known:
            self._by_name.setdefault(compact(one["name"]), []).append(one)
        ordered = sorted(rows, key=lambda row: _LEVELS.index(_level(row) or AreaLevel.VILLAGE))
        self._coming: dict[str, int | Ref] = {
            filled(code): _ref(row) for row in ordered if (code := row.words("code"))
        }
        self._coming_names: dict[str, int | Ref] = {compact(row.words("name")): _ref(row) for row in ordered}
        return ordered

    def plan(self, row: SheetRow) -> Outcome:
        row.require("name")
        name, code, level = compact(row.words("name")), row.words("code"), _level(row)
        found = self._found(row, name, code)
        if level is None and found is None and not row.bad:
            row.refuse("name", "看不出是哪一级行政区，请填写“行政区层级”（市、县、乡镇、村）。")
        self._check_code(row, code, level)
        parent = self._parent(row, code, level) if found is None else found["parent_id"]
        if found is None:
            found = self._namesake(row, name, parent)
        identities: tuple[Identity, ...] = (Identity(("name", name, parent), "name", "行政区名称和上级"),)
        if code:
            identities += (Identity(("code", filled(code)), "code", "行政区代码"),)
        outcome = Outcome(f"{code} {name}".strip(), known=found is not None, identities=identities)
        if found is not None:
            # The rows below it belong to the division of the ledger; this row makes none.
            self._coming[filled(code)] = self._coming_names[name] = int(found["id"])
            self._change(row, outcome, found, name, code)
        else:
            values = {
                **{key: value for key in _PLAIN if (value := row.read(key)) is not None},
                "name": name,
                "code": code,
                "level": level,
                "parent_id": parent,
            }
            outcome.doings = (Doing(waters.add_area, waters.NewArea, values, _ref(row)),)
        return outcome

    def _check_code(self, row: SheetRow, code: str, level: AreaLevel | None) -> None:
        fits = code.isascii() and code.isdigit() and len(code) in (_CITY, _COUNTY, _TOWN, _WHOLE)
        if code and not fits:
            row.refuse("code", "行政区代码应是 12 位数字（市、县、乡镇也可只写前 4、6、9 位）。")
        elif code and level is AreaLevel.VILLAGE and len(code) != _WHOLE:
            row.refuse("code", "村的行政区代码应是 12 位数字。")

    def _found(self, row: SheetRow, name: str, code: str) -> Found | None:
        """The division of that code; one of that name if the ledger has no code for it."""
        if code and (by_code := self._by_code.get(filled(code))) is not None:
            return by_code
        named = [one for one in self._by_name.get(name, []) if not code or not one["code"]]
        parent = compact(row.words("parent_name"))
        if parent:
            named = [one for one in named if self._name_above(one) in ("", parent)]
        if len(named) > 1:
            row.refuse("name", f"台账里叫“{name}”的行政区有 {len(named)} 个，请填写代码或上级行政区。")
        return named[0] if len(named) == 1 else None

    def _namesake(self, row: SheetRow, name: str, parent: int | Ref | None) -> Found | None:
        """The division of that name under the same one above, known by another code."""
        alike = [one for one in self._by_name.get(name, []) if one["parent_id"] == parent]
        if not alike:
            return None
        row.doubt(f"台账里已有同名的{name}，代码是 {alike[0]['code']}；是同一个才勾选，勾选则按本行改代码。")
        return alike[0]

    def _name_above(self, one: Found) -> str:
        above = self._by_id.get(one["parent_id"])
        return compact(above["name"]) if above is not None else ""

    def _change(self, row: SheetRow, outcome: Outcome, found: Found, name: str, code: str) -> None:
        different = Comparison(self.fields, found)
        different.put("name", name)
        if filled(code) != filled(found["code"]):
            different.put("code", code)
        for key in (*_PLAIN, "level"):
            different.put(key, row.read(key))
        if row.has("parent_code") or row.has("parent_name"):
            parent = self._parent(row, "", found["level"])
            different.put_record("parent_id", parent, "parent_name", self._name)
        outcome.changes = tuple(different.changes)
        if different.values:
            values = {"id": found["id"], "version": found["version"], **different.values}
            outcome.doings = (Doing(waters.edit_area, waters.AreaEdit, values, kept=_KEPT),)

    def _name(self, id: int | None) -> str:
        found = self._by_id.get(id or 0)
        return str(found["name"]) if found is not None else ""

    def _parent(self, row: SheetRow, code: str, level: AreaLevel | None) -> int | Ref | None:
        """The division above: as written, else by the code's first digits, else the township of a village."""
        for key, found in (("parent_code", self._by_parent_code), ("parent_name", self._by_parent_name)):
            if written := compact(row.words(key)):
                above = found(written)
                if above is None:
                    row.refuse(key, f"台账和本表里都没有上级行政区“{written}”，请先登记它。")
                return above
        for digits in (_TOWN, _COUNTY, _CITY):
            prefix = filled(code[:digits])
            if len(code) >= digits and prefix != filled(code) and (above := self._above(prefix)) is not None:
                return above
        return self.names.home.id if level in (AreaLevel.VILLAGE, None) else None

    def _by_parent_code(self, written: str) -> int | Ref | None:
        return self._above(filled(written))

    def _by_parent_name(self, written: str) -> int | Ref | None:
        named = self._by_name.get(written, [])
        return int(named[0]["id"]) if len(named) == 1 else self._coming_names.get(written)

    def _above(self, code: str) -> int | Ref | None:
        found = self._by_code.get(code)
        return int(found["id"]) if found is not None else self._coming.get(code)


def filled(code: str) -> str:
    """A division's code filled up to the twelve digits of the statistics."""
    return code.ljust(_WHOLE, "0") if code else ""


def _ref(row: SheetRow) -> Ref:
    return Ref("area", row.words("name"), str(row.number))


def _level(row: SheetRow) -> AreaLevel | None:
    """The level written, else the one the code's digits or the name's ending say."""
    written = row.read("level")
    if isinstance(written, AreaLevel):
        return written
    code = filled(row.words("code"))
    if len(code) == _WHOLE and code.isdigit():
        significant = len(code.rstrip("0"))
        return next(
            level
            for level, digits in zip(_LEVELS, (_CITY, _COUNTY, _TOWN, _WHOLE), strict=True)
            if significant <= digits
        )
    name = compact(row.words("name"))
    return next((level for level, endings in _ENDINGS if name.endswith(endings)), None)
