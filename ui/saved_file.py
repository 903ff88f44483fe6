"""Files the window has written: where they go by default, and what is said when they are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from river_chief.errors import EnvironmentFault
from ui import messages, window_state
from ui.messages import Notice

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def plain_name(text: str) -> str:
    """*text* as a file name that every system takes."""
    return _NOT_IN_NAMES.sub(" ", text).strip(" .")


def ask_place(
    parent: QWidget, title: str, name: str, forms: str, chosen: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to save a file called *name* at first; *chosen* gets the path.

    *forms* is Qt's filter (``"PDF 文件 (*.pdf)"``). It begins in the folder used last, at first in the
    user's documents. A name without an ending gets that of *name*; an existing file is asked about.
    """
    dialog = QFileDialog(parent, title, str(window_state.folder("save") or documents()), forms)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)

    def take(text: str) -> None:
        path = Path(text)
        window_state.remember_folder("save", path.parent)
        chosen(path)

    dialog.fileSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def documents() -> Path:
    """The user's documents folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def saved_notice(parent: QWidget, path: Path, what: str) -> Notice:
    """Say that *what* lies at *path*, with 打开文件 and 打开文件夹."""
    return Notice(
        f"{what}已保存：{path}",
        (
            ("打开文件", lambda: show_path(parent, path)),
            ("打开文件夹", lambda: show_path(parent, path.parent)),
        ),
    )


def show_path(parent: QWidget, path: Path) -> None:
    """Open a file or folder with the program the computer has for it."""
    if not path.exists():
        messages.show_error(parent, EnvironmentFault(f"“{path}”已经不在那里，可能被移走或删除。"))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        messages.show_error(
            parent, EnvironmentFault(f"这台电脑上没有能打开“{path.name}”的程序，文件在：{path.parent}")
        )
