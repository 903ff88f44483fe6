"""The persons of a sheet: found in the ledger or made once, however many rows they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from river_chief.fields.field import FieldSet, Value
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import Comparison, Outcome, kept_values
from river_chief.intake.kinds.tenures import Posts
from river_chief.intake.places_named import Found
from river_chief.intake.record_names import RecordNames
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area, Person
from river_chief.verbs import chiefs

PLAIN = "code gender phone unit title".split()
_KEPT = kept_values(Person, chiefs.PersonEdit.model_fields)
Known = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Who a row is about: ``known`` is the ledger's person, None when one is to be made as ``ref``."""

    name: str
    code: str
    phone: str
    area: Found
    known: Known | None
    ref: Ref

    @property
    def id(self) -> int | Ref:
        """The id the person has or will have."""
        return int(self.known["id"]) if self.known is not None else self.ref


class SheetPersons:
    """Persons by code, else by name, division and telephone."""

    def __init__(self, posts: Posts, names: RecordNames, fields: FieldSet) -> None:
        self._posts = posts
        self._names = names
        self._fields = fields
        self._coded: dict[str, tuple[SheetRow, Known | None]] = {}
        self._coming: dict[tuple[str, Found], list[tuple[SheetRow, str, str]]] = {}
        self._put: dict[int, dict[str, Any]] = {}

    def of(self, row: SheetRow, area: Found) -> SheetPerson:
        """The person of *row*; what can not be told apart is refused or doubtful."""
        name, code, phone = compact(row.words("name")), row.words("code"), _phone(row)
        known = self._known(row, name, code, phone, area)
        if code:
            above, known = self._coded.setdefault(code, (row, known))
            if compact(above.words("name")) != name:
                row.refuse("code", f"用户编码 {code} 在第 {above.number} 行是{above.words('name')}，请核对。")
        if known is None:
            self._tell_apart(row, name, code, phone, area)
        return SheetPerson(
            name, code, phone, area, known, Ref("person", name, code or f"{row.words('area_name')}|{phone}")
        )

    def put(self, row: SheetRow, outcome: Outcome, person: SheetPerson) -> None:
        """Add to *outcome* what makes or changes the person."""
        plain: dict[str, Value] = {key: row.read(key) for key in PLAIN if key != "phone"}
        values: dict[str, Any] = {"name": person.name, "area_id": person.area, "phone": person.phone}
        values |= {key: value for key, value in plain.items() if value not in (None, "")}
        if person.known is None:
            outcome.doings += (Doing(chiefs.add_person, chiefs.NewPerson, values, person.ref),)
            return
        id = int(person.known["id"])
        above = self._put.setdefault(id, {})
        different = Comparison(self._fields, {**person.known, **above})
        # Who has several posts is shown with the title and division of one of them.
        several = len(self._posts.of(id)) > 1
        for key in ("name", *PLAIN):
            if key != "title" or not several:
                different.put(key, values.get(key))
        if person.known["area_id"] is None:
            different.put_record(
                "area_id", person.area, "area_name", lambda area: self._names.name_of(Area, area)
            )
        outcome.changes += tuple(different.changes)
        if different.values:
            # A second row of one person changes what the first has left of the record.
            version = None if above else person.known["version"]
            edit = {"id": id, "version": version, **different.values}
            outcome.doings += (Doing(chiefs.edit_person, chiefs.PersonEdit, edit, kept=_KEPT),)
            if not row.bad:
                above |= different.values

    def _known(self, row: SheetRow, name: str, code: str, phone: str, area: Found) -> Known | None:
        if code and (by_code := self._posts.by_code.get(code)):
            if compact(by_code[0]["name"]) != name:
                row.doubt(f"用户编码 {code} 在台账里是{by_code[0]['name']}；确是改名才勾选。")
            return by_code[0]
        alike = [
            person
            for person in self._posts.by_name.get(name, [])
            if person["area_id"] in (area, None) and (not code or not person["code"])
        ]
        if phone and (same := [person for person in alike if person["phone"] == phone]):
            return same[0]
        if phone:
            alike = [person for person in alike if not person["phone"]] or alike
        if len(alike) > 1:
            row.refuse("name", f"台账里这个行政区有 {len(alike)} 位{name}，请填写用户编码或手机。")
            return None
        if alike and phone and alike[0]["phone"]:
            row.doubt(f"台账里{name}的电话是另一个号码；是同一个人换了号码才勾选，勾选则改电话。")
        return alike[0] if alike else None

    def _tell_apart(self, row: SheetRow, name: str, code: str, phone: str, area: Found) -> None:
        """Refuse a new person who may or may not be the one of a row above."""
        others = self._coming.setdefault((name, area), [])
        for above, other_code, other_phone in others:
            parted = (code and other_code and code != other_code) or (
                phone and other_phone and phone != other_phone
            )
            if not parted and (code, phone) != (other_code, other_phone):
                row.refuse(
                    "name",
                    f"第 {above.number} 行也有一位{name}，看不出是不是同一个人，请两行都填写用户编码和手机。",
                )
                return
        others.append((row, code, phone))


def _phone(row: SheetRow) -> str:
    phone = row.words("phone")
    if "*" in phone:
        row.note("联系电话打了星号，没有采用。")
        return ""
    return phone
