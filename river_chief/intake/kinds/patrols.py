"""巡河记录: logs by person, division and start; the reach as written, else the only one that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from river_chief.fields.field import Value
from river_chief.intake.area_named import area_named
from river_chief.intake.characters import compact
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.kinds.patrol_chief import adding_chief, chief_words, post_of
from river_chief.intake.kinds.patrol_reach import PatrolReaches
from river_chief.intake.kinds.planner import (
    Comparison,
    Identity,
    Outcome,
    Planner,
    kept_values,
    rows_where,
)
from river_chief.intake.kinds.tenures import Post, Posts
from river_chief.intake.making import adding, adding_words
from river_chief.intake.places_named import Found
from river_chief.intake.plan import Missing, MissingKind
from river_chief.intake.sheet_row import SheetRow
from river_chief.records import Patrol, PatrolCheck, PatrolReach, Reach
from river_chief.records.columns import col
from river_chief.terms import Entry
from river_chief.verbs import patrols

_PLAIN = (
    "minutes km from_place to_place performer companions mode weather finding handling note entry"
).split()
_LONGEST = timedelta(hours=24)
_NOTHING_FOUND = frozenset("无 没有 未发现 无问题 未发现问题 正常 否 /".split())
Known = Mapping[str, Any]


class PatrolPlanner(Planner):
    """Logs of those in office on the day; a person who is nowhere in the ledger may be added."""

    used = frozenset(
        (
            *_PLAIN,
            *"person_name role level area_name water_name reach_names started_at ended_at has_finding".split(),
        )
    )
    heads = MappingProxyType({"tenure_id": "person_name", "reach_ids": "reach_names"})

    def prepare(self, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
        self._posts = Posts(self.session)
        self._reaches = PatrolReaches(self.session, self.names)
        named = {compact(row.words("person_name")) for row in rows}
        ids = {int(person["id"]) for name in named for person in self._posts.by_name.get(name, [])}
        self._logs: dict[tuple[int, datetime], list[Known]] = {}
        self._walked: dict[int, set[int]] = {}
        starts = [start for row in rows if isinstance(start := row.read("started_at"), datetime)]
        if not starts:
            return rows
        first, last = min(starts), max(starts)
        for log in rows_where(self.session, Patrol, col(Patrol.person_id), ids):
            if first <= log["started_at"] <= last:
                self._logs.setdefault((log["person_id"], log["started_at"]), []).append(log)
        logs = {log["id"] for found in self._logs.values() for log in found}
        for link in rows_where(self.session, PatrolReach, col(PatrolReach.patrol_id), logs):
            self._walked.setdefault(link["patrol_id"], set()).add(link["reach_id"])
        return rows

    def plan(self, row: SheetRow) -> Outcome:
        row.require("person_name", "started_at")
        name = compact(row.words("person_name"))
        started = row.read("started_at")
        area = area_named(row, "area_name", self.names)
        key = f"{name} {started:%Y-%m-%d %H:%M}" if isinstance(started, datetime) else name
        outcome = Outcome(key)
        if not isinstance(started, datetime) or not name or row.bad:
            return outcome
        if started.date() > self.today:
            row.refuse("started_at", f"巡河日期晚于今天 {self.today.isoformat()}，请核对日期。")
        written = self._reaches.written(row)
        post = post_of(row, self._posts, name, area, started.date(), written)
        if post is None:
            return outcome
        what: tuple[object, ...] = ("log", name, row.words("area_name"), started)
        if started.time() == time.min:
            what = (*what, row.words("reach_names"), row.words("water_name"), row.words("from_place"))
        outcome.identities = (Identity(what, "started_at", "人员、行政区和开始时间"),)
        values = self._values(row, started)
        log = self._log(post, started, written)
        if log is not None and log["voided_on"] is not None:
            row.doubt(f"这条记录在台账里已于 {log['voided_on'].isoformat()} 作废；确要重新登记才勾选。")
            log = None
        if log is not None:
            outcome.known = True
            self._change(row, outcome, log, values, written)
        else:
            self._record(row, outcome, post, area, started, values, written)
        return outcome

    def making(self, missing: Missing, rows: Sequence[SheetRow]) -> Sequence[Doing]:
        if missing.kind is MissingKind.CHIEF:
            return adding_chief(missing, rows, self.names, self._posts)
        return adding(missing, {}, self.names)

    def words_for(self, missing: Missing, rows: Sequence[SheetRow]) -> str:
        if missing.kind is MissingKind.CHIEF:
            return chief_words(missing, rows, self.names, self._posts)
        return adding_words(missing, {}, self.names)

    def _log(self, post: Post | Ref, started: datetime, written: Sequence[int | Ref]) -> Known | None:
        """The log of that person and start; one that gives no hour must be of the same reach."""
        if isinstance(post, Ref):
            return None
        found = self._logs.get((post.person, started), [])
        if started.time() == time.min and written:
            found = [log for log in found if self._walked.get(log["id"], set()) & set(written)]
        return min(found, key=lambda log: log["voided_on"] is not None, default=None)

    def _values(self, row: SheetRow, started: datetime) -> dict[str, Value]:
        values: dict[str, Value] = {
            key: value for key in _PLAIN if (value := row.read(key)) not in (None, "")
        }
        ended = row.read("ended_at", on=started.date())
        if isinstance(ended, datetime):
            values["ended_at"] = ended
            if not started <= ended <= started + _LONGEST:
                row.refuse("ended_at", "结束时间应在开始时间之后的 24 小时内，请核对。")
            elif ended.date() > self.today:
                row.refuse("ended_at", f"结束时间晚于今天 {self.today.isoformat()}，请核对日期。")
        if str(values.get("finding", "")).strip("。") in _NOTHING_FOUND:
            values.pop("finding", None)
        if row.has("has_finding"):
            values["has_finding"] = row.read("has_finding")
        return values

    def _record(
        self,
        row: SheetRow,
        outcome: Outcome,
        post: Post | Ref,
        area: Found,
        started: datetime,
        values: Mapping[str, Value],
        written: tuple[int | Ref, ...],
    ) -> None:
        day = started.date()
        if isinstance(post, Post):
            candidates = post.reaches_on(day) or self._reaches.along(post.area)
        else:
            candidates = self._reaches.along(area)
        reaches = written or self._reaches.meant(row, candidates)
        if not reaches:
            self._ask_for_reach(row, candidates, day)
            return
        tenure = post if isinstance(post, Ref) else post.id
        entry = {
            "entry": Entry.SHEET,
            **values,
            "tenure_id": tenure,
            "reach_ids": reaches,
            "started_at": started,
        }
        outcome.doings = (Doing(patrols.record_patrol, patrols.NewPatrol, entry),)

    def _ask_for_reach(self, row: SheetRow, candidates: Sequence[int], day: date) -> None:
        names = "、".join(self.names.name_of(Reach, reach) for reach in candidates)
        if row.bad:
            return
        if names:
            row.doubt(f"看不出巡的是哪个河段，请在“巡查河段”填写：{names} 之一或几个。")
        else:
            row.refuse(
                "reach_names",
                f"台账里他 {day.isoformat()} 没有负责的河段，请填写巡查河段，或先给他安排责任河段。",
            )

    def _change(
        self,
        row: SheetRow,
        outcome: Outcome,
        log: Known,
        values: Mapping[str, Value],
        written: tuple[int | Ref, ...],
    ) -> None:
        different = Comparison(self.fields, log)
        for key, value in values.items():
            different.put(key, value)
        here = self._walked.get(log["id"], set())
        more = tuple(reach for reach in written if reach not in here)
        if more:
            before = "、".join(self.names.name_of(Reach, reach) for reach in sorted(here))
            after = "、".join(filter(None, (before, *row.names("reach_names"))))
            different.add("reach_ids", (*sorted(here), *more), before, after, "reach_names", before, after)
        outcome.changes = tuple(different.changes)
        if different.values:
            edit = {"id": log["id"], "version": log["version"], **different.values}
            outcome.doings = (Doing(patrols.edit_patrol, patrols.PatrolEdit, edit, kept=_KEPT),)


def _reaches_and_checks(session: Session, id: int) -> dict[str, Any]:
    reaches = select(col(PatrolReach.reach_id)).where(col(PatrolReach.patrol_id) == id)
    checks = select(col(PatrolCheck.item), col(PatrolCheck.answer), col(PatrolCheck.note)).where(
        col(PatrolCheck.patrol_id) == id
    )
    return {
        "reach_ids": tuple(session.execute(reaches.order_by(col(PatrolReach.id))).scalars()),
        "checks": tuple(
            {"item": item, "answer": answer, "note": note} for item, answer, note in session.execute(checks)
        ),
    }


_KEPT = kept_values(Patrol, patrols.PatrolEdit.model_fields, _reaches_and_checks)
