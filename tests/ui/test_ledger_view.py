from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from river_chief.queries.choices import villages
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.terms import Action, Source, State
from river_chief.verbs import waters
from tests.ui.desk import Filler, write
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.workspace import Workspace

Make = Callable[[], LedgerView]


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace) -> Make:
    def make_one() -> LedgerView:
        view = LedgerView(
            workspace,
            PROBLEM_LEDGER,
            ProblemFilter(),
            name="problems",
            columns=("number", "found_on", "description"),
            choices=(Choose("states", "状态", terms_of(State)), Choose("sources", "来源", terms_of(Source))),
        )
        qtbot.addWidget(view)
        view.resize(900, 400)
        view.show()
        return view

    return make_one


@pytest.fixture
def view(make: Make) -> LedgerView:
    return make()


def press(qtbot: QtBot, view: LedgerView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(view.table, key, held)


def test_typing_narrows_the_list_and_clearing_widens_it(qtbot: QtBot, view: LedgerView) -> None:
    assert view.bar.count.text() == "共 8 条"
    write(view.bar.search, "第3处")
    QTest.keyClick(view.bar.search, Qt.Key.Key_Return)
    assert view.bar.count.text() == "共 1 条"
    QTest.mouseClick(view.bar.clear_button, Qt.MouseButton.LeftButton)
    assert view.bar.count.text() == "共 8 条"


def test_typing_alone_asks_after_a_pause(qtbot: QtBot, view: LedgerView) -> None:
    write(view.bar.search, "没有")
    qtbot.waitUntil(lambda: view.model.total == 0)


def test_a_combo_narrows_on_top_of_the_pages_own_filter(view: LedgerView) -> None:
    view.set_filter(ProblemFilter(in_stock=True))
    assert view.model.total == 7
    view.bar.combos[0].setCurrentText("待交办")
    assert view.model.total == 1
    assert view.filter() == ProblemFilter(in_stock=True, states=(State.TO_ASSIGN,))


def test_a_new_village_is_offered_by_the_bar_and_the_choice_is_kept(
    qtbot: QtBot, workspace: Workspace, filler: Filler
) -> None:
    view = LedgerView(
        workspace,
        PROBLEM_LEDGER,
        ProblemFilter(),
        name="villages",
        columns=("number",),
        choices=(Choose("villages", "村", lambda session: [(c.id, c.label) for c in villages(session)]),),
        watch=("area",),
    )
    qtbot.addWidget(view)
    combo = view.bar.combos[0]
    combo.setCurrentText("柳塘村")
    added = filler.do(waters.add_area, waters.NewArea, name="新渡村", level="village", parent_id=1)
    workspace.changed.emit(added)
    assert combo.findText("新渡村") > 0
    assert combo.currentText() == "柳塘村"
    assert view.model.total == 4


def test_phones_are_masked_in_cells_and_copies(view: LedgerView, filler: Filler) -> None:
    changes = filler.step(Action.ASSIGN, 3, unit="石桥村", officer="李海", officer_phone="13800001234")
    view.model.workspace.changed.emit(changes)
    view.columns.show_only([("officer_phone", 0)])
    view.select(3)
    assert view.model.data(view.table.currentIndex()) == "138****1234"
    view.copy()
    assert QGuiApplication.clipboard().text() == "联系电话\n138****1234"


def test_a_header_sorts_up_down_and_back_in_sql(qtbot: QtBot, view: LedgerView) -> None:
    header = view.table.horizontalHeader()
    section = view.model.column_of("found_on")

    def click() -> list[int]:
        place = header.sectionViewportPosition(section) + 20
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
        return view.model.ids

    assert click() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert header.isSortIndicatorShown()
    assert click() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert click() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert not header.isSortIndicatorShown()


def test_enter_opens_and_delete_does_nothing(qtbot: QtBot, view: LedgerView) -> None:
    view.select(3)
    with qtbot.waitSignal(view.activated) as opened:
        press(qtbot, view, Qt.Key.Key_Return)
    assert opened.args == [3]
    press(qtbot, view, Qt.Key.Key_Delete)
    assert view.model.total == 8


def test_copy_takes_the_visible_columns_of_the_selected_rows(qtbot: QtBot, view: LedgerView) -> None:
    view.select(1)
    press(qtbot, view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "问题编号\t发现时间\t问题描述"
    assert [line.split("\t")[1] for line in lines[1:]] == ["2025-03-01", "2025-03-02"]


def test_the_current_record_is_told_and_kept_over_changes(
    qtbot: QtBot, view: LedgerView, filler: Filler
) -> None:
    told: list[int] = []
    view.selected.connect(told.append)
    view.select(5)
    view.model.workspace.changed.emit(filler.step(Action.VERIFY, 4))
    assert view.current_id() == 5
    assert view.table.currentIndex().row() == 4
    view.set_filter(ProblemFilter(states=(State.CLOSED,)))
    assert view.current_id() == 0
    assert told == [5, 0]


def test_columns_are_chosen_and_remembered(make: Make) -> None:
    first = make()
    first.columns.toggle("state")
    first.columns.toggle("description")
    assert [field.key for field in first.columns.shown()] == ["number", "found_on", "state"]
    first.columns.save()
    again = make()
    assert [field.key for field in again.columns.shown()] == ["number", "found_on", "state"]
    again.columns.reset()
    assert [field.key for field in again.columns.shown()] == ["number", "found_on", "description"]


def test_the_last_column_can_not_be_hidden(view: LedgerView) -> None:
    for key in ("number", "found_on", "description"):
        view.columns.toggle(key)
    assert [field.key for field in view.columns.shown()] == ["description"]


def test_the_column_menu_stays_open_and_keeps_its_ticks_true(view: LedgerView) -> None:
    menu = view.columns.menu()
    menu.popup(QPoint(0, 0))
    assert QApplication.focusWidget() is menu.list or menu.list.hasFocus()
    for key in ("number", "found_on", "description"):
        menu.list.item(view.model.column_of(key)).setCheckState(Qt.CheckState.Unchecked)
    assert menu.isVisible()
    assert [field.key for field in view.columns.shown()] == ["description"]
    last = menu.list.item(view.model.column_of("description"))
    assert last.checkState() is Qt.CheckState.Checked, "the last column stays, and its tick says so"
    menu.close()


def test_an_empty_table_says_what_to_do(make: Make) -> None:
    view = make()
    view.set_filter(ProblemFilter(states=(State.MERGED,)))
    assert view.table.empty_words == "这里没有记录。"
    write(view.bar.search, "没有")
    QTest.keyClick(view.bar.search, Qt.Key.Key_Return)
    assert "清除全部筛选条件" in view.table.empty_words
    blank = view.table.viewport().grab().toImage()
    view.table.say_empty("")
    assert view.table.viewport().grab().toImage() != blank, "the words are painted"
