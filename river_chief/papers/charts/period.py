"""The charts of a period: which there are, and how its figures become them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from river_chief.figures.breakdown import UNNAMED, Line
from river_chief.figures.charts import ChartFigures
from river_chief.figures.rates import BY_KEY, RateFigure
from river_chief.figures.rows import rows_behind
from river_chief.figures.trend import MonthPoint
from river_chief.figures.window import Window
from river_chief.papers.charts.chart import (
    Bar,
    Bars,
    Chart,
    Datum,
    DayCount,
    DayKind,
    HeatMap,
    Month,
    Ring,
    Sector,
    Series,
    Stacked,
    Trend,
    Unit,
)
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.calendar import Day
from river_chief.rules.periods import Span, span_text
from river_chief.rules.rounding import rate_text
from river_chief.rules.workflow import IN_STOCK

MOST_LAYERS = 6
"""More layers than inks could not be told apart; the smallest groups become one."""
NO_TASK = "无任务"
_OTHERS = "其他类型"
_TREND = {"ending": "期末存量", "found": "新增", "closed": "销号"}


class Behind(NamedTuple):
    """What a click on a datum asks for: the rows of ``filter``, which are counted ``number`` times.

    Of a count of ``figures.rows`` also its ``key``, its days and what narrows it: a closed month has frozen its rows.
    """

    filter: ProblemFilter | PatrolFilter
    number: int
    key: str = ""
    span: Span | None = None
    only: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart of a period: its Chinese name and what makes it."""

    name: str
    make: Callable[[ChartFigures], Chart]


def stock_trend(figures: ChartFigures) -> Trend:
    """期末存量, 新增 and 销号 of twelve months."""
    lines = tuple(
        Series(
            name,
            tuple(
                _count(point.window, key, getattr(point.stock, key), f"{_told(point)}{name}")
                for point in figures.points
            ),
        )
        for key, name in _TREND.items()
    )
    return Trend("存量与增减（近12个月）", _months(figures.points), lines, note=_closed_note(figures.points))


def rate_trend(figures: ChartFigures) -> Trend:
    """The official rate and 按期整改率 of twelve months."""
    lines = tuple(
        Series(
            BY_KEY[key].name,
            tuple(_rate(point.window, point.rate(key), _told(point)) for point in figures.points),
        )
        for key in figures.rates
    )
    title = f"{'与'.join(line.name for line in lines)}（近12个月）"
    return Trend(title, _months(figures.points), lines, Unit.PERCENT)


def group_columns(figures: ChartFigures) -> Stacked:
    """新增 of twelve months by category group, the greatest at the bottom."""
    points = figures.points
    sums: dict[str, int] = {}
    for point in points:
        for group, count in point.found.items():
            sums[group] = sums.get(group, 0) + count
    order = sorted(sums, key=lambda group: -sums[group])
    kept = order if len(order) <= MOST_LAYERS else order[: MOST_LAYERS - 1]
    layers = [_layer(points, (group,), figures.groups.get(group) or group or UNNAMED) for group in kept]
    if rest := tuple(order[len(kept) :]):
        layers.append(_layer(points, rest, _OTHERS))
    totals = tuple(
        _count(point.window, "found", point.stock.found, f"{_told(point)}新增") for point in points
    )
    return Stacked("新增问题按类型（近12个月）", _months(points), tuple(layers), totals)


def village_rates(figures: ChartFigures) -> Bars:
    """The official rate of every village in the order of its rank."""
    key, window = figures.rates[0], figures.figures.window
    lines = sorted(figures.figures.by_village, key=lambda line: (line.rank is None, line.rank or 0))
    bars = []
    for line in lines:
        rate = line.rate(key)
        datum = _rate(window, rate, line.name, villages=(line.key,))
        if rate.ratio.value is None:
            bars.append(Bar(line.name, replace(datum, text=NO_TASK), "—"))
        else:
            beside = f"{rate.ratio.numerator}/{rate.ratio.denominator}"
            bars.append(Bar(line.name, datum, str(line.rank or "—"), beside))
    whole = Bar("总体", _rate(window, figures.figures.rate(key), "总体"))
    return Bars(f"{BY_KEY[key].name}（按村，{_span_text(figures)}）", tuple(bars), Unit.PERCENT, whole)


def village_stock(figures: ChartFigures) -> Bars:
    """The problems in stock at the cut-off by village, the most first."""
    window = figures.figures.window
    lines: Sequence[Line] = sorted(figures.figures.by_village, key=lambda line: -line.stock.ending)
    bars = tuple(
        Bar(
            line.name,
            _count(window, "ending", line.stock.ending, f"{line.name}期末存量", villages=(line.key,)),
        )
        for line in lines
    )
    return Bars(f"期末存量（按村，截至{window.cut.isoformat()}）", bars)


