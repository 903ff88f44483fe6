"""Part 12: one action on many problems: the plan first, one batch in the journal, one undo."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from river_chief.queries import choices
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.terms import Action
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.bulk import BulkDialog
from ui.forms.fields import NumberField, TextField
from ui.forms.pickers import PickField
from ui.pages.journal_tab import BatchTab
from ui.pages.problems import ProblemsPage
from ui.pages.settings import SettingsPage

CAMPAIGN = "黑臭水体"


@walk(12, "批量办理")
def bulk(clerk: Walker) -> None:
    page = clerk.page("problems", "rectifying")
    assert isinstance(page, ProblemsPage)
    assert page.view.model.total > 3
    due = extend_some(clerk)
    tagged = count(clerk)
    tag_all(clerk)
    look_at_the_batch(clerk)
    take_back(clerk, tagged, due)


def extend_some(clerk: Walker) -> dict[int, date]:
    """Everything open selected; those under way get ten days more each. Returns their deadlines of before."""
    page = page_of(clerk, "in_stock")
    table = page.view.table
    table.selectAll()
    clerk.settle()
    menu = opened_menu(clerk, page)
    assert menu.actions()[0].text() == f"选中的 {page.view.model.total} 件…"
    clerk.step("选中几件", clerk.window)
    menu.actions()[0].trigger()
    menu.close()
    dialog = clerk.dialog()
    assert isinstance(dialog, BulkDialog)
    keys = [action.key for action in dialog.offered]
    dialog.choice.setCurrentIndex(keys.index(Action.EXTEND.value))
    days, words = dialog.form.fields["days"], dialog.form.fields["words"]
    assert isinstance(days, NumberField)
    assert isinstance(words, TextField)
    QTest.keyClicks(days, "10")
    words.setPlainText("连续阴雨，水位偏高，作业船只不能进场")
    clerk.press(Qt.Key.Key_Return, on=days)
    clerk.until(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    assert dialog.plan.doable
    assert dialog.plan.refused
    assert not dialog.do_button.isEnabled()
    clerk.step("预览每一件将怎样办理")
    clerk.click(dialog.skip)
    clerk.step("跳过不能办理的")
    before = {line.id: deadline(clerk, line.id) for line in dialog.plan.doable}
    clerk.click(dialog.do_button)
    clerk.no_dialog()
    after = {id: deadline(clerk, id) for id in before}
    assert all((after[id] - before[id]).days == 10 for id in before)
    clerk.step("作为一个批次办完")
    return before


def tag_all(clerk: Walker) -> None:
    """Everything listed gets the tag of a campaign."""
    page = page_of(clerk, "rectifying")
    menu = opened_menu(clerk, page)
    menu.actions()[1].trigger()
    menu.close()
    dialog = clerk.dialog()
    assert isinstance(dialog, BulkDialog)
    assert len(dialog.ids) == page.view.model.total
    keys = [action.key for action in dialog.offered]
    dialog.choice.setCurrentIndex(keys.index("tag"))
    campaign = dialog.form.fields["campaign_id"]
    assert isinstance(campaign, PickField)
    campaign.set_value(next(choice.id for choice in campaign.choices if choice.label == CAMPAIGN))
    clerk.click(dialog.plan_button)
    assert dialog.plan is not None
    assert len(dialog.plan.doable) == len(dialog.ids)
    clerk.step("全部筛选结果加入专项")
    clerk.click(dialog.do_button)
    clerk.no_dialog()


def look_at_the_batch(clerk: Walker) -> None:
    page = clerk.page("settings", "导入记录")
    assert isinstance(page, SettingsPage)
    tab = page.made["导入记录"]
    assert isinstance(tab, BatchTab)
    first = tab.view.model.row_at(0)
    assert first is not None
    assert first["name"].startswith("批量加入专项 ")
    clerk.step("日志里是一个批次")


def take_back(clerk: Walker, tagged: int, due: dict[int, date]) -> None:
    """撤销 in the notice takes the tags back, Ctrl+Z the deadlines: each a whole batch."""
    page = page_of(clerk, "rectifying")
    assert count(clerk) == tagged + page.view.model.total
    clerk.click("撤销", within=clerk.window.notices)
    assert count(clerk) == tagged
    clerk.step("提示条上一次撤销整批")
    clerk.window.activateWindow()
    clerk.until(lambda: QApplication.activeWindow() is clerk.window)
    page.take_focus()
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert all(deadline(clerk, id) == day for id, day in due.items())
    clerk.step("再按一次撤销上一批")


def page_of(clerk: Walker, quick: str) -> ProblemsPage:
    page = clerk.page("problems", quick)
    assert isinstance(page, ProblemsPage)
    assert page.quick[quick].isChecked()
    return page


def opened_menu(clerk: Walker, page: ProblemsPage) -> QMenu:
    """The menu of 批量办理, open under its button."""
    menu = page.bulk_button.menu()
    menu.popup(page.bulk_button.mapToGlobal(page.bulk_button.rect().bottomLeft()))
    clerk.settle()
    return menu


def deadline(clerk: Walker, id: int) -> date:
    with clerk.workspace.read() as session:
        (row,) = PROBLEM_LEDGER.rows(session, [id], DAY)
    found: date = row["deadline"]
    return found


def count(clerk: Walker) -> int:
    """How many problems carry the tag."""
    with clerk.workspace.read() as session:
        ids = tuple(each.id for each in choices.campaigns(session) if each.label == CAMPAIGN)
        return PROBLEM_LEDGER.count(session, ProblemFilter(campaigns=ids))
