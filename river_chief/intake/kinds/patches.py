"""图斑: the patches a county hands down to be checked, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from river_chief.fields.field import Value
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import Comparison, Identity, Outcome, Planner, kept_values
from river_chief.intake.kinds.problem_place import ProblemPlace, place_of, position_of
from river_chief.intake.making import adding, adding_words
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area, Campaign, Patch, Reach
from river_chief.records.columns import col
from river_chief.verbs import patches

_PLAIN = "place datum area_m2 suspected handed_on due_on".split()
_KEPT = kept_values(Patch, patches.PatchEdit.model_fields)
Found = Mapping[str, Any]


class PatchPlanner(Planner):
    """A row is the patch of its number; what a check found is entered by hand, with its photo."""

    used = frozenset(
        (
            *_PLAIN,
            *"number campaign water_name reach_name town_name village_name position_text lon lat note".split(),
        )
    )
    heads = MappingProxyType(
        {"village_id": "village_name", "reach_id": "reach_name", "campaign_id": "campaign"}
    )

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        known = [row.model_dump() for row in self.session.execute(select(Patch)).scalars()]
        self._by_number: dict[str, Found] = {compact(one["number"]): one for one in known}
        names = select(col(Campaign.id), col(Campaign.name))
        self._campaign_names: dict[int, str] = dict(self.session.execute(names).all())
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        row.require("number")
        number = compact(row.words("number"))
        found = self._by_number.get(number)
        place = place_of(row, self.names)
        values: dict[str, Any] = {
            key: value for key in (*_PLAIN, "note") if (value := row.read(key)) not in (None, "")
        }
        values |= self._position(row)
        self._check_days(row, found)
        self._keep_water(row, place, values, found)
        identities = (Identity(("number", number), "number", "图斑编号"),)
        outcome = Outcome(number, known=found is not None, identities=identities)
        campaign = self._campaign(row)
        if found is not None:
            if found["voided_on"] is not None:
                row.refuse("number", f"图斑{number}在台账里已经作废。")
            self._change(row, outcome, found, values, place, campaign)
        else:
            values |= {
                "number": number,
                "village_id": place.village,
                "reach_id": place.reach,
                "campaign_id": campaign,
            }
            outcome.doings = (Doing(patches.add_patch, patches.NewPatch, values, Ref("patch", number)),)
        return outcome

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        return adding(missing, {}, self.names)

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        return adding_words(missing, {}, self.names)

    def _position(self, row: SheetRow) -> dict[str, float]:
        found = position_of(row)
        return {} if found is None else {"lon": found.lon, "lat": found.lat}

    def _check_days(self, row: SheetRow, found: Found | None) -> None:
        handed, due = row.day("handed_on"), row.day("due_on")
        if handed is not None and handed > self.today:
            row.refuse("handed_on", f"下发日期晚于今天 {self.today.isoformat()}，请核对日期。")
        if handed is not None and due is not None and due < handed:
            row.refuse("due_on", f"核查期限早于下发日期 {handed.isoformat()}，请核对日期。")
        checked: date | None = found["checked_on"] if found is not None else None
        if handed is not None and checked is not None and handed > checked:
            row.refuse("handed_on", f"台账里 {checked.isoformat()} 已经核查，下发日期不能更晚，请核对日期。")

    def _keep_water(
        self, row: SheetRow, place: ProblemPlace, values: dict[str, Any], found: Found | None
    ) -> None:
        """A water without a reach of it is kept in words: a patch lies on a reach or on none."""
        water = compact(row.words("water_name"))
        if place.reach is not None or not water or "water_name" in row.bad:
            return
        note = str(values.get("note") or (found["note"] if found is not None else ""))
        words = f"河湖：{water}"
        values["note"] = note if words in note else "；".join(filter(None, (note, words)))
        row.note(f"没有写河段，“{water}”记入备注。")

    def _campaign(self, row: SheetRow) -> int | Ref | None:
        name = compact(row.words("campaign"))
        if not name:
            return None
        known = self.names.campaigns.find(name)
        return known[0].id if known else row.need("campaign", Missing(MissingKind.CAMPAIGN, name))

    def _change(
        self,
        row: SheetRow,
        outcome: Outcome,
        found: Found,
        values: Mapping[str, Value],
        place: ProblemPlace,
        campaign: int | Ref | None,
    ) -> None:
        different, names = Comparison(self.fields, found), self.names
        for key, value in values.items():
            different.put(key, value)
        if place.village_written:
            different.put_record(
                "village_id", place.village, "village_name", lambda id: names.name_of(Area, id)
            )
        if place.reach_written:
            different.put_record("reach_id", place.reach, "reach_name", lambda id: names.name_of(Reach, id))
        different.put_record(
            "campaign_id", campaign, "campaign", lambda id: self._campaign_names.get(id or 0, "")
        )
        outcome.changes = tuple(different.changes)
        if different.values:
            edit = {"id": found["id"], "version": found["version"], **different.values}
            outcome.doings = (Doing(patches.edit_patch, patches.PatchEdit, edit, kept=_KEPT),)