def state_ring(figures: ChartFigures) -> Ring:
    """The states of the problems in stock at the cut-off, and how many of them are overdue."""
    window, stock = figures.figures.window, figures.figures.stock.ending
    counts = {state: len(ids) for state, ids in figures.states.items()}
    whole = sum(counts.values())
    sectors = []
    for place, state in enumerate(IN_STOCK):
        ids = figures.states.get(state, ())
        told = f"{window.cut.isoformat()} 日终{state.label} {len(ids)} 件，占期末存量的 {rate_text(len(ids), whole)}"
        asks = Behind(ProblemFilter(ids=ids), len(ids)) if ids else None
        sectors.append(
            Sector(state.label, Datum(len(ids), str(len(ids)), told, asks), rate_text(len(ids), whole), place)
        )
    late = len(figures.figures.overdue)
    among = Bar("逾期", _count(window, "overdue", late, "已过整改时限仍未完成"), beside=_share(late, stock))
    note = ""
    if whole != stock:
        note = f"月结存量 {stock} 件；状态按台账现在的记录推算，共 {whole} 件。"
    title = f"在册问题的状态（截至{window.cut.isoformat()}）"
    return Ring(
        title, tuple(sectors), Bar("期末存量", _count(window, "ending", stock, "期末存量")), among, note
    )


def month_days(figures: ChartFigures) -> HeatMap:
    """Patrols of every day of the month in which the period ends."""
    return _heat(figures, figures.month, f"巡河次数（{span_text(figures.month, figures.start_day)}）")


def year_days(figures: ChartFigures) -> HeatMap:
    """Patrols of every day of the twelve months up to the one in which the period ends."""
    return _heat(figures, figures.year, "巡河次数（近12个月）")


CHARTS: dict[str, ChartKind] = {
    "stock": ChartKind("存量与增减", stock_trend),
    "rates": ChartKind("比率走势", rate_trend),
    "groups": ChartKind("新增按类型", group_columns),
    "states": ChartKind("在册状态", state_ring),
    "villages": ChartKind("各村比率", village_rates),
    "village-stock": ChartKind("各村存量", village_stock),
    "patrols": ChartKind("本月巡河日历", month_days),
    "patrols-year": ChartKind("近12个月巡河日历", year_days),
}


def _months(points: Iterable[MonthPoint]) -> tuple[Month, ...]:
    return tuple(Month(point.year, point.month) for point in points)


def _told(point: MonthPoint) -> str:
    return f"{point.year}年{point.month}月"


def _closed_note(points: Sequence[MonthPoint]) -> str:
    closed = sum(point.is_closed for point in points)
    return f"其中 {closed} 个月已月结，按月结时的数；其余按台账现在的记录。" if closed else ""


def _span_text(figures: ChartFigures) -> str:
    return span_text(figures.figures.window.span, figures.start_day)


def _count(window: Window, key: str, number: int, told: str, **only: tuple[Any, ...]) -> Datum:
    """A count of ``figures.rows`` with its rows; *only* narrows them as ``rows_behind`` does."""
    return Datum(number, str(number), f"{told} {number} 件", _behind(window, key, number, only))


def _rate(window: Window, figure: RateFigure, told: str, **only: tuple[Any, ...]) -> Datum:
    """A rate; its rows are those of the numerator."""
    ratio = figure.ratio
    words = f"{told}{figure.rate.name} {figure.text}（{ratio.numerator}/{ratio.denominator}）"
    if ratio.value is None:
        return Datum(None, figure.text, f"{told}{figure.rate.name}：{figure.note}")
    asks = _behind(window, f"{figure.key}.numerator", ratio.numerator, only)
    return Datum(ratio.value, figure.text, f"{words}\n{figure.rate.sentence}", asks)


def _behind(window: Window, key: str, number: int, only: Mapping[str, tuple[Any, ...]]) -> Behind | None:
    """The rows of a count; None where there are none."""
    if not number:
        return None
    return Behind(rows_behind(window, key, **only), number, key, window.span, tuple(only.items()))


def _layer(points: Sequence[MonthPoint], groups: tuple[str, ...], name: str) -> Series:
    return Series(
        name,
        tuple(
            _count(
                point.window,
                "found",
                sum(point.found.get(group, 0) for group in groups),
                f"{_told(point)}新增{name}",
                groups=groups,
            )
            for point in points
        ),
    )


def _share(part: int, whole: int) -> str:
    return f"（{rate_text(part, whole)}）" if 0 < part <= whole else ""


def _heat(figures: ChartFigures, span: Span, title: str) -> HeatMap:
    cut = figures.figures.window.cut
    return HeatMap(
        title, tuple(_day(figures, day, day.day <= cut) for day in figures.days_of(span)), "巡河次数"
    )


def _day(figures: ChartFigures, day: Day, is_known: bool) -> DayCount:
    count = figures.patrols.get(day.day, 0)
    told = f"{day.day.isoformat()}（{day.reason}）巡河 {count} 次"
    asks = Behind(PatrolFilter(days=(day.day, day.day)), count) if count and is_known else None
    kind = DayKind.ORDINARY
    if not day.is_ordinary and day.is_working is day.is_weekend:
        kind = DayKind.WORKED if day.is_working else DayKind.HOLIDAY
    elif day.name and not day.is_working:
        kind = DayKind.HOLIDAY
    return DayCount(day.day, Datum(count, str(count), told, asks), kind, is_known)
