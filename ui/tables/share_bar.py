"""Paints how much of a whole is done as a bar beside its percentage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
TRACK = QColor("#e3e9ec")
THICKNESS, TEXT_WIDTH, MARGIN = 8, 54, 6


class ShareBar(QStyledItemDelegate):
    """*share* gives the part that is done, 0 to 1, of a cell of *view*; None paints the text alone."""

    def __init__(self, view: QAbstractItemView, share: Callable[[Index], float | None]) -> None:
        super().__init__(view)
        self._view = view
        self._share = share

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        """Nothing: the text is painted with the bar."""
        return ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell's ground as ever, then the bar, and the text right of it."""
        super().paint(painter, option, index)
        room = QRectF(self._view.visualRect(index)).adjusted(MARGIN, 0, -MARGIN, 0)
        share = self._share(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if share is not None:
            self._bar(painter, room.adjusted(0, 0, -TEXT_WIDTH, 0), share)
        painter.setPen(QColor((Tone.MUTED if share is None else Tone.TEXT).value))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()

    def _bar(self, painter: QPainter, room: QRectF, share: float) -> None:
        track = QRectF(room.left(), room.center().y() - THICKNESS / 2, room.width(), THICKNESS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(TRACK)
        painter.drawRoundedRect(track, THICKNESS / 2, THICKNESS / 2)
        if share > 0:
            track.setWidth(max(track.width() * share, THICKNESS))
            painter.setBrush(QColor((Tone.GOOD if share >= 1 else Tone.ACCENT).value))
            painter.drawRoundedRect(track, THICKNESS / 2, THICKNESS / 2)


def bar_of(view: QAbstractItemView, column: int, share: Callable[[Index], float | None]) -> QObject:
    """Let *column* of *view* be painted as bars."""
    bar = ShareBar(view, share)
    view.setItemDelegateForColumn(column, bar)
    return bar
