"""Two counts of which one is part of the other, and what a table prints for them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from river_chief.rules.rounding import rate_text, rate_value


@dataclass(frozen=True, slots=True)
class Ratio:
    """``numerator`` of ``denominator``; ``digits`` decimals are printed."""

    numerator: int
    denominator: int
    digits: int = 1

    @property
    def value(self) -> float | None:
        """The rate in percent, unrounded; None without a denominator."""
        return rate_value(self.numerator, self.denominator)

    @property
    def text(self) -> str:
        """The rate as printed; "—" without a denominator."""
        return rate_text(self.numerator, self.denominator, self.digits)

    @property
    def exact(self) -> Fraction | None:
        """The part of one, exact, to rank by; None without a denominator."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None
