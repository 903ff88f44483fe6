"""What the window says: refusals, faults of the environment, bugs; questions; notices.

The only place that opens a message box. Success is a notice in the window, never a box.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from river_chief.errors import EnvironmentFault, Refusal
from river_chief.progress import Cancelled

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the bar at the top of the page, with buttons as (label, what it does).

    ``warn``  it stays until it is closed and is shown in amber.
    """

    text: str
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    warn: bool = False


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Show *error* with the face it deserves; ``Cancelled`` shows nothing.

    A refusal: the clerk can act. An environment fault: disk, lock, file. Anything else is a bug:
    it is logged with its trace, and the clerk reads a short apology.
    """
    if isinstance(error, Cancelled):
        return
    if isinstance(error, Refusal):
        _tell(parent, "未能办理", error.sentence, QMessageBox.Icon.Information)
    elif isinstance(error, EnvironmentFault):
        _tell(parent, "读写出现问题", error.sentence, QMessageBox.Icon.Warning)
    else:
        log.error("unexpected error", exc_info=error)
        _apologise(parent)


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Show *text* the clerk must have read before going on (a recovery code, the program's version)."""
    _tell(parent, title, text, QMessageBox.Icon.NoIcon)


def confirm(
    parent: QWidget | None, title: str, question: str, *, action: str = "确定", dangerous: bool = False
) -> bool:
    """Ask; True when *action* was chosen. For a dangerous one 取消 is what Enter chooses."""
    box = _box(parent, title, question, QMessageBox.Icon.Question)
    role = QMessageBox.ButtonRole.DestructiveRole if dangerous else QMessageBox.ButtonRole.AcceptRole
    yes = box.addButton(action, role)
    no = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    yes.setProperty("role", "danger" if dangerous else "main")
    box.setDefaultButton(no if dangerous else yes)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes


_apologies: list[QWidget | None] = []


def _apologise(parent: QWidget | None) -> None:
    """Say sorry once: what fails at every repaint must not open a box over each box."""
    if _apologies:
        return
    _apologies.append(parent)
    try:
        _tell(
            parent,
            "程序出错",
            "对不起，程序出了错，本次操作没有保存。请重试；如再次出现，请把运行日志发给维护人员。",
            QMessageBox.Icon.Critical,
        )
    finally:
        _apologies.clear()


def _tell(parent: QWidget | None, title: str, text: str, face: QMessageBox.Icon) -> None:
    box = _box(parent, title, text, face)
    button = box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(button)
    box.setEscapeButton(button)
    box.exec()


def _box(parent: QWidget | None, title: str, text: str, face: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setIcon(face)
    return box
