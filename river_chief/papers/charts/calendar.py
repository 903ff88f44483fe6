"""A heat map of days drawn: a wall calendar of a month, or the weeks of a year side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from river_chief.papers.charts.chart import DayCount, DayKind, HeatMap
from river_chief.papers.charts.palette import ALERT, AXIS, GRID, HEAT, MUTED, TEXT, text_on
from river_chief.papers.charts.scale import LABEL, SMALL, wide
from river_chief.papers.charts.shapes import Box, Line, Pen, Text, box_outline

_WEEKDAYS = "一二三四五六日"
_ROW = 22.0
_GAP = 2.0
_LEGEND = 20.0
_DAYS = timedelta(days=1)


def height_of_heat(chart: HeatMap, width: float) -> float:
    """Rows for the weeks of a month, or seven rows of a year's weeks."""
    if chart.is_year:
        return 7 * _year_cell(chart, width) + 14 + _LEGEND
    return _weeks(chart) * _ROW + 14 + _LEGEND


def draw_heat(pen: Pen, chart: HeatMap, top: float, width: float, height: float) -> None:
    """Draw *chart* from *top*."""
    step = heat_step(chart)
    if chart.is_year:
        below = _draw_year(pen, chart, step, top, width)
    else:
        below = _draw_month(pen, chart, step, top, width, height)
    _draw_legend(pen, chart, step, below + 6, width)


def heat_step(chart: HeatMap) -> int:
    """How many counts one shade stands for, so that the busiest day has the darkest."""
    most = max((each.datum.size for each in chart.days), default=0)
    return max(1, ceil(most / (len(HEAT) - 1)))


def heat_of(count: float, step: int) -> str:
    """The shade of a day."""
    return HEAT[min(len(HEAT) - 1, ceil(count / step))]


def shades(step: int) -> Iterator[tuple[str, str]]:
    """Every shade with the counts it stands for: 0, 1–3, 4–6 …"""
    yield HEAT[0], "0"
    for place in range(1, len(HEAT)):
        first, last = step * (place - 1) + 1, step * place
        yield HEAT[place], str(last) if first == last else f"{first}–{last}"


def _monday(day: date) -> date:
    return day - day.weekday() * _DAYS


def _weeks(chart: HeatMap) -> int:
    if not chart.days:
        return 1
    return (_monday(chart.days[-1].day) - _monday(chart.days[0].day)).days // 7 + 1


