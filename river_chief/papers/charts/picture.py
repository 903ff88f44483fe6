"""A drawn chart as PNG or PDF, set by Typst in the papers' own face."""

from __future__ import annotations

from collections.abc import Mapping

from river_chief.errors import Refusal
from river_chief.papers.charts.chart import Chart
from river_chief.papers.charts.drawing import DPI, draw
from river_chief.papers.charts.shapes import Drawing
from river_chief.papers.charts.svg import render_svg
from river_chief.papers.pdf import render_picture

_WIDTH = 460.0
_MARGIN = 10.0


def render_chart(chart: Chart, suffix: str, *, width: float = _WIDTH) -> bytes:
    """The chart with its title as the bytes of a ``.svg``, ``.png`` or ``.pdf`` file, *width* points wide.

    Raises ``Refusal`` for any other *suffix*, ``EnvironmentFault`` when fonts or template are missing.
    """
    drawing = draw(chart, width)
    match suffix.lower():
        case ".svg":
            return render_svg(drawing, margin=_MARGIN).encode()
        case ".png":
            return picture_png(drawing, margin=_MARGIN)
        case ".pdf":
            return render_picture(_described(drawing, _MARGIN), "pdf")
        case _:
            raise Refusal(f"图表不能存为“{suffix or '无扩展名'}”文件，文件名请以 .svg、.png 或 .pdf 结尾。")


def picture_png(drawing: Drawing, *, margin: float = 0, dpi: float = DPI) -> bytes:
    """The drawing as PNG, in the same strokes as its SVG."""
    return render_picture(_described(drawing, margin), "png", dpi)


def _described(drawing: Drawing, margin: float) -> Mapping[str, object]:
    return {
        "title": drawing.title,
        "told": drawing.told,
        "width": drawing.width + 2 * margin,
        "height": drawing.height + 2 * margin,
        "svg": render_svg(drawing, margin=margin),
    }
