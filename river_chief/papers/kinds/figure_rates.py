"""比率计算: numerator, denominator and rate of every line of the tables, reckoned from 计数明细."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from river_chief.figures.breakdown import Line
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RATES, RateFigure
from river_chief.papers.document import Cell, Cells, Column, Kind, Table
from river_chief.papers.formulas import (
    PART_DIGITS,
    Formula,
    Ref,
    Rows,
    count_named,
    count_where,
    mean_of,
    part_of,
    rate_of,
    sum_of,
)
from river_chief.papers.kinds.figure_rows import CLOCK, DAYS, SHEET, Detail, campaign_label
from river_chief.papers.kinds.reckoned import reckoned
from river_chief.queries.dimensions import Dimension
from river_chief.rules.rounding import NOTHING, half_up

WORKINGS = "比率计算"
PART = "排名依据"
MEAN = "平均整改天数"
_RATE = "比率"
_TABLE, _NAME, _BALANCE = "统计表", "名称", "存量平衡"
_MISREAD = re.compile(r"[*?~]")
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Scope:
    """One line of a table: its place there, and which rows of the detail it counts.

    ``row`` None is the line of totals. ``label`` is the column of the detail that tells the lines apart; "" where
    all rows count. ``value`` is what that column holds: the line's name, or 1 in the column of a campaign.
    """

    caption: str
    name: str
    row: int | None
    label: str = ""
    value: str | int = ""
    is_plain: bool = True

    def sum(self, column: str, name: Ref) -> Formula:
        """The sum of a column of the detail over the line's rows; *name* is the cell with the line's name."""
        if not self.label:
            return sum_of(column, table=SHEET)
        if isinstance(self.value, int):
            return count_where(SHEET, column, {self.label: self.value})
        if self.is_plain:
            return count_where(SHEET, column, {self.label: name})
        return count_named(SHEET, column, self.label, name)

    def counted(self, detail: Detail) -> dict[str, int]:
        """What the columns of the detail add up to in the line."""
        return detail.of(self.label, self.value) if self.label else detail.whole


def rate_key(name: str) -> str:
    """What formulas call the column of a rate."""
    return f"{name}{_RATE}"


def scopes(table: Table, dimension: Dimension, lines: Sequence[Line]) -> Iterator[tuple[Scope, Line | None]]:
    """The lines of *table*, each with its figures; the line of totals has none.

    Lines that share a name can not be told apart in the detail and are left out.
    """
    names = [line.name for line in lines]
    by_name = {line.name: line for line in lines if names.count(line.name) == 1}
    for row, cells in enumerate(table.cell_rows):
        line = by_name.get(cells[0].text)
        if line is None or not line.name:
            continue
        if dimension is Dimension.CAMPAIGN:
            yield Scope(table.caption, line.name, row, campaign_label(line.name), 1), line
        else:
            plain = is_plain(line.name, names)
            yield Scope(table.caption, line.name, row, dimension.label, line.name, plain), line
    if table.total:
        yield Scope(table.caption, table.total[0].text, None), None


def is_plain(name: str, names: Sequence[str]) -> bool:
    """Whether SUMIFS finds by *name* only itself among *names*: no pattern, comparison, number or day; no twin."""
    is_text = name[:1].isalpha() and bool(_CHINESE.search(name)) and not _MISREAD.search(name)
    return is_text and sum(_folded(each) == _folded(name) for each in names) == 1


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


@dataclass(frozen=True, slots=True)
class Workings:
    """The rows of 比率计算 in the making; ``rows`` tells for each line of a table its row."""

    figures: MonthFigures
    detail: Detail | None
    digits: int
    official: str
    scopes: Sequence[tuple[Scope, Line | None]]

    def row(self, caption: str, at: int | None) -> int | None:
        """The row of a line (None: of the totals) of the table with that caption; None where it has none."""
        places = [(scope.caption, scope.row) for scope, _ in self.scopes]
        return places.index((caption, at)) if (caption, at) in places else None

    def ranked(self, caption: str) -> tuple[int, int]:
        """The first and last row of the lines of a table."""
        found = [
            at
            for at, (scope, _) in enumerate(self.scopes)
            if scope.caption == caption and scope.row is not None
        ]
        return found[0], found[-1]

    def table(self) -> Table:
        """The table as it stands behind the report."""
        columns = (
            Column(_TABLE, 8),
            Column(_NAME, 7),
            *(
                Column(label, width, Kind.NUMBER, rate.name)
                for rate in RATES
                for label, width in (("分子", 2.6), ("分母", 2.6), (_RATE, 3.8))
            ),
            *(Column(label, 3.6, Kind.NUMBER, "平均整改天数（天）") for label in (DAYS, CLOCK, MEAN)),
            Column(PART, 5, Kind.NUMBER),
            Column(_BALANCE, 3.6, Kind.ORDER),
        )
        return Table(
            columns, tuple(self._cells(scope, line) for scope, line in self.scopes), caption=WORKINGS
        )

    def _cells(self, scope: Scope, line: Line | None) -> Cells:
        figures = line.rates if line is not None else self.figures.rates
        return (
            Cell(scope.caption.partition("　")[0]),
            Cell(scope.name),
            *(cell for figure in figures for cell in self._rate(scope, figure)),
            *self._mean(scope, line),
            self._part(scope, line),
            self._balance(scope, line),
        )

    def _rate(self, scope: Scope, figure: RateFigure) -> Cells:
        name, ratio = figure.rate.name, figure.ratio
        numerator, denominator = f"{name}分子", f"{name}分母"
        return (
            self._count(scope, f"{figure.key}.numerator", ratio.numerator),
            self._count(scope, f"{figure.key}.denominator", ratio.denominator),
            reckoned(Cell(ratio.text), rate_of(Ref(numerator), Ref(denominator), self.digits)),
        )

    def _count(self, scope: Scope, key: str, count: int) -> Cell:
        cell = Cell(str(count), count)
        if self.detail is None:
            return cell
        return reckoned(cell, scope.sum(self.detail.labels[key], Ref(_NAME)))

    def _mean(self, scope: Scope, line: Line | None) -> Cells:
        average = line.average_days if line is not None else self.figures.average_days
        text = NOTHING if average is None else str(half_up(average, 1))
        if self.detail is None:
            return Cell(), Cell(), Cell(text, None if average is None else half_up(average, 1))
        sums = scope.counted(self.detail)
        days, clock = (
            reckoned(Cell(str(sums[label]), sums[label]), scope.sum(label, Ref(_NAME)))
            for label in (DAYS, CLOCK)
        )
        return days, clock, reckoned(Cell(text), mean_of(Ref(DAYS), Ref(CLOCK)))

    def _part(self, scope: Scope, line: Line | None) -> Cell:
        """The part of one the villages are ranked by; 未填 has no rank."""
        if line is None or scope.label != Dimension.VILLAGE.label:
            return Cell()
        if line.key is None:
            return Cell(NOTHING)
        figure = line.rate(self.official)
        name, ratio = figure.rate.name, figure.ratio
        formula = part_of(Ref(f"{name}分子"), Ref(f"{name}分母"))
        if not ratio.denominator:
            return Cell(NOTHING, None, formula)
        part = half_up(Decimal(ratio.numerator) / ratio.denominator, PART_DIGITS)
        return Cell(str(half_up(part, 6)), float(part), formula)

    def _balance(self, scope: Scope, line: Line | None) -> Cell:
        """Whether the stock of the printed line balances."""
        row: Rows | int = Rows.TOTAL if scope.row is None else scope.row
        refs = tuple(Ref(measure.name, row, scope.caption) for measure in STOCK)
        came, went = "{0}+{1}+{2}", "-{3}-{4}-{5}-{6}-{7}"
        formula = Formula(f'IF({came}{went}={{8}},"平衡","不平衡")', refs)
        stock = self.figures.stock if line is None else line.stock
        return Cell("平衡" if stock.balances else "不平衡", None, formula)
