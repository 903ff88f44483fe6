"""What can be done with a chart: copy it, or keep it as a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QMenu

from river_chief.papers.charts.drawing import DPI
from river_chief.papers.charts.svg import render_svg
from river_chief.papers.files import save
from ui.charts.view import EDGE, ChartView, copy_image
from ui.messages import Notice, show_error
from ui.saved_file import ask_place, plain_name, saved_notice

FORMS = "PNG 图片 (*.png);;SVG 矢量图 (*.svg)"


def give_menu(view: ChartView, noticed: Callable[[Notice], object]) -> None:
    """Let a right click (or the menu key) on *view* offer 复制图片 and 另存为图片; *noticed* tells what was done."""
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(partial(_open, view, noticed))


def chart_menu(view: ChartView, noticed: Callable[[Notice], object]) -> QMenu:
    """The menu of one chart."""
    menu = QMenu(view)
    copy = menu.addAction("复制图片", partial(_copy, view, noticed))
    keep = menu.addAction("另存为图片…", partial(ask_picture, view, noticed))
    copy.setEnabled(view.drawing is not None)
    keep.setEnabled(view.drawing is not None)
    return menu


def ask_picture(view: ChartView, noticed: Callable[[Notice], object]) -> None:
    """Ask where to keep the chart, and as what."""
    title = view.chart.title if view.chart is not None else ""
    ask_place(view, "另存为图片", f"{plain_name(title)}.png", FORMS, partial(_keep, view, noticed))


def save_picture(view: ChartView, path: Path) -> None:
    """Write the chart as PNG or SVG; ``EnvironmentFault`` where it cannot be written."""
    if view.drawing is None:
        return
    if path.suffix.lower() == ".svg":
        save(path, render_svg(view.drawing, margin=EDGE).encode())
        return
    held = QByteArray()
    buffer = QBuffer(held)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer.write(view.image(DPI / 72))
    save(path, bytes(held.data()))


def _open(view: ChartView, noticed: Callable[[Notice], object], place: QPoint) -> None:
    menu = chart_menu(view, noticed)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(view.mapToGlobal(place))


def _copy(view: ChartView, noticed: Callable[[Notice], object]) -> None:
    copy_image(view)
    noticed(Notice("图表已复制，可以粘贴到文档里。"))


def _keep(view: ChartView, noticed: Callable[[Notice], object], path: Path) -> None:
    try:
        save_picture(view, path)
    except Exception as error:
        show_error(view, error)
        return
    noticed(saved_notice(view, path, "图表"))
