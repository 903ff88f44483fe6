"""Part 6: how far the campaigns have come; the county's patches taken in, checked, registered, printed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from river_chief.figures.campaigns import Count, rows_behind
from river_chief.queries.patches import PATCH_LEDGER, PatchFilter, patch_detail
from river_chief.queries.problem_detail import problem_detail
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.sample.patches import BRIDGE, draw_point
from river_chief.sample.workbooks import PATCHES as FILE
from river_chief.sample.workbooks import write_workbooks
from river_chief.terms import Disposal, Phase, Verdict
from tests.walks.rehearsal import DAY
from tests.walks.walk import Walker, walk
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.paper_preview import PaperPreview
from ui.dialogs.patches import CheckManyDialog
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.campaign_tab import CampaignTab
from ui.pages.campaigns import PATCHES, PROGRESS, CampaignsPage
from ui.pages.patch_tab import PatchTab
from ui.pages.problems import ProblemsPage
from ui.tables.figure_table import FigureTable

REAL = "TB2026-001"


@walk(6, "专项和图斑")
def campaigns(clerk: Walker) -> None:
    a_campaign_and_its_rows(clerk)
    set_its_target(clerk)
    take_in_the_countys_list(clerk)
    check_a_real_one(clerk)
    register_it(clerk)
    check_the_others(clerk)
    print_the_table(clerk)


def a_campaign_and_its_rows(clerk: Walker) -> None:
    """四乱 is to be kept clear and is not: a click shows what is left."""
    tab = progress(clerk)
    tab.select("四乱")
    figure = tab.figure
    assert figure is not None
    assert figure.progress.open > 0
    assert tab.clear.text() == f"未清零，还剩 {figure.progress.open} 个"
    clerk.step("专项进度")
    click_number(clerk, tab.table, "未销号", 0)
    page = clerk.window.page("problems")
    assert isinstance(page, ProblemsPage)
    assert page.view.model.total == figure.progress.open
    assert page.chosen.text() == "四乱　未销号"
    clerk.step("点数字看没有销号的问题")


def set_its_target(clerk: Walker) -> None:
    """清河行动 gets its target day and is to be kept clear."""
    tab = progress(clerk)
    tab.select("清河行动")
    clerk.click(tab.edit_button)
    clerk.fill(clerk.dialog(), starts_on="2026-03-01", target_on="2026-06-30", keeps_clear=True)
    clerk.step("给专项定目标日期")
    clerk.click("保存")
    clerk.no_dialog()
    clerk.until(lambda: tab.figure is not None and tab.figure.campaign.keeps_clear)
    assert tab.clear.text() == "已清零（没有问题）"


def take_in_the_countys_list(clerk: Walker) -> None:
    """Five of the county's six patches go in; nobody knows the village of the sixth."""
    tab = patches(clerk)
    clerk.click("导入", tab)
    wizard = clerk.dialog()
    assert isinstance(wizard, ImportWizard)
    with tempfile.TemporaryDirectory() as folder:
        write_workbooks(Path(folder))
        wizard.open_file(Path(folder) / FILE)
        clerk.until(lambda: wizard.seen is not None)
        clerk.step("导入县里的图斑表")
        clerk.click(wizard.apply_button)
        clerk.no_dialog()
    tab.chips["未核查"].click()
    assert tab.view.model.total == 5


def check_a_real_one(clerk: Walker) -> None:
    """A photo is dropped on it, and the verdict entered."""
    tab = patches(clerk)
    select(clerk, tab, REAL)
    id = tab.view.current_id()
    clerk.click("核查", tab.panel)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    tray = dialog.tray
    assert tray is not None
    tray.add([("现场.jpg", draw_point(REAL, "房屋", DAY))])
    clerk.until(lambda: len(tray.held) == 1)
    clerk.until(lambda: QApplication.activeModalWidget() is dialog)
    clerk.fill(
        dialog,
        verdict=Verdict.REAL,
        shows="临河房屋",
        checker="赵庆和",
        words="左岸滩地搭建钢棚约260平方米，未办理涉河手续",
    )
    clerk.step("现场核查属实")
    clerk.click("保存")
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        row = patch_detail(session, id, DAY).row
    assert (row["verdict"], row["photos"]) == (Verdict.REAL, 1)


