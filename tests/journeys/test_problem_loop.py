"""One problem round its whole loop, by keyboard alone, in the real window on a real ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.history import recent_acts
from river_chief.storage.database import Database
from river_chief.terms import Action, State
from river_chief.verbs import problems
from tests.ui.desk import CLERK, TODAY, Filler, Shown, write
from ui.main_window import MainWindow
from ui.pages.problems import ProblemsPage
from ui.workspace import Workspace

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
DESCRIPTION = "柳塘桥下游左岸堆放建筑垃圾"


@pytest.fixture
def window(qtbot: QtBot, ledger: Path) -> Iterator[MainWindow]:
    opened = MainWindow(day=TODAY)
    opened.show()
    opened.activateWindow()
    opened.show_ledger(Workspace(Database.open(ledger), clerk=CLERK, day=TODAY))
    yield opened
    opened.close()
    opened.deleteLater()


NO_PHOTO, NO_SCAN = "手机损坏，未拍照，未过磅", "县里电话批复"


class Keyboard:
    """Presses keys where the focus is, as a person does."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def there(self) -> QWidget:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.there, key, held)

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.there, text)
        else:
            write(self.there, text)

    def dialog(self) -> QWidget:
        """Wait for the dialog that is about to open and has the focus."""

        def ready() -> bool:
            dialog = QApplication.activeModalWidget()
            focus = QApplication.focusWidget()
            return dialog is not None and focus is not None and dialog.isAncestorOf(focus)

        self.qtbot.waitUntil(ready)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        return dialog

    def done(self) -> None:
        """Wait until the dialog has closed; then do what a window manager does: activate the window."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def register(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.dialog()
    keys.type("2025.3.30")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Up, times=2)
    keys.press(Qt.Key.Key_2, ALT)
    keys.type("yxlt")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab, times=2)
    keys.type("ltc")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_3, ALT)
    keys.type("建筑垃圾")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab, times=2)
    keys.type(DESCRIPTION)
    keys.press(Qt.Key.Key_Tab, times=3)
    keys.type("30")
    keys.press(Qt.Key.Key_Return)
    keys.done()


def step(
    keys: Keyboard, text: str = "", *, button: Qt.Key | None = None, excuse: tuple[Qt.Key, str] | None = None
) -> None:
    """The main action (or that of *button*), its one empty field filled with *text*.

    *excuse* is the access key of the field for missing proof, and what is typed there.
    """
    if button is None:
        keys.press(Qt.Key.Key_Return, CONTROL)
    else:
        keys.press(button, ALT)
    keys.dialog()
    if text:
        keys.type(text)
    if excuse is not None:
        keys.press(excuse[0], ALT)
        keys.type(excuse[1])
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.done()


def test_the_whole_loop_by_keyboard_leaves_the_journal_of_the_verbs(
    qtbot: QtBot, window: MainWindow, ledger_template: Path, tmp_path: Path, shown: Shown
) -> None:
    keys = Keyboard(qtbot, window)
    keys.press(Qt.Key.Key_2, CONTROL)
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    keys.press(Qt.Key.Key_PageUp, CONTROL)

    def state() -> State:
        assert page.panel.detail is not None
        return page.panel.detail.state

    register(keys)
    detail = page.panel.detail
    assert detail is not None, shown.texts
    assert detail.row["description"] == DESCRIPTION
    assert (detail.row["village_name"], detail.row["water_name"]) == ("柳塘村", "砚溪")
    assert state() is State.TO_VERIFY
    for text, button, excuse, reached in (
        ("", None, None, State.TO_ASSIGN),
        ("", None, None, State.TO_SIGN),
        ("", None, None, State.RECTIFYING),
        ("已全部清运", None, (Qt.Key.Key_H, NO_PHOTO), State.TO_ACCEPT),
        ("王文、李海", None, None, State.TO_CLOSE),
        ("县河长办", None, (Qt.Key.Key_F, NO_SCAN), State.CLOSED),
        ("", None, None, State.CLOSED),
        ("又堆放约5立方米", Qt.Key.Key_2, None, State.RECTIFYING),
    ):
        step(keys, text, button=button, excuse=excuse)
        assert state() is reached
    assert not shown.texts
    assert page.panel.detail is not None
    assert [item.ordinal for item in page.panel.detail.rounds] == [1, 2]

    other = tmp_path / "by_verbs"
    shutil.copytree(ledger_template, other)
    assert window.workspace is not None
    with Database.open(other) as database:
        do_the_same(database)
        assert verbs_in(window.workspace.database) == verbs_in(database)


def test_undo_by_keyboard_takes_the_last_step_back(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    keys = Keyboard(qtbot, window)
    window.show_page("problems", "to_verify")
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    before = page.view.model.total
    step(keys)
    assert page.view.model.total == before - 1
    assert "核实属实" in window.notices.text.text()
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert page.view.model.total == before
    assert "已撤销" in window.notices.text.text()
    assert not shown.texts


def do_the_same(database: Database) -> None:
    filler = Filler(database)
    values = {"found_on": "2025-03-30", "source": "Y01", "reach_id": 1, "village_id": 2}
    rest = {"category_code": "LD02", "description": DESCRIPTION, "volume_m3": 30}
    id = filler.do(problems.register, problems.NewProblem, **values, **rest).id
    for action, given in (
        (Action.VERIFY, {}),
        (Action.ASSIGN, {"unit": "柳塘村"}),
        (Action.SIGN_FOR, {"actor": "赵春"}),
        (Action.SUBMIT, {"progress": "已全部清运", "exception": NO_PHOTO}),
        (Action.ACCEPT, {"actor": "王文、李海"}),
        (Action.CLOSE, {"approver": "县河长办", "exception": NO_SCAN}),
        (Action.LOOK_BACK, {}),
        (Action.RELAPSE, {"words": "又堆放约5立方米"}),
    ):
        filler.step(action, id, **given)


def verbs_in(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(act.verb, act.sentence) for act in recent_acts(session)]
