"""The numbers of a chart as a table, for the sheet its native twin is made of."""

from __future__ import annotations

from river_chief.papers.charts.chart import Bars, Chart, Datum, HeatMap, Ring, Series, Stacked, Trend, Unit
from river_chief.papers.document import Cell, Cells, Column, Kind, Table

MOST_DAYS = 31


def chart_table(chart: Chart) -> Table:
    """The numbers of *chart*; a rate without a denominator is an empty cell, which a sheet's chart leaves out."""
    match chart:
        case Trend(lines=series):
            return _by_month(chart, series)
        case Stacked(layers=layers, totals=totals):
            return _by_month(chart, (*layers, Series("合计", totals)))
        case Bars():
            return _bars(chart)
        case Ring():
            rows = tuple((Cell(each.name), _cell(each.datum), _share(each.share)) for each in chart.sectors)
            columns = (Column("状态", 8), Column("件数", 6, Kind.NUMBER), Column("占比", 6, Kind.NUMBER))
            return Table(columns, rows, caption=chart.title)
        case HeatMap():
            return _by_day(chart)


def _by_month(chart: Trend | Stacked, series: tuple[Series, ...]) -> Table:
    columns = (Column("月份", 5, Kind.CODE), *(Column(each.name, 7, Kind.NUMBER) for each in series))
    is_rate = isinstance(chart, Trend) and chart.unit is Unit.PERCENT
    rows = tuple(
        (Cell(f"{month.year}-{month.month:02}"), *(_cell(each.data[at], is_rate) for each in series))
        for at, month in enumerate(chart.months)
    )
    return Table(columns, rows, caption=chart.title)


def _bars(chart: Bars) -> Table:
    is_rate = chart.unit is Unit.PERCENT
    ranked, beside = any(bar.place for bar in chart.bars), any(bar.beside for bar in chart.bars)
    columns = (
        Column("村（社区）", 12),
        Column("比率" if is_rate else "件数", 7, Kind.NUMBER),
        *([Column("分子/分母", 7, Kind.DATE)] if beside else []),
        *([Column("排名", 5, Kind.ORDER)] if ranked else []),
    )

    def cells(name: str, datum: Datum, words: str, place: str) -> Cells:
        extra = (*([Cell(words)] if beside else []), *([Cell(place)] if ranked else []))
        return (Cell(name), _cell(datum, is_rate), *extra)

    whole = chart.whole
    return Table(
        columns,
        tuple(cells(bar.name, bar.datum, bar.beside, bar.place) for bar in chart.bars),
        total=cells(whole.name, whole.datum, whole.beside, "") if whole is not None and chart.bars else (),
        caption=chart.title,
    )


def _by_day(chart: HeatMap) -> Table:
    """A row for each month, a column for each day of it; days to come are empty."""
    months = sorted({(each.day.year, each.day.month) for each in chart.days})
    held = {each.day: each for each in chart.days if each.is_known}
    columns = (
        Column("月份", 5, Kind.CODE),
        *(Column(str(day), 2.2, Kind.NUMBER) for day in range(1, MOST_DAYS + 1)),
        Column("合计", 4, Kind.NUMBER),
    )
    rows = []
    for year, month in months:
        own = {day.day: each.datum for day, each in held.items() if (day.year, day.month) == (year, month)}
        total = round(sum(each.size for each in own.values()))
        cells = (_cell(own[day]) if day in own else Cell() for day in range(1, MOST_DAYS + 1))
        rows.append((Cell(f"{year}-{month:02}"), *cells, Cell(str(total), total) if own else Cell()))
    return Table(columns, tuple(rows), caption=chart.title)


def _cell(datum: Datum, is_rate: bool = False) -> Cell:
    if datum.value is None:
        return Cell()
    return Cell(datum.text, datum.value / 100 if is_rate else datum.value)


def _share(text: str) -> Cell:
    number = text.removesuffix("%")
    return Cell(text, float(number) / 100) if number.replace(".", "").isdigit() else Cell(text)
