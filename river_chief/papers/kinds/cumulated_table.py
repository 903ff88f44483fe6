"""累计 of the monthly report: the period, the year so far and since ever, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from river_chief.figures.cumulated import COUNTS, Cumulated
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.papers.document import Cell, Cells, Column, Kind, Table
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_tables import number, rate_cell

_RATE = "on_time_rate"
_COLUMNS = (
    Column("时段", 5),
    *(Column(name, 3, Kind.NUMBER) for name in COUNTS.values()),
    Column(BY_KEY[_RATE].name, 5, Kind.NUMBER),
)


def cumulated_table(facts: MonthlyFacts) -> Table:
    """累计情况表: beside 表三, without a number of its own."""
    figures = facts.figures
    due = figures.rate(_RATE)
    now = {key: getattr(figures.stock, key, 0) for key in COUNTS}
    now |= {"due": due.ratio.denominator, "on_time": due.ratio.numerator}
    return Table(
        _COLUMNS,
        (_line(facts.period, now, due), *_sums(figures.year_to_date, figures.ever)),
        caption="累计情况表",
        notes=("本年累计从本年第一个统计月起算，历年累计从最早的记录起算，都到期末为止。",),
    )


def _sums(year: Cumulated, ever: Cumulated) -> Iterator[Cells]:
    for name, sums in (("本年累计", year.total), ("历年累计", ever.total)):
        yield _line(name, sums.counts, sums.rate(_RATE))


def _line(name: str, counts: dict[str, int], rate: RateFigure) -> Cells:
    return Cell(name), *(number(counts[key]) for key in COUNTS), rate_cell(rate.ratio)
