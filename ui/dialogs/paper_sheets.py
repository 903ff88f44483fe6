"""The pages of a paper, one below the other, as they will be printed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

SCREEN_DPI = 96
GAP = 14
SETTLE_MS = 120
LEAST, MOST = 0.25, 4.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
KEPT = 8
_LINE = QColor("#b9c6cd")


class PaperSheets(QAbstractScrollArea):
    """Scrolls through pictures of pages.

    ``moved(page, pages)``  another page is in the middle of the view (from 1).
    ``zoomed(factor)``      1.0 shows a sheet in its real size.
    ``blurred(dpi)``        the pictures are coarser or finer than the screen shows them; these dots
                            would be right.

    Keys: PgUp, PgDn and Space by a screenful, ← → and Ctrl+PgUp, Ctrl+PgDn by a page, Home, End;
    Ctrl with the wheel zooms.
    """

    moved = Signal(int, int)
    zoomed = Signal(float)
    blurred = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 1.0
        self.fits = True
        self._most = MOST
        self._pictures: tuple[bytes, ...] = ()
        self._sizes: tuple[QSize, ...] = ()
        self._dpi = float(SCREEN_DPI)
        self._places: list[QRect] = []
        self._drawn: OrderedDict[int, QPixmap] = OrderedDict()
        self._page = 0
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._ask_sharp)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书各页")
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setSingleStep(48)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # For the dialog

    def show_pages(self, pictures: Sequence[bytes], dpi: float) -> None:
        """Show *pictures* (PNG, drawn with *dpi*); the place in the paper is kept."""
        self._pictures, self._dpi = tuple(pictures), dpi
        self._sizes = tuple(_size(picture) for picture in self._pictures)
        self._drawn.clear()
        self._arrange()

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        before = [place for place in self._places if place.top() <= middle]
        return max(len(before), 1)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pictures)

    @property
    def is_sharp(self) -> bool:
        """Whether the pictures have the dots of the screen."""
        return abs(self._wanted_dpi() - self._dpi) <= 1

    def go_to(self, page: int) -> None:
        """Bring the top of *page* (from 1) to the top of the view."""
        if self._places:
            place = self._places[min(max(page, 1), self.pages) - 1]
            self.verticalScrollBar().setValue(place.top() - GAP)

    def set_zoom(self, factor: float) -> None:
        """Show sheets *factor* times their real size."""
        self.fits = False
        self._set_zoom(factor)

    def fit_width(self, most: float = MOST) -> None:
        """Show the widest sheet as wide as the view, now and when the view changes; *most* is the limit."""
        self.fits, self._most = True, most
        self._fit()

    def zoom_by(self, step: int) -> None:
        """One step larger (1) or smaller (-1)."""
        if step > 0:
            self.set_zoom(next((each for each in STEPS if each > self.zoom + 0.005), MOST))
        else:
            self.set_zoom(next((each for each in reversed(STEPS) if each < self.zoom - 0.005), LEAST))

    # Laying out

    def _fit(self) -> None:
        widest = max((size.width() for size in self._sizes), default=0) / self._dpi * SCREEN_DPI
        if widest:
            self._set_zoom(min((self.viewport().width() - 2 * GAP) / widest, self._most))

    def _set_zoom(self, factor: float) -> None:
        factor = min(max(factor, LEAST), MOST)
        if factor != self.zoom:
            self.zoom = factor
            self._drawn.clear()
            self._arrange()
            self.zoomed.emit(factor)
        self._settling.start()

    def _arrange(self) -> None:
        """Put the sheets in their places; what stands at the top of the view stays there."""
        bar = self.verticalScrollBar()
        share = bar.value() / self._places[-1].bottom() if self._places else 0.0
        factor = self.zoom * SCREEN_DPI / self._dpi
        top, self._places = GAP, []
        for size in self._sizes:
            shown = QSize(round(size.width() * factor), round(size.height() * factor))
            self._places.append(QRect(GAP, top, shown.width(), shown.height()))
            top += shown.height() + GAP
        widest = max((place.width() for place in self._places), default=0)
        view = self.viewport().size()
        bar.setRange(0, max(0, top - view.height()))
        bar.setPageStep(view.height())
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, widest + 2 * GAP - view.width()))
        across.setPageStep(view.width())
        across.setValue(across.maximum() // 2)
        bar.setValue(round(share * (top - GAP)))
        self.viewport().update()
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        self.viewport().update()
        if self._places and self.page != self._page:
            self._page = self.page
            self.moved.emit(self._page, self.pages)

    def _ask_sharp(self) -> None:
        if self._pictures and not self.is_sharp:
            self.blurred.emit(self._wanted_dpi())

    def _wanted_dpi(self) -> float:
        return round(SCREEN_DPI * self.zoom * self.devicePixelRatioF())

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits:
            self._fit()
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor("#dfe6ea"))
        for number, place in enumerate(self._places):
            shown = self._on_view(place)
            if not shown.intersects(event.rect()):
                continue
            painter.drawPixmap(shown, self._pixmap(number, shown.size()))
            painter.setPen(_LINE)
            painter.drawRect(shown.adjusted(-1, -1, 0, 0))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        screenful = self.viewport().height() - 2 * GAP
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space if not control:
                bar.setValue(bar.value() + screenful)
            case Qt.Key.Key_PageUp if not control:
                bar.setValue(bar.value() - screenful)
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.go_to(self.page + 1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.go_to(self.page - 1)
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    # Drawing

    def _on_view(self, place: QRect) -> QRect:
        """Where a sheet is seen: in the middle, when the view is wider."""
        breadth = self.viewport().width() + self.horizontalScrollBar().maximum()
        left = (breadth - place.width()) // 2 - self.horizontalScrollBar().value()
        return QRect(left, place.top() - self.verticalScrollBar().value(), place.width(), place.height())

    def _pixmap(self, number: int, size: QSize) -> QPixmap:
        found = self._drawn.get(number)
        if found is None:
            ratio = self.devicePixelRatioF()
            image = QImage.fromData(self._pictures[number])
            if image.size() != size * ratio:
                image = image.scaled(
                    size * ratio,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            found = QPixmap.fromImage(image)
            found.setDevicePixelRatio(ratio)
            self._drawn[number] = found
        self._drawn.move_to_end(number)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return found


def _size(picture: bytes) -> QSize:
    """Width and height of a picture in dots, from its head alone."""
    buffer = QBuffer()
    buffer.setData(QByteArray(picture))
    return QImageReader(buffer).size()
