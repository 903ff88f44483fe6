"""合并办理: steps a small office does in one go; each is still a step and an act of its own."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field
from sqlmodel import Session

from river_chief.rules.workflow import chain
from river_chief.terms import Action, Closer
from river_chief.verbs.closing import closer_of
from river_chief.verbs.input import Input, understood
from river_chief.verbs.lookup import problem_of
from river_chief.verbs.office import settings_of
from river_chief.verbs.steps.accepting import Accept
from river_chief.verbs.steps.assigning import Assign
from river_chief.verbs.steps.doings import DOINGS, Doing
from river_chief.verbs.steps.verifying import Verify

Chain = tuple[Action, ...]


class VerifyAssign(Verify, Assign):
    """核实并交办."""


class AssignSign(Assign):
    """交办并签收: signed for on the spot."""

    signer: str = Field(title="签收人", min_length=1, max_length=120)


class VerifyAssignSign(Verify, AssignSign):
    """核实、交办并签收."""


_ACCEPTS: dict[Chain, type[Input]] = {
    (Action.VERIFY, Action.ASSIGN): VerifyAssign,
    (Action.VERIFY, Action.ASSIGN, Action.SIGN_FOR): VerifyAssignSign,
    (Action.ASSIGN, Action.SIGN_FOR): AssignSign,
    (Action.ACCEPT, Action.CLOSE): Accept,
}
_WORDS = {Action.VERIFY: "核实", Action.ACCEPT: "验收"}


def chain_of(session: Session, problem_id: int, action: Action) -> Chain:
    """What the office's settings do in one go when *action* is asked for on a problem.

    Accepting is followed by closing only where the township itself may close.
    """
    return chains_of(session, problem_id, (action,))[action]


def chains_of(session: Session, problem_id: int, actions: Iterable[Action]) -> dict[Action, Chain]:
    """The same for each of several *actions*."""
    merges = settings_of(session).merges
    found = {action: chain(action, merges) for action in actions}
    accept = found.get(Action.ACCEPT, ())
    if Action.CLOSE in accept:
        problem = problem_of(session, problem_id, None)
        if closer_of(session, problem) is not Closer.TOWN:
            found[Action.ACCEPT] = (Action.ACCEPT,)
    return found


def accepted_by(actions: Chain) -> type[Input]:
    """The input of a chain of actions."""
    return _ACCEPTS.get(actions) or DOINGS[actions[0]].accepts


def label(actions: Chain) -> str:
    """The chain in words: 核实并交办, 核实、交办并签收, 验收并销号; a single action by its own name."""
    if len(actions) == 1:
        return actions[0].label
    names = [_WORDS.get(action, action.label) for action in actions]
    return f"{'、'.join(names[:-1])}并{names[-1]}"


def parts(actions: Chain, entry: Input) -> list[tuple[Doing, Input]]:
    """What each action of a chain accepts, taken from the *entry* of the whole.

    The version the clerk saw and his words go with the first; raises ``InvalidInput`` like any input.
    """
    given = {name: getattr(entry, name) for name in type(entry).model_fields}
    signer = given.pop("signer", "")
    found: list[tuple[Doing, Input]] = []
    for action in actions:
        doing = DOINGS[action]
        values = {name: value for name, value in given.items() if name in doing.accepts.model_fields}
        if found:
            values |= {"version": None, "words": "", "actor": signer if action is Action.SIGN_FOR else ""}
        found.append((doing, understood(doing.accepts, values)))
    return found
