"""Lying bars drawn: name, bar from zero, number at its end; the whole as a line across."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.papers.charts.chart import Bar, Bars, Unit
from river_chief.papers.charts.palette import AXIS, GRID, MUTED, TEXT, ink
from river_chief.papers.charts.scale import LABEL, SMALL, cut, ticks, wide
from river_chief.papers.charts.shapes import Box, Line, Pen, Text, box_outline

PITCH = 16.0
_THICK = 9.0
_BELOW = 6.0
_GAP = 7.0
_NAMES_MOST = 0.27
_LEAST = 5.0
"""A single problem is no full bar."""


def height_of_bars(chart: Bars) -> float:
    """A row for each bar, and one for the words of the line across."""
    return max(1, len(chart.bars)) * PITCH + _above(chart) + _BELOW


def draw_bars(pen: Pen, chart: Bars, top: float, width: float, height: float) -> None:
    """Draw *chart* from *top*; rows keep their pitch and leave the rest of *height* empty."""
    edges = _Edges.of(chart, top, width)
    if chart.unit is Unit.PERCENT:
        pen.add(Line(((edges.right, edges.first), (edges.right, edges.last)), GRID, 0.8))
    for place, bar in enumerate(chart.bars):
        _draw_bar(pen, bar, edges, place)
    pen.add(Line(((edges.left, edges.first), (edges.left, edges.last)), AXIS, 0.8))
    if chart.whole is not None and chart.whole.datum.value is not None:
        _draw_whole(pen, chart.whole, edges)
    if not chart.bars:
        middle = (edges.first + edges.last) / 2
        pen.add(Text(width / 2, middle, "没有可比较的村（社区）", LABEL, "middle", fill=MUTED))


def _above(chart: Bars) -> float:
    return SMALL + 8 if chart.whole else 4


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the columns of a bar chart end: ranks, names, bars, numbers and what stands beside them."""

    places: float
    names: float
    left: float
    right: float
    beside: float
    width: float
    first: float
    last: float
    most: float
    aligned: bool
    """Whether the numbers stand in a column, clear of the line across the bars."""

    @classmethod
    def of(cls, chart: Bars, top: float, width: float) -> _Edges:
        places = _widest([bar.place for bar in chart.bars])
        names = min(width * _NAMES_MOST, _widest([bar.name for bar in chart.bars]))
        left = places + (_GAP if places else 0) + names + _GAP
        beside = _widest([bar.beside for bar in chart.bars])
        numbers = _widest([bar.datum.text for bar in chart.bars]) + _GAP
        first = top + _above(chart)
        return cls(
            places=places,
            names=names,
            left=left,
            right=max(left + 20, width - beside - (_GAP if beside else 0) - numbers),
            beside=beside,
            width=width,
            first=first,
            last=first + max(1, len(chart.bars)) * PITCH,
            most=ticks(max([_LEAST, *(bar.datum.size for bar in chart.bars)]), chart.unit)[-1],
            aligned=chart.whole is not None,
        )

    def x(self, value: float) -> float:
        """Where *value* lies."""
        return self.left + (self.right - self.left) * value / self.most


def _widest(texts: list[str]) -> float:
    return max((wide(text, LABEL) for text in texts), default=0)


def _draw_bar(pen: Pen, bar: Bar, edges: _Edges, place: int) -> None:
    y = edges.first + place * PITCH
    base = y + PITCH / 2 + LABEL * 0.36
    if bar.place:
        pen.add(Text(edges.places, base, bar.place, LABEL, "end", fill=MUTED))
    pen.add(Text(edges.left - _GAP, base, cut(bar.name, LABEL, edges.names), LABEL, "end"))
    if bar.datum.size:
        end = edges.x(bar.datum.size)
        pen.add(Box(edges.left, y + (PITCH - _THICK) / 2, end - edges.left, _THICK, ink(0).colour))
    _draw_number(pen, bar, edges, base)
    start = edges.left - _GAP - edges.names
    pen.spot(bar.name, bar.datum, box_outline(start, y + 1, edges.width - start, PITCH - 2))


def _draw_number(pen: Pen, bar: Bar, edges: _Edges, base: float) -> None:
    if bar.datum.value is None:
        pen.add(Text(edges.left + 5, base, bar.datum.text, LABEL, fill=MUTED))
        return
    if edges.aligned:
        x, anchor = edges.width - edges.beside - (_GAP if edges.beside else 0), "end"
    else:
        x, anchor = edges.x(bar.datum.size) + 5, "start"
    pen.add(Text(x, base, bar.datum.text, LABEL, anchor))
    if bar.beside:
        pen.add(Text(edges.width, base, bar.beside, LABEL, "end", fill=MUTED))


def _draw_whole(pen: Pen, bar: Bar, edges: _Edges) -> None:
    """A dashed line over the rows with its words above it, kept inside the chart."""
    words, x = f"{bar.name} {bar.datum.text}", edges.x(bar.datum.size)
    room = wide(words, SMALL)
    pen.add(Line(((x, edges.first - 2), (x, edges.last)), TEXT, 0.9, (3, 2)))
    start = min(max(0.0, x - room / 2), edges.width - room)
    pen.add(Text(start, edges.first - 5, words, SMALL))
    pen.spot(bar.name, bar.datum, box_outline(start, edges.first - 5 - SMALL, room, SMALL + 3))