def register_it(clerk: Walker) -> None:
    """What is known of the patch is filled in; type, severity and disposal are the clerk's."""
    tab = patches(clerk)
    tab.chips["属实未登记"].click()
    select(clerk, tab, REAL)
    id = tab.view.current_id()
    clerk.click("登记为问题", tab.panel)
    dialog = clerk.dialog()
    assert isinstance(dialog, ProblemDialog)
    assert dialog.form.values()["patch_number"] == REAL
    clerk.fill(dialog, category_code="LJ02", disposal=Disposal.DEMOLISH)
    clerk.step("把图斑登记为问题")
    clerk.click("登记")
    clerk.no_dialog()
    tab.chips["属实"].click()
    select(clerk, tab, REAL)
    with clerk.workspace.read() as session:
        patch = patch_detail(session, id, DAY)
        problem = problem_detail(session, patch.problem_id or 0, DAY)
    assert (problem.row["patch_number"], problem.row["disposal"]) == (REAL, Disposal.DEMOLISH)
    assert "图斑核查" in problem.row["campaigns"]
    assert [photo.phase for photo in problem.attachments] == [Phase.BEFORE]
    clerk.step("图斑和问题互相写着编号")


def check_the_others(clerk: Walker) -> None:
    """Three bridges get the same verdict; two of them without a photo, in words."""
    tab = patches(clerk)
    tab.chips["未核查"].click()
    tab.view.bar.search.setText(BRIDGE)
    tab.view.bar.search.returnPressed.emit()
    clerk.settle()
    tab.view.table.selectAll()
    clerk.click(tab.many_button)
    dialog = clerk.dialog()
    assert isinstance(dialog, CheckManyDialog)
    assert len(dialog.rows) == 3
    clerk.fill(dialog, verdict=Verdict.NOT_REAL, shows=BRIDGE, words="已建交通桥，手续齐全，不影响行洪")
    clerk.click(dialog.accept_button)
    assert dialog.isVisible()
    clerk.step("不属实没有照片要写原因")
    clerk.fill(dialog, exception="桥梁名录资料核实，未到现场")
    clerk.click(dialog.accept_button)
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        assert PATCH_LEDGER.count(session, PatchFilter(verdicts=(Verdict.NOT_REAL,), excepted=True)) == 3
    tab.choose("不属实")
    clerk.step("作为一个批次核查")


def print_the_table(clerk: Walker) -> None:
    """图斑核查表 of all of them; the real ones stand in the campaign."""
    tab = patches(clerk)
    tab.choose("全部")
    clerk.click(tab.paper_button)
    clerk.until(lambda: bool(clerk.window.findChildren(PaperPreview)) or bool(tab.findChildren(PaperPreview)))
    preview = clerk.dialog()
    assert isinstance(preview, PaperPreview)
    clerk.until(lambda: preview.sheets.is_sharp)
    clerk.step("图斑核查表")
    preview.reject()
    clerk.no_dialog()
    after = progress(clerk)
    after.select("图斑核查")
    clerk.until(lambda: after.figure is not None and after.figure.unchecked == 1)
    figure = after.figure
    assert figure is not None
    assert (figure.progress.total, figure.progress.open, figure.patches[Verdict.REAL]) == (7, 1, 7)
    with clerk.workspace.read() as session:
        assert PROBLEM_LEDGER.count(session, rows_behind(DAY, Count.TOTAL, figure.campaign.id)) == 7
    clerk.step("专项进度跟着变")


def progress(clerk: Walker) -> CampaignTab:
    page = clerk.page("campaigns", PROGRESS)
    assert isinstance(page, CampaignsPage)
    tab = page.made[PROGRESS]
    assert isinstance(tab, CampaignTab)
    clerk.until(lambda: bool(tab.figures))
    clerk.settle()
    return tab


def patches(clerk: Walker) -> PatchTab:
    page = clerk.page("campaigns", PATCHES)
    assert isinstance(page, CampaignsPage)
    tab = page.made[PATCHES]
    assert isinstance(tab, PatchTab)
    return tab


def select(clerk: Walker, tab: PatchTab, number: str) -> None:
    """Choose the patch with *number* in the table."""
    with clerk.workspace.read() as session:
        (id,) = PATCH_LEDGER.ids(session, PatchFilter(text=number))
    assert tab.view.select(id)
    clerk.settle()


def click_number(clerk: Walker, table: FigureTable, head: str, row: int) -> None:
    """Click the number under *head* in a row."""
    column = next(at for at, each in enumerate(table.rows.columns) if each.head == head)
    index = table.rows.index(row, column)
    table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    clerk.settle()
