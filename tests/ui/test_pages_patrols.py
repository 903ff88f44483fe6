from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.patrol_detail import PatrolDetail, patrol_detail
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.photos import attachments_of
from river_chief.queries.problems import ProblemFilter
from river_chief.terms import Answer, Entry, Phase, Source
from river_chief.verbs import chiefs, patrols
from tests.photographs import photograph
from tests.ui.desk import TODAY, Filler, Shown, drop
from ui.dialogs.patrol import PatrolDialog, VoidPatrolDialog
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.problem_from_patrol import register_found
from ui.forms.checklist import ChecklistField
from ui.forms.span_picker import ALL, BY_DAYS, SpanPicker
from ui.pages.patrols import PatrolsPage
from ui.workspace import Workspace

MARCH = datetime(2025, 3, 5, 9, 30)


def walk(filler: Filler, **values: object) -> int:
    given = {"tenure_id": 1, "reach_ids": (1,), "started_at": MARCH, "minutes": 35, "km": 1.2, **values}
    return filler.do(patrols.record_patrol, patrols.NewPatrol, **given).id


def detail_of(workspace: Workspace, id: int) -> PatrolDetail:
    with workspace.read() as session:
        return patrol_detail(session, id, TODAY)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, filler: Filler) -> PatrolsPage:
    walk(filler)
    walk(filler, started_at=datetime(2025, 3, 12), minutes=6, has_finding=True, finding="岸坡有秸秆")
    walk(filler, started_at=datetime(2025, 2, 20, 8), weather="晴")
    made = PatrolsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    qtbot.waitUntil(lambda: bool(made.strip.cards))
    return made


def test_the_page_shows_the_month_and_its_duty(page: PatrolsPage) -> None:
    assert page.view.model.ids == [2, 1]
    assert page.strip.cards[0].words.text() == "应巡 5  达标 1  实巡 2"
    assert page.side.tabText(1) == "谁还欠（1 人）"
    assert page.owing.words.text() == "1 人还欠 4 次。双击或按 Enter 为其登记巡河。"
    row = page.owing.table.rows.rows[0]
    assert row[:3] == ("赵春", "砚溪柳塘段", "4")
    assert row[3] == "02-24至03-30"


def test_the_month_the_chips_and_the_days_narrow_the_list(page: PatrolsPage) -> None:
    page.picker.month.before.click()
    assert page.view.model.ids == [3]
    page.picker.month.after.click()
    page.only_findings.setChecked(True)
    assert page.view.model.ids == [2]
    page.only_findings.setChecked(False)
    page.picker.kind.setCurrentText(ALL)
    assert page.view.model.ids == [2, 1, 3]
    assert not page.strip.isVisible()
    page.show_asked(PatrolFilter(tenures=(1,), days=(date(2025, 3, 1), date(2025, 3, 5))))
    assert page.view.model.ids == [1]
    assert page.lift.isVisible()
    page.lift.click()
    assert not page.lift.isVisible()


def test_the_panel_shows_the_log_and_what_is_not_in_order(page: PatrolsPage, filler: Filler) -> None:
    checked = walk(
        filler,
        started_at=datetime(2025, 3, 20, 8),
        checks=[{"item": 4, "answer": "no", "note": "发黑"}, {"item": 7, "answer": "unchecked"}],
    )
    page.view.ask()
    page.view.select(checked)
    words = page.panel.texts()
    assert "第4项有问题，第7项未查" in words
    assert "4. 河水无异常：有问题，发黑" in words
    page.view.select(2)
    assert "岸坡有秸秆" in page.panel.texts()
    assert "无效" in page.panel.texts()


def test_a_chief_is_offered_only_on_days_in_office(
    qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler
) -> None:
    person = filler.do(chiefs.add_person, chiefs.NewPerson, name="李海").id
    filler.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="village",
        area_id=3,
        valid_from="2025-03-10",
        reach_ids=(1,),
    )
    dialog = PatrolDialog(host, workspace)
    qtbot.addWidget(dialog)
    dialog.chief.set_value(2)
    dialog._on_chief()
    assert dialog.reaches.value() == (1,)
    dialog.started.setText("2025.3.9")
    dialog.started.changed.emit()
    assert dialog.chief.value() is None
    dialog.submit()
    assert dialog.form.fields["tenure_id"].toolTip() == "请填写巡河河长"  # type: ignore[attr-defined]


