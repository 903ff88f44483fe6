from fractions import Fraction

from river_chief.rules.ranking import ranks


def test_ties_share_a_rank_and_the_next_one_is_passed_over() -> None:
    half, whole = Fraction(1, 2), Fraction(1)
    assert ranks([half, whole, whole, Fraction(0)]) == [3, 1, 1, 4]


def test_without_anything_to_judge_by_there_is_no_rank() -> None:
    assert ranks([None, Fraction(1, 3), None]) == [None, 1, None]
    assert ranks([]) == []


def test_equal_parts_of_different_wholes_are_equal() -> None:
    assert ranks([Fraction(2, 3), Fraction(4, 6)]) == [1, 1]
