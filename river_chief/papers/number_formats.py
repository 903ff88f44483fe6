"""The sheet format under which a value shows exactly the text that stands on the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from river_chief.papers.document import Quantity

_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\s?[^\d\s.,-]{0,3})")
_DATE_FORMATS = {
    "%Y-%m-%d": "yyyy-mm-dd",
    "%Y-%m-%d %H:%M": "yyyy-mm-dd hh:mm",
    "%Y.%m.%d": "yyyy.mm.dd",
    "%m-%d": "mm-dd",
    "%H:%M": "hh:mm",
}
_SIGNIFICANT = 15
"""A sheet keeps no more digits of a number than these."""


@dataclass(frozen=True, slots=True)
class SheetValue:
    """What a sheet's cell keeps, and the number format that shows it ('' for text)."""

    value: str | int | float | date
    number_format: str = ""


def sheet_value(text: str, value: Quantity | None) -> SheetValue:
    """A real number or day where a format exists that shows it as *text*, else the text.

    Where *value* rounds to another text than the one printed (99.996 printed as 99.99), the
    sheet keeps the printed number: paper and sheet never differ.
    """
    if isinstance(value, date):
        return _day(text, value) or SheetValue(text)
    if value is not None:
        return _number(text, Decimal(str(value))) or SheetValue(text)
    return SheetValue(text)


def _day(text: str, value: date) -> SheetValue | None:
    for pattern, number_format in _DATE_FORMATS.items():
        if value.strftime(pattern) == text:
            naive = datetime.combine(value, time()) if not isinstance(value, datetime) else value
            whole = naive.replace(tzinfo=None, second=0, microsecond=0)
            return SheetValue(whole if isinstance(value, datetime) else value, number_format)
    if text == f"{value.year}年{value.month}月{value.day}日":
        return SheetValue(value, 'yyyy"年"m"月"d"日"')
    if text == f"{value.year}.{value.month}.{value.day}":
        return SheetValue(value, "yyyy.m.d")
    return None


def _number(text: str, value: Decimal) -> SheetValue | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, unit = match.groups()
    fraction = fraction or ""
    printed = Decimal(sign + whole.replace(",", "") + fraction)
    if len(printed.as_tuple().digits) > _SIGNIFICANT:
        return None
    shape = ("#,##0" if "," in whole else "0") + (f".{'0' * (len(fraction) - 1)}" if fraction else "")
    step = Decimal(1).scaleb(-max(0, len(fraction) - 1))
    if unit == "%" and _rounded(value * 100, step) == printed:
        return SheetValue(_significant(value), f"{shape}%")
    kept = value if _rounded(value, step) == printed else printed
    number_format = shape + (f'"{unit}"' if unit else "")
    return SheetValue(int(kept) if kept == kept.to_integral_value() else _significant(kept), number_format)


def _significant(value: Decimal) -> float:
    """*value* as a sheet keeps it: what every program writes back unchanged."""
    return float(f"{value:.{_SIGNIFICANT}g}")


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP)
