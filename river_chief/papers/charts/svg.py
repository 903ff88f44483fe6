"""A drawn chart as SVG 1.1: vector for the PDF, and a picture of its own for the office's letters."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from river_chief.papers.characters import clean
from river_chief.papers.charts.hatching import hatch_strokes, stroke_width
from river_chief.papers.charts.palette import PAPER, Hatch
from river_chief.papers.charts.shapes import Arc, Box, Drawing, Line, Point, Shape, Sign, Text

_FACES = "'Noto Serif SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"


def render_svg(drawing: Drawing, *, margin: float = 0) -> str:
    """The drawing as one SVG document with its title and its numbers in words, *margin* points of paper round it."""
    wide, high = drawing.width + 2 * margin, drawing.height + 2 * margin
    size = f'width="{wide:.2f}pt" height="{high:.2f}pt"'
    view = f"{-margin:.2f} {-margin:.2f} {wide:.2f} {high:.2f}"
    ground = f'<rect x="{-margin}" y="{-margin}" width="{wide:.2f}" height="{high:.2f}" fill="{PAPER}"/>'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}" role="img" font-family="{_FACES}">',
        f"<title>{escape(clean(drawing.title))}</title>",
        f"<desc>{escape(clean(drawing.told))}</desc>",
        *([ground] if margin else []),
        *(part for place, shape in enumerate(drawing.shapes) for part in _shape(shape, place)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shape(shape: Shape, place: int) -> Iterator[str]:
    match shape:
        case Box():
            yield _box(shape)
            if shape.hatch is not Hatch.NONE:
                bounds = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
                outline = (
                    f"M{_at(bounds[:2])} H{_number(bounds[2])} V{_number(bounds[3])} H{_number(shape.x)} Z"
                )
                yield _hatched(outline, shape.hatch, bounds, place)
        case Line():
            dash = f' stroke-dasharray="{" ".join(map(_number, shape.dash))}"' if shape.dash else ""
            points = " ".join(_at(point) for point in shape.points)
            yield (
                f'<polyline points="{points}" fill="none" stroke="{shape.stroke}" '
                f'stroke-width="{_number(shape.thickness)}" stroke-linejoin="round"{dash}/>'
            )
        case Arc():
            yield f'<path d="{_arc(shape)}" fill="{shape.fill}" fill-rule="evenodd"/>'
            if shape.hatch is not Hatch.NONE:
                yield _hatched(_arc(shape), shape.hatch, shape.bounds, place)
        case Sign():
            rim = f'fill="{shape.fill}" stroke="{PAPER}" stroke-width="0.8"'
            if shape.corners:
                yield f'<polygon points="{" ".join(map(_at, shape.corners))}" {rim}/>'
            else:
                yield f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.size / 2)}" {rim}/>'
        case Text():
            weight = ' font-weight="bold"' if shape.bold else ""
            yield (
                f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" font-size="{_number(shape.size)}" '
                f"fill={quoteattr(shape.fill)} text-anchor={quoteattr(shape.anchor)}{weight}>"
                f"{escape(clean(shape.text))}</text>"
            )


def _box(box: Box) -> str:
    stroke = f' stroke="{box.stroke}" stroke-width="{_number(box.thickness)}"' if box.stroke else ""
    place = f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
    return f'<rect {place} fill="{box.fill or "none"}"{stroke}/>'


def _hatched(outline: str, hatch: Hatch, bounds: tuple[float, float, float, float], place: int) -> str:
    """White strokes cut to *outline*; a pattern of SVG would be smeared where it is drawn small."""
    strokes = " ".join(f"M{_at(start)} L{_at(end)}" for start, end in hatch_strokes(hatch, bounds))
    clip = f'<clipPath id="shape{place}"><path d="{outline}"/></clipPath>'
    width = _number(stroke_width(hatch))
    return (
        f'{clip}<path d="{strokes}" fill="none" stroke="{PAPER}" stroke-width="{width}" '
        f'clip-path="url(#shape{place})"/>'
    )


def _arc(arc: Arc) -> str:
    """Two halves, so that a whole ring is drawn too."""
    middle, end = arc.start + arc.sweep / 2, arc.start + arc.sweep
    path = [f"M{_at(arc.point(arc.outer, arc.start))}"]
    path += [_curve(arc.outer, arc.point(arc.outer, turn), 1) for turn in (middle, end)]
    path.append(f"L{_at(arc.point(arc.inner, end))}")
    path += [_curve(arc.inner, arc.point(arc.inner, turn), 0) for turn in (middle, arc.start)]
    return f"{' '.join(path)} Z"


def _curve(radius: float, end: Point, clockwise: int) -> str:
    return f"A{_number(radius)} {_number(radius)} 0 0 {clockwise} {_at(end)}"


def _at(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
