"""The tabs 举一反三 and 零报告: ticked places answer together, one by one with what was found, villages sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from river_chief.queries.problems import ProblemFilter
from river_chief.queries.sweeps import SWEEP_LEDGER, SweepFilter
from river_chief.storage.database import Database
from river_chief.terms import Scope, SweepReply, ZeroState
from river_chief.verbs import sweeps
from tests.ui.desk import CLERK, TODAY, Filler
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.sweeps import AskDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.main_window import MainWindow
from ui.pages.page import Chosen
from ui.pages.problems import ProblemsPage
from ui.pages.sweeps_tab import SweepsTab
from ui.pages.workbench import WorkbenchPage
from ui.pages.zero_tab import ZeroTab
from ui.workspace import Workspace


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, filler: Filler) -> SweepsTab:
    """A sweep of both villages about problem 1, asked on the 10th and overdue since the 20th."""
    days = {"asked_on": "2025-03-10", "due_on": "2025-03-20"}
    filler.do(sweeps.ask, sweeps.NewSweep, problem_id=1, **days)
    made = SweepsTab(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def dialog_of(tab: SweepsTab | ZeroTab) -> VerbDialog[Any]:
    return tab.findChildren(VerbDialog)[-1]


def told(tab: SweepsTab) -> list[str]:
    return [row.texts[1] for row in tab.table.rows.rows]


def test_ticked_places_answer_together(qtbot: QtBot, tab: SweepsTab) -> None:
    assert told(tab) == ["⚠ 未答复，逾期11天"] * 2
    assert not tab.none_button.isEnabled()
    tab.all_button.click()
    assert tab.none_button.text() == "已查无此类问题（2）(&K)"
    tab.none_button.click()
    dialog = dialog_of(tab)
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert told(tab) == [SweepReply.NONE.label] * 2
    assert tab.chips["all"].isChecked()
    assert "未答复0个" in tab.counts.text()
    assert not tab.all_button.isEnabled()


def test_one_place_answers_and_is_corrected(qtbot: QtBot, tab: SweepsTab) -> None:
    tab.table.setFocus()
    tab.table.select(1)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    dialog = dialog_of(tab)
    dialog.load({"reply": SweepReply.NOT_CONCERNED, "words": "村里没有这条河"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert told(tab)[0] == "不涉及"
    tab.table.select(1)
    assert tab.answer_button.text().startswith("更正答复")
    assert not tab.found_button.isEnabled()
    tab.answer_button.click()
    again = dialog_of(tab)
    assert again.form.values()["words"] == "村里没有这条河"
    again.load({"reply": SweepReply.FOUND})
    again.submit()
    assert again.isVisible()
    assert "请登记发现的问题" in again.form.fields["problem_id"].toolTip()  # type: ignore[attr-defined]
    again.load({"reply": SweepReply.NONE})
    again.submit()
    assert told(tab)[0] == SweepReply.NONE.label


def test_what_is_found_is_registered_as_the_answer(qtbot: QtBot, tab: SweepsTab) -> None:
    tab.table.select(2)
    tab.found_button.click()
    dialog = dialog_of(tab)
    assert isinstance(dialog, ProblemDialog)
    values = dialog.form.values()
    assert (values["village_id"], values["category_code"]) == (3, "LD01")
    dialog.form.load({"water_id": 1, "description": "桥下也有垃圾", "volume_m3": 2.0, "finder": "李海"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert tab.table.rows.rows[1].texts[1:5] == ("发现同类问题", "李海", "2025-03-31", "砚2025-009")


def test_a_sweep_is_voided_and_its_places_can_not_be_ticked(qtbot: QtBot, tab: SweepsTab) -> None:
    tab.void_button.click()
    dialog = dialog_of(tab)
    dialog.load({"words": "布置重复"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    tab.show_asked(1)
    assert tab.row is not None
    assert tab.row["progress"] == "已作废"
    assert not any(row.can_tick for row in tab.table.rows.rows)
    assert not any(
        button.isEnabled()
        for button in (tab.all_button, tab.answer_button, tab.found_button, tab.void_button)
    )


def test_the_question_follows_scope_and_day_until_it_is_worded(qtbot: QtBot, workspace: Workspace) -> None:
    page = ProblemsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_asked(1)
    asked: list[tuple[str, object]] = []
    page.go.connect(lambda key, what: asked.append((key, what)))
    page.sweep()
    dialog = page.findChildren(AskDialog)[-1]
    fields = dialog.form.fields
    fields["scope"].set_value(Scope.REACH)
    fields["scope"].changed.emit()
    assert dialog.form.values()["question"].startswith("请全面排查本河段")
    fields["question"].set_value("有无垃圾")
    fields["asked_on"].set_value(TODAY.replace(day=20))
    fields["asked_on"].changed.emit()
    values = dialog.form.values()
    assert (values["question"], values["due_on"]) == ("有无垃圾", TODAY.replace(day=31))
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert asked == [("follow_up", "举一反三:1")]
    with workspace.read() as session:
        (row,) = SWEEP_LEDGER.all(session, SweepFilter(), TODAY)
    assert (row["question"], row["asked"]) == ("有无垃圾", 1)


@pytest.fixture
def zero(qtbot: QtBot, workspace: Workspace) -> ZeroTab:
    made = ZeroTab(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def test_villages_sign_and_withdraw(qtbot: QtBot, zero: ZeroTab) -> None:
    assert {row.texts[1] for row in zero.table.rows.rows} == {"有发现"}
    assert not zero.all_button.isEnabled()
    zero.picker.step(-1)
    assert {row.texts[1] for row in zero.table.rows.rows} == {"未报"}
    zero.all_button.click()
    assert zero.sign_button.text().startswith("签零报告（2）")
    zero.sign_button.click()
    dialog = dialog_of(zero)
    assert dialog.form.values()["signed_on"] == TODAY.replace(month=2, day=28)
    dialog.load({"signer": "何文秀"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    assert zero.found is not None
    assert zero.found.counts[ZeroState.SIGNED] == 2
    zero.table.select(2)
    zero.void_button.click()
    void = dialog_of(zero)
    void.load({"words": "签错"})
    with qtbot.waitSignal(void.done_well):
        void.submit()
    assert zero.found.counts[ZeroState.MISSING] == 1
    assert "签报零报告的1个" in zero.counts.text()


def test_what_a_village_found_is_shown(zero: ZeroTab) -> None:
    asked: list[tuple[str, object]] = []
    zero.go.connect(lambda key, what: asked.append((key, what)))
    zero.table.select(2)
    zero.show_button.click()
    ((key, what),) = asked
    assert key == "problems"
    assert isinstance(what, Chosen)
    assert isinstance(what.filter, ProblemFilter)
    assert "砚2025-002" in what.filter.numbers
    assert what.words == "柳塘村2025年3月发现的问题"


def test_the_workbench_leads_to_answers_that_are_late(qtbot: QtBot, ledger: Path) -> None:
    with Database.open(ledger) as database, database.write(by=CLERK, today=TODAY) as writer:
        entry = sweeps.NewSweep(problem_id=1, asked_on=TODAY.replace(day=10), due_on=TODAY.replace(day=20))
        writer.do(sweeps.ask, entry)
    window = MainWindow(day=TODAY)
    qtbot.addWidget(window)
    window.show()
    window.open_folder(ledger)
    page = window.page("workbench")
    assert isinstance(page, WorkbenchPage)
    qtbot.waitUntil(lambda: page.desk is not None)
    assert page.late_sweeps.text() == "举一反三逾期未答复 2 处"
    page.late_sweeps.click()
    tab = window.page("follow_up").findChild(SweepsTab)
    assert isinstance(tab, SweepsTab)
    assert tab.chips["overdue"].isChecked()
    assert tab.row is not None
    window.close()
