"""The closed loop (闭环): one transition table for verbs, buttons, dialogs, command line and tests.

Source of the states and their ways out: the state machines of real city and county systems as
summed up in the domain notes (登记 → 交办 → 签收 → 整改 → 验收 → 销号 → 回头看).
"""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.errors import NotAllowed
from river_chief.terms import Action, Exit, State


@dataclass(frozen=True, slots=True)
class Transition:
    """An action, the states it starts from and the state it leads to (None: the state stays)."""

    action: Action
    sources: tuple[State, ...]
    target: State | None


_OPEN = (
    State.TO_VERIFY,
    State.TO_ASSIGN,
    State.TO_SIGN,
    State.RECTIFYING,
    State.TO_ACCEPT,
    State.TO_CLOSE,
    State.SUSPENDED,
)

_UNDER_WAY = (State.TO_SIGN, State.RECTIFYING, State.TO_ACCEPT)

# In the order in which buttons stand.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.REGISTER, (State.DRAFT,), State.TO_VERIFY),
    Transition(Action.VERIFY, (State.TO_VERIFY,), State.TO_ASSIGN),
    Transition(Action.REFUTE, (State.TO_VERIFY,), State.UNFOUNDED),
    Transition(Action.ASSIGN, (State.TO_ASSIGN,), State.TO_SIGN),
    Transition(Action.SIGN_FOR, (State.TO_SIGN,), State.RECTIFYING),
    Transition(Action.HAND_BACK, (State.TO_SIGN,), State.TO_ASSIGN),
    Transition(Action.SUBMIT, (State.RECTIFYING,), State.TO_ACCEPT),
    Transition(Action.PROGRESS, (State.RECTIFYING,), None),
    Transition(Action.EXTEND, (State.TO_SIGN, State.RECTIFYING), None),
    Transition(Action.ACCEPT, (State.TO_ACCEPT,), State.TO_CLOSE),
    Transition(Action.REJECT, (State.TO_ACCEPT,), State.RECTIFYING),
    Transition(Action.CLOSE, (State.TO_CLOSE,), State.CLOSED),
    Transition(Action.REPORT, (State.TO_CLOSE,), None),
    Transition(Action.RETURN, (State.TO_CLOSE,), State.RECTIFYING),
    Transition(Action.LOOK_BACK, (State.CLOSED,), None),
    Transition(Action.RELAPSE, (State.CLOSED,), State.RECTIFYING),
    Transition(Action.MERGE, (State.TO_VERIFY, State.TO_ASSIGN), State.MERGED),
    Transition(Action.HAND_OVER, (State.TO_VERIFY, State.TO_ASSIGN, State.RECTIFYING), State.HANDED_OVER),
    Transition(Action.SUSPEND, (State.RECTIFYING,), State.SUSPENDED),
    Transition(Action.RESUME, (State.SUSPENDED,), State.RECTIFYING),
    Transition(Action.TAKE_BACK, (State.HANDED_OVER,), State.TO_ASSIGN),
    Transition(Action.REPLY, (State.HANDED_OVER,), None),
    Transition(Action.REMIND, _UNDER_WAY, None),
    Transition(Action.URGE, _UNDER_WAY, None),
    Transition(Action.SUPERVISE, _UNDER_WAY, None),
    Transition(Action.CIRCULATE, _UNDER_WAY, None),
    Transition(Action.SUMMON, _UNDER_WAY, None),
    Transition(Action.ACCOUNT, _UNDER_WAY, None),
    Transition(Action.VOID, (State.DRAFT, *_OPEN), State.VOIDED),
)

_BY_ACTION = {transition.action: transition for transition in TRANSITIONS}

EXITS: dict[State, Exit] = {
    State.CLOSED: Exit.CLOSED,
    State.UNFOUNDED: Exit.UNFOUNDED,
    State.MERGED: Exit.MERGED,
    State.HANDED_OVER: Exit.HANDED_OVER,
    State.VOIDED: Exit.VOIDED,
}
# Reminders of the ladder (督促): events that leave the state as it is, in the order of their weight.
REMINDERS: tuple[Action, ...] = (
    Action.REMIND,
    Action.URGE,
    Action.SUPERVISE,
    Action.CIRCULATE,
    Action.SUMMON,
    Action.ACCOUNT,
)
# In stock (存量): registered and not yet out by any exit.
IN_STOCK: tuple[State, ...] = _OPEN


@dataclass(frozen=True, slots=True)
class Merges:
    """Steps a small office does in one go (合并办理); each still stands as a step and an act of its own.

    ``verify_assign`` verifying and assigning, ``assign_sign`` assigning and signing for, ``accept_close`` accepting and
    closing (where the township closes itself).
    """

    verify_assign: bool = False
    assign_sign: bool = False
    accept_close: bool = False


def chain(action: Action, merges: Merges) -> tuple[Action, ...]:
    """Return the actions done in one go when *action* is asked for: itself, and what is merged with it."""
    following = {
        Action.VERIFY: (Action.ASSIGN, merges.verify_assign),
        Action.ASSIGN: (Action.SIGN_FOR, merges.assign_sign),
        Action.ACCEPT: (Action.CLOSE, merges.accept_close),
    }
    found = [action]
    while found[-1] in following and following[found[-1]][1]:
        found.append(following[found[-1]][0])
    return tuple(found)


def allowed(state: State) -> tuple[Action, ...]:
    """Return the actions open to a problem in *state*, in the order of the table."""
    return tuple(transition.action for transition in TRANSITIONS if state in transition.sources)


def target(state: State, action: Action, number: str = "") -> State:
    """Return the state *action* leads to from *state*; raise ``NotAllowed`` with what is open instead."""
    transition = _BY_ACTION[action]
    if state in transition.sources:
        return state if transition.target is None else transition.target
    others = "、".join(item.label for item in allowed(state))
    instead = f"现在可以：{others}。" if others else "它已经办结，没有后续动作。"
    raise NotAllowed(f"{number or '该问题'}现为“{state.label}”，不能{action.label}；{instead}")
