"""A chart in the window: read by pointer and by keys, every datum leading to its rows."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from river_chief.papers.charts.chart import Chart
from river_chief.papers.charts.drawing import LEAST_WIDTH, draw
from river_chief.papers.charts.shapes import Drawing, Spot
from ui.charts.painter import POINT, paint, picture, polygon
from ui.style import Tone

EDGE = 10.0
"""Room round the drawing, in points."""
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows one chart, as wide as there is room and as high as suits it.

    ``asked(asks, words)``  a datum that has rows behind it was clicked, or Enter or Space pressed on it; *words*
    name the datum. The arrow keys go from datum to datum, Home and End to the first and last.
    """

    asked = Signal(object, str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.chart: Chart | None = None
        self.drawing: Drawing | None = None
        self.current: Spot | None = None
        self._name = name
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.setMinimumWidth(round((LEAST_WIDTH + 2 * EDGE) * POINT))
        self.setAccessibleName(name)

    def show_chart(self, chart: Chart) -> None:
        """Draw *chart* in place of the one shown."""
        self.chart = chart
        self._lay_out()
        self.setAccessibleName(chart.title)
        if self.drawing is not None:
            self.setAccessibleDescription(self.drawing.told)

    def image(self, scale: float) -> QImage:
        """The chart as a picture with its title, *scale* dots to a point."""
        if self.drawing is None:
            return QImage()
        return picture(self.drawing, self.font(), scale=scale, margin=EDGE)

    def place_of(self, spot: Spot) -> QPointF:
        """Where the middle of *spot* lies, in pixels of the widget."""
        x, y = spot.middle
        return QPointF((x + EDGE) * POINT, (y + EDGE) * POINT)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.minimumHeight())

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        link = spot is not None and spot.datum.asks is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and spot is not None:
            self.current = spot
            self.update()
            self._open(spot)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            spot = self._spot_at(QPointF(event.pos()))
            if spot is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(spot), self, self._bounds(spot))
            return True
        return super().event(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        spots = self.drawing.spots if self.drawing is not None else ()
        if key in _OPENING and self.current is not None:
            self._open(self.current)
        elif spots and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(spots[0 if key is Qt.Key.Key_Home else -1])
        elif spots and key in _STEPS:
            at = spots.index(self.current) + _STEPS[key] if self.current in spots else 0
            self._go_to(spots[max(0, min(at, len(spots) - 1))])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.current = None
        self.update()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor((Tone.ACCENT if focused else Tone.LINE).value), 1))
        painter.setBrush(QColor(Tone.PAPER.value))
        painter.drawRoundedRect(
            QRect(0, 0, self.width() - 1, self.height() - 1).toRectF().translated(0.5, 0.5), 6, 6
        )
        if self.drawing is None:
            return
        painter.scale(POINT, POINT)
        painter.translate(EDGE, EDGE)
        paint(painter, self.drawing, self.font())
        if focused and self.current is not None:
            painter.setPen(QPen(QColor(Tone.TEXT.value), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(polygon(self.current.outline))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        if self.chart is None:
            return
        kept = self.current.name if self.current is not None else ""
        self.drawing = draw(self.chart, self.width() / POINT - 2 * EDGE)
        self.current = next((spot for spot in self.drawing.spots if spot.name == kept), None)
        self.setMinimumHeight(round((self.drawing.height + 2 * EDGE) * POINT))
        self.updateGeometry()
        self.update()

    # Spots

    def _spot_at(self, place: QPointF) -> Spot | None:
        if self.drawing is None:
            return None
        return self.drawing.spot_at(place.x() / POINT - EDGE, place.y() / POINT - EDGE)

    def _bounds(self, spot: Spot) -> QRect:
        left, top, right, bottom = ((edge + EDGE) * POINT for edge in spot.bounds)
        return QRect(round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top)))

    def _go_to(self, spot: Spot) -> None:
        """Let *spot* be the one the keys are on, tell it, and say it to a screen reader."""
        self.current = spot
        self.update()
        place = self.place_of(spot).toPoint()
        QToolTip.showText(self.mapToGlobal(place), tip(spot), self, self._bounds(spot))
        self.setAccessibleDescription(tip(spot))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _open(self, spot: Spot) -> None:
        asks: Hashable | None = spot.datum.asks
        if asks is not None:
            self.asked.emit(asks, spot.name)


def tip(spot: Spot) -> str:
    """The exact numbers of a datum and what they count."""
    return spot.datum.told or f"{spot.name} {spot.datum.text}"


def copy_image(view: ChartView) -> None:
    """Put the chart on the clipboard, twice as fine as the screen shows it."""
    QGuiApplication.clipboard().setImage(view.image(2 * POINT))
