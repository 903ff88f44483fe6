"""A chart laid out: one display list for screen, paper and Word."""

from __future__ import annotations

from river_chief.papers.charts.bars import draw_bars, height_of_bars
from river_chief.papers.charts.calendar import draw_heat, height_of_heat
from river_chief.papers.charts.chart import Bars, Chart, HeatMap, Ring, Stacked, Trend
from river_chief.papers.charts.columns import draw_stacked, height_of_stacked
from river_chief.papers.charts.lines import draw_trend, height_of_trend
from river_chief.papers.charts.palette import MUTED
from river_chief.papers.charts.ring import draw_ring, height_of_ring
from river_chief.papers.charts.scale import SMALL, TITLE, cut
from river_chief.papers.charts.shapes import Drawing, Pen, Text
from river_chief.papers.charts.words import chart_words

LEAST_WIDTH = 240.0
PICTURES = (".svg", ".png", ".pdf")
"""What a chart can be kept as."""
DPI = 300
"""Sharp on paper; a letter's printer shows no more."""
_TITLE_ROOM = 20.0
_NOTE_ROOM = 14.0


def draw(chart: Chart, width: float, *, height: float = 0, titled: bool = True) -> Drawing:
    """Lay *chart* out on *width* points; *height* 0 takes the height that suits it.

    The title is drawn at the top left unless something else says it (a caption on paper).
    """
    width = max(LEAST_WIDTH, width)
    pen = Pen()
    top = _TITLE_ROOM if titled else 0.0
    below = _NOTE_ROOM if chart.note else 0.0
    high = max(height, natural_height(chart, width) + top + below)
    if titled:
        pen.add(Text(0, TITLE, cut(chart.title, TITLE, width), TITLE, bold=True))
    _draw(pen, chart, top, width, high - below)
    if chart.note:
        pen.add(Text(0, high - 3, cut(chart.note, SMALL, width), SMALL, fill=MUTED))
    return Drawing(chart.title, chart_words(chart), width, high, tuple(pen.shapes), tuple(pen.spots))


def natural_height(chart: Chart, width: float) -> float:
    """The height in points that suits *chart* on *width*, without title and note."""
    match chart:
        case Trend():
            return height_of_trend(width)
        case Stacked():
            return height_of_stacked(width, len(chart.layers))
        case Bars():
            return height_of_bars(chart)
        case Ring():
            return height_of_ring(width)
        case HeatMap():
            return height_of_heat(chart, width)


def _draw(pen: Pen, chart: Chart, top: float, width: float, height: float) -> None:
    match chart:
        case Trend():
            draw_trend(pen, chart, top, width, height)
        case Stacked():
            draw_stacked(pen, chart, top, width, height)
        case Bars():
            draw_bars(pen, chart, top, width, height)
        case Ring():
            draw_ring(pen, chart, top, width, height)
        case HeatMap():
            draw_heat(pen, chart, top, width, height)
