"""The rounds of a problem told anew from its steps: the two halves of what the list gives must agree."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
OPENS = {"register": "found", "relapse": "relapse", "take_back": "returned"}
LEAVES = {
    "close": "closed",
    "refute": "unfounded",
    "hand_over": "handed_over",
    "merge": "merged",
    "void": "voided",
}
TOLD = (
    "ordinal origin opened_on assigned_on rectified_on accepted_on reported_on rejections extensions exceptions exit "
    "exit_on reopened_on"
).split()


def rounds_from(steps: list[Row]) -> list[Row]:
    """Rounds with the keys TOLD; of a draft there are none."""
    rounds: list[Row] = []
    for step in steps:
        action, day = step["action"], step["happened_at"][:10]
        excused = 1 if step["exception"] else 0
        if action in OPENS:
            if rounds:
                rounds[-1]["reopened_on"] = day
                rounds[-1]["exceptions"] += excused  # the step is done on the round it ends
                excused = 0
            rounds.append(_new(len(rounds) + 1, OPENS[action], day))
        _tell(rounds[-1], action, day)
        rounds[-1]["exceptions"] += excused
    return rounds


def _new(ordinal: int, origin: str, day: str) -> Row:
    found: Row = dict.fromkeys(TOLD)
    return found | {
        "ordinal": ordinal,
        "origin": origin,
        "opened_on": day,
        "assigned_on": day if origin == "relapse" else None,
        **dict.fromkeys(("rejections", "extensions", "exceptions"), 0),
    }


def _tell(told: Row, action: str, day: str) -> None:
    if action in LEAVES:
        told.update(exit=LEAVES[action], exit_on=day)
    match action:
        case "assign":
            told.update(assigned_on=day, extensions=0)
        case "hand_back":
            told.update(assigned_on=None)
        case "extend":
            told["extensions"] += 1
        case "submit":
            told.update(rectified_on=day)
        case "reject":
            told.update(rectified_on=None, rejections=told["rejections"] + 1)
        case "accept":
            told.update(accepted_on=day)
        case "report":
            told.update(reported_on=told["reported_on"] or day)
        case "return":
            told.update(rectified_on=None, accepted_on=None, reported_on=None)
        case _:
            pass
