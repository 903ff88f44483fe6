"""Random problems as rows of the ledger's tables, put in at once: whatever days, ways out and gaps may be found.

Days like to fall on the first and the last day of a month, where a figure would be wrong by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from river_chief.records import Problem, ProblemCampaign, Round, Step
from river_chief.storage.database import Writer
from river_chief.terms import Action, Exit, Origin, Proof, Severity, Source, State
from tests.figures.histories import load

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
EDGES = (1, 25, 26, 28)
UNITS = ("柳塘村", "石埠村", "镇水利站", "")
FINDERS = ("赵春", "钱树", "")
CATEGORIES = ("LZ01", "LZ03", "LC01", "LD01", "LD02", "LJ01", "AH01", "")
_STATES: dict[Exit | None, State] = {
    None: State.RECTIFYING,
    Exit.CLOSED: State.CLOSED,
    Exit.UNFOUNDED: State.UNFOUNDED,
    Exit.MERGED: State.MERGED,
    Exit.HANDED_OVER: State.HANDED_OVER,
    Exit.VOIDED: State.VOIDED,
}
Row = dict[str, Any]


@dataclass
class Tables:
    """Rows to be put in, by table."""

    problems: list[Row] = field(default_factory=list)
    rounds: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)

    def put(self, writer: Writer, office: str) -> None:
        """Put everything into the ledger as one act."""
        for kind, rows in (
            (Problem, self.problems),
            (Round, self.rounds),
            (Step, self.steps),
            (ProblemCampaign, self.tags),
        ):
            load(writer, kind, rows, office)
        writer.seal_load("test.load", "载入问题")


@dataclass(frozen=True)
class Places:
    """What random problems may name, by ids."""

    villages: Sequence[int]
    campaigns: Sequence[int]
    waters: Mapping[int, int]
    """The water of each reach."""


class Historian:
    """Makes up problems one after another; all chance comes from one seed."""

    def __init__(self, chance: Random, places: Places, first_id: int) -> None:
        self.chance = chance
        self.places = places
        self.first_id = first_id
        self.tables = Tables()

    def add(self) -> None:
        """One more problem with all its rounds and steps; some are drafts and have none."""
        chance, key = self.chance, self.first_id + len(self.tables.problems)
        rounds = self._rounds(key) if chance.random() < 0.96 else []
        state = _STATES[rounds[-1]["exit"]] if rounds else State.DRAFT
        reach = chance.choice((*self.places.waters, None))
        self.tables.problems.append(
            {
                "id": key,
                "number": f"问{key}",
                "state": state,
                "round_no": len(rounds),
                "village_id": chance.choice((*self.places.villages, None)),
                "reach_id": reach,
                "water_id": self.places.waters.get(reach or 0),
                "unit": chance.choice(UNITS),
                "finder": chance.choice(FINDERS),
                "category_code": chance.choice(CATEGORIES),
                "severity": chance.choice((*Severity, None)),
                "source": chance.choice((*Source, None)),
                "description": f"第{key}处岸坡堆放生活垃圾",
            }
        )
        self.tables.rounds += rounds
        for campaign in self.places.campaigns:
            if chance.random() < 0.4:
                removed = chance.choice((None, None, LAST))
                self.tables.tags.append({"problem_id": key, "campaign_id": campaign, "removed_on": removed})

    def _rounds(self, key: int) -> list[Row]:
        chance = self.chance
        rounds = [self._round(key, 1, Origin.FOUND, self._after(FIRST, 700))]
        again = {Exit.CLOSED: (Origin.RELAPSE, 0.35), Exit.HANDED_OVER: (Origin.RETURNED, 0.4)}
        while rounds[-1]["exit"] in again:
            origin, odds = again[rounds[-1]["exit"]]
            if chance.random() > odds:
                break
            day = self._after(rounds[-1]["exit_on"], 60)
            rounds[-1]["reopened_on"] = day
            act = Action.RELAPSE if origin is Origin.RELAPSE else Action.TAKE_BACK
            self._step(key, len(rounds) + 1, act, day)
            rounds.append(self._round(key, len(rounds) + 1, origin, day))
        return rounds

    def _round(self, key: int, ordinal: int, origin: Origin, opened: date) -> Row:
        row: Row = {
            "problem_id": key,
            "ordinal": ordinal,
            "origin": origin,
            "opened_on": opened,
            **dict.fromkeys(
                "assigned_on first_deadline deadline rectified_on accepted_on reported_on".split()
            ),
            **dict.fromkeys(("rejections", "exceptions", "extensions"), 0),
            **dict.fromkeys(("exit", "exit_on", "reopened_on")),
        }
        day = opened if origin is Origin.RELAPSE else self._after(opened, 8)
        if origin is not Origin.RELAPSE and self.chance.random() < 0.2:
            return row | {
                "exit": self.chance.choice((Exit.UNFOUNDED, Exit.MERGED, Exit.HANDED_OVER, Exit.VOIDED)),
                "exit_on": day,
            }
        if self.chance.random() < 0.08:
            return row
        if self.chance.random() < 0.95:
            row["assigned_on"] = day
        if self.chance.random() < 0.95:
            row["first_deadline"] = row["deadline"] = self._after(day, 40)
            if self.chance.random() < 0.2:
                row["deadline"], row["extensions"] = self._after(row["deadline"], 30), 1
        self._rectify(row, day)
        return row

    def _rectify(self, row: Row, day: date) -> None:
        chance = self.chance
        while chance.random() < 0.9:
            day = row["rectified_on"] = self._after(day, 30)
            if chance.random() < 0.15:
                return
            day = self._after(day, 6)
            if chance.random() < 0.7:
                row["accepted_on"] = day
                self._step(row["problem_id"], row["ordinal"], Action.ACCEPT, day, row)
                self._leave(row, day)
                return
            row["rejections"] += 1
            row["rectified_on"] = None
            self._step(row["problem_id"], row["ordinal"], Action.REJECT, day)
        if chance.random() < 0.2:
            row["exit"], row["exit_on"] = (
                chance.choice((Exit.HANDED_OVER, Exit.VOIDED)),
                self._after(day, 20),
            )

    def _leave(self, row: Row, day: date) -> None:
        if self.chance.random() < 0.3:
            row["reported_on"] = day
        if self.chance.random() > 0.9:
            return
        row["exit"] = self.chance.choice((Exit.CLOSED,) * 9 + (Exit.VOIDED,))
        row["exit_on"] = self._after(day, 12)
        if row["exit"] is Exit.CLOSED:
            self._step(row["problem_id"], row["ordinal"], Action.CLOSE, row["exit_on"], row)
            if self.chance.random() < 0.1:
                row["rectified_on"] = None  # an old case taken in without its day of finishing
            while self.chance.random() < 0.4:
                self._step(
                    row["problem_id"], row["ordinal"], Action.LOOK_BACK, self._after(row["exit_on"], 60)
                )

    def _step(self, key: int, round_no: int, action: Action, day: date, row: Row | None = None) -> None:
        details: dict[str, Any] = {}
        if row is not None and self.chance.random() < 0.2:
            details = {"missing": [Proof.AFTER_PHOTO.value], "exception": "照片遗失，当场核实"}
            row["exceptions"] += 1
        self.tables.steps.append(
            {
                "problem_id": key,
                "ordinal": len(self.tables.steps) + 1,
                "round_no": round_no,
                "action": action,
                "from_state": State.TO_ACCEPT,
                "to_state": State.TO_CLOSE,
                "happened_at": datetime.combine(
                    day, self.chance.choice((time.min, time(9, 30), time(23, 59, 59)))
                ),
                "details": details,
            }
        )

    def _after(self, day: date, most: int) -> date:
        """A day up to *most* days later, often on the edge of a month."""
        later = day + timedelta(days=self.chance.randint(0, most))
        if self.chance.random() < 0.6:
            return later
        edge = later.replace(day=self.chance.choice(EDGES))
        if self.chance.random() < 0.3:
            edge = later.replace(day=1) - timedelta(days=1)
        return max(edge, day)
