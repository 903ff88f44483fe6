"""Axes: round numbers from zero, months below, room for words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

from river_chief.papers.characters import ems
from river_chief.papers.charts.chart import Month, Unit
from river_chief.papers.charts.palette import AXIS, GRID, MUTED
from river_chief.papers.charts.shapes import Line, Pen, Text

LABEL = 9.0
"""Size of names and numbers, in points; 小五, still read at arm's length on paper."""
SMALL = 8.0
TITLE = 10.5
_STEPS = 5
_NAMES = {Unit.COUNT: "件", Unit.PERCENT: "%"}


def wide(text: str, size: float) -> float:
    """About how wide *text* of *size* is, in points; never too narrow."""
    return ems(text) * size


def cut(text: str, size: float, room: float) -> str:
    """*text*, ended by … where it is wider than *room* points."""
    if wide(text, size) <= room:
        return text
    while text and wide(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def ticks(most: float, unit: Unit = Unit.COUNT) -> tuple[float, ...]:
    """Round numbers from zero to at least *most*; parts of a hundred reach to 100."""
    if unit is Unit.PERCENT:
        return tuple(range(0, 101, 20))
    step = _round_step(max(most, 1) / _STEPS)
    return tuple(step * at for at in range(ceil(max(most, 1) / step) + 1))


def _round_step(rough: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below *rough*."""
    size = 10 ** max(0, ceil(log10(rough)) - 1)
    return next(int(size * step) for step in (1, 2, 5, 10) if size * step >= rough)


@dataclass(frozen=True, slots=True)
class Frame:
    """The field of a chart over months: its edges in points and the number at its top."""

    left: float
    top: float
    right: float
    bottom: float
    most: float
    count: int

    @property
    def slot(self) -> float:
        """Width of a month."""
        return (self.right - self.left) / self.count

    def x(self, month: int) -> float:
        """The middle of the month in that place, from 0."""
        return self.left + self.slot * (month + 0.5)

    def y(self, value: float) -> float:
        """Where *value* lies."""
        return self.bottom - (self.bottom - self.top) * value / self.most


def margin_left(steps: Sequence[float]) -> float:
    """Room for the numbers of the axis."""
    return wide(tick_text(steps[-1]), SMALL) + 7


def tick_text(value: float) -> str:
    """1,200."""
    return f"{value:,.0f}"


def draw_axes(pen: Pen, frame: Frame, steps: Sequence[float], months: Sequence[Month], unit: Unit) -> None:
    """Fine lines at round numbers, a firm one at zero, the months below it."""
    for step in steps:
        y = frame.y(step)
        pen.add(
            Line(((frame.left, y), (frame.right, y)), AXIS if step == 0 else GRID, 0.8 if step == 0 else 0.5)
        )
        pen.add(Text(frame.left - 5, y + SMALL * 0.36, tick_text(step), SMALL, "end", fill=MUTED))
    pen.add(Text(frame.left - 5, frame.top - 8, _NAMES[unit], SMALL, "end", fill=MUTED))
    every = ceil(wide("12月", SMALL) * 1.08 / frame.slot)
    for at, month in enumerate(months):
        if (len(months) - 1 - at) % every == 0:
            pen.add(Text(frame.x(at), frame.bottom + 11, f"{month.month}月", SMALL, "middle", fill=MUTED))
        if at == 0 or month.month == 1:
            _year(pen, frame, at, months)


def _year(pen: Pen, frame: Frame, at: int, months: Sequence[Month]) -> None:
    """The year under its first month, unless the next year's would run into it."""
    text = f"{months[at].year}年"
    first = frame.left + frame.slot * at
    ending = next((place for place in range(at + 1, len(months)) if months[place].month == 1), None)
    room = frame.slot * ((len(months) if ending is None else ending) - at)
    if at:
        pen.add(Line(((first, frame.bottom), (first, frame.bottom + 23)), AXIS, 0.5))
    if room >= wide(text, SMALL) + 4 or ending is None:
        start = min(first + 4, frame.right - wide(text, SMALL)) if at else first + 2
        pen.add(Text(start, frame.bottom + 22, text, SMALL, fill=MUTED))
