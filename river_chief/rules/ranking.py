"""排名: the best first; equals share a rank; who has nothing to be judged by is not ranked (无任务)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from river_chief.rules.rounding import NOTHING

NO_TASK = "无任务"
"""What stands for the rank of a line with nothing to be judged by."""


def ranks(values: Sequence[Fraction | None], *, less_is_better: bool = False) -> list[int | None]:
    """The rank of each of *values*, the best 1, ties sharing it (1, 1, 3); None stays None (无任务)."""
    known = (value for value in values if value is not None)
    order = sorted(known, key=_order, reverse=not less_is_better)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(order, start=1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in values]


def _order(value: Fraction) -> int:
    """A number that orders fractions as they are: two that differ do so by more than 2**-128."""
    return (value.numerator << 128) // value.denominator


def places_up(rank: int | None, before: int | None) -> int | None:
    """位次变化: by how many places it rose (below zero: fell); None where there is no rank now or before."""
    return None if rank is None or before is None else before - rank


def change_text(rank: int | None, before: int | None) -> str:
    """The change as printed: ↑2, ↓1, 平; 新 where there was no rank before, "—" where there is none now."""
    up = places_up(rank, before)
    if up is None:
        return NOTHING if rank is None else "新"
    return f"↑{up}" if up > 0 else f"↓{-up}" if up < 0 else "平"


def rank_text(rank: int | None) -> str:
    """The rank as printed."""
    return NO_TASK if rank is None else str(rank)
