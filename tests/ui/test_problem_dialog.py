from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.changes import Changes
from river_chief.queries.problem_detail import ProblemDetail, problem_detail
from river_chief.terms import Severity, State
from tests.ui.desk import TODAY, Filler, Shown
from ui.dialogs.problem_dialog import edit_problem, new_problem
from ui.forms.pickers import PickField
from ui.workspace import Workspace

WHOLE = {
    "found_on": TODAY,
    "reach_id": 1,
    "water_id": 1,
    "village_id": 2,
    "category_code": "LD01",
    "description": "桥下堆放垃圾",
    "volume_m3": 30.0,
}


def detail_of(workspace: Workspace, id: int) -> ProblemDetail:
    with workspace.read() as session:
        return problem_detail(session, id, workspace.today())


@pytest.fixture
def done(workspace: Workspace) -> list[Changes]:
    heard: list[Changes] = []
    workspace.changed.connect(heard.append)
    return heard


def test_what_is_missing_is_listed_and_leads_to_its_field(
    qtbot: QtBot, host: QWidget, workspace: Workspace
) -> None:
    dialog = new_problem(host, workspace)
    dialog.open()
    assert "所在村" in dialog.missing.text()
    dialog.missing.linkActivated.emit("description")
    description = dialog.form.fields["description"]
    assert isinstance(description, QWidget)
    qtbot.waitUntil(description.hasFocus)
    dialog.load(WHOLE)
    dialog.look_again()
    assert dialog.missing.text() == ""


def test_registering_gives_a_number(host: QWidget, workspace: Workspace, done: list[Changes]) -> None:
    dialog = new_problem(host, workspace)
    dialog.load(WHOLE)
    dialog.submit()
    detail = detail_of(workspace, done[0].id)
    assert detail.state is State.TO_VERIFY
    assert detail.row["number"] == "砚2025-009"


def test_an_incomplete_problem_is_refused_with_the_fields_named(
    host: QWidget, workspace: Workspace, done: list[Changes], shown: Shown
) -> None:
    dialog = new_problem(host, workspace)
    dialog.load({**WHOLE, "village_id": None, "description": ""})
    dialog.open()
    dialog.submit()
    assert done == []
    assert shown.texts == []
    village = dialog.form.fields["village_id"]
    assert isinstance(village, PickField)
    assert village.toolTip() == "请填写所在村"


def test_a_draft_may_be_incomplete_and_is_registered_later(
    host: QWidget, workspace: Workspace, done: list[Changes]
) -> None:
    dialog = new_problem(host, workspace)
    dialog.load({"description": "只知道这些"})
    dialog.save_draft()
    draft = detail_of(workspace, done[0].id)
    assert draft.state is State.DRAFT
    again = edit_problem(host, workspace, draft)
    again.load(WHOLE)
    again.submit()
    registered = detail_of(workspace, draft.row.id)
    assert registered.state is State.TO_VERIFY
    assert registered.row["number"] == "砚2025-009"


def test_a_draft_that_is_still_incomplete_keeps_nothing_half(
    host: QWidget, workspace: Workspace, done: list[Changes]
) -> None:
    dialog = new_problem(host, workspace)
    dialog.load({"description": "只知道这些"})
    dialog.save_draft()
    again = edit_problem(host, workspace, detail_of(workspace, done[0].id))
    again.load({"place": "桥下"})
    again.submit()
    kept = detail_of(workspace, done[0].id)
    assert kept.state is State.DRAFT
    assert kept.row["place"] == ""
    again.save_only()
    assert detail_of(workspace, done[0].id).row["place"] == "桥下"


def test_an_edit_leaves_alone_what_the_form_does_not_show(host: QWidget, workspace: Workspace) -> None:
    before = detail_of(workspace, 2)
    dialog = edit_problem(host, workspace, before)
    dialog.load({"place": "柳塘桥下"})
    dialog.submit()
    after = detail_of(workspace, 2)
    changed = {key for key in before.values if before.values[key] != after.values[key]}
    assert changed == {"place", "version"}


def test_an_edit_on_an_old_version_is_refused(
    host: QWidget, workspace: Workspace, filler: Filler, shown: Shown
) -> None:
    old = detail_of(workspace, 4)
    first = edit_problem(host, workspace, old)
    first.load({"place": "甲"})
    first.submit()
    second = edit_problem(host, workspace, old)
    second.load({"place": "乙"})
    second.submit()
    assert "已被修改" in shown.last
    assert detail_of(workspace, 4).row["place"] == "甲"


def test_a_severity_is_suggested_from_the_amount(host: QWidget, workspace: Workspace) -> None:
    dialog = new_problem(host, workspace)
    dialog.load({**WHOLE, "category_code": "LZ03", "area_m2": 6000.0, "severity": None})
    dialog.look_again()
    assert dialog.suggested.text() == "建议等级：重大"
    dialog.load({"severity": Severity.MAJOR})
    dialog.look_again()
    assert dialog.suggested.text() == ""
    dialog.load({"severity": Severity.MINOR})
    dialog.look_again()
    assert dialog.suggested.text() == "建议等级：重大"
    assert "<a href='severity_reason'>等级说明</a>" in dialog.missing.text()
    dialog.submit()
    assert not dialog.is_over
    dialog.load({"severity_reason": "水退后仅余少量"})
    dialog.look_again()
    assert "等级说明" not in dialog.missing.text()
    dialog.submit()
    assert dialog.is_over


def test_a_reach_brings_its_water(host: QWidget, workspace: Workspace) -> None:
    dialog = new_problem(host, workspace)
    reach, water = dialog.form.fields["reach_id"], dialog.form.fields["water_id"]
    reach.set_value(1)
    reach.changed.emit()
    assert water.value() == 1


@pytest.mark.parametrize(("answer", "open_after"), [("取消", True), ("放弃", False)])
def test_giving_up_typed_text_is_asked_about(
    host: QWidget, workspace: Workspace, shown: Shown, answer: str, open_after: bool
) -> None:
    dialog = new_problem(host, workspace)
    dialog.open()
    dialog.form.fields["place"].set_value("桥下")
    shown.answer = answer
    dialog.reject()
    assert len(shown.texts) == 1
    assert dialog.isVisible() is open_after
    if open_after:
        dialog.done(0)


def test_an_untouched_dialog_closes_without_a_word(host: QWidget, workspace: Workspace, shown: Shown) -> None:
    dialog = new_problem(host, workspace)
    dialog.open()
    dialog.reject()
    assert shown.texts == []


def test_a_double_click_saves_one_draft_and_registers_one_problem(
    qtbot: QtBot, host: QWidget, workspace: Workspace, done: list[Changes], shown: Shown
) -> None:
    drafting = new_problem(host, workspace)
    drafting.open()
    drafting.load({"description": "只知道这些"})
    drafting.draft_button.click()
    drafting.draft_button.click()
    registering = new_problem(host, workspace)
    registering.open()
    registering.load(WHOLE)
    registering.accept_button.click()
    registering.accept_button.click()
    assert len(done) == 2
    assert [detail_of(workspace, changes.id).row["number"] for changes in done] == ["草稿1", "砚2025-009"]
    assert not shown.texts
