"""表十 of a summary: its months side by side, counted afresh so that each begins where the last one ended."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.figures.duty import DutyLine, duty_figures
from river_chief.figures.ratio import Ratio
from river_chief.figures.stock import Stock
from river_chief.figures.tally import totals
from river_chief.figures.window import Window
from river_chief.papers.document import Cell, Cells, Column, Kind, Table
from river_chief.papers.kinds.monthly_facts import MonthlyFacts
from river_chief.papers.kinds.monthly_tables import number, rate_cell
from river_chief.rules.periods import months_in

_OTHERS = ("unfounded", "handed_over", "merged", "voided")


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of the summary: its stock, what was due, 整改销号率 at its end, and its patrols."""

    year: int
    month: int
    stock: Stock
    on_time: Ratio
    closing: Ratio
    patrols: DutyLine


def month_lines(facts: MonthlyFacts) -> tuple[MonthLine, ...]:
    """The months of the report's days that have begun."""
    settings, window = facts.settings, facts.figures.window
    months = months_in(window.span, settings.period_start_day)
    begun = [month for month in months if settings.month(*month).first <= window.cut]
    return tuple(_line(facts, *month) for month in begun)


def months_table(facts: MonthlyFacts, lines: tuple[MonthLine, ...]) -> Table:
    """表十 分月情况, with the whole period under it."""
    columns = (
        Column("月份", 5),
        *(
            Column(label, 3, Kind.NUMBER, "存量与增减")
            for label in ("期初", "新增", "反弹", "销号", "其他减少", "期末")
        ),
        Column("到期", 3, Kind.NUMBER, "按期整改"),
        Column("按期", 3, Kind.NUMBER, "按期整改"),
        Column("按期整改率", 4.6, Kind.NUMBER, "按期整改"),
        Column("期末整改销号率", 5, Kind.NUMBER),
        *(Column(label, 3, Kind.NUMBER, "巡河") for label in ("应巡次数", "达标次数")),
        Column("达标率", 4.6, Kind.NUMBER, "巡河"),
    )
    figures = facts.figures
    whole = _cells(
        "合计",
        figures.stock,
        figures.rate("on_time_rate").ratio,
        figures.rate("closing_rate_cumulative").ratio,
        figures.patrols.total,
    )
    rows = (
        _cells(f"{line.year}年{line.month}月", line.stock, line.on_time, line.closing, line.patrols)
        for line in lines
    )
    return Table(
        columns,
        tuple(rows),
        total=whole,
        caption="表十　分月情况",
        notes=(
            "其他减少为不属实、移交、并案、作废之和；期末整改销号率截至各月末累计计算。",
            "各月按现有台账重新统计，与当月已月结的月报不同的，见以后各月月报的更正。",
        ),
    )


def _line(facts: MonthlyFacts, year: int, month: int) -> MonthLine:
    session, settings = facts.wanted.session, facts.settings
    span = settings.month(year, month)
    counts = totals(session, Window.of(span, facts.wanted.today, settings.period_start_day))
    rates = {rate.key: rate.ratio for rate in counts.rates(settings.rate_digits)}
    return MonthLine(
        year,
        month,
        counts.stock,
        rates["on_time_rate"],
        rates["closing_rate_cumulative"],
        duty_figures(session, settings, span).total,
    )


def _cells(name: str, stock: Stock, on_time: Ratio, closing: Ratio, patrols: DutyLine) -> Cells:
    counts = (stock.opening, stock.found, stock.relapsed, stock.closed)
    others = sum(getattr(stock, key) for key in _OTHERS)
    return (
        Cell(name),
        *map(number, (*counts, others, stock.ending, on_time.denominator, on_time.numerator)),
        rate_cell(on_time),
        rate_cell(closing),
        *map(number, (patrols.owed, patrols.compliant)),
        rate_cell(patrols.compliance),
    )
