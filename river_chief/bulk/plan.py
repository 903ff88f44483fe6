"""The plan of an action on many problems: rehearsed by the verbs themselves, shown, then carried out as it was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from river_chief.bulk.actions import BulkAction
from river_chief.bulk.batch import Deed, carry_out
from river_chief.changes import Changes
from river_chief.errors import InvalidInput, Refusal
from river_chief.progress import Progress
from river_chief.queries.ledger_query import Row
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.workflow import target
from river_chief.storage.database import Database, Writer
from river_chief.verbs.input import Input, understood


@dataclass(frozen=True, slots=True)
class Line:
    """What the plan says of one problem: ``deed`` with what it will say, or why it can not be done."""

    id: int
    number: str
    village: str
    brief: str
    deed: Deed | None
    words: str

    @property
    def can(self) -> bool:
        """Whether it will be done."""
        return self.deed is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action would do to each problem chosen, as of the moment it was rehearsed."""

    action: BulkAction
    today: date
    lines: tuple[Line, ...]

    @property
    def doable(self) -> tuple[Line, ...]:
        """What will be done (将办理)."""
        return tuple(line for line in self.lines if line.can)

    @property
    def refused(self) -> tuple[Line, ...]:
        """What can not be done (不能办理)."""
        return tuple(line for line in self.lines if not line.can)

    @property
    def name(self) -> str:
        """What the batch is called."""
        return f"批量{self.action.label} {len(self.doable)}件"


def asked(action: BulkAction, values: Mapping[str, Any]) -> Input:
    """The common *values* as the action accepts them; ``InvalidInput`` where they do not fit."""
    return understood(action.asks, {"problem_id": 0, **values})


def make_plan(
    database: Database,
    action: BulkAction,
    common: Input,
    ids: Sequence[int],
    *,
    by: str,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """Rehearse *action* with the *common* values on the problems *ids*, one after the other; nothing is kept."""
    told = progress or Progress()
    moment = getattr(common, "happened_at", None)
    day = moment.date() if moment is not None else today
    lines = []
    with database.rehearse(by=by, today=today) as writer:
        rows = PROBLEM_LEDGER.rows(writer.session, list(dict.fromkeys(ids)), today)
        for count, row in enumerate(rows):
            told.step(count, len(rows), "预演")
            lines.append(_line(writer, action, common, row, day))
        told.step(len(rows), len(rows), "预演")
    return Plan(action, today, tuple(lines))


def apply(
    database: Database,
    plan: Plan,
    *,
    by: str,
    today: date,
    skip: bool = False,
    progress: Progress | None = None,
) -> Changes:
    """Carry *plan* out as one batch.

    Raises ``Refusal``, and changes nothing, when lines of the plan can not be done and *skip* does not say to leave
    them out, or when one would end otherwise now than the plan says.
    """
    if plan.refused and not skip:
        numbers = "、".join(line.number for line in plan.refused[:5])
        more = f"等{len(plan.refused)}件" if len(plan.refused) > 5 else ""
        raise Refusal(f"{numbers}{more}不能办理。请改正，或选择跳过不能办理的。")
    if not plan.doable:
        raise Refusal("所选问题都不能办理，请看每一件的原因。")
    deeds = [line.deed for line in plan.doable if line.deed is not None]
    with database.write(by=by, today=today) as writer:
        try:
            carry_out(writer, deeds, plan.name, progress=progress)
        except Refusal as error:
            raise Refusal(f"{error.sentence}没有办理任何一件，请重新预览。") from error
    return writer.changes


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as one JSON document."""
    return {
        "action": plan.action.key,
        "label": plan.action.label,
        "name": plan.name,
        "doable": len(plan.doable),
        "refused": len(plan.refused),
        "lines": [
            {"number": line.number, "can": line.can, "sentence" if line.can else "reason": line.words}
            for line in plan.lines
        ],
    }


def _line(writer: Writer, action: BulkAction, common: Input, row: Row, day: date) -> Line:
    number = str(row["number"])
    deed: Deed | None = None
    try:
        if action.step is not None:
            target(row["state"], action.step, number)
        entry = action.entry(common, row, day)
        words = writer.attempt(action.verb, entry).sentence
        deed = Deed(action.verb, entry, number, words)
    except InvalidInput as error:
        words = "；".join(error.fields.values())
    except Refusal as error:
        words = error.sentence
    return Line(row.id, number, row["village_name"] or "", row["brief"], deed, words)
