"""The proof of a month: every problem its figures count, how often under which key, and by which facts.

Counts, rates and average days add up from it, for the office and for any line of a table, so what a closed month
told can be shown row by row for good, and a later recount can be held against it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from river_chief.figures.measures import HANDLING, STOCK, rectified
from river_chief.figures.ratio import Ratio
from river_chief.figures.rows import filters
from river_chief.figures.window import Window
from river_chief.queries import proof_rows
from river_chief.queries.charges import Charges
from river_chief.queries.dimensions import Dimension
from river_chief.queries.proof_rows import ProblemFacts, RoundFacts
from river_chief.queries.rounds import RoundFilter

_ONCE = frozenset({"exceptions"})
"""Counted by problems in the report, whatever rounds of them are behind it."""
_OUT = tuple(each.key for each in STOCK if each.key not in ("opening", "found", "relapsed", "ending"))


_FACTS = {
    Dimension.VILLAGE: "village_id",
    Dimension.UNIT: "unit",
    Dimension.CATEGORY: "category_code",
    Dimension.WATER: "water_id",
    Dimension.REACH: "reach_id",
    Dimension.FINDER: "finder",
}
_DAYS = ("opened_on", "assigned_on", "deadline", "rectified_on", "exit_on", "reopened_on")


@dataclass(frozen=True, slots=True)
class Proven:
    """One problem of a proof.

    ``chiefs``  the persons who answered for it at the cut-off, (None,) where nobody did.
    ``counts``  how often it is counted under each key of ``figures.rows``; a key that does not count it is missing.
    ``days`` and ``clocks``  its part of 平均整改天数: days from assignment to finishing, over so many rounds.
    """

    facts: ProblemFacts
    campaigns: tuple[int, ...]
    chiefs: tuple[int | None, ...]
    rounds: tuple[RoundFacts, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    days: int = 0
    clocks: int = 0

    def values(self, dimension: Dimension) -> tuple[Any, ...]:
        """The lines of *dimension* it stands in, by their keys."""
        if dimension is Dimension.GROUP:
            return (self.facts.category_code[:2],)
        if dimension in (Dimension.SEVERITY, Dimension.SOURCE):
            return (getattr(self.facts, dimension.value) or None,)
        if dimension is Dimension.CAMPAIGN:
            return self.campaigns
        if dimension is Dimension.CHIEF:
            return self.chiefs
        return (getattr(self.facts, _FACTS[dimension]),)

    @property
    def imbalance(self) -> int:
        """期初 + 新增 + 反弹 − what went − 期末 of this problem; anything but 0 breaks the stock identity."""
        came = sum(self.counts.get(key, 0) for key in ("opening", "found", "relapsed"))
        return came - sum(self.counts.get(key, 0) for key in (*_OUT, "ending"))


Proof = Mapping[int, Proven]


def prove(session: Session, window: Window, ids: Collection[int] | None = None) -> dict[int, Proven]:
    """The proof of the figures of *window* by problem id; with *ids* only of those that are still in the ledger.

    Without *ids* problems nothing counts are left out; with them they stand in it without counts.
    """
    counts: dict[int, dict[str, int]] = {}
    for filter, keys in _distinct(window).items():
        for id, count in proof_rows.counted(session, filter, ids).items():
            counts.setdefault(id, {}).update((key, 1 if key in _ONCE else count) for key in keys)
    wanted = counts.keys() if ids is None else ids
    clocks = proof_rows.clocks(session, rectified(window), ids)
    facts = proof_rows.facts(session, wanted)
    campaigns = proof_rows.campaigns(session, facts)
    rounds = proof_rows.rounds(session, facts)
    charges = Charges(session, window.cut)
    return {
        id: Proven(
            facts[id],
            tuple(campaigns.get(id, ())),
            charges.of(facts[id].reach_id, facts[id].village_id),
            tuple(rounds.get(id, ())),
            counts.get(id, {}),
            *clocks.get(id, (0, 0)),
        )
        for id in sorted(facts)
    }


def _distinct(window: Window) -> dict[RoundFilter, list[str]]:
    asked = filters(window) | {measure.key: measure.filter(window) for measure in HANDLING}
    found: dict[RoundFilter, list[str]] = {}
    for key, filter in asked.items():
        found.setdefault(filter, []).append(key)
    return found


def unbalanced(proof: Proof) -> list[Proven]:
    """The problems that break the stock identity."""
    return [each for each in proof.values() if each.imbalance]


@dataclass(frozen=True, slots=True)
class Sums:
    """What some problems of a proof add up to."""

    counts: Mapping[str, int]
    days: int
    clocks: int

    def ratio(self, key: str, digits: int) -> Ratio:
        """The rate *key*."""
        return Ratio(self.counts.get(f"{key}.numerator", 0), self.counts.get(f"{key}.denominator", 0), digits)

    @property
    def average_days(self) -> float | None:
        """平均整改天数; None where nothing was finished."""
        return self.days / self.clocks if self.clocks else None


def sums(problems: Iterable[Proven]) -> Sums:
    """Add up *problems*."""
    counts: dict[str, int] = {}
    days = clocks = 0
    for each in problems:
        for key, count in each.counts.items():
            counts[key] = counts.get(key, 0) + count
        days += each.days
        clocks += each.clocks
    return Sums(counts, days, clocks)


def pack(proof: Proof) -> bytes:
    """*proof* as packed bytes, equal for equal proofs."""
    keys = sorted({key for each in proof.values() for key in each.counts})
    places = {key: place for place, key in enumerate(keys)}
    rows = [
        [
            list(each.facts),
            list(each.campaigns),
            list(each.chiefs),
            [[_text(value) for value in round_] for round_ in each.rounds],
            [[places[key], each.counts[key]] for key in sorted(each.counts)],
            each.days,
            each.clocks,
        ]
        for each in (proof[id] for id in sorted(proof))
    ]
    text = json.dumps({"keys": keys, "problems": rows}, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def unpack(body: bytes) -> dict[int, Proven]:
    """The proof that was packed."""
    held = json.loads(zlib.decompress(body))
    keys = held["keys"]
    found = {}
    for facts, campaigns, chiefs, rounds, counts, days, clocks in held["problems"]:
        found[facts[0]] = Proven(
            ProblemFacts(*facts),
            tuple(campaigns),
            tuple(chiefs),
            tuple(_round(values) for values in rounds),
            {keys[place]: count for place, count in counts},
            days,
            clocks,
        )
    return found


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _round(values: list[Any]) -> RoundFacts:
    named = dict(zip(RoundFacts._fields, values, strict=True))
    for name in _DAYS:
        if named[name] is not None:
            named[name] = date.fromisoformat(named[name])
    return RoundFacts(**named)


def without_counts(proven: Proven) -> Proven:
    """*proven* as a problem that nothing counts any more."""
    return replace(proven, counts={}, days=0, clocks=0)
