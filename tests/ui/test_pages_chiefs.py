from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from river_chief.queries.chiefs import ChiefFilter
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.problems import ProblemFilter
from river_chief.verbs import chiefs, patrols
from tests.ui.desk import Filler
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.chiefs import EVER, ON_DAY, ChiefsPage
from ui.pages.person_panel import ACTS
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, filler: Filler) -> ChiefsPage:
    filler.do(chiefs.edit_person, chiefs.PersonEdit, id=1, name="赵春", phone="13012345678")
    person = filler.do(chiefs.add_person, chiefs.NewPerson, name="孙文", area_id=3).id
    filler.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="village",
        area_id=3,
        valid_from="2023-01-01",
        valid_to="2024-12-31",
        reach_ids=(1,),
    )
    made = ChiefsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def opened(page: ChiefsPage, what: str) -> VerbDialog:  # type: ignore[type-arg]
    page.do(what)
    return page.findChildren(VerbDialog)[-1]


def test_the_table_lists_who_is_in_office(page: ChiefsPage) -> None:
    assert page.view.model.ids == [1]
    page.when.setCurrentText(EVER)
    assert page.view.model.ids == [1, 2]
    page.when.setCurrentText(ON_DAY)
    page.day.set_value(date(2023, 6, 1))
    page.day.editingFinished.emit()
    assert page.view.model.ids == [2]
    page.show_asked(ChiefFilter(on=date(2025, 3, 1), reaches=(1,)))
    assert page.view.model.ids == [1]
    page.show_asked(2)
    assert page.panel.file is not None
    assert page.panel.file.values["name"] == "孙文"


def test_phones_are_masked_until_asked_for(page: ChiefsPage) -> None:
    page.view.select_first()
    assert page.view.model.row_at(0)["phone"] == "130****5678"  # type: ignore[index]
    page.view.copy()
    button = next(each for each in page.panel.buttons if each.text().startswith("电话"))
    assert "13012345678" not in page.panel.texts() + button.text()
    button.click()
    assert button.text() == "电话 13012345678"


def test_the_file_shows_tenures_duty_and_problems(qtbot: QtBot, page: ChiefsPage, filler: Filler) -> None:
    done = filler.do(
        patrols.record_patrol,
        patrols.NewPatrol,
        tenure_id=1,
        reach_ids=(1,),
        started_at="2025-03-05 09:00",
        minutes=30,
        km=1,
    )
    page.workspace.changed.emit(done)
    page.view.select_first()
    qtbot.waitUntil(lambda: "应巡 13 次，达标 1 次" in page.panel.duty_line.text())
    assert "2024-01-01 至今　柳塘村村级河长" in page.panel.texts()
    stock = next(each for each in page.panel.buttons if each.text().startswith("在办"))
    assert stock.text() == "在办 7 个，其中逾期 1 个"
    with qtbot.waitSignal(page.go) as asked:
        stock.click()
    assert asked.args == ["problems", ProblemFilter(reaches=(1,), in_stock=True)]
    logs = next(each for each in page.panel.buttons if each.text() == "查看巡河记录")
    with qtbot.waitSignal(page.go) as asked:
        logs.click()
    assert asked.args == ["patrols", PatrolFilter(tenures=(1,), days=(date(2025, 1, 1), date(2025, 3, 31)))]


def test_every_act_of_the_menu_opens_its_dialog(page: ChiefsPage) -> None:
    page.view.select_first()
    for what, _ in (("succeed", ""), *ACTS):
        dialog = opened(page, what)
        assert dialog.isVisible(), what
        dialog.reject()


def test_what_is_over_can_not_be_replaced(page: ChiefsPage) -> None:
    page.when.setCurrentText(EVER)
    page.view.select(2)
    button = next(each for each in page.panel.buttons if each.text().startswith("更换"))
    assert not button.isEnabled()
    menu = page.panel.findChildren(QMenu)[-1]
    assert not next(each for each in menu.actions() if each.text() == "增加河段…").isEnabled()


def test_a_delegate_is_shown_and_called_back(qtbot: QtBot, page: ChiefsPage) -> None:
    page.view.select_first()
    dialog = opened(page, "delegate")
    dialog.load({"delegate_id": 2, "delegate_from": date(2025, 3, 1), "delegate_to": date(2025, 4, 30)})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert page.view.model.index(0, page.view.model.column_of("name")).data() == "委 赵春"
    assert "委托孙文巡河：2025-03-01 至 2025-04-30" in page.panel.texts()
    back = opened(page, "delegate")
    back.load({"delegate_id": None})
    with qtbot.waitSignal(back.done_well):
        back.submit()
    assert page.view.model.index(0, page.view.model.column_of("name")).data() == "赵春"


def test_an_appointment_offers_areas_of_its_level(qtbot: QtBot, page: ChiefsPage) -> None:
    page.add()
    dialog = page.findChildren(VerbDialog)[-1]
    area = dialog.form.fields["area_id"]
    assert [each.label for each in area.choices] == ["柳塘村", "石桥村"]  # type: ignore[attr-defined]
    dialog.load({"name": "吴海", "area_id": 3})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert page.panel.file is not None
    assert page.panel.file.values["name"] == "吴海"
