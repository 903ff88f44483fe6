from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.rounding import half_up, rate_text, rate_value

PARTS = st.integers(0, 10**9).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "text"),
    [
        (54173, 56024, 1, "96.7%"),
        (159, 171, 2, "92.98%"),
        (8162, 8167, 2, "99.94%"),
        (8162, 8167, 1, "99.9%"),
        (99996, 100000, 2, "99.99%"),
        (9999, 10000, 1, "99.9%"),
        (199, 200, 0, "99%"),
        (10, 10, 1, "100.0%"),
        (0, 10, 1, "0.0%"),
        (1, 16, 1, "6.3%"),
        (1, 32, 2, "3.13%"),
        (0, 0, 1, "—"),
    ],
)
def test_rates_as_printed(numerator: int, denominator: int, digits: int, text: str) -> None:
    assert rate_text(numerator, denominator, digits) == text


@pytest.mark.parametrize(("numerator", "denominator"), [(105, 100), (-1, 10), (1, 0)])
def test_no_part_of_a_whole(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        rate_text(numerator, denominator)
    with pytest.raises(ValueError, match="no part"):
        rate_value(numerator, denominator)


@given(PARTS, st.integers(0, 3))
def test_a_rate_is_near_the_truth_and_100_only_when_full(parts: tuple[int, int], digits: int) -> None:
    numerator, denominator = parts
    text = rate_text(numerator, denominator, digits)
    if denominator == 0:
        assert text == "—"
        return
    printed = Decimal(text.removesuffix("%"))
    assert 0 <= printed <= 100
    assert (printed == 100) is (numerator == denominator)
    assert abs(Fraction(printed) - Fraction(100 * numerator, denominator)) < Fraction(1, 10**digits)


@given(PARTS)
def test_the_unrounded_rate(parts: tuple[int, int]) -> None:
    numerator, denominator = parts
    value = rate_value(numerator, denominator)
    assert value is None if denominator == 0 else value == pytest.approx(numerator / denominator * 100)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (7, 1, "7.0"),
        (1e20, 1, f"{10**20}.0"),
    ],
)
def test_half_up(value: float, digits: int, text: str) -> None:
    assert str(half_up(value, digits)) == text
