from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from river_chief.queries import choices
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.queries.waters import ReachFilter, villages_of
from river_chief.verbs import waters
from tests.ui.desk import Filler, Shown
from ui import jobs
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.ordered_picks import OrderedPickField
from ui.pages.waters import AREAS, REACHES, WATERS, WatersPage
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> WatersPage:
    made = WatersPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def last_dialog(page: WatersPage) -> VerbDialog:  # type: ignore[type-arg]
    return page.findChildren(VerbDialog)[-1]


def link(page: WatersPage, start: str) -> object:
    return next(each for each in page.register.panel.buttons if each.text().startswith(start))


def test_a_reach_shows_its_villages_chiefs_problems_and_patrols(qtbot: QtBot, page: WatersPage) -> None:
    page.show_asked(1)
    words = page.register.panel.texts()
    assert "柳塘村 → 石桥村" in words
    assert "⚠ 缺乡级河长" in words
    assert "缺村级河长" not in words
    for start, asked in (
        ("村级河长　赵春", ["chiefs", 1]),
        ("7 个，其中逾期 1 个", ["problems", ProblemFilter(reaches=(1,), in_stock=True)]),
        ("0 次", ["patrols", PatrolFilter(reaches=(1,), days=(date(2025, 3, 1), date(2025, 3, 31)))]),
    ):
        with qtbot.waitSignal(page.go) as gone:
            link(page, start).click()  # type: ignore[attr-defined]
        assert gone.args == asked


def test_waters_and_divisions_lead_to_their_reaches(page: WatersPage) -> None:
    page.show_register(WATERS)
    page.register.view.select_first()
    link(page, "砚溪柳塘段").click()  # type: ignore[attr-defined]
    assert page.switch[REACHES].isChecked()
    assert page.register.panel.detail is not None
    page.show_register(AREAS)
    page.register.view.select(2)
    assert "村级河长　赵春（柳塘村）" in [each.text() for each in page.register.panel.buttons]


def test_a_reach_is_added_with_its_villages_in_order(qtbot: QtBot, page: WatersPage) -> None:
    page.add()
    dialog = last_dialog(page)
    dialog.load({"water_id": 1, "name": "砚溪上段", "area_ids": (3, 2)})
    with qtbot.waitSignal(dialog.done_well) as done:
        dialog.submit()
    assert done.args is not None
    id = done.args[0].id
    assert page.register.view.current_id() == id
    page.register.edit()
    edit = last_dialog(page)
    field = edit.form.fields["area_ids"]
    assert isinstance(field, OrderedPickField)
    field.chosen.setCurrentRow(1)
    QTest.keyClick(field.chosen, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(edit.done_well):
        edit.submit()
    with page.workspace.read() as session:
        assert [name for _, name in villages_of(session, [id])[id]] == ["柳塘村", "石桥村"]


def test_what_is_missing_is_said_beside_the_field(page: WatersPage) -> None:
    page.add()
    dialog = last_dialog(page)
    dialog.submit()
    assert dialog.form.fields["name"].toolTip() == "请填写河段名称"  # type: ignore[attr-defined]
    assert dialog.isVisible()


def test_a_water_and_a_division_are_added_and_corrected(qtbot: QtBot, page: WatersPage) -> None:
    for name, values, change in (
        (WATERS, {"name": "清水沟", "length_km": 2.5}, {"system": "砚溪水系"}),
        (AREAS, {"name": "杨湾村"}, {"population": 2050.0}),
    ):
        page.show_register(name)
        page.add()
        dialog = last_dialog(page)
        dialog.load(values)
        with qtbot.waitSignal(dialog.done_well):
            dialog.submit()
        page.register.edit()
        edit = last_dialog(page)
        edit.load(change)
        with qtbot.waitSignal(edit.done_well):
            edit.submit()
        assert page.register.panel.detail is not None
        key = next(iter(change))
        assert page.register.panel.detail.row[key] == change[key]


def test_what_is_in_use_is_not_retired_and_what_is_not_leaves_the_list(
    qtbot: QtBot, page: WatersPage, filler: Filler, shown: Shown
) -> None:
    extra = filler.do(waters.add_reach, waters.NewReach, water_id=1, name="砚溪上段")
    page.workspace.changed.emit(extra)
    page.show_register(WATERS)
    page.register.view.select_first()
    page.register.retire()
    last_dialog(page).submit()
    assert "还有在用河段" in shown.last
    page.show_reach(extra.id)
    page.register.retire()
    dialog = last_dialog(page)
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert extra.id not in page.register.view.model.ids
    page.retired.setChecked(True)
    page.register.view.select(extra.id)
    row = page.register.view.model.ids.index(extra.id)
    column = page.register.view.model.column_of("name")
    assert page.register.view.model.index(row, column).data() == "停用 砚溪上段"


def test_a_record_that_an_undo_takes_away_leaves_the_panel(qtbot: QtBot, page: WatersPage) -> None:
    page.show_register(WATERS)
    page.add()
    dialog = last_dialog(page)
    dialog.load({"name": "清水沟"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert "清水沟" in page.register.panel.texts()
    jobs.undo(page, page.workspace)
    assert "清水沟" not in page.register.panel.texts()


def test_reaches_can_be_asked_for_by_a_filter(page: WatersPage) -> None:
    page.show_register(AREAS)
    page.show_asked(ReachFilter(villages=(3,)))
    assert page.register.view.model.ids == [1]


def test_an_ordered_pick_adds_moves_and_takes_away(qtbot: QtBot, workspace: Workspace) -> None:
    with workspace.read() as session:
        field = OrderedPickField(choices.villages(session))
    qtbot.addWidget(field)
    for id in (3, 2, 3):
        field.line.set_value(id)
        field.line.changed.emit()
    assert field.value() == (3, 2)
    assert field.line.text() == ""
    QTest.keyClick(field.chosen, Qt.Key.Key_Delete)
    assert field.value() == (3,)
