"""Numbers and quantities: 120, 约120平方米, 1,200.5, 2.3公里 — in the unit their field is kept in."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from river_chief.intake.cell import CellValue, Unreadable
from river_chief.intake.characters import compact, plain
from river_chief.intake.units import factor

LARGEST = 10**12

_QUANTITY = re.compile(
    r"(?:约为|大约|约|近|共计|共|总计|计)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<many>万)?"
    r"(?:余|多)?(?P<unit>[^\d,.+\-~—至到、×*xX/]*?\d?)(?:左右|上下)?"
)
_PARTED = re.compile(r"\d \d")
_RANGE = re.compile(r"\d\D{0,6}?[-~—–至到]\D{0,3}?\d")
_INTEGER = re.compile(r"[+-]?\d{1,15}(?:\.0+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.0+)?")


def quantity(value: CellValue, kept_in: str = "", *, written_in: str = "") -> float | Unreadable | None:
    """The amount a cell holds, not negative, in the unit *kept_in*. None for an empty cell.

    *written_in* is the unit the head of the column names: it applies to numbers without a unit and
    allows customary units (亩). An unknown unit, a range or several numbers are refused.
    """
    if value is None or (isinstance(value, str) and not compact(value)):
        return None
    read = _of_text(value, kept_in) if isinstance(value, str) else _of_number(value, kept_in)
    if isinstance(read, Unreadable):
        return read
    number, unit = read
    times = _factor(unit, kept_in, written_in)
    if isinstance(times, Unreadable):
        return times
    amount = number * times
    return float(amount) if amount <= LARGEST else Unreadable(f"数太大，请核对。{_form(kept_in)}")


def integer(value: CellValue) -> int | Unreadable | None:
    """The whole number a cell holds; None for an empty cell."""
    if value is None or (isinstance(value, str) and not compact(value)):
        return None
    if isinstance(value, str):
        text = "" if _PARTED.search(plain(value)) else compact(value)
        if not _INTEGER.fullmatch(text):
            return Unreadable("不是整数，请写成 12 这样的整数。")
        return int(Decimal(text.replace(",", "")))
    if isinstance(value, bool | date | datetime | time | timedelta):
        return Unreadable("不是整数，请写成 12 这样的整数。")
    if not abs(value) <= LARGEST or value != int(value):
        return Unreadable("不是整数，请写成 12 这样的整数。")
    return int(value)


def _form(kept_in: str) -> str:
    return f"请只写一个数，单位是{kept_in}，如 120。" if kept_in else "请只写一个数，如 120。"


def _of_number(value: CellValue, kept_in: str) -> tuple[Decimal, str] | Unreadable:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Unreadable(f"这不是数量，{_form(kept_in)}")
    if not abs(value) <= LARGEST:
        return Unreadable(f"数太大，请核对。{_form(kept_in)}")
    if value < 0:
        return Unreadable(f"数量不能小于 0，{_form(kept_in)}")
    return Decimal(repr(value)), ""


def _of_text(text: str, kept_in: str) -> tuple[Decimal, str] | Unreadable:
    written = compact(text)
    if written.startswith(("-", "−", "负")):
        return Unreadable(f"数量不能小于 0，{_form(kept_in)}")
    if _PARTED.search(plain(text)):
        return Unreadable(f"“{plain(text)}”里有不止一个数，{_form(kept_in)}")
    if _RANGE.search(written):
        return Unreadable(f"“{written}”是一个范围，{_form(kept_in)}")
    match = _QUANTITY.fullmatch(written)
    if match is None:
        return Unreadable(f"不是看得懂的数量，{_form(kept_in)}")
    number = Decimal(match["number"].replace(",", ""))
    return number * (10000 if match["many"] else 1), match["unit"]


def _factor(unit: str, kept_in: str, written_in: str) -> Decimal | Unreadable:
    """What one unit of the cell is in the kept unit; the column's own unit where the cell has none."""
    if not unit and not written_in:
        return Decimal(1)
    if not kept_in:
        return Unreadable(f"这里只要数字，不带单位“{unit or written_in}”，{_form(kept_in)}")
    times = factor(unit or written_in, kept_in, declared=not unit or _same(unit, written_in))
    if times is not None:
        return times
    if unit and factor(unit, kept_in, declared=True) is not None:
        return Unreadable(f"表头没有写明单位“{unit}”，请换算成{kept_in}，或在表头注明（{unit}）。")
    return Unreadable(f"单位“{unit or written_in}”不能换算成{kept_in}，请换算后只写数字。")


def _same(one: str, other: str) -> bool:
    return compact(one) == compact(other)
