"""附图 of the monthly report: where the month stands among the months before, and the villages beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from river_chief.figures.charts import charts_of
from river_chief.papers.charts.chart import Bars, Chart, without_asks
from river_chief.papers.charts.period import CHARTS
from river_chief.papers.document import Block, ChartBlock, Level, Orientation, Paragraph, Turn
from river_chief.papers.kinds.monthly_facts import MonthlyFacts

_SHOWN = ("stock", "rates", "groups", "villages", "patrols")
"""What no table of the report shows; the states in stock stand in 表八, one by one."""
_BARS = 30
"""Villages a chart of a page has room for."""
_NUMERALS = "一二三四五六七八九十"


def chart_blocks(facts: MonthlyFacts) -> tuple[Block, ...]:
    """The charts on upright pages, each with its number and title above it."""
    wanted = facts.wanted
    figures = charts_of(wanted.session, wanted.settings, facts.figures, wanted.today)
    charts = [part for key in _SHOWN for part in _pages(without_asks(CHARTS[key].make(figures)))]
    blocks = (
        ChartBlock(chart, f"附图{_NUMERALS[at] if at < len(_NUMERALS) else at + 1}　{chart.title}")
        for at, chart in enumerate(charts)
    )
    return Turn(Orientation.PORTRAIT), Paragraph("附图", Level.ATTACHMENT), *blocks


def _pages(chart: Chart) -> Iterator[Chart]:
    """*chart*, or of very many bars a chart for each page of them."""
    if not isinstance(chart, Bars) or len(chart.bars) <= _BARS:
        yield chart
        return
    for page, at in enumerate(range(0, len(chart.bars), _BARS), 1):
        yield replace(chart, title=f"{chart.title}（{page}）", bars=chart.bars[at : at + _BARS])
