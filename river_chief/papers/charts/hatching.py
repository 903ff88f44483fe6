"""Hatches as strokes: the same lines for every painter, which clips them to its shape."""

from __future__ import annotations

from math import ceil, floor

from river_chief.papers.charts.palette import Hatch
from river_chief.papers.charts.shapes import Point

STEP = 5.0
"""Distance between two strokes along an edge, in points."""
Stroke = tuple[Point, Point]
_DOT = 0.6


def hatch_strokes(hatch: Hatch, bounds: tuple[float, float, float, float]) -> list[Stroke]:
    """The strokes of *hatch* that cross *bounds* (left, top, right, bottom); neighbours of one hatch join."""
    left, top, right, bottom = bounds
    match hatch:
        case Hatch.NONE:
            return []
        case Hatch.LEVEL:
            return [((left, y), (right, y)) for y in _steps(top, bottom)]
        case Hatch.UPRIGHT:
            return [((x, top), (x, bottom)) for x in _steps(left, right)]
        case Hatch.CROSSED:
            return hatch_strokes(Hatch.LEVEL, bounds) + hatch_strokes(Hatch.UPRIGHT, bounds)
        case Hatch.DOTTED:
            return [((x - _DOT, y), (x + _DOT, y)) for y in _steps(top, bottom) for x in _steps(left, right)]
        case Hatch.RISING:
            return [((at - bottom, bottom), (at - top, top)) for at in _steps(left + top, right + bottom)]
        case Hatch.FALLING:
            return [((at + top, top), (at + bottom, bottom)) for at in _steps(left - bottom, right - top)]


def stroke_width(hatch: Hatch) -> float:
    """How thick the strokes of *hatch* are, in points."""
    return {Hatch.DOTTED: 1.2, Hatch.CROSSED: 0.6}.get(hatch, 0.8)


def _steps(first: float, last: float) -> list[float]:
    """The places of strokes between two edges, on one grid for the whole drawing."""
    places = range(ceil(first / STEP - 0.5), floor(last / STEP - 0.5) + 1)
    return [STEP * (place + 0.5) for place in places]
