from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from river_chief.queries.look_backs import Which
from river_chief.storage.database import Database
from river_chief.terms import Action, Severity
from river_chief.verbs.rule_rows import LookBackRow, put
from tests.ui.desk import CLERK, Filler
from ui.dialogs.bulk import BulkDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.follow_up import FollowUpPage
from ui.pages.look_back_tab import LookBackTab
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage
from ui.workspace import Workspace

MAY = date(2025, 5, 1)


@pytest.fixture
def workspace(qtbot: QtBot, ledger: Path) -> Iterator[Workspace]:
    """The ledger on a day on which 砚2025-002, closed on 2025-03-09, is to be looked at again."""
    opened = Workspace(Database.open(ledger), clerk=CLERK, day=MAY)
    yield opened
    opened.close()


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace) -> LookBackTab:
    page = FollowUpPage(workspace)
    qtbot.addWidget(page)
    page.show()
    shown = page.show_tab("回头看")
    assert isinstance(shown, LookBackTab)
    settle(workspace)
    return shown


def settle(workspace: Workspace) -> None:
    assert workspace.pool.waitForDone(20_000)
    QApplication.processEvents()


def numbers(tab: LookBackTab) -> list[str]:
    return [row.texts[0] for row in tab.table.rows.rows]


def test_it_lists_what_is_due_and_says_by_which_rule(tab: LookBackTab) -> None:
    assert numbers(tab) == ["砚2025-002"]
    (row,) = tab.table.rows.rows
    assert row.texts[4:] == ("2025-03-09", "1个月", "2025-04-09", "22天", "")
    assert tab.words.text().startswith("销号后 1、3、6 个月各看一次，提前 10 天以内看的也算。")
    assert not tab.held_button.isEnabled()


def test_ticked_and_done(qtbot: QtBot, tab: LookBackTab) -> None:
    tab.all_box.click()
    assert tab.ticked.text() == "已勾选 1 件"
    tab.held_button.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BulkDialog)
    assert "exception" not in dialog.form.fields
    dialog.show_plan()
    qtbot.waitUntil(lambda: dialog.plan is not None)
    dialog.submit()
    qtbot.waitUntil(lambda: not tab.table.rows.rows)
    assert tab.table.empty_words == "没有到期要回头看的问题。"
    tab.which[Which.ALL].click()
    settle(tab.workspace)
    assert tab.table.rows.rows[0].texts[8] == "2025-05-01 未反弹"


def test_one_alone_and_one_that_came_back(qtbot: QtBot, tab: LookBackTab) -> None:
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VerbDialog)
    assert dialog.form.fields["words"].value() == "现场查看，未发现反弹"
    dialog.submit()
    settle(tab.workspace)
    assert numbers(tab) == []
    tab.which[Which.SOON].click()
    settle(tab.workspace)
    assert numbers(tab) == []
    tab.which[Which.ALL].click()
    settle(tab.workspace)
    tab.relapse_button.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VerbDialog)
    dialog.form.fields["words"].set_value("又堆放")
    dialog.submit()
    settle(tab.workspace)
    assert numbers(tab) == []


def test_narrowed_by_the_days_of_closing(tab: LookBackTab) -> None:
    tab.which[Which.ALL].click()
    for first, last, found in (
        ("2025.3.1", "2025.3.31", ["砚2025-002"]),
        ("2025.4.1", "", []),
        ("", "2025.3.8", []),
    ):
        tab.first.setText(first)
        tab.last.setText(last)
        tab.refresh()
        settle(tab.workspace)
        assert numbers(tab) == found
    assert tab.table.empty_words == "没有符合条件的已销号问题。"


def test_it_follows_the_ledger(workspace: Workspace, filler: Filler, tab: LookBackTab) -> None:
    filler.day = MAY
    done = filler.step(Action.LOOK_BACK, 2, happened_at="2025-04-20", words="未反弹")
    workspace.changed.emit(done)
    settle(workspace)
    assert numbers(tab) == []
    workspace.changed.emit(filler.do(put, LookBackRow, months="1,2", early_days=0, percent=40))
    settle(workspace)
    assert "提前 0 天以内看的也算，抽查 40%" in tab.words.text()


def test_the_problem_itself_is_one_click_away(qtbot: QtBot, tab: LookBackTab) -> None:
    with qtbot.waitSignal(tab.go) as told:
        tab.show_button.click()
    assert told.args == ["problems", 2]


def test_what_was_asked_before_does_not_overtake(tab: LookBackTab) -> None:
    tab.which[Which.ALL].click()
    tab.which[Which.SOON].click()
    tab.which[Which.DUE].click()
    settle(tab.workspace)
    assert numbers(tab) == ["砚2025-002"]


def test_the_office_s_table_of_months(qtbot: QtBot, workspace: Workspace) -> None:
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    rules = page.show_tab("回头看")
    assert isinstance(rules, RegisterTab)
    assert rules.view.model.total == 1
    rules.buttons[0][1].click()
    dialog = page.findChildren(VerbDialog)[-1]
    dialog.load({"category_code": "LD01", "severity": Severity.MAJOR, "months": "1，2,12", "percent": 50.0})
    dialog.submit()
    assert rules.view.model.total == 2
    row = rules.view.model.row_at(1)
    assert row is not None
    assert (row["category_name"], row["months"], row["percent"]) == ("乱扔乱堆生活垃圾", "1，2,12", 50)
    rules.view.select(row.id)
    rules.buttons[1][1].click()
    dialog = page.findChildren(VerbDialog)[-1]
    assert dialog.form.fields["category_code"].value() == "LD01"
    dialog.form.fields["months"].set_value("一个月")
    dialog.submit()
    refused = not dialog.is_over
    dialog.form.fields["months"].set_value("2")
    dialog.submit()
    assert refused
    assert dialog.is_over
    rules.buttons[2][1].click()
    page.findChildren(VerbDialog)[-1].submit()
    assert rules.view.model.total == 1
