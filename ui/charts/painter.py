"""Draws a laid-out chart with QPainter: the same shapes as its SVG, sharp at any zoom."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from river_chief.papers.charts.hatching import hatch_strokes, stroke_width
from river_chief.papers.charts.palette import PAPER, Hatch
from river_chief.papers.charts.shapes import Arc, Box, Drawing, Line, Point, Shape, Sign, Text

POINT = 96 / 72
"""Logical pixels of a point at 100 %."""
_SOLID = 0.01


def paint(painter: QPainter, drawing: Drawing, font: QFont) -> None:
    """Draw the shapes of *drawing* in points of *painter*; texts take the family of *font*."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for shape in drawing.shapes:
        _shape(painter, shape, font)


def picture(drawing: Drawing, font: QFont, *, scale: float, margin: float = 10) -> QImage:
    """The drawing on white with *margin* points round it, *scale* dots to a point."""
    width, height = drawing.width + 2 * margin, drawing.height + 2 * margin
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    metre = round(scale * 72 / 0.0254)
    image.setDotsPerMeterX(metre)
    image.setDotsPerMeterY(metre)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(margin, margin)
    paint(painter, drawing, font)
    painter.end()
    return image


def polygon(outline: tuple[Point, ...]) -> QPolygonF:
    """The outline as Qt draws it."""
    return QPolygonF([QPointF(x, y) for x, y in outline])


def _shape(painter: QPainter, shape: Shape, font: QFont) -> None:
    match shape:
        case Box():
            _box(painter, shape)
        case Line():
            painter.setPen(_pen(shape.stroke, shape.thickness, shape.dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(polygon(shape.points))
        case Arc():
            path = _ring(shape)
            painter.fillPath(path, QColor(shape.fill))
            _hatch(painter, path, shape.hatch, shape.bounds)
        case Sign():
            painter.setPen(_pen(PAPER, 0.8))
            painter.setBrush(QColor(shape.fill))
            if shape.corners:
                painter.drawPolygon(polygon(shape.corners))
            else:
                painter.drawEllipse(QPointF(shape.x, shape.y), shape.size / 2, shape.size / 2)
        case Text():
            _text(painter, shape, font)


def _box(painter: QPainter, box: Box) -> None:
    place = QRectF(box.x, box.y, box.width, box.height)
    painter.setPen(_pen(box.stroke, box.thickness) if box.stroke else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QBrush(QColor(box.fill)) if box.fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRect(place)
    path = QPainterPath()
    path.addRect(place)
    _hatch(painter, path, box.hatch, (box.x, box.y, box.x + box.width, box.y + box.height))


def _hatch(
    painter: QPainter, path: QPainterPath, hatch: Hatch, bounds: tuple[float, float, float, float]
) -> None:
    if hatch is Hatch.NONE:
        return
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(_pen(PAPER, stroke_width(hatch)))
    for start, end in hatch_strokes(hatch, bounds):
        painter.drawLine(QPointF(*start), QPointF(*end))
    painter.restore()


def _ring(arc: Arc) -> QPainterPath:
    """Qt counts from three o'clock against the clock; a whole ring is two circles."""

    def square(radius: float) -> QRectF:
        return QRectF(arc.x - radius, arc.y - radius, 2 * radius, 2 * radius)

    path = QPainterPath()
    if arc.sweep >= 360 - _SOLID:
        path.addEllipse(square(arc.outer))
        path.addEllipse(square(arc.inner))
        return path
    path.arcMoveTo(square(arc.outer), 90 - arc.start)
    path.arcTo(square(arc.outer), 90 - arc.start, -arc.sweep)
    path.arcTo(square(arc.inner), 90 - arc.start - arc.sweep, arc.sweep)
    path.closeSubpath()
    return path


def _pen(colour: str, thickness: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), thickness)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        # Qt's dashes are told in widths of the pen, and come in pairs.
        lengths = dash if len(dash) % 2 == 0 else dash * 2
        pen.setDashPattern([length / thickness for length in lengths])
    return pen


def _text(painter: QPainter, text: Text, font: QFont) -> None:
    face = QFont(font)
    face.setBold(text.bold)
    # A size in points is turned into pixels by the device; here a point is a unit of the painter.
    face.setPointSizeF(text.size * 72 / painter.device().logicalDpiY())
    painter.setFont(face)
    painter.setPen(QColor(text.fill))
    room = QFontMetricsF(face, painter.device()).horizontalAdvance(text.text)
    left = text.x - {"start": 0.0, "middle": room / 2, "end": room}[text.anchor]
    painter.drawText(QPointF(left, text.y), text.text)
