"""What a verb did: the sentence for the journal and the records it touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Touched:
    """One record a verb made or changed: the ledger (table) it lies in and its id."""

    ledger: str
    id: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of a verb.

    ``sentence``  Chinese, past tense, for the journal and the notice in the window.
    ``id``        the main record's id (0 where there is none).
    ``touched``   every record that was written; filled from the flush, never by hand.
    """

    sentence: str
    id: int = 0
    touched: frozenset[Touched] = field(default_factory=frozenset)

    @property
    def ledgers(self) -> frozenset[str]:
        """Names of the ledgers (tables) in which anything changed."""
        return frozenset(item.ledger for item in self.touched)

    @staticmethod
    def union(many: Iterable[Changes]) -> Changes:
        """Join the outcomes of several verbs of one transaction into one."""
        parts = list(many)
        touched: set[Touched] = set()
        for part in parts:
            touched |= part.touched
        last = parts[-1] if parts else Changes("")
        return Changes(last.sentence, last.id, frozenset(touched))
