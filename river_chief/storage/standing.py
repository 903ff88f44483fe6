"""Which acts of the journal still stand: those that were not taken back, or were brought back again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from river_chief.records import Act
from river_chief.records.columns import table

VERB = "undo"
"""The verb of an act that takes others back, another such act among them."""


@dataclass(frozen=True, slots=True)
class ActHead:
    """What tells whether an act stands: ``undoes`` one act, or the batch ``batch_id`` whole."""

    id: int
    verb: str
    batch_id: int | None
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How some acts stand.

    ``taken``  ids that were taken back and not brought back, undos among them.
    ``undos``  what each undo took back or (where it undid an undo) brought back.
    """

    ids: frozenset[int]
    taken: frozenset[int]
    undos: dict[int, frozenset[int]] = field(default_factory=dict)

    @property
    def effective(self) -> frozenset[int]:
        """Ids whose effect is in the ledger.

        An act that was taken back has none; nor has the undo that took it back, when both are known.
        """
        quiet = {id for id, targets in self.undos.items() if targets and targets <= self.ids}
        return self.ids - self.taken - quiet


def standing(acts: Iterable[ActHead]) -> Standing:
    """How *acts* stand after all of them; a batch takes back what of it stood then."""
    known: dict[int, ActHead] = {}
    taken: set[int] = set()
    undos: dict[int, frozenset[int]] = {}
    for act in sorted(acts, key=lambda act: act.id):
        known[act.id] = act
        if act.verb != VERB:
            continue
        undos[act.id] = _targets(act, known, taken)
        for target in undos[act.id]:
            _take_back(target, undos, taken)
    return Standing(frozenset(known), frozenset(taken), undos)


def standing_after(connection: Connection, act_id: int) -> Standing:
    """How the acts later than *act_id* stand."""
    acts = table(Act)
    query = select(acts.c.id, acts.c.verb, acts.c.batch_id, acts.c.undoes).where(acts.c.id > act_id)
    return standing(ActHead(*row) for row in connection.execute(query))


def _take_back(id: int, undos: dict[int, frozenset[int]], taken: set[int]) -> None:
    """Count an act as taken back; an undo that is taken back gives back what it took, and so on."""
    taken.add(id)
    for target in undos.get(id, ()):
        taken.discard(target)
        for further in undos.get(target, ()):
            _take_back(further, undos, taken)


def _targets(undo: ActHead, known: dict[int, ActHead], taken: set[int]) -> frozenset[int]:
    if undo.undoes is not None:
        return frozenset((undo.undoes,))
    return frozenset(
        act.id
        for act in known.values()
        if act.batch_id == undo.batch_id and act.verb != VERB and act.id not in taken
    )
