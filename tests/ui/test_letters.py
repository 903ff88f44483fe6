from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.ledger_query import Row
from river_chief.queries.papers import LETTER_LEDGER, LetterFilter
from river_chief.queries.problem_detail import problem_detail
from river_chief.rules.ladder_draft import draft_of
from river_chief.rules.workflow import REMINDERS
from river_chief.terms import Action, PaperKind
from tests.ui.desk import TODAY, Filler
from ui.dialogs.letters import LetterDialog, answer_dialog, letter_dialog, void_dialog
from ui.forms.covered import CoveredField
from ui.pages.letters_tab import LettersTab, read_proposals
from ui.pages.problems import ProblemsPage
from ui.pages.proposals import ProposalList
from ui.workspace import Workspace

LATE = 1


@pytest.fixture
def second_late(filler: Filler) -> int:
    """Another problem of the same unit, overdue as well."""
    values = {"unit": "柳塘村", "officer": "赵春", "deadline": TODAY}
    filler.day = date(2025, 3, 20)
    filler.step(Action.ASSIGN, 3, unit="柳塘村", officer="赵春", deadline=date(2025, 3, 25))
    filler.step(Action.SIGN_FOR, 3, actor=values["officer"])
    filler.day = TODAY
    return 3


def letters(workspace: Workspace) -> list[Row]:
    with workspace.read() as session:
        return LETTER_LEDGER.all(session, LetterFilter(), TODAY)


def test_a_proposal_becomes_a_paper_with_its_steps(host: QWidget, workspace: Workspace) -> None:
    (proposal,) = read_proposals(workspace)
    dialog = LetterDialog(host, workspace, draft_of(proposal))
    assert dialog.windowTitle() == f"印发{proposal.rule.paper.label}"
    assert not dialog.is_touched()
    dialog.submit()
    (row,) = letters(workspace)
    assert row["addressee"] == proposal.addressee
    assert row["step_name"] == proposal.rule.name
    with workspace.read() as session:
        step = problem_detail(session, LATE, TODAY).steps[-1]
    assert step.words == proposal.reason
    assert step.details["paper_number"] == row["number"]
    assert read_proposals(workspace) == []


def test_the_text_follows_the_ticks_until_it_is_changed(
    host: QWidget, workspace: Workspace, second_late: int
) -> None:
    dialog = letter_dialog(host, workspace, PaperKind.SUPERVISE, [LATE, second_late])
    fields = dialog.form.fields
    ticks, body = fields["problem_ids"], fields["body"]
    assert isinstance(ticks, CoveredField)
    assert ticks.value() == (second_late, LATE) or ticks.value() == (LATE, second_late)
    assert body.value().count("（交办单") == 2
    assert fields["reason"].value().count("砚2025-") == 2
    ticks.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert body.value().count("（交办单") == 1
    assert fields["reason"].value().startswith("时限")
    assert body.value().startswith(fields["reason"].value())
    fields["answer_by"].set_value(date(2025, 4, 30))
    fields["answer_by"].changed.emit()
    assert "请于2025年4月30日前书面答复" in body.value()
    body.set_value("请立即清理。")
    body.changed.emit()
    ticks.item(0).setCheckState(Qt.CheckState.Checked)
    assert body.value() == "请立即清理。"
    dialog.submit()
    (row,) = letters(workspace)
    assert (row["problem_count"], row["body"]) == (2, "请立即清理。")


def test_a_letter_without_a_problem_ticked_is_refused(host: QWidget, workspace: Workspace) -> None:
    dialog = letter_dialog(host, workspace, PaperKind.URGE, [LATE])
    dialog.form.fields["problem_ids"].set_value(())
    dialog.submit()
    assert not dialog.is_over
    assert letters(workspace) == []


def issued(host: QWidget, workspace: Workspace) -> Row:
    """The letter the ladder proposes, sent."""
    LetterDialog(host, workspace, draft_of(read_proposals(workspace)[0])).submit()
    return letters(workspace)[0]