def _draw_month(pen: Pen, chart: HeatMap, step: int, top: float, width: float, height: float) -> float:
    """Weekdays side by side, a row for each week, as a wall calendar has it."""
    wide_ = width / 7
    room = (height - top - 14 - _LEGEND) / _weeks(chart)
    for at, name in enumerate(_WEEKDAYS):
        fill = ALERT if at > 4 else MUTED
        pen.add(Text(wide_ * (at + 0.5), top + 8, name, SMALL, "middle", fill=fill))
    first = _monday(chart.days[0].day) if chart.days else date.min
    for each in chart.days:
        x = wide_ * each.day.weekday()
        y = top + 14 + room * ((each.day - first).days // 7)
        _draw_day(pen, each, step, (x + _GAP / 2, y + _GAP / 2, wide_ - _GAP, room - _GAP))
    return top + 14 + room * _weeks(chart)


def _draw_day(pen: Pen, each: DayCount, step: int, cell: tuple[float, float, float, float]) -> None:
    x, y, wide_, high = cell
    shade = heat_of(each.datum.size, step) if each.is_known else HEAT[0]
    _cell(pen, each, shade, cell)
    fill = text_on(shade)
    pale = MUTED if shade in HEAT[:2] else fill
    pen.add(Text(x + 4, y + SMALL + 1, str(each.day.day), SMALL, fill=pale))
    if each.kind is not DayKind.ORDINARY:
        mark = ALERT if each.kind is DayKind.HOLIDAY and shade in HEAT[:2] else pale
        pen.add(Text(x + wide_ - 3, y + SMALL, each.kind.value, SMALL - 0.5, "end", fill=mark))
    if each.is_known and each.datum.size:
        base = y + high / 2 + LABEL * 0.36 + 1.5
        pen.add(Text(x + wide_ / 2, base, each.datum.text, LABEL + 1, "middle", bold=True, fill=fill))


def _cell(pen: Pen, each: DayCount, shade: str, cell: tuple[float, float, float, float]) -> None:
    """The ground of a day; a day that has not come is only dotted round."""
    x, y, wide_, high = cell
    if each.is_known:
        pen.add(Box(x, y, wide_, high, shade, stroke=AXIS if shade == HEAT[0] else shade, thickness=0.4))
        pen.spot(each.day.isoformat(), each.datum, box_outline(*cell))
    else:
        corners = box_outline(*cell)
        pen.add(Line((*corners, corners[0]), AXIS, 0.4, (1, 2)))


def _year_cell(chart: HeatMap, width: float) -> float:
    return min(18.0, (width - 16) / _weeks(chart))


def _draw_year(pen: Pen, chart: HeatMap, step: int, top: float, width: float) -> float:
    """Weeks side by side, Monday on top; months named above their first week."""
    side = _year_cell(chart, width)
    left = 16.0
    for at in (0, 2, 4, 6):
        y = top + 14 + side * (at + 0.5) + SMALL * 0.36
        pen.add(Text(left - 5, y, _WEEKDAYS[at], SMALL, "end", fill=MUTED))
    first = _monday(chart.days[0].day) if chart.days else date.min
    for each in chart.days:
        x = left + side * ((each.day - first).days // 7)
        y = top + 14 + side * each.day.weekday()
        if each.day.day == 1 and x + wide("12月", SMALL) <= width:
            pen.add(Text(x, top + 9, f"{each.day.month}月", SMALL, fill=MUTED))
        shade = heat_of(each.datum.size, step) if each.is_known else HEAT[0]
        cell = (x + 0.5, y + 0.5, side - 1, side - 1)
        if each.is_known:
            _cell(pen, each, shade, cell)
        else:
            pen.add(Box(*cell, stroke=GRID, thickness=0.3))
        if each.kind is DayKind.HOLIDAY:
            pen.add(_dot(x + side / 2, y + side / 2, side, text_on(shade)))
    return top + 14 + 7 * side


def _dot(x: float, y: float, side: float, fill: str) -> Box:
    """The mark of a holiday in the middle of its day."""
    half = min(1.8, side * 0.16)
    return Box(x - half, y - half, 2 * half, 2 * half, fill)


def _draw_legend(pen: Pen, chart: HeatMap, step: int, y: float, width: float) -> None:
    """The shades and their counts, from the right edge; what the marks of a day mean, from the left."""
    x = width
    for shade, words in reversed(list(shades(step))):
        x -= wide(words, SMALL) + 1
        pen.add(Text(x, y + 9, words, SMALL, fill=MUTED))
        x -= 15
        pen.add(Box(x, y + 1.5, 11, 9, shade, stroke=AXIS if shade == HEAT[0] else shade, thickness=0.4))
        x -= 8
    marks = _draw_marks(pen, chart, y)
    if x + 2 - wide(chart.thing, SMALL) > marks + 8:
        pen.add(Text(x + 2, y + 9, chart.thing, SMALL, "end", fill=MUTED))


def _draw_marks(pen: Pen, chart: HeatMap, y: float) -> float:
    """What the marks of days mean; returns where the words end."""
    kinds = {each.kind for each in chart.days} - {DayKind.ORDINARY}
    if not kinds:
        return 0.0
    words = "法定节假日" if chart.is_year else "休 法定节假日　班 调休上班"
    x = 25.0 if chart.is_year else 1.0
    if chart.is_year:
        pen.add(_dot(19, y + 6, 18, TEXT))
    pen.add(Text(x, y + 9, words, SMALL, fill=MUTED))
    return x + wide(words, SMALL)
