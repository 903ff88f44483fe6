"""One step of the closed loop, made up: what a clerk might enter for an action on a day."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from river_chief.terms import Action

A = Action
# ``RIVER_CHIEF_LOOPS`` sets how many loops are tried (``dev.py faults`` asks for many; the suite for a few).
LOOPS = int(os.environ.get("RIVER_CHIEF_LOOPS", "60"))
# Done to a registered problem; a draft is registered by another way.
ACTIONS: tuple[Action, ...] = tuple(action for action in Action if action is not A.REGISTER)
_WORDS: dict[Action, dict[str, Any]] = {
    A.VERIFY: {"severity": "minor", "severity_reason": "现场核定"},
    A.HAND_OVER: {"receiver": "澜川县水利局", "letter_number": "砚河长办移〔2024〕1号"},
    A.ASSIGN: {"unit": "柳塘村"},
    A.SIGN_FOR: {"actor": "赵春"},
    A.PROGRESS: {"progress": "已清理一半", "work": {"rubbish": 1.5}},
    A.SUBMIT: {"progress": "已清理完毕", "work": {"rubbish": 3}},
    A.ACCEPT: {"actor": "钱树、孙文"},
    A.CLOSE: {"approver": "澜川县河长制办公室", "approval_number": "澜河长办〔2024〕5号"},
    A.REPORT: {"receiver": "澜川县河长制办公室"},
    A.REPLY: {"reply": "已立案处理"},
    A.SUSPEND: {"approver": "县河长办"},
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a step is made from: the day, the newest deadline, and another problem's number to merge into."""

    day: date
    deadline: date | None
    other: str


def values_for(action: Action, made: Made) -> dict[str, Any]:
    """What is entered for *action*: complete, so that only the rules can refuse it."""
    later = max(made.day, made.deadline or made.day) + timedelta(days=10)
    more: dict[Action, dict[str, Any]] = {
        A.MERGE: {"into": made.other},
        A.EXTEND: {"deadline": later},
        A.SUSPEND: {"until": made.day + timedelta(days=30)},
    }
    return {
        "happened_at": made.day.isoformat(),
        "words": "说明",
        "exception": "照片遗失，当场核实",
        **_WORDS.get(action, {}),
        **more.get(action, {}),
    }