def test_an_answer_is_entered_and_put_right(host: QWidget, workspace: Workspace) -> None:
    dialog = answer_dialog(host, workspace, issued(host, workspace))
    dialog.form.fields["answer"].set_value("已清理一半")
    dialog.submit()
    (row,) = letters(workspace)
    assert (row["answer"], row["answerer"]) == ("已清理一半", row["addressee"])
    again = answer_dialog(host, workspace, row)
    assert again.windowTitle() == "更正答复"
    assert again.form.fields["answer"].value() == "已清理一半"


def test_a_letter_issued_in_error_is_voided_and_proposed_again(host: QWidget, workspace: Workspace) -> None:
    dialog = void_dialog(host, workspace, issued(host, workspace))
    assert read_proposals(workspace) == []
    dialog.submit()
    assert not dialog.is_over, "a reason is needed"
    dialog.form.fields["reason"].set_value("主送写错")
    dialog.submit()
    assert [row["answer_state"] for row in letters(workspace)] == ["已作废"]
    assert len(read_proposals(workspace)) == 1


@pytest.fixture
def tab(qtbot: QtBot, host: QWidget, workspace: Workspace) -> LettersTab:
    tab = LettersTab(workspace)
    qtbot.addWidget(tab)
    tab.show()
    qtbot.waitUntil(lambda: len(tab.proposals.proposals) == 1)
    return tab


def test_the_tab_shows_proposals_and_then_letters(
    qtbot: QtBot, host: QWidget, workspace: Workspace, tab: LettersTab
) -> None:
    assert tab.chips["proposed"].text() == "建议督促 1"
    assert tab.view.model.total == 0
    issued(host, workspace)
    tab.refresh()
    qtbot.waitUntil(lambda: not tab.proposals.proposals)
    assert tab.none.isVisible()
    assert not tab.issue_button.isEnabled()
    tab.chips["waiting"].click()
    assert tab.view.model.total == 1
    assert "涉及以下问题" in tab.panel.texts()
    assert [button.text() for button in tab.panel.buttons[:2]] == ["登记答复…(&R)", "作废…"]
    with qtbot.waitSignal(tab.go) as asked:
        tab.panel.buttons[-1].click()
    assert asked.args[0] == "problems"
    tab.chips["unanswered"].click()
    assert tab.view.model.total == 0
    assert tab.panel.buttons == []


def test_enter_asks_for_the_paper_of_a_proposal(qtbot: QtBot, tab: LettersTab) -> None:
    tab.proposals.setFocus()
    with qtbot.waitSignal(tab.proposals.asked) as asked:
        QTest.keyClick(tab.proposals, Qt.Key.Key_Return)
    assert asked.args == [tab.proposals.current()]
    dialog = tab.findChild(LetterDialog)
    assert dialog is not None
    dialog.reject()


def test_a_proposal_line_says_whom_why_and_what_was_skipped(
    qtbot: QtBot, workspace: Workspace, second_late: int
) -> None:
    listing = ProposalList(full=True)
    qtbot.addWidget(listing)
    found = read_proposals(workspace)
    listing.show_proposals(found)
    assert listing.topLevelItemCount() == len(found)
    item = listing.topLevelItem(0)
    assert item is not None
    assert item.text(1) == found[0].addressee
    assert "此前没有发过" in item.toolTip(3)
    listing.show_proposals([])
    assert listing.current() is None


def test_the_letters_of_a_problem_stand_in_a_submenu(qtbot: QtBot, workspace: Workspace) -> None:
    page = ProblemsPage(workspace)
    qtbot.addWidget(page)
    page.show_asked(LATE)
    more = next(button for button in page.panel.findChildren(QPushButton) if button.text() == "更多(&M)")
    above = [action.text() for action in more.menu().actions()]
    assert "督促(&U)" in above
    assert not {action.label for action in REMINDERS} & set(above)
    submenu = more.menu().findChild(QMenu)
    assert isinstance(submenu, QMenu)
    assert [each.text() for each in submenu.actions()][:2] == ["提醒：提醒函(&1)…", "催办：催办单(&2)…"]
    submenu.actions()[1].trigger()
    dialog = page.findChild(LetterDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "印发催办单"
    dialog.reject()
