"""Part 7: the ladder proposes, the clerk issues, answers are kept, and what nobody answered is on the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from river_chief.queries.papers import LETTER_LEDGER, LetterFilter
from river_chief.queries.problem_detail import id_of, problem_detail
from river_chief.terms import Action, PaperKind
from tests.ui.desk import write
from tests.walks.walk import Walker, walk
from ui.dialogs.letters import LetterDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.covered import CoveredField
from ui.pages.follow_up import FollowUpPage
from ui.pages.letters_tab import LettersTab
from ui.pages.problems import ProblemsPage
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage
from ui.pages.workbench import WorkbenchPage

NUMBER = "砚2026-013"


@walk(7, "督促阶梯")
def play(clerk: Walker) -> None:
    issue_from_the_workbench(clerk)
    answer_what_is_late(clerk)
    look_at_the_problem(clerk)
    one_paper_for_several(clerk)
    look_at_the_ladder(clerk)


def issue_from_the_workbench(clerk: Walker) -> None:
    page = clerk.page("workbench")
    assert isinstance(page, WorkbenchPage)
    clerk.until(lambda: len(page.proposals.proposals) == 6)
    worst = page.proposals.proposals[0]
    assert (worst.rule.paper, worst.about) == (PaperKind.CIRCULATE, NUMBER)
    clerk.step("工作台建议督促")
    page.proposals.setFocus()
    clerk.press(Qt.Key.Key_Return)
    dialog = clerk.dialog()
    assert isinstance(dialog, LetterDialog)
    assert dialog.form.fields["addressee"].value() == "古井村"
    assert "督办单砚河长办督〔2026〕1号已发未答复" in dialog.form.fields["reason"].value()
    clerk.step("印发通报")
    clerk.click("印发")
    clerk.no_dialog()
    clerk.until(lambda: len(page.proposals.proposals) == 5)
    clerk.step("已印发，建议少一条")


def answer_what_is_late(clerk: Walker) -> None:
    page = clerk.page("workbench")
    assert isinstance(page, WorkbenchPage)
    clerk.click(page.late_answers)
    tab = letters_tab(clerk)
    assert tab.view.model.total == 1
    clerk.step("逾期未答复的督办单")
    clerk.click("登记答复", tab.panel)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    enter(clerk, dialog, "answer", "因修路堵住机械，已改由人工清理，4月3日前完成")
    clerk.step("登记答复")
    clerk.click("保存")
    clerk.no_dialog()
    assert tab.view.model.total == 0
    clerk.click(tab.chips["all"])
    assert tab.view.model.total == 39
    clerk.step("督促文书台账")


def look_at_the_problem(clerk: Walker) -> None:
    with clerk.workspace.read() as session:
        id = id_of(session, NUMBER)
        detail = problem_detail(session, id, clerk.workspace.today())
        (row,) = LETTER_LEDGER.all(
            session, LetterFilter(kinds=(PaperKind.SUPERVISE,), problems=(id,)), clerk.workspace.today()
        )
    assert detail.steps[-1].action is Action.CIRCULATE
    assert row["answer_state"] == "晚答复15天"
    page = clerk.page("problems", id)
    assert isinstance(page, ProblemsPage)
    page.panel.tabs.setCurrentWidget(page.panel.papers)
    assert "晚答复15天" in page.panel.papers.toPlainText()
    clerk.step("问题的文书和答复情况")


def one_paper_for_several(clerk: Walker) -> None:
    page = clerk.window.page("problems")
    assert isinstance(page, ProblemsPage)
    clerk.click(page.quick["rectifying"])
    table = page.view.table
    table.setFocus()
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, on=table)
    assert len(page.view.selected_ids()) == 5
    clerk.step("选中几件，点右键督促")
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 1)).center())
    clerk.press(Qt.Key.Key_U)
    clerk.press(Qt.Key.Key_3)
    dialog = clerk.dialog()
    assert isinstance(dialog, LetterDialog)
    assert dialog.windowTitle() == "印发督办单"
    covered = dialog.form.fields["problem_ids"]
    assert isinstance(covered, CoveredField)
    for place in range(2, covered.count()):
        covered.setCurrentRow(place)
        clerk.press(Qt.Key.Key_Space, on=covered)
    assert dialog.form.fields["addressee"].value() == "砚溪镇古井村、砚溪镇杨湾村"
    assert dialog.form.fields["reason"].value() == "砚2026-013已逾期27天、砚2026-008已逾期1天"
    clerk.step("一份督办单两件交办")
    assert dialog.form.fields["body"].value().count("（交办单砚河长办交") == 2
    clerk.click("印发")
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        row = LETTER_LEDGER.rows(
            session, LETTER_LEDGER.ids(session, LetterFilter(), limit=1), clerk.workspace.today()
        )[0]
    assert (row["number"], row["problem_count"]) == ("砚河长办督〔2026〕2号", 2)


def look_at_the_ladder(clerk: Walker) -> None:
    page = clerk.page("settings")
    assert isinstance(page, SettingsPage)
    tab = page.show_tab("督促阶梯")
    assert isinstance(tab, RegisterTab)
    assert tab.view.model.total == 10
    tab.view.select(3)
    clerk.click("修改", tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    dialog.form.fields["days"].set_value(5)
    clerk.step("改督办的天数")
    clerk.click("保存")
    clerk.no_dialog()
    row = tab.view.model.row_at(tab.view.model.place_of(3))
    assert row is not None
    assert row["condition"] == "逾期5日"
    clerk.step("督促阶梯")


def letters_tab(clerk: Walker) -> LettersTab:
    page = clerk.window.page("follow_up")
    assert isinstance(page, FollowUpPage)
    tab = page.made["督促"]
    assert isinstance(tab, LettersTab)
    return tab


def enter(clerk: Walker, dialog: VerbDialog[Any], key: str, text: str) -> None:
    field = dialog.form.fields[key]
    assert isinstance(field, QWidget)
    field.setFocus()
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, on=field)
    write(field, text)
    clerk.settle()
