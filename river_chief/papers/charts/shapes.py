"""A drawn chart: shapes in points from the top left corner, and the spots a pointer or the keys reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians, sin

from river_chief.papers.charts.chart import Datum
from river_chief.papers.charts.palette import TEXT, Hatch, Mark

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; an empty ``fill`` or ``stroke`` is not drawn."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    hatch: Hatch = Hatch.NONE
    stroke: str = ""
    thickness: float = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    stroke: str
    thickness: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a ring, from ``start`` over ``sweep`` degrees, clockwise from twelve o'clock."""

    x: float
    y: float
    inner: float
    outer: float
    start: float
    sweep: float
    fill: str
    hatch: Hatch = Hatch.NONE

    def point(self, radius: float, degrees: float) -> Point:
        """The point at *radius* and *degrees* from twelve o'clock."""
        return self.x + radius * sin(radians(degrees)), self.y - radius * cos(radians(degrees))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the whole ring."""
        return self.x - self.outer, self.y - self.outer, self.x + self.outer, self.y + self.outer


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark of a line, ``size`` points across, rimmed with paper so that crossing lines leave it whole."""

    x: float
    y: float
    mark: Mark
    fill: str
    size: float = 5.2

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of a mark that has some; a circle has none."""
        half = self.size / 2
        corners: dict[Mark, tuple[Point, ...]] = {
            Mark.CIRCLE: (),
            Mark.SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            Mark.TRIANGLE: ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
            Mark.DIAMOND: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
            Mark.DROP: ((-1.1, -0.85), (1.1, -0.85), (0, 1.15)),
        }
        return tuple((self.x + half * right, self.y + half * down) for right, down in corners[self.mark])


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on its baseline; ``anchor`` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"
    bold: bool = False
    fill: str = TEXT


Shape = Box | Line | Arc | Sign | Text


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a datum lies: its outline as a polygon, and a point inside it where its tip is shown."""

    outline: tuple[Point, ...]
    name: str
    datum: Datum
    middle: Point

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        across, down = zip(*self.outline, strict=True)
        return min(across), min(down), max(across), max(down)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside (by the even-odd rule)."""
        inside = False
        before = self.outline[-1]
        for corner in self.outline:
            if (corner[1] > y) != (before[1] > y):
                crossing = corner[0] + (y - corner[1]) * (before[0] - corner[0]) / (before[1] - corner[1])
                inside ^= x < crossing
            before = corner
        return inside


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready for any painter; sizes in points."""

    title: str
    told: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]

    def spot_at(self, x: float, y: float) -> Spot | None:
        """The spot under a point; where several overlap, the one whose middle is nearest."""
        held = [spot for spot in self.spots if spot.holds(x, y)]
        return min(held, key=lambda spot: hypot(spot.middle[0] - x, spot.middle[1] - y), default=None)


class Pen:
    """Gathers the shapes and spots of a drawing."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.spots: list[Spot] = []

    def add(self, *shapes: Shape) -> None:
        """Draw *shapes* over what is there."""
        self.shapes.extend(shapes)

    def spot(self, name: str, datum: Datum, outline: Iterable[Point], middle: Point | None = None) -> None:
        """Let the area of *outline* stand for *datum*; without *middle* the mean of its corners is it."""
        corners = tuple(outline)
        x, y = (sum(along) / len(corners) for along in zip(*corners, strict=True))
        self.spots.append(Spot(corners, name, datum, middle or (x, y)))


def box_outline(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def arc_middle(arc: Arc) -> Point:
    """The middle of a part of a ring, which is bent round the point its corners have as theirs."""
    return arc.point((arc.inner + arc.outer) / 2, arc.start + arc.sweep / 2)


def arc_outline(arc: Arc) -> tuple[Point, ...]:
    """Corners along a part of a ring, close enough to click on."""
    steps = max(2, round(abs(arc.sweep) / 6))
    turns = [arc.start + arc.sweep * step / steps for step in range(steps + 1)]
    outer = tuple(arc.point(arc.outer, turn) for turn in turns)
    return outer + tuple(arc.point(arc.inner, turn) for turn in reversed(turns))
