"""Stacked columns drawn: layers with their own hatch, numbers where they fit, the total on top."""

from __future__ import annotations

from collections.abc import Sequence

from river_chief.papers.charts.chart import Series, Stacked, Unit
from river_chief.papers.charts.palette import ink, text_on
from river_chief.papers.charts.scale import LABEL, SMALL, Frame, draw_axes, margin_left, ticks, wide
from river_chief.papers.charts.shapes import Box, Pen, Text, box_outline

_BELOW = 27.0
_SWATCH = 11.0
_PITCH = 15.0
_GAP = 0.8
_INSIDE = 10.0
"""A layer at least so high has its number in it."""


def height_of_stacked(width: float, layers: int) -> float:
    """A height that goes with *width* and leaves room for every name."""
    return max(min(190.0, max(150.0, width * 0.37)), layers * _PITCH + 60)


def draw_stacked(pen: Pen, chart: Stacked, top: float, width: float, height: float) -> None:
    """Draw *chart* between *top* and *height*."""
    sums = [sum(each.size for each in layer.data) for layer in chart.layers]
    names = [f"{layer.name} {count:,.0f}" for layer, count in zip(chart.layers, sums, strict=True)]
    beside = max((wide(name, LABEL) for name in names), default=0) + _SWATCH + 18
    steps = ticks(max((each.size for each in chart.totals), default=0))
    frame = Frame(
        margin_left(steps), top + 16, width - beside, height - _BELOW, steps[-1], max(1, len(chart.months))
    )
    draw_axes(pen, frame, steps, chart.months, Unit.COUNT)
    for at in range(len(chart.months)):
        _draw_column(pen, frame, chart, at)
    _draw_names(pen, frame, names, chart.layers)


def _draw_column(pen: Pen, frame: Frame, chart: Stacked, at: int) -> None:
    wide_ = min(30.0, frame.slot * 0.66)
    left, below = frame.x(at) - wide_ / 2, 0.0
    month = chart.months[at].text
    for place, layer in enumerate(chart.layers):
        each = layer.data[at]
        if not each.size:
            continue
        y, low = frame.y(below + each.size), frame.y(below)
        own, gap = ink(place), _GAP if below else 0.0
        pen.add(Box(left, y, wide_, max(0.6, low - y - gap), own.colour, own.hatch))
        if low - y >= _INSIDE and wide(each.text, SMALL) <= wide_ - 2:
            _number(pen, frame.x(at), (y + low) / 2, each.text, own.colour)
        pen.spot(f"{month}{layer.name}", each, box_outline(left, y, wide_, low - y))
        below += each.size
    total = chart.totals[at]
    if total.size:
        y = frame.y(below) - 3.5
        pen.add(Text(frame.x(at), y, total.text, SMALL, "middle", bold=True))
        room = max(wide_, wide(total.text, SMALL))
        pen.spot(f"{month}合计", total, box_outline(frame.x(at) - room / 2, y - SMALL, room, SMALL + 3))


def _number(pen: Pen, x: float, y: float, text: str, ground: str) -> None:
    """A number on a plain patch of its colour, so that no hatch runs through it."""
    room = wide(text, SMALL) + 2
    pen.add(Box(x - room / 2, y - SMALL * 0.52, room, SMALL * 1.04, ground))
    pen.add(Text(x, y + SMALL * 0.36, text, SMALL, "middle", fill=text_on(ground)))


def _draw_names(pen: Pen, frame: Frame, names: Sequence[str], layers: Sequence[Series]) -> None:
    """The names in the order in which the layers lie."""
    x = frame.right + 12
    y = frame.bottom - _PITCH / 2
    for place in range(len(layers)):
        own = ink(place)
        pen.add(Box(x, y - _SWATCH / 2, _SWATCH, _SWATCH, own.colour, own.hatch))
        pen.add(Text(x + _SWATCH + 5, y + LABEL * 0.36, names[place], LABEL))
        y -= _PITCH
