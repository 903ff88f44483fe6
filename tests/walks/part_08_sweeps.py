"""Part 8: one key asks a problem's question of every village; a signed zero report is no missing answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.sweeps import SWEEP_LEDGER, SweepFilter
from river_chief.queries.zero_reports import zero_month
from river_chief.terms import SweepReply, ZeroState
from river_chief.verbs.office import settings_of
from tests.ui.desk import write
from tests.walks.walk import Walker, walk
from ui.dialogs.paper_preview import PaperPreview
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.sweeps import AskDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.follow_up import FollowUpPage
from ui.pages.problems import ProblemsPage
from ui.pages.sweeps_tab import SweepsTab
from ui.pages.zero_tab import ZeroTab

CTRL = Qt.KeyboardModifier.ControlModifier


@walk(8, "举一反三和零报告")
def sweep_and_report(clerk: Walker) -> None:
    ask(clerk)
    tab = tab_of(clerk, "举一反三")
    assert isinstance(tab, SweepsTab)
    nothing_found(clerk, tab)
    something_found(clerk, tab)
    print_table(clerk, tab)
    zero_reports(clerk)


def ask(clerk: Walker) -> None:
    """Ctrl+J on a problem under way; the question is worded and the day proposed."""
    page = clerk.page("problems", "rectifying")
    assert isinstance(page, ProblemsPage)
    clerk.window.activateWindow()
    clerk.until(clerk.window.isActiveWindow)
    page.take_focus()
    clerk.press(Qt.Key.Key_J, CTRL)
    dialog = clerk.dialog()
    assert isinstance(dialog, AskDialog)
    assert page.panel.detail is not None
    number = page.panel.detail.row["number"]
    assert f"对照问题{number}" in dialog.form.values()["question"]
    clerk.step("一键举一反三")
    clerk.click("布置")
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        (newest, *_) = SWEEP_LEDGER.all(session, SweepFilter(), clerk.workspace.today())
    assert (newest["number"], newest["asked"], newest["unanswered"]) == (number, 12, 12)


def nothing_found(clerk: Walker, tab: SweepsTab) -> None:
    """All but the last two villages have looked and found nothing; told at once."""
    clerk.click("勾选未答复的", tab)
    places = [row.id for row in tab.table.rows.rows]
    for id in places[-2:]:
        tab.table.select(id)
        clerk.press(Qt.Key.Key_Space, on=tab.table)
    assert tab.none_button.text().startswith("已查无此类问题（10）")
    clerk.step("逐村答复")
    clerk.click("已查无此类问题", tab)
    clerk.step("十个村一起答复")
    clerk.click("保存")
    clerk.no_dialog()
    assert tab.row is not None
    assert (tab.row["none"], tab.row["unanswered"]) == (10, 2)


def something_found(clerk: Walker, tab: SweepsTab) -> None:
    """One village has found the same; it is registered as the answer."""
    tab.table.select(tab.table.rows.rows[-1].id)
    clerk.click("登记发现的问题", tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, ProblemDialog)
    assert dialog.form.values()["village_id"] is not None
    with clerk.workspace.read() as session:
        reach = next(each for each in choices.reaches(session) if each.label == "澜江南圩段")
    dialog.form.load({"reach_id": reach.id, "water_id": reach.parent, "finder": "村巡查员", "length_m": 15.0})
    description = dialog.form.fields["description"]
    assert isinstance(description, QWidget)
    write(description, "澜江右岸护岸坍塌，长约15米")
    dialog.look_again()
    clerk.step("登记发现的同类问题")
    clerk.click("登记并答复")
    clerk.no_dialog()
    assert tab.row is not None
    assert (tab.row["found"], tab.row["unanswered"]) == (1, 1)
    replies = [row["reply"] for row in tab.answers.values()]
    assert replies == [SweepReply.NONE] * 10 + [None, SweepReply.FOUND]
    clerk.step("一村未答复", clerk.window)


def print_table(clerk: Walker, tab: SweepsTab) -> None:
    clerk.click("排查情况表", tab)
    preview = clerk.dialog()
    assert isinstance(preview, PaperPreview)
    clerk.step("排查情况表")
    preview.close()
    clerk.no_dialog()


def zero_reports(clerk: Walker) -> None:
    """Villages that are silent sign; one whose report does not hold is flagged."""
    tab = tab_of(clerk, "零报告")
    assert isinstance(tab, ZeroTab)
    before = counts(clerk, 2026, 3)
    clerk.click("勾选未报的", tab)
    clerk.click("签零报告", tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    clerk.step("签零报告")
    clerk.click("签报")
    clerk.no_dialog()
    after = counts(clerk, 2026, 3)
    assert after[ZeroState.MISSING] == 0
    assert after[ZeroState.SIGNED] == before[ZeroState.SIGNED] + before[ZeroState.MISSING]
    for _ in range(3):
        tab.picker.step(-1)
    clerk.settle()
    assert counts(clerk, 2025, 12)[ZeroState.CONTRADICTED] == 1
    flagged = next(row for row in tab.table.rows.rows if "与零报告不符" in row.texts[1])
    tab.table.select(flagged.id)
    clerk.step("与零报告不符", clerk.window)


def tab_of(clerk: Walker, name: str) -> QWidget:
    page = clerk.page("follow_up", name)
    assert isinstance(page, FollowUpPage)
    return page.made[name]


def counts(clerk: Walker, year: int, month: int) -> dict[ZeroState, int]:
    with clerk.workspace.read() as session:
        return zero_month(session, settings_of(session), year, month, clerk.workspace.today()).counts
