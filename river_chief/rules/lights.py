"""红黄绿: how a rate stands against the office's own limits.

The limits are the program's defaults until the office sets its own; no regulation gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from river_chief.rules.rate_words import COMPLIANCE, RATE_WORDS
from river_chief.terms import Light

LIT = {each.key: each for each in (COMPLIANCE, *RATE_WORDS) if each.less_is_better is not None}
"""The rates that may have limits, by key: those that tell better from worse."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Green from ``green`` percent on, yellow from ``yellow`` on, else red; upper limits where less is better."""

    green: float
    yellow: float
    less_is_better: bool = False

    def light(self, part: Fraction) -> Light:
        """The light of a rate; *part* of one, exact, not rounded as it prints."""
        # Multiplied out: hundreds of rates are not worth a fraction each.
        above, below = 100 * part.numerator, part.denominator
        for limit, light in ((self.green, Light.GREEN), (self.yellow, Light.YELLOW)):
            exact = _exact(limit)
            over = above * exact.denominator - exact.numerator * below
            if over <= 0 if self.less_is_better else over >= 0:
                return light
        return Light.RED

    @property
    def text(self) -> str:
        """绿≥95%，黄≥85%，低于85%为红."""
        green, yellow = f"{self.green:g}%", f"{self.yellow:g}%"
        if self.less_is_better:
            return f"绿≤{green}，黄≤{yellow}，高于{yellow}为红"
        return f"绿≥{green}，黄≥{yellow}，低于{yellow}为红"


@cache
def _exact(limit: float) -> Fraction:
    """*limit* as it is written: 0.1 is a tenth."""
    return Fraction(str(limit))


LightTable = Mapping[str, Limits]
"""The office's limits by key of the rate."""


def light_of(table: LightTable, key: str, part: Fraction | None) -> Light | None:
    """The light of the rate *key*; None where the office has no limits for it or there is nothing to judge."""
    limits = table.get(key)
    return None if limits is None or part is None else limits.light(part)


def contradiction(key: str, green: float, yellow: float) -> str:
    """What is wrong with limits of the rate *key*, in a sentence; "" where they hold."""
    words = LIT.get(key)
    if words is None:
        return f"比率“{key}”不能亮灯，可用的有：{'、'.join(LIT)}"
    if words.less_is_better and green > yellow:
        return f"{words.name}越低越好，绿的上限要不高于黄的上限"
    if not words.less_is_better and green < yellow:
        return f"{words.name}越高越好，绿的下限要不低于黄的下限"
    return ""
