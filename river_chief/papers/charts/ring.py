"""A ring drawn: parts clockwise from twelve, their names outside, the whole in the middle."""

from __future__ import annotations

from dataclasses import dataclass

from river_chief.papers.charts.chart import Ring, Sector
from river_chief.papers.charts.lines import apart
from river_chief.papers.charts.palette import ALERT, AXIS, GRID, MUTED, PAPER, ink
from river_chief.papers.charts.scale import LABEL, wide
from river_chief.papers.charts.shapes import Arc, Line, Pen, Text, arc_middle, arc_outline, box_outline

_GAP = 1.2
_PITCH = 14.0
_LEAD = 14.0
_HOLE = 0.62
_WHOLE = 20.0


def height_of_ring(width: float) -> float:
    """A height that goes with *width*."""
    return min(190.0, max(150.0, width * 0.37))


@dataclass(frozen=True, slots=True)
class _Part:
    sector: Sector
    arc: Arc
    words: str

    @property
    def middle(self) -> float:
        """Degrees of its middle."""
        return self.arc.start + self.arc.sweep / 2


def draw_ring(pen: Pen, chart: Ring, top: float, width: float, height: float) -> None:
    """Draw *chart* between *top* and *height*."""
    shown = [sector for sector in chart.sectors if sector.datum.size]
    beside = max((wide(_words(sector), LABEL) for sector in shown), default=0) + _LEAD + 8
    outer = max(24.0, min((height - top) / 2 - 8, width / 2 - beside))
    x, y = width / 2, (top + height) / 2
    whole = sum(sector.datum.size for sector in shown)
    parts, turn = [], 0.0
    for sector in shown:
        sweep = 360 * sector.datum.size / whole
        own = ink(sector.ink)
        parts.append(
            _Part(sector, Arc(x, y, outer * _HOLE, outer, turn, sweep, own.colour, own.hatch), _words(sector))
        )
        turn += sweep
    if not parts:
        pen.add(Arc(x, y, outer * _HOLE, outer, 0, 360, GRID))
    for part in parts:
        pen.add(part.arc)
        pen.spot(part.sector.name, part.sector.datum, arc_outline(part.arc), arc_middle(part.arc))
    if len(parts) > 1:
        for part in parts:
            edges = (
                part.arc.point(outer * _HOLE - 1, part.arc.start),
                part.arc.point(outer + 1, part.arc.start),
            )
            pen.add(Line(edges, PAPER, _GAP))
    right = [part for part in parts if part.middle <= 180]
    _draw_names(pen, right, 1, (top + 8, height - 8))
    _draw_names(pen, [part for part in parts if part.middle > 180], -1, (top + 8, height - 8))
    _draw_middle(pen, chart, x, y)


def _words(sector: Sector) -> str:
    return f"{sector.name} {sector.datum.text}（{sector.share}）"


def _draw_names(pen: Pen, parts: list[_Part], side: int, edges: tuple[float, float]) -> None:
    """The names on one side of the ring (1 right, -1 left), each with a fine line to its part."""
    wanted = [part.arc.point(part.arc.outer + 6, part.middle)[1] for part in parts]
    for part, y in zip(parts, apart(wanted, *edges, _PITCH), strict=True):
        arc = part.arc
        near, bend = arc.point(arc.outer + 1, part.middle), arc.point(arc.outer + 6, part.middle)
        far = arc.x + side * (arc.outer + _LEAD)
        pen.add(Line((near, bend, (far, y)), AXIS, 0.6))
        anchor = "start" if side > 0 else "end"
        pen.add(Text(far + side * 4, y + LABEL * 0.36, part.words, LABEL, anchor))
        room = wide(part.words, LABEL)
        left = far + 4 if side > 0 else far - 4 - room
        pen.spot(part.sector.name, part.sector.datum, box_outline(left, y - _PITCH / 2, room, _PITCH))


def _draw_middle(pen: Pen, chart: Ring, x: float, y: float) -> None:
    whole, among = chart.whole, chart.among
    up = 4.0 if among else 0.0
    pen.add(Text(x, y + 2 - up, whole.datum.text, _WHOLE, "middle", bold=True))
    pen.add(Text(x, y + 15 - up, whole.name, LABEL, "middle", fill=MUTED))
    room = max(wide(whole.datum.text, _WHOLE), wide(whole.name, LABEL))
    pen.spot(whole.name, whole.datum, box_outline(x - room / 2, y - 17 - up, room, 35))
    if among:
        words = f"{among.name} {among.datum.text}{among.beside}"
        pen.add(Text(x, y + 24, words, LABEL, "middle", fill=ALERT if among.datum.size else MUTED))
        room = wide(words, LABEL)
        pen.spot(among.name, among.datum, box_outline(x - room / 2, y + 15, room, 12))
