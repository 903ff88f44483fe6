"""Closed months read again: the figures as they were frozen, their rows and their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from river_chief.figures import proof as proofs
from river_chief.figures.closing import Closing, RuleVersion
from river_chief.figures.correction import Correction
from river_chief.figures.four import FourFigures
from river_chief.figures.month import MonthFigures
from river_chief.figures.proof import Proof, Proven
from river_chief.queries.dimensions import Dimension
from river_chief.queries.month_closes import frozen_body
from river_chief.queries.problems import ProblemFilter
from river_chief.records import MonthClose
from river_chief.storage.freezing import Freezer, classes_of
from river_chief.terms import Term

_KEPT = 24


@dataclass(frozen=True, slots=True)
class FrozenMonth:
    """What an edition froze beside its rows and papers.

    ``differences`` against the edition before; None for the first. ``four`` (四比) is None in what an older program
    closed.
    """

    figures: MonthFigures
    rules: tuple[RuleVersion, ...]
    differences: Correction | None
    four: FourFigures | None = None


@lru_cache(maxsize=1)
def freezer() -> Freezer:
    """The freezer of closed months."""
    return Freezer(classes_of(FrozenMonth) | set(Term.__subclasses__()))


def frozen_month(session: Session, close: MonthClose) -> FrozenMonth:
    """What the edition froze; its figures carry its closing."""
    frozen = _thawed(close.digest, lambda: frozen_body(session, close.digest))
    return replace(frozen, figures=replace(frozen.figures, closing=Closing.of(close)))


def frozen_proof(session: Session, close: MonthClose) -> Proof:
    """The rows behind the figures of the edition."""
    return _proven(close.proof_digest, lambda: frozen_body(session, close.proof_digest))


class _Kept:
    """Thawed bodies by digest: a body never changes, so it is thawed once."""

    def __init__(self, thaw: Callable[[bytes], object]) -> None:
        self._thaw = thaw
        self._held: dict[str, object] = {}

    def __call__(self, digest: str, body: Callable[[], bytes]) -> object:
        if digest not in self._held:
            while len(self._held) >= _KEPT:
                self._held.pop(next(iter(self._held)))
            self._held[digest] = self._thaw(body())
        return self._held[digest]


_MONTHS = _Kept(lambda body: freezer().thaw(body))
_PROOFS = _Kept(proofs.unpack)


def _thawed(digest: str, body: Callable[[], bytes]) -> FrozenMonth:
    found = _MONTHS(digest, body)
    assert isinstance(found, FrozenMonth)
    return found


def _proven(digest: str, body: Callable[[], bytes]) -> Proof:
    found = _PROOFS(digest, body)
    assert isinstance(found, dict)
    return found


def proven_behind(proof: Proof, key: str, **only: tuple[Any, ...]) -> list[Proven]:
    """The problems that *proof* counts under *key*; *only* narrows them as ``figures.rows.rows_behind`` does."""
    asked = [(dimension, set(only[dimension.field])) for dimension in Dimension if only.get(dimension.field)]
    return [
        each
        for each in proof.values()
        if each.counts.get(key) and all(wanted & set(each.values(own)) for own, wanted in asked)
    ]


def rows_of(proven: Iterable[Proven]) -> ProblemFilter:
    """The problems of a proof in today's ledger; for none a filter that lets nothing through."""
    return ProblemFilter(ids=tuple(each.facts.id for each in proven) or (0,))
