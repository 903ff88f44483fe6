"""Where photos come from in the window: chosen, dropped, or pasted from the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from river_chief.errors import Refusal
from river_chief.intake.photos import File
from river_chief.terms import Phase
from ui import messages

FILES = "照片和扫描件 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.pdf)"


def choose_files(parent: QWidget, phase: Phase) -> list[File]:
    """The files the clerk chooses to add as *phase*; none when it was cancelled."""
    names, _ = QFileDialog.getOpenFileNames(parent, f"添加{phase.label}照片", "", FILES)
    return [Path(name) for name in names]


def dropped(event: QDropEvent) -> list[File]:
    """The files of this computer that were dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def pasted(parent: QWidget) -> list[File]:
    """The picture, or the files, on the clipboard; says so where there is none."""
    # An empty clipboard has no data at all on some desktops.
    mime = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
    urls = [] if mime is None else mime.urls()
    files: list[File] = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if files:
        return files
    picture = QGuiApplication.clipboard().image()
    if picture.isNull():
        messages.show_error(parent, Refusal("剪贴板里没有图片，请先复制一张图片。"))
        return []
    return [("粘贴的图片.png", _png(picture))]


def add_menu(
    button: QPushButton,
    phases: Sequence[Phase],
    choose: Callable[[Phase], object],
    paste: Callable[[], object],
) -> QMenu:
    """The menu of 添加照片: a choice of files for each phase, and the clipboard."""
    menu = QMenu(button)
    for phase in phases:
        menu.addAction(f"{phase.label}…", partial(choose, phase))
    menu.addSeparator()
    menu.addAction("粘贴剪贴板里的图片\tCtrl+V", paste)
    return menu


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
