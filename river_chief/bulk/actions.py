"""What can be done with many problems at once: the values common to all, and what each problem adds to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from pydantic import Field, model_validator

from river_chief.errors import Refusal
from river_chief.queries.ledger_query import Row
from river_chief.storage.database import Verb
from river_chief.terms import Action
from river_chief.verbs.campaign_tags import Tagging, tag, untag
from river_chief.verbs.input import Input
from river_chief.verbs.steps import DOINGS
from river_chief.verbs.steps.assigning import Assign, SignFor
from river_chief.verbs.steps.move import Reasoned, StepInput
from river_chief.verbs.steps.rectifying import Extend


class AssignAll(Assign):
    """交办 of many: one unit for all, or (left empty) each problem's own unit, else its village and chief."""

    unit: str = Field("", title="责任单位", max_length=80)


class ExtendAll(Reasoned):
    """延期 of many: to one day, or each by so many natural days."""

    deadline: date | None = Field(None, title="延期至")
    days: int | None = Field(None, title="延长天数", ge=1, le=3660)

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.deadline is None) == (self.days is None):
            raise ValueError("请填写“延期至”或“延长天数”中的一项")
        return self


class SignForAll(StepInput):
    """签收 of many: one name for all, or (left empty) each problem's officer, else its unit."""

    actor: str = Field("", title="签收人", max_length=120)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action on many problems.

    ``asks`` the input of the common values (its ``problem_id`` and ``version`` are each problem's own);
    ``entry`` makes the verb's input for one row of the problem ledger, on the day on which it is done; ``step`` is the
    action of the closed loop, None for what is no step of it.
    """

    key: str
    label: str
    asks: type[Input]
    verb: Verb[Any]
    entry: Callable[[Any, Row, date], Input]
    step: Action | None = None


def _same(asked: Input, row: Row, day: date) -> Input:
    return asked.model_copy(update={"problem_id": row.id, "version": row.version})


def _assign(asked: AssignAll, row: Row, day: date) -> Assign:
    values = dict(_same(asked, row, day))
    if not asked.unit:
        values["unit"] = row["unit"] or row["village_name"] or ""
        values["officer"] = asked.officer or row["officer"] or row["village_chief"] or ""
    if not values["unit"]:
        raise Refusal(f"{row['number']}没有所在村，请填写责任单位。")
    return Assign(**values)


def _extend(asked: ExtendAll, row: Row, day: date) -> Extend:
    values = {name: value for name, value in _same(asked, row, day) if name in Extend.model_fields}
    if asked.days is not None:
        if row["deadline"] is None:
            raise Refusal(f"{row['number']}还没有整改时限，不能按天数延期。")
        values["deadline"] = row["deadline"] + timedelta(days=asked.days)
        if values["deadline"] < day:
            raise Refusal(
                f"{row['number']}已逾期，延长{asked.days}天仍早于办理日期 {day.isoformat()}，请填“延期至”单独办理。"
            )
    return Extend(**values)


def _sign_for(asked: SignForAll, row: Row, day: date) -> SignFor:
    values = dict(_same(asked, row, day))
    values["actor"] = asked.actor or row["officer"] or row["unit"]
    return SignFor(**values)


# Not in bulk: merging and relapsing say something of one problem, the ladder (督促) has one paper for many.
_STEPS = (
    Action.REGISTER,
    Action.VERIFY,
    Action.REFUTE,
    Action.ASSIGN,
    Action.SIGN_FOR,
    Action.HAND_BACK,
    Action.PROGRESS,
    Action.EXTEND,
    Action.SUBMIT,
    Action.ACCEPT,
    Action.REJECT,
    Action.REPORT,
    Action.CLOSE,
    Action.RETURN,
    Action.LOOK_BACK,
    Action.HAND_OVER,
    Action.SUSPEND,
    Action.RESUME,
    Action.VOID,
)
_OWN: dict[Action, tuple[type[Input], Callable[[Any, Row, date], Input]]] = {
    Action.ASSIGN: (AssignAll, _assign),
    Action.EXTEND: (ExtendAll, _extend),
    Action.SIGN_FOR: (SignForAll, _sign_for),
}


def _step(action: Action) -> BulkAction:
    doing = DOINGS[action]
    asks, entry = _OWN.get(action, (doing.accepts, _same))
    return BulkAction(action.value, action.label, asks, doing.verb, entry, action)


BULK: dict[str, BulkAction] = {
    **{action.value: _step(action) for action in _STEPS},
    "tag": BulkAction("tag", "加入专项", Tagging, tag, _same),
    "untag": BulkAction("untag", "移出专项", Tagging, untag, _same),
}
"""Every action that can be done with many problems at once, by its key."""
