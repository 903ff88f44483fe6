"""What the tables of the report page show of a line."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from river_chief.figures.breakdown import Line
from river_chief.figures.measures import STOCK
from river_chief.figures.month import MonthFigures
from river_chief.figures.rates import RateFigure
from river_chief.rules.rounding import NOTHING, half_up
from ui.tables.figure_table import FigureColumn

NAME_WIDTH = 6.5
# Rates print with one or two places, as the office has set.
WIDEST_RATE = "100.00%"
# The rates that say something of a single village; the others stand on the cards.
RATES = (
    "closing_rate_cumulative completion_rate_cumulative rectification_rate on_time_rate overdue_rate".split()
)
SHORT = {
    "closing_rate_cumulative": "整改销号率",
    "completion_rate_cumulative": "整改完成率",
    "rectification_rate": "本月整改率",
    "on_time_rate": "按期整改率",
    "overdue_rate": "逾期率",
}


def line_columns(name: str, *, ranked: bool = False) -> list[FigureColumn]:
    """Columns of a breakdown; *name* heads the first one."""
    columns = [_name(name)]
    columns += [_count(each.name, f"stock.{each.key}", each.key) for each in STOCK]
    columns += [
        _count("到期", "due", "due"),
        _count("按期", "on_time", "on_time"),
        _count("逾期", "overdue", "overdue", warns=True),
    ]
    columns += [_rate(key) for key in RATES]
    columns.append(FigureColumn("平均天数", 4, _days, attrgetter("average_days")))
    if ranked:
        columns.append(FigureColumn("排名", 2, _rank, attrgetter("rank"), tip=_rank_tip))
    return columns


def total_line(month: MonthFigures) -> Line:
    """The whole office as a line."""
    due = month.rate("on_time_rate").ratio
    return Line(
        key=None,
        name="合计",
        stock=month.stock,
        due=due.denominator,
        on_time=due.numerator,
        overdue=len(month.overdue),
        rates=month.rates,
        average_days=month.average_days,
        is_empty=False,
    )


def duty_columns(name: str) -> list[FigureColumn]:
    """Columns of patrol duty; a click on 日志 and 发现 shows the logs."""
    return [
        _name(name),
        _count("河长", "chiefs"),
        _count("应巡", "owed"),
        _count("达标", "compliant"),
        FigureColumn(
            "达标率",
            3,
            lambda line: line.compliance.text,
            lambda line: line.compliance.value,
            widest=WIDEST_RATE,
        ),
        _count("实巡", "done", tip="同一河段一天只计一次"),
        _count("有效", "valid"),
        _count("未巡", "idle", warns=True, tip="有应巡任务而一次未巡的人数"),
        _count("日志", "patrols", "patrols", tip="登记的巡河日志份数，点击查看"),
        _count("发现", "found", "found", tip="发现问题的日志份数，点击查看"),
        _count("零发现", "zero_finding", tip="巡了河而没有发现过问题的人数"),
    ]


def _name(head: str) -> FigureColumn:
    return FigureColumn(head, NAME_WIDTH, attrgetter("name"), lambda _line: None)


def _count(head: str, where: str, asks: str = "", *, warns: bool = False, tip: str = "") -> FigureColumn:
    value: Callable[[Any], int] = attrgetter(where)
    return FigureColumn(
        head,
        len(head),
        lambda line: f"{value(line):,}",
        value,
        asks=asks,
        tip=lambda _line: tip,
        warns=warns,
    )


def _rate(key: str) -> FigureColumn:
    def figure(line: Line) -> RateFigure:
        return line.rate(key)

    def tip(line: Line) -> str:
        ratio = figure(line).ratio
        return f"{ratio.numerator} ÷ {ratio.denominator}　{figure(line).rate.sentence}"

    head = SHORT[key]
    return FigureColumn(
        head,
        len(head),
        lambda line: figure(line).text,
        lambda line: figure(line).ratio.exact,
        asks=f"{key}.numerator",
        tip=tip,
        widest=WIDEST_RATE,
    )


def _days(line: Line) -> str:
    return NOTHING if line.average_days is None else str(half_up(line.average_days, 1))


def _rank(line: Line) -> str:
    return NOTHING if line.rank is None else str(line.rank)


def _rank_tip(_line: Line) -> str:
    return "按整改销号率排名，并列的名次相同；没有排查问题的不排名。"
