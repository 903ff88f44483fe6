"""A drawn chart as SVG 1.1: vector for the PDF, and a picture of its own for the office's letters."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from river_chief.papers.characters import clean
from river_chief.papers.charts.palette import PAPER, Hatch
from river_chief.papers.charts.shapes import Arc, Box, Drawing, Line, Point, Shape, Sign, Text

TILE = 5.0
"""Side of the square a hatch repeats, in points."""
STROKE = 0.8
_FACES = "'Noto Serif SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"

Strokes = tuple[tuple[Point, Point], ...]


def hatch_strokes(hatch: Hatch) -> Strokes:
    """The white strokes of one tile; those of a slant reach over its corners so that tiles join."""
    side, half = TILE, TILE / 2
    rising: Strokes = (
        ((-1, 1), (1, -1)),
        ((0, side), (side, 0)),
        ((side - 1, side + 1), (side + 1, side - 1)),
    )
    falling: Strokes = tuple(((side - x1, y1), (side - x2, y2)) for (x1, y1), (x2, y2) in rising)
    strokes: dict[Hatch, Strokes] = {
        Hatch.NONE: (),
        Hatch.RISING: rising,
        Hatch.FALLING: falling,
        Hatch.CROSSED: (((0, half), (side, half)), ((half, 0), (half, side))),
        Hatch.LEVEL: (((0, half), (side, half)),),
        Hatch.UPRIGHT: (((half, 0), (half, side)),),
        Hatch.DOTTED: (((half - 0.6, half), (half + 0.6, half)),),
    }
    return strokes[hatch]


def stroke_of(hatch: Hatch) -> float:
    """How thick the strokes of *hatch* are."""
    return {Hatch.DOTTED: 1.2, Hatch.CROSSED: 0.6}.get(hatch, STROKE)


def render_svg(drawing: Drawing, *, margin: float = 0) -> str:
    """The drawing as one SVG document with its title and its numbers in words, *margin* points of paper round it."""
    used = sorted({_pattern_key(shape) for shape in drawing.shapes} - {("", Hatch.NONE)}, key=str)
    names = {key: f"hatch{place}" for place, key in enumerate(used)}
    wide, high = drawing.width + 2 * margin, drawing.height + 2 * margin
    size = f'width="{wide:.2f}pt" height="{high:.2f}pt"'
    view = f"{-margin:.2f} {-margin:.2f} {wide:.2f} {high:.2f}"
    ground = f'<rect x="{-margin}" y="{-margin}" width="{wide:.2f}" height="{high:.2f}" fill="{PAPER}"/>'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}" role="img" font-family="{_FACES}">',
        f"<title>{escape(clean(drawing.title))}</title>",
        f"<desc>{escape(clean(drawing.told))}</desc>",
        "<defs>",
        *(_pattern(name, *key) for key, name in names.items()),
        "</defs>",
        *([ground] if margin else []),
        *(part for shape in drawing.shapes for part in _shape(shape, names)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _pattern_key(shape: Shape) -> tuple[str, Hatch]:
    if isinstance(shape, Box | Arc) and shape.hatch is not Hatch.NONE:
        return shape.fill, shape.hatch
    return "", Hatch.NONE


def _pattern(name: str, fill: str, hatch: Hatch) -> str:
    strokes = "".join(
        f'<path d="M{_at(start)} L{_at(end)}" stroke="{PAPER}" stroke-width="{stroke_of(hatch)}"/>'
        for start, end in hatch_strokes(hatch)
    )
    ground = f'<rect width="{TILE}" height="{TILE}" fill="{fill}"/>'
    return f'<pattern id="{name}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">{ground}{strokes}</pattern>'


def _shape(shape: Shape, patterns: dict[tuple[str, Hatch], str]) -> Iterator[str]:
    hatched = patterns.get(_pattern_key(shape))
    match shape:
        case Box():
            yield _box(shape, hatched)
        case Line():
            dash = f' stroke-dasharray="{" ".join(map(_number, shape.dash))}"' if shape.dash else ""
            points = " ".join(_at(point) for point in shape.points)
            yield (
                f'<polyline points="{points}" fill="none" stroke="{shape.stroke}" '
                f'stroke-width="{_number(shape.thickness)}" stroke-linejoin="round"{dash}/>'
            )
        case Arc():
            fill = f"url(#{hatched})" if hatched else shape.fill
            yield f'<path d="{_arc(shape)}" fill="{fill}" fill-rule="evenodd"/>'
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


def _box(box: Box, hatched: str | None) -> str:
    fill = f"url(#{hatched})" if hatched else box.fill or "none"
    stroke = f' stroke="{box.stroke}" stroke-width="{_number(box.thickness)}"' if box.stroke else ""
    place = f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
    return f'<rect {place} fill="{fill}"{stroke}/>'


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
