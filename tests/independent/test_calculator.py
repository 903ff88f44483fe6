"""The calculator stands on its own: it knows the two files and nothing of the program."""

from __future__ import annotations

import ast
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from river_chief.rules.rounding import rate_text, rate_value
from tests.independent import calculator, compared
from tests.independent.calculator import printed

COUNTS = st.integers(min_value=0, max_value=10**7)
DIGITS = st.integers(min_value=0, max_value=3)


def imported(path: Path) -> set[str]:
    """The modules a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_calculator_imports_nothing_but_the_standard_library() -> None:
    tops = {name.partition(".")[0] for name in imported(Path(calculator.__file__))}
    assert tops
    assert tops <= sys.stdlib_module_names


def test_the_comparison_imports_nothing_of_the_program() -> None:
    names = imported(Path(compared.__file__))
    own = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert own == {"tests.independent.calculator"}


# A rate as printed


@pytest.mark.parametrize(
    ("numerator", "denominator", "one", "two"),
    [
        (1, 3, "33.3%", "33.33%"),
        (2, 3, "66.7%", "66.67%"),
        (999, 1000, "99.9%", "99.90%"),
        (1999, 2000, "99.9%", "99.95%"),
        (99999, 100000, "99.9%", "99.99%"),
        (19999, 20000, "99.9%", "99.99%"),
        (1, 2000, "0.1%", "0.05%"),
        (1, 20000, "0.0%", "0.01%"),
        (1, 8, "12.5%", "12.50%"),
        (1, 16, "6.3%", "6.25%"),
        (1, 160, "0.6%", "0.63%"),
        (0, 7, "0.0%", "0.00%"),
        (7, 7, "100.0%", "100.00%"),
        (0, 0, "—", "—"),
    ],
)
def test_a_rate_is_printed_as_anyone_would(numerator: int, denominator: int, one: str, two: str) -> None:
    for told in (rate_text, printed):
        assert told(numerator, denominator, 1) == one
        assert told(numerator, denominator, 2) == two


@given(COUNTS, COUNTS, DIGITS)
def test_text_and_value_are_those_of_the_exact_share(one: int, other: int, digits: int) -> None:
    numerator, denominator = sorted((one, other))
    text, value = rate_text(numerator, denominator, digits), rate_value(numerator, denominator)
    assert text == printed(numerator, denominator, digits)
    if denominator == 0:
        assert (text, value) == ("—", None)
        return
    assert value is not None
    exact, shown = Fraction(100 * numerator, denominator), Fraction(text.removesuffix("%"))
    assert abs(Fraction(value) - exact) < Fraction(1, 10**12)
    assert 0 <= value <= 100
    assert (value == 100) == (shown == 100) == (numerator == denominator)
    if shown < 100 - Fraction(1, 10**digits):
        assert abs(shown - exact) <= Fraction(1, 2 * 10**digits)


@given(st.integers(min_value=1, max_value=10**9), DIGITS)
def test_one_short_of_all_is_never_all(denominator: int, digits: int) -> None:
    text = rate_text(denominator - 1, denominator, digits)
    assert Fraction(text.removesuffix("%")) < 100
    assert text == printed(denominator - 1, denominator, digits)
