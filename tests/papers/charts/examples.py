"""Charts to draw in tests: one of each kind, with a gap, a tie, an empty part and days to come."""

from __future__ import annotations

from datetime import date, timedelta

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

MONTHS = tuple(Month(2024 + (at + 3) // 12, (at + 3) % 12 + 1) for at in range(12))
ENDING = (30, 34, 41, 38, 36, 36, 29, 25, 27, 22, 24, 36)
FOUND = (12, 15, 18, 9, 11, 10, 6, 5, 9, 4, 8, 21)
CLOSED = (10, 11, 11, 12, 13, 10, 13, 9, 7, 9, 6, 9)
RATES = (91.2, 92.5, None, 93.75, 100.0, 95.0, 94.1, 96.0, 96.7, 97.2, 96.9, 93.1)
GROUPS = {"乱占": 5, "乱采": 1, "乱堆": 9, "乱建": 4, "水污染": 3, "其他": 2}
VILLAGES = (
    ("上砚村", 100.0, "29/29"),
    ("柳塘村", 100.0, "12/12"),
    ("石桥村", 96.7, "29/30"),
    ("砚溪社区居民委员会（原砚溪街居委会）", 88.2, "15/17"),
    ("下砚村", 0.0, "0/2"),
    ("青石岭村", None, ""),
)
STATES = (
    ("待核实", 4),
    ("待交办", 1),
    ("待签收", 0),
    ("整改中", 19),
    ("待验收", 5),
    ("待销号", 6),
    ("挂账", 1),
)


def count(number: int, *asks: str) -> Datum:
    return Datum(number, str(number), f"共 {number} 件", asks or None)


def percent(rate: float | None) -> Datum:
    return Datum(rate, "—" if rate is None else f"{rate:.1f}%", asks=("rate", str(rate)))


def trend() -> Trend:
    lines = (("期末存量", ENDING), ("新增", FOUND), ("销号", CLOSED))
    data = tuple(Series(name, tuple(count(number, name) for number in own)) for name, own in lines)
    return Trend("存量与增减（近12个月）", MONTHS, data)


def rates() -> Trend:
    own = Series("整改销号率", tuple(map(percent, RATES)))
    other = Series("按期整改率", tuple(percent(None if rate is None else rate - 4) for rate in RATES))
    return Trend("整改销号率与按期整改率（近12个月）", MONTHS, (own, other), Unit.PERCENT)


def stacked() -> Stacked:
    layers = tuple(
        Series(name, tuple(count((most * (at + 3) * 7 // 11) % (most + 1), name) for at in range(12)))
        for name, most in GROUPS.items()
    )
    totals = tuple(count(round(sum(layer.data[at].size for layer in layers))) for at in range(12))
    return Stacked("新增问题按类型（近12个月）", MONTHS, layers, totals)


def bars() -> Bars:
    made = tuple(
        Bar(name, Datum(rate, "无任务" if rate is None else f"{rate:.1f}%", asks=(name,)), str(place), beside)
        for place, (name, rate, beside) in enumerate(VILLAGES, 1)
    )
    return Bars("整改销号率（按村）", made, Unit.PERCENT, Bar("全镇", percent(94.4)))


def ring() -> Ring:
    whole = sum(number for _, number in STATES)
    sectors = tuple(
        Sector(name, count(number, name), f"{100 * number / whole:.1f}%", at)
        for at, (name, number) in enumerate(STATES)
    )
    among = Bar("逾期", count(5, "overdue"), beside="（13.9%）")
    return Ring("期末在册问题的状态", sectors, Bar("期末存量", count(whole, "ending")), among)


def heat(first: date, days: int, known: int) -> HeatMap:
    counted = []
    for at in range(days):
        day = first + timedelta(days=at)
        number = (day.day * 7 + day.month) % 13 if day.weekday() < 5 else day.day % 3
        kind = DayKind.HOLIDAY if (day.month, day.day) in ((4, 4), (5, 1), (10, 1)) else DayKind.ORDINARY
        if day.day == 27:
            kind = DayKind.WORKED
        counted.append(DayCount(day, count(number, day.isoformat()), kind, at < known))
    return HeatMap("巡河次数", tuple(counted), "巡河次数")


def month_heat() -> HeatMap:
    return heat(date(2025, 4, 1), 30, 24)


def year_heat() -> HeatMap:
    return heat(date(2025, 1, 1), 365, 300)


CHARTS: dict[str, Chart] = {
    "trend": trend(),
    "rates": rates(),
    "stacked": stacked(),
    "bars": bars(),
    "ring": ring(),
    "month": month_heat(),
    "year": year_heat(),
}
