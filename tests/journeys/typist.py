"""A clerk at the keyboard: keys go where the focus is, as they do on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from river_chief.storage.database import Database
from tests.ui.desk import CLERK, TODAY
from ui.main_window import MainWindow
from ui.workspace import Workspace

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Typist:
    """Works a window by keyboard alone."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def focus(self) -> QWidget:
        """What the keys go to: an open list, or the widget with the focus."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        if found is None:
            raise AssertionError("nothing has the focus")
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press one key and let the window take it in."""
        QTest.keyClick(self.focus, key, modifiers or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type *text*; what is not on a keyboard comes from an input method."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focus, event)
        QApplication.processEvents()

    def fill(self, *texts: str) -> None:
        """Type each text into a field and go to the next with Tab; "" only goes on."""
        for text in texts:
            if text:
                self.press(Qt.Key.Key_A, CTRL)
                self.type(text)
                if QApplication.activePopupWidget() is not None:
                    self.press(Qt.Key.Key_Return)
            self.press(Qt.Key.Key_Tab)

    def dialog(self) -> QDialog:
        """The dialog that is open, once it has the focus."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        if not isinstance(found, QDialog):
            raise AssertionError("no dialog is open")
        self.qtbot.waitUntil(lambda: found.isAncestorOf(self.focus))
        return found

    def no_dialog(self) -> None:
        """Wait until every dialog is closed and the window has the keys again."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        # A window manager does this; the offscreen platform has none.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)


@contextmanager
def at_the_desk(qtbot: QtBot, ledger: Path) -> Iterator[Typist]:
    """The window on *ledger*, in front of the clerk."""
    window = MainWindow(day=TODAY)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_ledger(Workspace(Database.open(ledger), clerk=CLERK, day=TODAY))
    try:
        yield Typist(qtbot, window)
    finally:
        window.close()