def test_a_log_is_entered_and_corrected(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    dialog = PatrolDialog(host, workspace, tenure_id=1, day=date(2025, 3, 6))
    dialog.started.setText("2025.3.6 8:30")
    dialog.started.changed.emit()
    dialog.ended.setText("9:15")
    dialog.form.load({"km": 1.5, "weather": "晴"})
    with qtbot.waitSignal(dialog.done_well) as done:
        dialog.submit()
    assert done.args is not None
    id = done.args[0].id
    found = detail_of(workspace, id)
    assert (found.row["minutes"], found.row["ended_at"]) == (45, datetime(2025, 3, 6, 9, 15))
    edit = PatrolDialog(host, workspace, detail=found)
    checks = edit.form.fields["checks"]
    assert isinstance(checks, ChecklistField)
    checks.rows[0].answer.set_value(Answer.NO)
    with qtbot.waitSignal(edit.done_well):
        edit.submit()
    after = detail_of(workspace, id)
    assert after.checks == {1: (Answer.NO, "")}
    assert after.row["weather"] == "晴"
    assert after.row["km"] == 1.5


def test_a_log_is_voided_with_words(
    qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler
) -> None:
    found = detail_of(workspace, walk(filler))
    dialog = VoidPatrolDialog(host, workspace, found)
    dialog.submit()
    assert dialog.form.fields["words"].toolTip() == "请填写作废原因"  # type: ignore[attr-defined]
    dialog.form.load({"words": "重复"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert detail_of(workspace, found.row.id).row["voided_on"] == TODAY


def test_a_finding_becomes_a_problem_that_names_its_log(
    qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler, shown: Shown
) -> None:
    found = detail_of(workspace, walk(filler, has_finding=True, finding="岸坡有秸秆"))
    dialog = register_found(host, workspace, found)
    assert isinstance(dialog, ProblemDialog)
    values = dialog.form.values()
    assert values["source"] is Source.CHIEF
    assert (values["finder"], values["reach_id"], values["description"]) == ("赵春", 1, "岸坡有秸秆")
    dialog.form.load({"village_id": 2, "category_code": "LD01"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    problem = detail_of(workspace, found.row.id).problems[0]
    page = PatrolsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.view.select(found.row.id)
    link = next(button for button in page.panel.buttons if problem.number in button.text())
    with qtbot.waitSignal(page.go) as asked:
        link.click()
    assert asked.args == ["problems", ProblemFilter(ids=(problem.id,))]


def test_the_span_picker_takes_months_days_or_all(qtbot: QtBot, workspace: Workspace) -> None:
    picker = SpanPicker(workspace.settings, TODAY)
    qtbot.addWidget(picker)
    assert picker.span() == (date(2025, 3, 1), date(2025, 3, 31))
    picker.month.set_month((2024, 12))
    picker.month.step(1)
    assert picker.month.month == (2025, 1)
    picker.kind.setCurrentText(BY_DAYS)
    assert picker.span() == (date(2025, 1, 1), date(2025, 1, 31))
    picker.kind.setCurrentText(ALL)
    assert picker.span() is None


def test_a_log_on_paper_keeps_how_it_was_entered(
    qtbot: QtBot, host: QWidget, workspace: Workspace, filler: Filler
) -> None:
    found = detail_of(workspace, walk(filler, entry="paper"))
    edit = PatrolDialog(host, workspace, detail=found)
    qtbot.addWidget(edit)
    assert edit.form.values()["entry"] is Entry.PAPER


def test_a_log_comes_with_photos_and_shows_them(
    qtbot: QtBot, page: PatrolsPage, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "岸.jpg"
    file.write_bytes(photograph())
    page.view.select(1)
    qtbot.waitUntil(lambda: page.photos.owner == {"patrol_id": 1})
    with qtbot.waitSignal(workspace.changed):
        page.photos.add([file], Phase.PATROL)
    assert page.side.tabText(2) == "照片 1"
    assert [item.text() for item in page.photos.items()] == ["岸.jpg"]
    page.add(1)
    [dialog] = page.findChildren(PatrolDialog)
    tray = dialog.tray
    assert tray is not None
    with qtbot.waitSignal(tray.changed):
        assert drop(dialog, file)
    dialog.form.load(
        {"started_at": datetime(2025, 3, 20, 9), "tenure_id": 1, "reach_ids": [1], "minutes": 30}
    )
    with qtbot.waitSignal(workspace.changed) as caught:
        dialog.submit()
    [changes] = caught.args or []
    with workspace.read() as session:
        [photo] = attachments_of(session, {"patrol_id": changes.id}, TODAY)
    assert (photo.phase, photo.happened_on) == (Phase.PATROL, date(2025, 3, 20))
