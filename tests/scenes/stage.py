"""Where pictures are taken: the window on a sample ledger, 1366×768, and the list of scenes.

A scene is a function ``(stage) -> QWidget`` marked with ``@scene("name")`` in a module of this folder; it
brings the window into a state and returns what is to be drawn. Every page has its scene already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.workspace import Workspace

WIDTH, HEIGHT = 1366, 768
SETTLE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Stage:
    """The window and its open ledger."""

    window: MainWindow
    workspace: Workspace

    def page(self, key: str, asked: object = None) -> Page:
        """Show the page *key* and let it settle."""
        self.window.show_page(key, asked)
        self.settle()
        return self.window.page(key)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.settle()
        found = QApplication.activeModalWidget()
        if not isinstance(found, QDialog):
            raise AssertionError("no dialog is open")
        return found

    def settle(self) -> None:
        """Let background reading end and everything be laid out."""
        if not self.workspace.pool.waitForDone(SETTLE_MS):
            raise AssertionError("background work does not end")
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def until(self, holds: Callable[[], bool]) -> None:
        """Run the event loop until *holds*."""
        limit = QDeadlineTimer(SETTLE_MS)
        while not holds():
            if limit.hasExpired():
                raise AssertionError("the scene does not come about")
            QCoreApplication.processEvents()

    def clear(self) -> None:
        """Close every dialog and notice."""
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.done(0)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()
        self.window.notices.hide()


Scene = Callable[[Stage], QWidget]
SCENES: dict[str, Scene] = {}


def scene(name: str) -> Callable[[Scene], Scene]:
    """Register a scene; *name* is the picture's file name."""

    def mark(function: Scene) -> Scene:
        if name in SCENES:
            raise ValueError(f"two scenes are called {name}")
        SCENES[name] = function
        return function

    return mark
