"""河长人员: a row is a person with a role; the person is found first, then the tenure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from river_chief.intake.area_named import area_named
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.persons import PLAIN, Known, SheetPersons
from river_chief.intake.kinds.planner import Comparison, Identity, Outcome, Planner
from river_chief.intake.kinds.tenures import Post, Posts
from river_chief.intake.labels import level_in_role
from river_chief.intake.making import adding, adding_words
from river_chief.intake.places_named import Found, reach_named
from river_chief.intake.plan import Missing
from river_chief.intake.sheet_row import SheetRow
from river_chief.terms import AreaLevel, Level, Role
from river_chief.verbs import chiefs


@dataclass(frozen=True, slots=True)
class _Office:
    """The role a row gives its person."""

    role: Role
    level: Level
    area: int | Ref
    first: date
    last: date | None
    reaches: tuple[int, ...]


class ChiefPlanner(Planner):
    """Persons by code, else by name, division and telephone; tenures begin on the day given, else today."""

    used = frozenset((*PLAIN, *"name area_name role level reach_names valid_from valid_to".split()))
    heads = MappingProxyType({"area_id": "area_name", "reach_ids": "reach_names", "last_day": "valid_to"})

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        self._posts = Posts(self.session)
        self._taken: dict[tuple[int, Level, int | Ref], SheetRow] = {}
        self._persons = SheetPersons(self._posts, self.names, self.fields)
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        row.require("name")
        area = area_named(row, "area_name", self.names)
        person = self._persons.of(row, area)
        office = self._office(row, area)
        held = self._held(person.known, office)
        post = (office.role, office.level, office.area) if office else ()
        identities: tuple[Identity, ...] = (
            Identity(
                ("name", person.name, area, *post), "name", "人员和角色", apart=person.code or person.phone
            ),
        )
        if person.code:
            identities += (Identity(("code", person.code, *post), "code", "人员编码和角色"),)
        known = person.known is not None and (office is None or held is not None)
        outcome = Outcome(f"{person.code} {person.name}".strip(), known=known, identities=identities)
        if office is not None and not row.bad:
            self._check_reaches(row, office, person.known)
        self._persons.put(row, outcome, person)
        if office is not None:
            self._put_office(row, outcome, office, held, person.id)
        return outcome

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        del rows
        return adding(missing, {}, self.names)

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        del rows
        return adding_words(missing, {}, self.names)

    def _office(self, row: SheetRow, area: Found) -> _Office | None:
        role, level = row.read("role"), row.read("level")
        if not isinstance(role, Role):
            if not row.has("role"):
                row.note("没有角色名称，只登记人员，不登记任职。")
            return None
        if area is None:
            if not row.has("area_name"):
                row.lack("area_name")
            return None
        above = AreaLevel.VILLAGE if isinstance(area, Ref) else self._posts.levels[area]
        if not isinstance(level, Level):
            level = level_in_role(row.cell("role").value) or Level(above.value)
        if role.is_chief and level.value != above.value:
            place = row.words("area_name")
            row.refuse(
                "role", f"{place}是{above.label}，不能任{level.label}{role.label}，请核对角色或行政区域。"
            )
        first, last = row.day("valid_from") or self.today, row.day("valid_to")
        if last is not None and last < first:
            row.refuse("valid_to", f"离任日期早于任职日期 {first.isoformat()}，请核对日期。")
        found = [reach_named(row, "reach_names", name, None, self.names) for name in row.names("reach_names")]
        reaches = tuple(reach for reach in found if isinstance(reach, int))
        return _Office(role, level, area, first, last, reaches)

    def _held(self, person: Known | None, office: _Office | None) -> Post | None:
        """The tenure of that role the person has on the day or has been given for later."""
        if person is None or office is None:
            return None
        for post in self._posts.of(person["id"]):
            alike = (post.role, post.level, post.area) == (office.role, office.level, office.area)
            if alike and (post.last is None or post.last >= office.first or post.first == office.first):
                return post
        return None

    def _check_reaches(self, row: SheetRow, office: _Office, person: Known | None) -> None:
        """Refuse a reach that already has a 河长 of that level and division, in the ledger or above."""
        if office.role is not Role.CHIEF:
            return
        own = int(person["id"]) if person is not None else None
        for reach in office.reaches:
            name = self._posts.reach_names[reach]
            above = self._taken.setdefault((reach, office.level, office.area), row)
            if above is not row:
                row.refuse(
                    "reach_names", f"{name}已写给第 {above.number} 行的{above.words('name')}，请核对。"
                )
            if isinstance(office.area, int):
                rival = self._posts.rival(reach, office.level, office.area, own, office.first, office.last)
                if rival is not None:
                    row.refuse(
                        "reach_names",
                        f"{name}在 {office.first.isoformat()} 已由{rival.name}任{rival.words}，请先结束其任职。",
                    )

    def _put_office(
        self, row: SheetRow, outcome: Outcome, office: _Office, held: Post | None, person: int | Ref
    ) -> None:
        if held is None:
            values = {
                "person_id": person,
                "role": office.role,
                "level": office.level,
                "area_id": office.area,
                "title": row.words("title"),
                "valid_from": office.first,
                "valid_to": office.last,
                "reach_ids": office.reaches,
            }
            outcome.doings += (Doing(chiefs.begin_tenure, chiefs.NewTenure, values),)
            self._doubt_return(row, office, person)
            if not row.has("valid_from"):
                row.note(
                    f"没有任职日期，任职从 {office.first.isoformat()} 起；此前已在任的请填写任职日期，"
                    "否则以前的巡河记录不能导入。"
                )
            return
        different = Comparison(self.fields, {"valid_to": held.last})
        different.put("valid_to", office.last)
        if different.values:
            end = {"tenure_id": held.id, "last_day": office.last, "version": held.version}
            outcome.doings += (Doing(chiefs.end_tenure, chiefs.EndTenure, end),)
        if row.has("valid_from") and office.first != held.first:
            row.note(f"台账里的任职日期是 {held.first.isoformat()}，没有改动。")
        self._put_reaches(office, held, outcome, different)
        outcome.changes += tuple(different.changes)

    def _doubt_return(self, row: SheetRow, office: _Office, person: int | Ref) -> None:
        """Without a day of his own, one who has left the office may only still stand in the sheet."""
        if isinstance(person, Ref) or row.has("valid_from"):
            return
        for post in self._posts.of(person):
            if (post.role, post.level, post.area) == (office.role, office.level, office.area):
                row.doubt(f"台账里他任{post.words}到 {post.last} 为止；确又任职才勾选，最好填写任职日期。")
                return

    def _put_reaches(self, office: _Office, held: Post, outcome: Outcome, different: Comparison) -> None:
        day = max(office.first, held.first)
        here = held.reaches_on(day)
        more = tuple(reach for reach in office.reaches if reach not in here)
        if more:
            before = "、".join(self._posts.reach_names[reach] for reach in here)
            after = "、".join(self._posts.reach_names[reach] for reach in (*here, *more))
            different.add("reach_ids", more, before, after, "reach_names", before, after)
            charge = {"tenure_id": held.id, "reach_ids": more, "valid_from": day}
            outcome.doings += (Doing(chiefs.take_reaches, chiefs.ReachCharge, charge),)
