from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from river_chief.storage.database import Database
from river_chief.storage.paths import last_ledger
from river_chief.terms import Action, State
from tests.ui.desk import TODAY, Filler, Shown
from ui.dialogs.new_ledger import NewLedgerDialog
from ui.dialogs.open_ledger import PasswordDialog
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.pages.problems import ProblemsPage
from ui.pages.workbench import WorkbenchPage

PASSWORD = "yanxi-2025-hz"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(day=TODAY)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


def test_without_a_ledger_it_says_what_to_do(window: MainWindow) -> None:
    assert not window.navigation.isEnabled()
    assert window.windowTitle() == "河长台账"


def test_an_open_ledger_fills_the_window(window: MainWindow, ledger: Path) -> None:
    window.open_folder(ledger)
    assert window.windowTitle() == "砚溪镇河长台账"
    assert isinstance(window.stack.currentWidget(), WorkbenchPage)
    assert last_ledger() == ledger


def test_closing_leaves_one_file(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    window.open_folder(ledger)
    window.close()
    assert not (ledger / "ledger.db-wal").exists()
    assert [file.name for file in ledger.glob("ledger.db*")] == ["ledger.db"]


def test_a_folder_that_is_no_ledger_is_refused(window: MainWindow, tmp_path: Path, shown: Shown) -> None:
    window.open_folder(tmp_path)
    assert "不是台账文件夹" in shown.last
    assert window.workspace is None


def test_every_page_opens_by_its_number(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    window.open_folder(ledger)
    for place, entry in enumerate(PAGES):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
        assert window.stack.currentWidget() is window.page(entry.key)
        assert window.navigation.currentRow() == place


def test_arrows_go_through_the_pages_and_enter_goes_in(
    qtbot: QtBot, window: MainWindow, ledger: Path
) -> None:
    window.open_folder(ledger)
    window.navigation.setFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Down)
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    assert window.navigation.hasFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Return)
    assert page.view.table.hasFocus()


def test_the_numbers_of_the_workbench_lead_to_their_rows(
    qtbot: QtBot, window: MainWindow, ledger: Path
) -> None:
    window.open_folder(ledger)
    page = window.page("workbench")
    assert isinstance(page, WorkbenchPage)
    qtbot.waitUntil(lambda: page.desk is not None)
    assert {key: card.number.text() for key, card in page.cards.items()} == {
        "to_verify": "5",
        "to_assign": "1",
        "to_sign": "0",
        "due_soon": "0",
        "overdue": "1",
        "to_accept": "0",
        "to_close": "0",
    }
    assert page.late.topLevelItemCount() == 1
    QTest.keyClick(page.cards["to_verify"], Qt.Key.Key_Return)
    problems = window.page("problems")
    assert isinstance(problems, ProblemsPage)
    assert problems.view.model.total == 5
    assert problems.view.filter().states == (State.TO_VERIFY,)


def test_the_workbench_follows_changes(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    window.open_folder(ledger)
    page = window.page("workbench")
    assert isinstance(page, WorkbenchPage)
    qtbot.waitUntil(lambda: page.desk is not None)
    assert window.workspace is not None
    window.workspace.changed.emit(Filler(window.workspace.database).step(Action.VERIFY, 4))
    qtbot.waitUntil(lambda: page.cards["to_assign"].number.text() == "2")


def test_an_empty_ledger_says_how_to_begin(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.ask_new()
    dialog = window.findChild(NewLedgerDialog)
    assert isinstance(dialog, NewLedgerDialog)
    dialog.form.load({"place": "砚溪镇", "folder": str(tmp_path / "新台账"), "with_password": False})
    dialog.accept()
    page = window.page("workbench")
    assert isinstance(page, WorkbenchPage)
    qtbot.waitUntil(page.begin.isVisible)
    assert page.desk is not None
    assert page.desk.counts["all"] == 0


def test_a_new_ledger_with_a_password_shows_its_recovery_code_and_opens_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, shown: Shown
) -> None:
    folder = tmp_path / "台账"
    window.ask_new()
    dialog = window.findChild(NewLedgerDialog)
    assert isinstance(dialog, NewLedgerDialog)
    dialog.form.load({"place": "砚溪镇", "folder": str(folder), "password": PASSWORD, "again": "别的"})
    dialog.accept()
    assert not folder.exists()
    dialog.form.load({"again": PASSWORD})
    dialog.accept()
    assert "恢复码" in shown.last
    window.close_ledger()
    window.open_folder(folder)
    asked = window.findChild(PasswordDialog)
    assert isinstance(asked, PasswordDialog)
    asked.password.setText("不对的口令")
    asked.accept()
    assert asked.wrong.isVisible()
    asked.password.setText(PASSWORD)
    asked.accept()
    assert window.workspace is not None


def test_an_existing_ledger_is_never_made_over(
    qtbot: QtBot, window: MainWindow, ledger: Path, shown: Shown
) -> None:
    window.ask_new()
    dialog = window.findChild(NewLedgerDialog)
    assert isinstance(dialog, NewLedgerDialog)
    dialog.form.load({"place": "砚溪镇", "folder": str(ledger), "with_password": False})
    dialog.accept()
    assert "已经有一个台账" in shown.last
    with Database.open(ledger) as database, database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM problem").scalar() == 8


def test_qts_own_buttons_are_chinese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.buttons()[0].text()


def test_undo_without_anything_to_undo_is_refused(
    window: MainWindow, tmp_path: Path, shown: Shown, qtbot: QtBot
) -> None:
    folder = tmp_path / "空"
    window.ask_new()
    dialog = window.findChild(NewLedgerDialog)
    assert isinstance(dialog, NewLedgerDialog)
    dialog.form.load({"place": "砚溪镇", "folder": str(folder), "with_password": False})
    dialog.accept()
    window.undo()
    assert shown.last == "没有可以撤销的操作。"
