"""What a row of a sheet makes the office do: a verb with its values, carried out later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from river_chief.errors import InvalidInput, Refusal
from river_chief.storage.database import Verb, Writer
from river_chief.verbs.input import Input, understood

# Stands for the id of a record that is not made yet when its neighbours are checked.
_ANY_ID = 1

Kept = Callable[[Session, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ref:
    """A record this import makes before it is needed."""

    ledger: str
    name: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """One verb to be carried out.

    ``values``  of its input; a ``Ref`` stands for an id that is known only then.
    ``makes``   the record it makes; done once, even if several rows ask for it.
    ``kept``    for an edit: the values the record has, which *values* change in part.
    """

    verb: Verb[Any]
    accepts: type[Input]
    values: Mapping[str, Any]
    makes: Ref | None = None
    kept: Kept | None = None

    def faults(self) -> dict[str, str]:
        """The sentence for each value the verb's input does not take, by key."""
        values = {key: _resolved(value, {}, _ANY_ID) for key, value in self.values.items()}
        try:
            understood(self.accepts, values)
        except InvalidInput as error:
            partial = self.kept is not None
            return {key: text for key, text in error.fields.items() if key in self.values or not partial}
        return {}


class Doer:
    """Carries out doings in one transaction and remembers what they made."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.made: dict[Ref, int] = {}

    def do(self, doing: Doing) -> None:
        """Carry out *doing*, unless what it makes is made already."""
        if doing.makes is not None and doing.makes in self.made:
            return
        values = {key: _resolved(value, self.made, None) for key, value in doing.values.items()}
        if doing.kept is not None:
            values = {**doing.kept(self.writer.session, values["id"]), **values}
        done = self.writer.do(doing.verb, understood(doing.accepts, values))
        if doing.makes is not None:
            self.made[doing.makes] = done.id


def _resolved(value: Any, made: Mapping[Ref, int], otherwise: int | None) -> Any:
    if isinstance(value, tuple):
        return tuple(_resolved(item, made, otherwise) for item in value)
    if not isinstance(value, Ref):
        return value
    id = made.get(value, otherwise)
    if id is None:
        raise Refusal(f"它要用到的“{value.name}”没有一起导入，请把那一行也勾上。")
    return id
