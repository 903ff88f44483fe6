"""撤销 and 恢复 in the window: by key, from the notice, from the journal, one act or a whole batch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlmodel import select

from river_chief.bulk.batch import Deed, carry_out
from river_chief.records import Area
from river_chief.storage.database import Writer
from river_chief.terms import Action
from river_chief.verbs import waters
from river_chief.verbs.input import understood
from tests.ui.desk import Filler, Shown
from ui import jobs
from ui.main_window import MainWindow
from ui.messages import Notice
from ui.pages.journal_tab import BatchTab, JournalTab
from ui.pages.settings import SettingsPage
from ui.workspace import Workspace

NAMES = ("甲村", "乙村")


def add_villages(workspace: Workspace) -> None:
    """Both as one batch, as bulk acts are."""
    kind = waters.NewArea
    deeds = [
        Deed(waters.add_area, understood(kind, {"name": name, "level": "village", "parent_id": 1}))
        for name in NAMES
    ]

    def work(writer: Writer) -> None:
        carry_out(writer, deeds, "批量新增村 2个")

    workspace.changed.emit(workspace.database.run(work, by=workspace.clerk, today=workspace.today()))


def there(workspace: Workspace) -> set[str]:
    with workspace.read() as session:
        return set(session.exec(select(Area.name))) & set(NAMES)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> SettingsPage:
    made = SettingsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def button(tab: JournalTab, text: str) -> QPushButton:
    return next(each for each in tab.panel.buttons if each.text().startswith(text))


def test_the_journal_takes_back_one_act_or_its_whole_batch(page: SettingsPage, shown: Shown) -> None:
    workspace = page.workspace
    add_villages(workspace)
    tab = page.show_tab("操作日志")
    assert isinstance(tab, JournalTab)
    tab.view.select_first()
    assert "批量新增村 2个" in tab.panel.texts()
    shown.answer = "撤销"
    button(tab, "撤销这一步").click()
    assert there(workspace) == {"甲村"}
    tab.view.select_first()
    shown.answer = "撤销"
    button(tab, "撤销这一步").click()  # the undo itself
    assert there(workspace) == set(NAMES)
    tab.view.select(tab.view.model.ids[2])
    shown.answer = "取消"
    button(tab, "撤销整批").click()
    assert there(workspace) == set(NAMES)
    shown.answer = "撤销整批"
    button(tab, "撤销整批").click()
    assert "它办理的 2 条都会还原" in shown.last
    assert there(workspace) == set()
    assert not [each for each in tab.panel.buttons if each.text().startswith("撤销整批")]


def test_a_bulk_of_acts_stands_among_the_batches(page: SettingsPage, shown: Shown) -> None:
    add_villages(page.workspace)
    tab = page.show_tab("导入记录")
    assert isinstance(tab, BatchTab)
    row = tab.view.model.row_at(0)
    assert row is not None
    assert (row["kind"], row["name"], row["changed"]) == ("成批办理", "批量新增村 2个", 2)
    tab.view.select_first()
    shown.answer = "撤销整批"
    tab.buttons[0][1].click()
    assert there(page.workspace) == set()


def test_a_refusal_names_the_records_edited_since(page: SettingsPage, filler: Filler, shown: Shown) -> None:
    tab = page.show_tab("操作日志")
    assert isinstance(tab, JournalTab)
    page.workspace.changed.emit(filler.step(Action.ASSIGN, 3, unit="柳塘村", happened_at="2025-03-05"))
    place = next(at for at in range(tab.view.model.total) if "砚2025-003核实" in _sentence(tab, at))
    tab.view.select(tab.view.model.ids[place])
    shown.answer = "撤销"
    button(tab, "撤销这一步").click()
    assert shown.last.startswith("不能撤销：问题砚2025-003之后又有改动，见“砚2025-003交办给柳塘村")


def _sentence(tab: JournalTab, place: int) -> str:
    row = tab.view.model.row_at(place)
    return str(row["sentence"]) if row is not None else ""


def test_the_notice_of_an_undo_brings_it_back(qtbot: QtBot, page: SettingsPage) -> None:
    workspace = page.workspace
    notices: list[Notice] = []
    workspace.noticed.connect(notices.append)
    add_villages(workspace)
    assert jobs.undo(page, workspace) is not None
    assert (notices[-1].text, notices[-1].actions[0][0]) == ("已撤销“批量新增村 2个”。", "恢复")
    notices[-1].actions[0][1]()
    assert there(workspace) == set(NAMES)
    assert notices[-1].text == "恢复“批量新增村 2个”。"


def test_keys_take_back_and_bring_back_after_the_program_was_closed(
    qtbot: QtBot, ledger: Path, workspace: Workspace, shown: Shown
) -> None:
    add_villages(workspace)
    workspace.close()
    window = MainWindow(day=workspace.today())
    qtbot.addWidget(window)
    window.show()
    window.open_folder(ledger)
    again = window.workspace
    assert again is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(again.changed):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert there(again) == set()
    with qtbot.waitSignal(again.changed):
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert there(again) == set(NAMES)
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "没有可以恢复的撤销" in shown.last
    window.close()
