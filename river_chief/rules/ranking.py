"""排名: the highest first; equals share a rank; who has nothing to be judged by is not ranked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def ranks(values: Sequence[Fraction | None]) -> list[int | None]:
    """The rank of each of *values*, the highest 1, ties sharing it (1, 1, 3); None stays None (无任务)."""
    order = sorted((value for value in values if value is not None), reverse=True)
    return [None if value is None else order.index(value) + 1 for value in values]
