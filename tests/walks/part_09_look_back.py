"""Part 9: 回头看 as a job of its own: a screen to tick, one looked at alone, one that came back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from river_chief.queries.look_backs import LookBackFilter, Which, look_backs
from river_chief.queries.problem_detail import problem_detail
from river_chief.storage.database import Database
from river_chief.terms import LookBack, Origin, State
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.bulk import BulkDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import TextField
from ui.pages.follow_up import FollowUpPage
from ui.pages.look_back_tab import LookBackTab


@walk(9, "回头看")
def look_back(clerk: Walker) -> None:
    page = clerk.page("follow_up", "回头看")
    assert isinstance(page, FollowUpPage)
    tab = page.show_tab("回头看")
    assert isinstance(tab, LookBackTab)
    clerk.settle()
    assert len(tab.table.rows.rows) == due_now(clerk.workspace.database) > 5
    clerk.step("到期要回头看的")
    draw_a_sample(clerk, tab)
    kept, back = (row.id for row in tab.table.rows.rows[:2])
    tick_hundreds(clerk, tab, (kept, back))
    look_at_one(clerk, tab, kept)
    assert [row.id for row in tab.table.rows.rows] == [back]
    relapse(clerk, back)
    look_at_years(clerk, tab)


def draw_a_sample(clerk: Walker, tab: LookBackTab) -> None:
    due = len(tab.table.rows.rows)
    tab.share.setCurrentText("抽查 30%")
    clerk.settle()
    assert 0 < len(tab.table.rows.rows) < due
    clerk.step("抽查三成")
    tab.share.setCurrentText("按规定的比例")
    clerk.settle()
    assert len(tab.table.rows.rows) == due


def tick_hundreds(clerk: Walker, tab: LookBackTab, others: tuple[int, int]) -> None:
    """All but the two *others* have held: one batch."""
    due = len(tab.table.rows.rows)
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, on=tab.table)
    clerk.press(Qt.Key.Key_Space, on=tab.table)
    assert len(tab.table.rows.ticked()) == due
    for id in others:
        tab.table.clearSelection()
        tab.table.select(id)
        clerk.press(Qt.Key.Key_Space, on=tab.table)
    assert len(tab.table.rows.ticked()) == due - 2
    clerk.step("空格勾选未反弹的")
    clerk.click("勾选的都未反弹")
    bulk = clerk.dialog()
    assert isinstance(bulk, BulkDialog)
    clerk.click("预览")
    assert bulk.plan is not None
    assert (len(bulk.plan.doable), len(bulk.plan.refused)) == (due - 2, 0)
    clerk.step("先看预览")
    clerk.click("办理")
    clerk.no_dialog()
    assert [row.id for row in tab.table.rows.rows] == list(others)
    clerk.step("作为一个批次办完")


def look_at_one(clerk: Walker, tab: LookBackTab, id: int) -> None:
    tab.table.select(id)
    clerk.press(Qt.Key.Key_Return, on=tab.table)
    clerk.step("单独看一件")
    clerk.click("回头看")
    clerk.no_dialog()


def relapse(clerk: Walker, id: int) -> None:
    """It has come back: another round with its own deadline, the clock of the first is kept."""
    clerk.click("反弹")
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    words = dialog.form.fields["words"]
    assert isinstance(words, TextField)
    words.setPlainText("原处又倾倒建筑垃圾约2立方米")
    clerk.step("反弹另起一轮")
    clerk.click("反弹", within=dialog)
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        detail = problem_detail(session, id, DAY)
    assert (detail.state, detail.values["look_back"]) == (State.RECTIFYING, LookBack.RELAPSED)
    before, now = detail.rounds[-2:]
    assert now.origin is Origin.RELAPSE
    assert now.deadline is not None
    assert (before.exit_on, before.reopened_on) != (None, None)


def look_at_years(clerk: Walker, tab: LookBackTab) -> None:
    """A district looks again at all that was closed in some years."""
    clerk.click(tab.which[Which.ALL])
    for field, day in ((tab.first, "2025.1.1"), (tab.last, "2025.12.31")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, day)
        clerk.press(Qt.Key.Key_Return, on=field)
    listed = list(tab.found.values())
    assert len(listed) > 50
    assert {row.closed_on.year for row in listed} == {2025}
    clerk.click(tab.all_box)
    assert tab.table.rows.ticked() == [row.id for row in listed]
    clerk.step("一年的一次复查")
    clerk.click("勾选的都未反弹")
    bulk = clerk.dialog()
    assert isinstance(bulk, BulkDialog)
    clerk.click("预览")
    assert bulk.plan is not None
    assert len(bulk.plan.doable) == len(listed)
    clerk.click("办理")
    clerk.no_dialog()
    assert {row.looked_on for row in tab.found.values()} == {DAY}
    clerk.step("一百多件一次记完")


def due_now(database: Database) -> int:
    with database.read() as session:
        return len(look_backs(session, LookBackFilter(), DAY))
