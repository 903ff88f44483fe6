"""Formulas of a workbook as plain data: a text with places, and the cells whose addresses go there.

Only functions that WPS 2016, Excel 2010 and LibreOffice reckon alike are used. Rates are rounded on whole numbers,
half up and never up to 100%, so that a workbook shows after any recalculation what the paper prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from river_chief.rules.rounding import NOTHING

PART_DIGITS = 12


class Rows(Enum):
    """Which cell of a column: that of the formula's own row, every row of the table, the line under them."""

    OWN = "own"
    ALL = "all"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Ref:
    """Cells of the column called ``column`` (``Table.keys``); ``table`` is the caption of another table or sheet of the paper.

    ``row`` counts the table's rows of cells from 0; with ``last`` it is a range of rows.
    """

    column: str
    row: Rows | int = Rows.OWN
    table: str = ""
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` without "=", with {0}, {1} … for the addresses of ``refs``, and the format its result is shown in."""

    text: str
    refs: tuple[Ref, ...]
    number_format: str = "0"


def sum_of(column: str, *, table: str = "", number_format: str = "0") -> Formula:
    """The sum of all rows of a column."""
    return Formula("SUM({0})", (Ref(column, Rows.ALL, table),), number_format)


def same_as(ref: Ref, number_format: str = "0") -> Formula:
    """What stands in another cell."""
    return Formula("{0}", (ref,), number_format)


def count_where(table: str, column: str, where: Mapping[str, Ref | int | str]) -> Formula:
    """The sum of *column* of *table* over the rows whose columns hold what *where* says: {"层级": "村级"}; texts are plain."""
    text, refs = "SUMIFS({0}", [Ref(column, Rows.ALL, table)]
    for label, wanted in where.items():
        refs.append(Ref(label, Rows.ALL, table))
        text += f",{{{len(refs) - 1}}}"
        if isinstance(wanted, Ref):
            refs.append(wanted)
            text += f",{{{len(refs) - 1}}}"
        else:
            text += f',"{wanted}"' if isinstance(wanted, str) else f",{wanted}"
    return Formula(f"{text})", tuple(refs))


def count_named(table: str, column: str, label: str, name: Ref) -> Formula:
    """The same for one column of names that SUMIFS would misread: 1#、=甲、村*."""
    refs = (Ref(column, Rows.ALL, table), Ref(label, Rows.ALL, table), name)
    return Formula("SUMPRODUCT(EXACT({1},{2})*{0})", refs)


def rate_of(numerator: Ref, denominator: Ref, digits: int) -> Formula:
    """A rate as ``rules.rounding.rate_text`` prints it; a numerator that is no part of the whole shows as words."""
    unit = 10 ** (digits + 2)
    rounded = f"MIN(INT(({{0}}*{2 * unit}+{{1}})/({{1}}*2)),{unit - 1})/{unit}"
    text = f'IF({{0}}>{{1}},"分子大于分母",IF({{1}}=0,"{NOTHING}",IF({{0}}={{1}},1,{rounded})))'
    return Formula(text, (numerator, denominator), f"{decimals(digits)}%")


def mean_of(total: Ref, count: Ref, digits: int = 1) -> Formula:
    """A mean, rounded half up to *digits* decimals."""
    unit = 10**digits
    text = f'IF({{1}}=0,"{NOTHING}",INT(({{0}}*{2 * unit}+{{1}})/({{1}}*2))/{unit})'
    return Formula(text, (total, count), decimals(digits))


def points_between(now: tuple[Ref, Ref], before: tuple[Ref, Ref], digits: int) -> Formula:
    """The change of a rate in percentage points (+1.2), each given by numerator and denominator."""
    unit = 10**digits
    change, whole = "({0}*{3}-{2}*{1})", "({1}*{3})"
    rounded = f"INT((ABS({change})*{200 * unit}+{whole})/({whole}*2))/{unit}"
    text = f'IF({whole}=0,"{NOTHING}",SIGN({change})*{rounded})'
    shown = decimals(digits)
    return Formula(text, (*now, *before), f"+{shown};-{shown};{shown}")


def part_of(numerator: Ref, denominator: Ref) -> Formula:
    """The part of one to rank by, to ``PART_DIGITS`` decimals; a text, which no ranking counts, without a denominator.

    Parts of wholes up to a million are told apart by it, and equal ones are the same number in every program.
    """
    text = f'IF({{1}}=0,"{NOTHING}",ROUND({{0}}/{{1}},{PART_DIGITS}))'
    return Formula(text, (numerator, denominator), decimals(6))


def rank_of(value: Ref, among: Ref, unranked: str, *, ascending: bool = False) -> Formula:
    """The place of *value* among others, ties sharing it; *unranked* where it is no number."""
    order = ",1" if ascending else ""
    return Formula(f'IF(ISNUMBER({{0}}),RANK({{0}},{{1}}{order}),"{unranked}")', (value, among))


def decimals(digits: int) -> str:
    """The format of a number with *digits* decimals."""
    return f"0.{'0' * digits}" if digits else "0"
