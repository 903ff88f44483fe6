"""The rounds behind the figures of a period, one by one, each with every count it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from river_chief.figures.measures import BASES
from river_chief.figures.rows import filters
from river_chief.figures.window import Window
from river_chief.queries import round_counts
from river_chief.queries.counted_rounds import RoundFacts, how_many_rounds, round_facts, tags_of_problems
from river_chief.queries.rounds import RoundFilter


@dataclass(frozen=True, slots=True)
class CountedRound:
    """A round in the figures: ``counts`` by key of ``rows.filters`` (1, or how many steps), without zeros.

    ``days`` from assignment to finishing where they stand in 平均整改天数. Days after the cut-off are left out of
    ``facts``, but not the deadline.
    """

    facts: RoundFacts
    campaigns: frozenset[int]
    counts: Mapping[str, int]
    days: int | None


def counted_rounds(session: Session, window: Window, most: int) -> tuple[CountedRound, ...] | None:
    """Every round that stands in any count of *window*; None where the ledger has more rounds than *most*."""
    if how_many_rounds(session) > most:
        return None
    counts = _counts(session, window)
    tags = tags_of_problems(session)
    return tuple(
        _counted(facts, tags.get(facts.problem_id, frozenset()), counts[facts.id], window)
        for facts in round_facts(session)
        if facts.id in counts
    )


def _counts(session: Session, window: Window) -> dict[int, dict[str, int]]:
    """By the id of a round: how often it stands under which key."""
    named: dict[RoundFilter, list[str]] = {}
    for key, filter in filters(window).items():
        named.setdefault(filter, []).append(key)
    asked = {keys[0]: filter for filter, keys in named.items()}
    found: dict[int, dict[str, int]] = {}
    for family in round_counts.families(asked, [base(window) for base in BASES]):
        keys = [named[part] for part in family.parts.values()]
        for (id,), counts in round_counts.counted_by_round(session, family):
            for each, count in zip(keys, counts, strict=True):
                if count:
                    found.setdefault(id, {}).update(dict.fromkeys(each, count))
    return found


def _counted(
    facts: RoundFacts, campaigns: frozenset[int], counts: Mapping[str, int], window: Window
) -> CountedRound:
    days = None
    if "rectified" in counts and facts.assigned_on is not None and facts.rectified_on is not None:
        days = (facts.rectified_on - facts.assigned_on).days
    if facts.rectified_on is not None and facts.rectified_on > window.cut:
        facts = facts._replace(rectified_on=None)
    if facts.exit_on is not None and facts.exit_on > window.cut:
        facts = facts._replace(exit=None, exit_on=None)
    return CountedRound(facts, campaigns, counts, days)
