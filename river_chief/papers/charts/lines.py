"""A trend drawn: a line for each series with its own mark and dash, its name and last number at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from river_chief.papers.charts.chart import Series, Trend, Unit
from river_chief.papers.charts.palette import AXIS, GRID, TEXT, Ink, ink
from river_chief.papers.charts.scale import LABEL, Frame, draw_axes, margin_left, ticks, wide
from river_chief.papers.charts.shapes import Line, Pen, Point, Sign, Text, box_outline

_THICK = 1.6
_REACH = 7.0
"""How far from a point a click still means it, in points."""
_PITCH = 12.5
_SAMPLE = 20.0
_BELOW = 27.0


def height_of_trend(width: float) -> float:
    """A height that goes with *width*."""
    return min(190.0, max(150.0, width * 0.37))


def draw_trend(pen: Pen, chart: Trend, top: float, width: float, height: float) -> None:
    """Draw *chart* between *top* and *height*."""
    labels = [_last(series) for series in chart.lines]
    beside = max((wide(text, LABEL) for text in labels), default=0) + _SAMPLE + 12
    most = max((each.size for series in chart.lines for each in series.data), default=0)
    steps = ticks(most, chart.unit)
    frame = Frame(
        margin_left(steps), top + 16, width - beside, height - _BELOW, steps[-1], max(1, len(chart.months))
    )
    draw_axes(pen, frame, steps, chart.months, chart.unit)
    for place, series in enumerate(chart.lines):
        _draw_line(pen, frame, series, ink(place))
    for place, series in enumerate(chart.lines):
        _draw_signs(pen, frame, chart, series, ink(place))
    _draw_names(pen, frame, chart, labels, width)


def _last(series: Series) -> str:
    text = series.data[-1].text if series.data else ""
    return f"{series.name} {text}".strip()


def _draw_line(pen: Pen, frame: Frame, series: Series, own: Ink) -> None:
    for points in _runs(frame, series):
        if len(points) > 1:
            pen.add(Line(tuple(points), own.colour, _THICK, own.dash))


def _runs(frame: Frame, series: Series) -> Iterator[list[Point]]:
    """The points of the line, broken where there is nothing to reckon."""
    run: list[Point] = []
    for at, each in enumerate(series.data):
        if each.value is None:
            yield run
            run = []
        else:
            run.append((frame.x(at), frame.y(each.value)))
    yield run


def _draw_signs(pen: Pen, frame: Frame, chart: Trend, series: Series, own: Ink) -> None:
    for at, (month, each) in enumerate(zip(chart.months, series.data, strict=True)):
        if each.value is None:
            continue
        x, y = frame.x(at), frame.y(each.value)
        pen.add(Sign(x, y, own.mark, own.colour))
        reach = min(_REACH, frame.slot / 2)
        outline = box_outline(x - reach, y - reach, 2 * reach, 2 * reach)
        pen.spot(f"{month.text}{series.name}", each, outline)


def _draw_names(pen: Pen, frame: Frame, chart: Trend, labels: Sequence[str], width: float) -> None:
    """Names at the ends of their lines, moved apart where the lines end together."""
    wanted = [frame.y(series.data[-1].size) if series.data else frame.bottom for series in chart.lines]
    x = frame.right + 10
    for place, y in enumerate(apart(wanted, frame.top, frame.bottom, _PITCH)):
        own, last = ink(place), frame.x(frame.count - 1)
        if chart.lines[place].data and chart.lines[place].data[-1].value is not None:
            pen.add(
                Line(((last + 4, wanted[place]), (frame.right + 2, wanted[place]), (x - 2, y)), GRID, 0.8)
            )
        pen.add(Line(((x, y), (x + _SAMPLE - 4, y)), own.colour, _THICK, own.dash))
        pen.add(Sign(x + _SAMPLE / 2 - 2, y, own.mark, own.colour))
        pen.add(Text(x + _SAMPLE, y + LABEL * 0.36, labels[place], LABEL, fill=TEXT))
    if chart.unit is Unit.PERCENT and not chart.lines:
        pen.add(
            Text(width / 2, (frame.top + frame.bottom) / 2, "没有可计算的比率", LABEL, "middle", fill=AXIS)
        )


def apart(wanted: Sequence[float], top: float, bottom: float, pitch: float) -> list[float]:
    """Places near the *wanted* ones, in their order, at least *pitch* from each other, within the edges."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    lowest = top
    for place in order:
        found[place] = lowest = max(wanted[place], lowest)
        lowest += pitch
    highest = bottom
    for place in reversed(order):
        found[place] = highest = min(found[place], highest)
        highest -= pitch
    return found
