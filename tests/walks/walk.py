"""A walk: a clerk's way through one part of the program, by mouse and keyboard, with a picture of each step.

A walk is a function ``(clerk: Walker) -> None`` marked with ``@walk(2, "销号权限")`` in a module of this folder. It
begins on a fresh copy of the sample township, in front of the workbench, on 2026-03-31.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMenu,
    QMessageBox,  # noqa: TID251 - its buttons are pressed here
    QPushButton,
    QWidget,
)

from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.workspace import Workspace

PATIENCE_MS = 20_000
WidgetT = TypeVar("WidgetT", bound=QWidget)
Shoot = Callable[[QWidget, str], None]


@dataclass(frozen=True, slots=True)
class Walker:
    """The clerk at the window; ``shoot(widget, name)`` takes the picture of a step."""

    window: MainWindow
    shoot: Shoot

    @property
    def workspace(self) -> Workspace:
        """The open ledger."""
        if self.window.workspace is None:
            raise AssertionError("no ledger is open")
        return self.window.workspace

    # Looking

    def page(self, key: str, asked: object = None) -> Page:
        """Go to the page *key* and let it settle."""
        self.window.show_page(key, asked)
        self.settle()
        return self.window.page(key)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.settle()
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QDialog), "no dialog is open")
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def no_dialog(self) -> None:
        """Wait until every dialog is closed."""
        self.until(lambda: QApplication.activeModalWidget() is None, "a dialog is still open")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.settle()

    def find(self, kind: type[WidgetT], text: str = "", within: QWidget | None = None) -> WidgetT:
        """The visible widget of *kind* whose text begins with *text* (its & and key left out)."""
        root = within or QApplication.activeModalWidget() or self.window
        for widget in root.findChildren(kind):
            if widget.isVisible() and _text(widget).startswith(text):
                return widget
        raise AssertionError(f"there is no {kind.__name__} “{text}” in {type(root).__name__}")

    # Doing

    def click(self, target: QWidget | str, within: QWidget | None = None) -> None:
        """Click a widget, or the button whose text begins so."""
        widget = self.find(QAbstractButton, target, within) if isinstance(target, str) else target
        if not widget.isEnabled():
            raise AssertionError(f"“{_text(widget)}” can not be clicked")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint())
        self.settle()

    def choose(self, button: str, *texts: str, within: QWidget | None = None) -> None:
        """Open the menu of the button *button* and click the items *texts*, one in each menu."""
        menu = self.find(QPushButton, button, within).menu()
        if menu is None:
            raise AssertionError(f"“{button}” has no menu")
        for place, text in enumerate(texts, 1):
            action = next(item for item in menu.actions() if item.text().replace("&", "").startswith(text))
            menu.popup(self.window.mapToGlobal(QPoint(40, 40)))
            QTest.mouseClick(
                menu,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                menu.actionGeometry(action).center(),
            )
            if place < len(texts):
                inner = action.menu()
                assert isinstance(inner, QMenu)
                menu = inner
        self.settle()

    def fill(self, dialog: QWidget, **values: object) -> None:
        """Enter *values* into the fields of a dialog's form, as typing them does."""
        form = getattr(dialog, "form", None)
        for key, value in values.items():
            field = form.fields[key] if form is not None else getattr(dialog, key)
            field.set_value(value)
            field.changed.emit()
        self.settle()

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, on: QWidget | None = None) -> None:
        """Press a key where the focus is, or on *on*."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        target = on or QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, held)
        self.settle()

    @contextmanager
    def boxed(self, button: str, *names: str) -> Iterator[list[str]]:
        """While it lasts every message box has its picture taken, under the next of *names*, and *button* pressed.

        Where there is no such button the default one is. Gives what the boxes said.
        """
        said: list[str] = []

        def press(box: QMessageBox) -> int:
            said.append(box.text())
            box.show()
            self.step(names[len(said) - 1], box)
            box.hide()
            wanted = [each for each in box.buttons() if each.text() == button]
            (wanted or [box.defaultButton()])[0].click()
            return 0

        before = QMessageBox.exec
        setattr(QMessageBox, "exec", press)  # noqa: B010 - a method is no attribute to assign to
        try:
            yield said
        finally:
            setattr(QMessageBox, "exec", before)  # noqa: B010

    def step(self, name: str, widget: QWidget | None = None) -> None:
        """Take the picture of this step: of *widget*, else of the dialog or window in front."""
        self.settle()
        self.shoot(widget or QApplication.activeModalWidget() or self.window, name)

    # Waiting

    def settle(self) -> None:
        """Let background reading end and everything be laid out."""
        opened = self.window.workspace
        if opened is not None and not opened.pool.waitForDone(PATIENCE_MS):
            raise AssertionError("background work does not end")
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def until(self, holds: Callable[[], bool], otherwise: str = "it does not come about") -> None:
        """Run the event loop until *holds*."""
        limit = QDeadlineTimer(PATIENCE_MS)
        while not holds():
            if limit.hasExpired():
                raise AssertionError(otherwise)
            QCoreApplication.processEvents()


Play = Callable[[Walker], None]


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through part *number* of the closed loop."""

    number: int
    title: str
    play: Play


WALKS: dict[int, Walk] = {}


def walk(number: int, title: str) -> Callable[[Play], Play]:
    """Register the walk through a part."""

    def mark(play: Play) -> Play:
        if number in WALKS:
            raise ValueError(f"two walks go through part {number}")
        WALKS[number] = Walk(number, title, play)
        return play

    return mark


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()).replace("&", "") if callable(text) else ""
