from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from river_chief.bulk.actions import BULK
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.terms import Action, State
from tests.ui.desk import TODAY, Filler, Shown
from ui import jobs
from ui.dialogs.bulk import BulkDialog
from ui.forms.fields import DateField, LineField, TextField
from ui.pages.problems import ProblemsPage
from ui.tables.tick_table import TickRow, TickTable
from ui.workspace import Workspace


def detail(workspace: Workspace, id: int) -> ProblemDetail:
    with workspace.read() as session:
        return problem_detail(session, id, TODAY)


def settle(qtbot: QtBot, workspace: Workspace) -> None:
    assert workspace.pool.waitForDone(20_000)
    QApplication.processEvents()


@pytest.fixture
def notices(workspace: Workspace) -> list[Any]:
    found: list[Any] = []
    workspace.noticed.connect(found.append)
    return found


def opened(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ids: list[int], key: str | None = None
) -> BulkDialog:
    dialog = BulkDialog(host, workspace, ids, action=BULK[key] if key else None)
    dialog.open()
    settle(qtbot, workspace)
    return dialog


def planned(qtbot: QtBot, dialog: BulkDialog) -> None:
    dialog.show_plan()
    qtbot.waitUntil(lambda: dialog.plan is not None)


def test_only_what_some_of_them_are_open_to_is_offered(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    dialog = opened(qtbot, host, workspace, [3, 4])
    keys = [action.key for action in dialog.offered]
    assert keys[0] == "verify"
    assert {"assign", "void", "tag", "untag"} <= set(keys)
    assert "close" not in keys
    assert "merge" not in keys
    dialog.reject()


def test_enter_plans_and_enter_again_does(
    qtbot: QtBot, host: QWidget, workspace: Workspace, notices: list[Any]
) -> None:
    dialog = opened(qtbot, host, workspace, [4, 5], "verify")
    assert not dialog.do_button.isVisible()
    severity = dialog.form.fields["severity"]
    severity.set_value(None)
    actor = dialog.form.fields["actor"]
    assert isinstance(actor, LineField)
    QTest.keyClick(actor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.table.rows.rows[0][:2] == ("✓ 将办理", "砚2025-004")
    assert detail(workspace, 4).state is State.TO_VERIFY
    QTest.keyClick(dialog.do_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[-1].text == "批量核实属实 2件。"
    assert [detail(workspace, id).state for id in (4, 5)] == [State.TO_ASSIGN] * 2
    notices[-1].actions[0][1]()
    assert [detail(workspace, id).state for id in (4, 5)] == [State.TO_VERIFY] * 2


def test_what_can_not_be_done_must_be_left_out_by_a_tick(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    dialog = opened(qtbot, host, workspace, [2, 4], "verify")
    planned(qtbot, dialog)
    assert dialog.table.rows.rows[0][:2] == ("✗ 不能办理", "砚2025-002")
    assert dialog.summary.text().startswith("将办理 1 件，不能办理 1 件")
    assert not dialog.do_button.isEnabled()
    dialog.skip.click()
    assert dialog.do_button.isEnabled()
    dialog.submit()
    qtbot.waitUntil(lambda: detail(workspace, 4).state is State.TO_ASSIGN)
    settle(qtbot, workspace)


def test_what_is_changed_after_the_plan_asks_for_a_new_one(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    dialog = opened(qtbot, host, workspace, [4], "verify")
    planned(qtbot, dialog)
    words = dialog.form.fields["words"]
    assert isinstance(words, TextField)
    words.setPlainText("现场核实")
    assert dialog.plan is None
    assert dialog.plan_button.isVisible()
    assert dialog.table.rows.rows == []
    dialog.reject()


def test_a_ledger_that_moved_refuses_and_asks_for_a_new_plan(
    qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler, shown: Shown
) -> None:
    dialog = opened(qtbot, host, workspace, [4, 5], "verify")
    planned(qtbot, dialog)
    filler.step(Action.VERIFY, 5)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(shown.texts))
    assert "没有办理任何一件，请重新预览" in shown.last
    assert detail(workspace, 4).state is State.TO_VERIFY
    assert dialog.plan is None
    dialog.reject()


def test_missing_values_are_said_beside_their_field(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    dialog = opened(qtbot, host, workspace, [1], "extend")
    dialog.show_plan()
    assert dialog.plan is None
    words = dialog.form.fields["words"]
    assert isinstance(words, TextField)
    assert words.property("wrong")
    words.set_value("汛期")
    dialog.form.fields["days"].set_value(30)
    planned(qtbot, dialog)
    assert dialog.table.rows.rows[0][3] == "砚2025-001延期至2025-04-09"
    dialog.reject()


def test_an_empty_unit_is_each_one_s_own_village(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    dialog = opened(qtbot, host, workspace, [3], "assign")
    unit, deadline = dialog.form.fields["unit"], dialog.form.fields["deadline"]
    assert isinstance(unit, LineField)
    assert isinstance(deadline, DateField)
    assert unit.placeholderText() == "不填则交办给各自所在的村"
    planned(qtbot, dialog)
    assert dialog.plan is not None
    assert dialog.plan.lines[0].words.startswith("砚2025-003交办给石桥村")
    dialog.reject()


def test_another_action_has_its_own_form(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    dialog = opened(qtbot, host, workspace, [3])
    keys = [action.key for action in dialog.offered]
    dialog.choice.setCurrentIndex(keys.index("tag"))
    assert set(dialog.form.fields) == {"campaign_id"}
    dialog.choice.setCurrentIndex(keys.index("assign"))
    assert "campaign_id" not in dialog.form.fields
    assert dialog.form.fields["happened_at"].value().date() == date(2025, 3, 31)
    dialog.reject()


def test_the_page_offers_what_is_selected_and_what_is_listed(qtbot: QtBot, workspace: Workspace) -> None:
    page = ProblemsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, workspace)
    page.choose("to_verify")
    page.view.table.selectAll()
    menu = page.bulk_button.menu()
    menu.aboutToShow.emit()
    listed = page.view.model.total
    assert [action.text() for action in menu.actions()] == [
        f"选中的 {listed} 件…",
        f"全部筛选结果 {listed} 件…",
    ]
    menu.actions()[1].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BulkDialog)
    assert len(dialog.ids) == listed
    dialog.reject()
    context = QMenu()
    page._fill_menu(context, page.view.selected_ids())
    assert context.actions()[0].text() == f"批量办理 {listed} 件…"


def test_undo_of_a_batch_by_its_id(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    dialog = opened(qtbot, host, workspace, [4, 5], "verify")
    planned(qtbot, dialog)
    dialog.submit()
    qtbot.waitUntil(lambda: detail(workspace, 5).state is State.TO_ASSIGN)
    settle(qtbot, workspace)
    assert jobs.undo(host, workspace, batch_id=1) is not None
    assert detail(workspace, 4).state is State.TO_VERIFY


# The table that is ticked


def ticking(qtbot: QtBot) -> TickTable:
    table = TickTable(("编号", "村"), (5, 5))
    qtbot.addWidget(table)
    table.rows.show_rows(TickRow(id, (f"第{id}", "村"), can_tick=id != 3) for id in (1, 2, 3))
    table.show()
    return table


def test_space_ticks_the_selected_rows(qtbot: QtBot) -> None:
    table = ticking(qtbot)
    table.select(1)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(table.rows.ticked_changed):
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.rows.ticked() == [1, 2]
    table.clearSelection()
    table.select(2)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.rows.ticked() == [1]


def test_a_tick_stays_while_its_row_is_shown(qtbot: QtBot) -> None:
    table = ticking(qtbot)
    table.rows.tick_all(True)
    table.rows.show_rows([TickRow(2, ("第2", "村"))])
    assert table.rows.ticked() == [2]
    table.rows.show_rows([TickRow(1, ("第1", "村"))])
    assert table.rows.ticked() == []


def test_enter_opens_the_current_row(qtbot: QtBot) -> None:
    table = ticking(qtbot)
    table.select(2)
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [2]
    table.select(99)
    assert table.current_id() == 1
