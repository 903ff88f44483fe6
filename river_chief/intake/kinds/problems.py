"""问题: a county's list of problems, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.fields.field import Value
from river_chief.intake.cell import shown
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.planner import (
    Comparison,
    Identity,
    Outcome,
    Planner,
    kept_values,
    rows_where,
    same,
    spelled,
)
from river_chief.intake.kinds.problem_category import category_of
from river_chief.intake.kinds.problem_chief import hold_to_chiefs
from river_chief.intake.kinds.problem_place import ProblemPlace, place_of, position_of
from river_chief.intake.making import adding, adding_words
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Area, Problem, ProblemCampaign, Reach, Round, Water
from river_chief.records.columns import col
from river_chief.rules.grades import suggested_severity
from river_chief.rules.numbering import parse_problem_number, problem_number
from river_chief.terms import Measure, Severity
from river_chief.verbs import problems
from river_chief.verbs.office import settings_of

_BOTH = (
    "source finder place stake bank datum description area_m2 length_m volume_m3 weight_t count_n severity "
    "severity_reason party patch_number note unit goal disposal"
).split()
_EDIT_ONLY = (
    "lead_department helping_departments leader officer officer_title officer_phone supervisor "
    "responsibility_note measures unfinished_reason next_step rectification_note"
).split()
_MEASURES = {
    Measure.AREA: "area_m2",
    Measure.LENGTH: "length_m",
    Measure.VOLUME: "volume_m3",
    Measure.WEIGHT: "weight_t",
    Measure.COUNT: "count_n",
}
AS_LISTED = "按导入表格所列"
"""The reason for a severity that a sheet gives and the rule does not suggest."""
_GRADING = {"severity", "category_code", *_MEASURES.values()}
Found = Mapping[str, Any]


class ProblemPlanner(Planner):
    """A row is the problem of its number, else the one of the same day, village, type, place and words."""

    used = frozenset(
        (
            *_BOTH,
            *_EDIT_ONLY,
            *"number outside_number found_on registered_on water_name reach_name reach_level town_name village_name "
            "position_text lon lat category_group category_name category_code campaigns chief_name".split(),
        )
    )
    heads = MappingProxyType(
        {
            "village_id": "village_name",
            "water_id": "water_name",
            "reach_id": "reach_name",
            "happened_at": "registered_on",
            "campaign_ids": "campaigns",
        }
    )

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        self._settings = settings_of(self.session)
        self._tags_of: dict[int, list[int]] = {}
        numbers = {number for row in rows for number in self._numbers(row) if number}
        days = {day for row in rows if (day := row.day("found_on")) is not None}
        self._by_number: dict[str, Found] = {}
        self._by_nature: dict[tuple[object, ...], Found] = {}
        for column in (col(Problem.outside_number), col(Problem.number)):
            for found in rows_where(self.session, Problem, column, numbers):
                self._by_number[str(found[column.key or ""])] = found
        for found in rows_where(self.session, Problem, col(Problem.found_on), days):
            nature = self._nature(
                found["found_on"],
                found["village_id"],
                found["category_code"],
                found["place"],
                found["description"],
            )
            self._by_nature.setdefault(nature, found)
        known = {found["id"] for found in (*self._by_number.values(), *self._by_nature.values())}
        self._opened = {
            one["problem_id"]: one["opened_on"]
            for one in rows_where(self.session, Round, col(Round.problem_id), known)
            if one["ordinal"] == 1
        }
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        number, outside = self._numbers(row)
        place = place_of(row, self.names)
        category = category_of(row, self.names)
        found_on = row.day("found_on")
        if found_on is not None and found_on > self.today:
            row.refuse("found_on", f"发现时间晚于今天 {self.today.isoformat()}，请核对日期。")
        nature = self._nature(found_on, place.village, category, row.words("place"), row.words("description"))
        by_number = self._by_number.get(number) or self._by_number.get(outside)
        by_nature = self._by_nature.get(nature)
        found = by_number or by_nature
        if by_number is None and by_nature is not None and (number or outside):
            row.doubt(
                f"编号“{number or outside}”台账里没有，但{by_nature['number']}的发现时间、村、类型、位置和描述都与本行相同；"
                "勾选则作为另一个问题登记。"
            )
            found = None
        key = (
            number or outside or "　".join(filter(None, (row.words("place"), row.words("description")[:20])))
        )
        outcome = Outcome(key, known=found is not None, identities=self._identities(row, nature))
        if found is not None:
            outcome.key = str(found["number"])
            self._change(row, outcome, found, place, category, outside)
        else:
            self._register(row, outcome, place, category, found_on, (number, outside))
        return outcome

    def finish(self, outcomes: Sequence[tuple[SheetRow, Outcome]]) -> None:
        hold_to_chiefs(self.session, self.names, outcomes)

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        return adding(missing, self._making_facts(missing, rows), self.names)

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        return adding_words(missing, self._making_facts(missing, rows), self.names)

    def _making_facts(self, missing: Missing, rows: Sequence[SheetRow]) -> dict[str, Value]:
        if missing.kind is not MissingKind.REACH:
            return {}
        levels = (row.cell("reach_level").value for row in rows)
        return {"level": next((str(level) for level in levels if level is not None), "")}

    def _numbers(self, row: SheetRow) -> tuple[str, str]:
        """The office's own number and the outside one; a foreign number under 问题编号 is the latter."""
        number, outside = row.words("number"), row.words("outside_number")
        own = parse_problem_number(number, self._settings.short, self._settings.problem_pattern)
        if own is not None:
            pattern = self._settings.problem_pattern
            return problem_number(self._settings.short, own.year, own.seq, pattern), outside
        return (number, outside) if outside else ("", number)

    def _nature(
        self, day: date | None, village: object, category: str, place: str, description: str
    ) -> tuple[object, ...]:
        return (day, village, self._group(category), spelled(place) + spelled(description))

    def _group(self, code: str) -> str:
        found = self.names.category_of.get(code)
        return (found.parent_code or code) if found is not None else code

    def _identities(self, row: SheetRow, nature: tuple[object, ...]) -> tuple[Identity, ...]:
        found = [
            Identity((key, row.words(key)), key, self.fields[key].label)
            for key in ("number", "outside_number")
            if row.words(key)
        ]
        if row.words("description"):
            what = "发现时间、村、类型、位置和描述"
            number = row.words("outside_number") or row.words("number")
            found.append(Identity(nature, "description", what, apart=number, doubtful=True))
        return tuple(found)

    def _plain(self, row: SheetRow, keys: Sequence[str]) -> dict[str, Value]:
        """The values of fields the input takes as they are; a masked telephone says nothing."""
        found: dict[str, Value] = {key: value for key in keys if (value := row.read(key)) not in (None, "")}
        if "*" in str(found.get("officer_phone", "")):
            del found["officer_phone"]
            row.note("联系电话打了星号，没有采用。")
        return found

    def _register(
        self,
        row: SheetRow,
        outcome: Outcome,
        place: ProblemPlace,
        category: str,
        found_on: date | None,
        numbers: tuple[str, str],
    ) -> None:
        row.require("found_on", "source", "description", "water_name")
        if place.village is None and not row.has("village_name") and "unit" not in row.bad:
            row.lack("village_name")
        if not category and not row.has("category_group"):
            row.lack("category_group")
        values: dict[str, Any] = {
            **self._plain(row, _BOTH),
            **self._position(row),
            "found_on": found_on,
            "village_id": place.village,
            "water_id": place.water,
            "reach_id": place.reach,
            "category_code": category,
            "campaign_ids": self._campaigns(row),
            "number": numbers[0],
            "outside_number": numbers[1],
        }
        registered = row.day("registered_on")
        if registered is not None:
            values["happened_at"] = datetime.combine(registered, time.min)
            self._check_registered(row, registered, found_on)
        if numbers[1] and not row.has("outside_number"):
            row.note(f"“{numbers[1]}”不是本办的编号，记作上级编号，本办另行编号。")
        if "severity" not in values and not row.has("severity"):
            self._note_severity(row, category, values)
        elif self._needs_reason(category, values):
            values["severity_reason"] = AS_LISTED
        made = Ref("problem", str(row.number))
        outcome.doings = (Doing(problems.register, problems.NewProblem, values, made),)
        more = self._plain(row, _EDIT_ONLY)
        if more:
            outcome.doings += (Doing(problems.edit, problems.ProblemEdit, {"id": made, **more}, kept=_KEPT),)

    def _change(
        self,
        row: SheetRow,
        outcome: Outcome,
        found: Found,
        place: ProblemPlace,
        category: str,
        outside: str,
    ) -> None:
        different = Comparison(self.fields, found)
        for key, value in self._plain(row, (*_BOTH, *_EDIT_ONLY)).items():
            if key != "place" or spelled(str(value)) != _as_printed(found):
                different.put(key, value)
        self._compare_day(row, different)
        if found["number"] != outside:
            different.put("outside_number", outside)
        self._compare_place(row, different, place)
        before = found["category_code"]
        if category and category != before and category != self._group(before):
            names = [self._category_name(code) for code in (before, category)]
            different.add("category_code", category, before, category, "category_group", *names)
        new_tags = [tag for tag in self._campaigns(row) if tag not in self._tags(found["id"])]
        if new_tags:
            words = "、".join(row.names("campaigns"))
            tags = (*self._tags(found["id"]), *new_tags)
            different.add("campaign_ids", tags, "", words, "campaigns", "", words)
        graded = {**found, **different.values}
        if different.values.keys() & _GRADING and self._needs_reason(graded["category_code"], graded):
            different.put("severity_reason", AS_LISTED)
        outcome.changes = tuple(different.changes)
        if different.values:
            values = {"id": found["id"], "version": found["version"], **different.values}
            outcome.doings = (Doing(problems.edit, problems.ProblemEdit, values, kept=_KEPT),)

    def _compare_day(self, row: SheetRow, different: Comparison) -> None:
        day, opened = row.day("found_on"), self._opened.get(different.before["id"])
        if day is not None and opened is not None and day > opened:
            row.refuse("found_on", f"台账里 {opened.isoformat()} 已经登记，发现时间不能更晚，请核对日期。")
        different.put("found_on", day)

    def _compare_place(self, row: SheetRow, different: Comparison, place: ProblemPlace) -> None:
        found, names = different.before, self.names
        if place.village_written:
            different.put_record(
                "village_id", place.village, "village_name", lambda id: names.name_of(Area, id)
            )
        different.put_record("water_id", place.water, "water_name", lambda id: names.name_of(Water, id))
        moved = "water_id" in different.values
        if place.reach_written or (moved and place.reach is not None):
            different.put_record("reach_id", place.reach, "reach_name", lambda id: names.name_of(Reach, id))
        elif moved and found["reach_id"] is not None:
            before = names.name_of(Reach, found["reach_id"])
            different.add("reach_id", None, before, "", "reach_name", before, "")
        position = self._position(row)
        if any(not same(found[key], position[key]) for key in ("lon", "lat") if key in position):
            for key, value in position.items():
                different.put(key, value)

    def _position(self, row: SheetRow) -> dict[str, Any]:
        found = position_of(row)
        if found is None:
            return {}
        words = shown(row.cell("position_text").value).strip()
        return {"lon": found.lon, "lat": found.lat, **({"position_text": words} if words else {})}

    def _campaigns(self, row: SheetRow) -> tuple[int | Ref, ...]:
        found: list[int | Ref] = []
        for name in row.names("campaigns"):
            known = self.names.campaigns.find(name)
            one = known[0].id if known else row.need("campaigns", Missing(MissingKind.CAMPAIGN, name))
            if one is not None:
                found.append(one)
        return tuple(found)

    def _tags(self, problem: int) -> tuple[int, ...]:
        if not self._tags_of:
            query = select(col(ProblemCampaign.problem_id), col(ProblemCampaign.campaign_id)).where(
                col(ProblemCampaign.removed_on).is_(None)
            )
            for problem_id, campaign_id in self.session.execute(query):
                self._tags_of.setdefault(problem_id, []).append(campaign_id)
        return tuple(self._tags_of.get(problem, ()))

    def _check_registered(self, row: SheetRow, registered: date, found_on: date | None) -> None:
        if registered > self.today:
            row.refuse("registered_on", f"登记时间晚于今天 {self.today.isoformat()}，请核对日期。")
        elif found_on is not None and registered < found_on:
            row.refuse("registered_on", f"登记时间早于发现时间 {found_on.isoformat()}，请核对日期。")

    def _suggested(self, category: str, values: Mapping[str, Any]) -> Severity | None:
        known = self.names.category_of.get(category)
        amounts = {measure: values.get(key) for measure, key in _MEASURES.items()}
        return suggested_severity(known.grade, amounts) if known is not None and known.grade else None

    def _needs_reason(self, category: str, values: Mapping[str, Any]) -> bool:
        """Whether the sheet says another severity than the rule suggests, and not why."""
        suggested, severity = self._suggested(category, values), values.get("severity")
        return (
            None not in (suggested, severity)
            and severity is not suggested
            and not values.get("severity_reason")
        )

    def _note_severity(self, row: SheetRow, category: str, values: Mapping[str, Any]) -> None:
        suggested = self._suggested(category, values)
        if suggested is not None:
            row.note(f"没有填严重程度，登记时按定级规则建议为{suggested.label}。")
        else:
            row.note("没有填严重程度，登记后请补填。")

    def _category_name(self, code: str) -> str:
        found = self.names.category_of.get(code)
        return found.name if found is not None else code


def _as_printed(found: Found) -> str:
    """The place as the lists print it, with its stake and bank."""
    bank = found["bank"].label if found["bank"] else ""
    return spelled(f"{found['place']}{found['stake']}{bank}")


def _campaign_ids(session: Session, id: int) -> dict[str, Any]:
    query = select(col(ProblemCampaign.campaign_id)).where(
        col(ProblemCampaign.problem_id) == id, col(ProblemCampaign.removed_on).is_(None)
    )
    return {"campaign_ids": tuple(session.execute(query).scalars())}


_KEPT = kept_values(Problem, problems.ProblemEdit.model_fields, _campaign_ids)
