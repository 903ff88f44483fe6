"""Rounding of rates and amounts as a table prints them: half up, never a false 100%."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext

NOTHING = "—"
"""What a rate without a denominator prints as."""
_EXACT = Context(prec=60)
_HUNDRED = Decimal(100)


def half_up(value: int | float | Decimal, digits: int) -> Decimal:
    """*value* rounded half up to *digits* decimals; a float counts as the number it prints as."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    with localcontext(_EXACT):
        return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def rate_value(numerator: int, denominator: int) -> float | None:
    """The rate in percent, unrounded; None without a denominator."""
    _check(numerator, denominator)
    return 100 * numerator / denominator if denominator else None


def rate_text(numerator: int, denominator: int, digits: int = 1) -> str:
    """The rate as printed, "96.7%"; "—" without a denominator; only a full rate prints as 100.

    The numerator must be a subset of the denominator: anything else is a bug (ValueError).
    """
    _check(numerator, denominator)
    if denominator == 0:
        return NOTHING
    with localcontext(_EXACT):
        percent = Decimal(100 * numerator) / Decimal(denominator)
        rounded = half_up(percent, digits)
        if numerator < denominator and rounded >= _HUNDRED:
            rounded = percent.quantize(rounded, rounding=ROUND_DOWN)
    return f"{rounded}%"


def _check(numerator: int, denominator: int) -> None:
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no part of a whole")
