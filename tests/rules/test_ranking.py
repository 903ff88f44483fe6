from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.ranking import change_text, places_up, rank_text, ranks

VALUES = st.lists(st.none() | st.fractions(0, 1, max_denominator=9), max_size=12)


def test_ties_share_a_rank_and_the_next_one_is_passed_over() -> None:
    half, whole = Fraction(1, 2), Fraction(1)
    assert ranks([half, whole, whole, Fraction(0)]) == [3, 1, 1, 4]
    assert ranks([half, whole, whole, Fraction(0)], less_is_better=True) == [2, 3, 3, 1]


def test_without_anything_to_judge_by_there_is_no_rank() -> None:
    assert ranks([None, Fraction(1, 3), None]) == [None, 1, None]
    assert ranks([]) == []
    assert (rank_text(None), rank_text(3)) == ("无任务", "3")


def test_equal_parts_of_different_wholes_are_equal() -> None:
    assert ranks([Fraction(2, 3), Fraction(4, 6)]) == [1, 1]


@given(VALUES, st.booleans())
def test_a_rank_is_one_more_than_how_many_are_better(values: list[Fraction | None], less: bool) -> None:
    known = [value for value in values if value is not None]
    for value, rank in zip(values, ranks(values, less_is_better=less), strict=True):
        if value is None:
            assert rank is None
        else:
            assert rank == 1 + sum(other < value if less else other > value for other in known)


@pytest.mark.parametrize(
    ("rank", "before", "up", "text"),
    [
        (1, 3, 2, "↑2"),
        (4, 3, -1, "↓1"),
        (2, 2, 0, "平"),
        (2, None, None, "新"),
        (None, 2, None, "—"),
        (None, None, None, "—"),
    ],
)
def test_how_a_rank_has_changed(rank: int | None, before: int | None, up: int | None, text: str) -> None:
    assert places_up(rank, before) == up
    assert change_text(rank, before) == text
