"""Part 11: an act taken back after a restart, a whole batch, and one that is refused with what was edited since."""

from __future__ import annotations

from PySide6.QtCore import Qt

from river_chief.queries.history import last_act, recent_acts
from river_chief.queries.office_tables import BATCH_TABLE, BatchFilter
from river_chief.queries.problem_detail import problem_detail
from river_chief.storage.verify import verify
from river_chief.terms import BatchState, State
from tests.walks.walk import Walker, walk
from ui.dialogs.bulk import BulkDialog
from ui.pages.follow_up import FollowUpPage
from ui.pages.journal_tab import BatchTab, JournalTab
from ui.pages.look_back_tab import LookBackTab
from ui.pages.problems import ProblemsPage
from ui.pages.settings import SettingsPage

CTRL = Qt.KeyboardModifier.ControlModifier


@walk(11, "撤销")
def undo(clerk: Walker) -> None:
    id = verify_one(clerk)
    restart(clerk)
    take_back_and_bring_back(clerk, id)
    take_back_a_batch(clerk)
    be_refused(clerk, id)
    assert verify(clerk.workspace.database).faults == []


def verify_one(clerk: Walker) -> int:
    """An act: a problem is found to be real."""
    page = clerk.page("problems", "to_verify")
    assert isinstance(page, ProblemsPage)
    id = page.view.current_id()
    clerk.click(page.panel.buttons[0])
    clerk.dialog()
    clerk.click("核实属实")
    clerk.no_dialog()
    assert state(clerk, id) is State.TO_ASSIGN
    clerk.page("problems", id)
    clerk.step("办了一步")
    return id


def restart(clerk: Walker) -> None:
    """The program is closed and opened again."""
    folder = clerk.workspace.database.folder.path
    clerk.window.close()
    assert clerk.window.workspace is None
    clerk.window.show()
    clerk.window.open_folder(folder)
    clerk.window.activateWindow()
    clerk.until(clerk.window.isActiveWindow)
    clerk.settle()


def take_back_and_bring_back(clerk: Walker, id: int) -> None:
    clerk.page("problems", id)
    clerk.press(Qt.Key.Key_Z, CTRL, on=clerk.window)
    assert state(clerk, id) is State.TO_VERIFY
    clerk.step("重新打开后撤销")
    clerk.click("恢复", clerk.window.notices)
    assert state(clerk, id) is State.TO_ASSIGN
    clerk.step("恢复")


def take_back_a_batch(clerk: Walker) -> None:
    """Problems looked back at as one batch, taken back whole from the journal."""
    page = clerk.page("follow_up", "回头看")
    assert isinstance(page, FollowUpPage)
    tab = page.made["回头看"]
    assert isinstance(tab, LookBackTab)
    before = len(tab.table.rows.rows)
    assert before > 2
    clerk.click("全部勾选", tab)
    clerk.click("勾选的", tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, BulkDialog)
    clerk.click("预览")
    clerk.until(lambda: dialog.plan is not None)
    clerk.settle()
    clerk.click("办理")
    clerk.no_dialog()
    settings = clerk.page("settings", "操作日志")
    assert isinstance(settings, SettingsPage)
    journal = settings.made["操作日志"]
    assert isinstance(journal, JournalTab)
    journal.view.select_first()
    clerk.step("日志里的一批")
    with clerk.boxed("撤销整批", "整批撤销") as said:
        clerk.click("撤销整批", journal)
    assert "整批撤销吗" in said[0]
    with clerk.workspace.read() as session:
        batch = BATCH_TABLE.all(session, BatchFilter(), clerk.workspace.today())[0]
    assert batch["state"] is BatchState.UNDONE
    batches = settings.show_tab("导入记录")
    assert isinstance(batches, BatchTab)
    clerk.step("批次已撤销")


def be_refused(clerk: Walker, id: int) -> None:
    """An act with later work on the same record stands; the record and the later act are named."""
    page = clerk.page("problems", id)
    assert isinstance(page, ProblemsPage)
    with clerk.workspace.read() as session:
        verified = next(act for act in recent_acts(session) if act.verb == "verifying.verify")
        number = problem_detail(session, id, clerk.workspace.today()).row["number"]
    clerk.click(page.panel.buttons[0])
    clerk.dialog()
    clerk.click("交办")
    clerk.no_dialog()
    assert state(clerk, id) is State.TO_SIGN
    settings = clerk.page("settings", "操作日志")
    assert isinstance(settings, SettingsPage)
    journal = settings.made["操作日志"]
    assert isinstance(journal, JournalTab)
    journal.view.select(verified.id)
    clerk.settle()
    with clerk.boxed("撤销", "确认撤销这一步", "指出后来改过的记录") as said:
        clerk.click("撤销这一步", journal)
    assert said[1].startswith(f"不能撤销：问题{number}之后又有改动，见“{number}交办给")
    with clerk.workspace.read() as session:
        newest = last_act(session)
    assert newest is not None
    assert newest.verb == "assigning.assign"


def state(clerk: Walker, id: int) -> State:
    with clerk.workspace.read() as session:
        return problem_detail(session, id, clerk.workspace.today()).state
